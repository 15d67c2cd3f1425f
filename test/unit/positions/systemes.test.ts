import { describe, expect, test } from 'vitest';
import { SYSTEMES, systemeDuDepartement, toDegres } from '../../../shared/domain/positions/systemes.ts';
import { distance } from '../../../shared/domain/positions/zones.ts';

const A = 6_378_137;
const APLATISSEMENT = 1 / 298.257222101;
const E2 = APLATISSEMENT * (2 - APLATISSEMENT);
const E = Math.sqrt(E2);
const rad = (d: number): number => (d * Math.PI) / 180;

/** Latitude isométrique, et les formules de Lambert à deux parallèles : écrites ici à part, d'après leur définition. */
const isometrique = (phi: number): number => Math.atanh(Math.sin(phi)) - E * Math.atanh(E * Math.sin(phi));
function lambert(lon: number, lat: number, p: { phi0: number; phi1: number; phi2: number; x0: number; y0: number }): [number, number] {
  const normale = (phi: number): number => A / Math.sqrt(1 - E2 * Math.sin(phi) ** 2);
  const [f0, f1, f2] = [rad(p.phi0), rad(p.phi1), rad(p.phi2)];
  const n = Math.log((normale(f2) * Math.cos(f2)) / (normale(f1) * Math.cos(f1))) / (isometrique(f1) - isometrique(f2));
  const c = ((normale(f1) * Math.cos(f1)) / n) * Math.exp(n * isometrique(f1));
  const r = (phi: number): number => c * Math.exp(-n * isometrique(phi));
  const gamma = n * rad(lon - 3);
  return [p.x0 + r(rad(lat)) * Math.sin(gamma), p.y0 + r(f0) - r(rad(lat)) * Math.cos(gamma)];
}

/** UTM par la série de Krüger (troisième aplatissement, ordre 4). */
function utm(lon: number, lat: number, zone: number, sud: boolean): [number, number] {
  const n = APLATISSEMENT / (2 - APLATISSEMENT);
  const rayon = (A / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const alpha = [n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3, (13 / 48) * n ** 2 - (3 / 5) * n ** 3, (61 / 240) * n ** 3];
  const chi = Math.atan(Math.sinh(isometrique(rad(lat))));
  const dl = rad(lon - (zone * 6 - 183));
  const xi = Math.atan2(Math.tan(chi), Math.cos(dl));
  const eta = Math.atanh(Math.cos(chi) * Math.sin(dl));
  const somme = (f: (k: number, a: number) => number): number => alpha.reduce((s, a, i) => s + f(2 * (i + 1), a), 0);
  const x = eta + somme((k, a) => a * Math.cos(k * xi) * Math.sinh(k * eta));
  const y = xi + somme((k, a) => a * Math.sin(k * xi) * Math.cosh(k * eta));
  return [500_000 + 0.9996 * rayon * x, (sud ? 10_000_000 : 0) + 0.9996 * rayon * y];
}

const LAMBERT93 = { phi0: 46.5, phi1: 44, phi2: 49, x0: 700_000, y0: 6_600_000 };
const conique = (n: number) => ({ phi0: n, phi1: n - 0.75, phi2: n + 0.75, x0: 1_700_000, y0: (n - 41) * 1_000_000 + 200_000 });

/** Villes, longitude et latitude de leur centre. */
const cas: [string, number, number, number, [number, number]][] = [
  ['Paris', 2154, 2.3488, 48.8534, lambert(2.3488, 48.8534, LAMBERT93)],
  ['Marseille', 2154, 5.3698, 43.2965, lambert(5.3698, 43.2965, LAMBERT93)],
  ['Bastia', 2154, 9.4509, 42.6973, lambert(9.4509, 42.6973, LAMBERT93)],
  ['Brest', 2154, -4.4861, 48.3904, lambert(-4.4861, 48.3904, LAMBERT93)],
  ['Pointe-à-Pitre', 5490, -61.5339, 16.2411, utm(-61.5339, 16.2411, 20, false)],
  ['Fort-de-France', 5490, -61.0667, 14.6, utm(-61.0667, 14.6, 20, false)],
  ['Cayenne', 2972, -52.3260, 4.9372, utm(-52.3260, 4.9372, 22, false)],
  ['Saint-Denis de La Réunion', 2975, 55.4481, -20.8789, utm(55.4481, -20.8789, 40, true)],
  ['Mamoudzou', 4471, 45.2279, -12.7806, utm(45.2279, -12.7806, 38, true)],
  ...[42, 43, 44, 45, 46, 47, 48, 49, 50].map((n): [string, number, number, number, [number, number]] => [`CC${n}`, 3900 + n, 4.25, n + 0.3, lambert(4.25, n + 0.3, conique(n))]),
  ['WGS 84', 4326, 5.3698, 43.2965, [5.3698, 43.2965]],
];

test.each(cas)('%s : EPSG %i revient à moins de dix centimètres', (_nom, epsg, lon, lat, [x, y]) => {
  const point = toDegres(epsg, x, y);
  expect(point).not.toBeNull();
  expect(distance(point ?? { lon: 0, lat: 0 }, { lon, lat })).toBeLessThan(0.1);
});

test('les points d’origine publiés sont exacts, et le zéro des routes de Paris est à sa place', () => {
  const origine = toDegres(2154, 700_000, 6_600_000);
  expect([origine?.lon.toFixed(9), origine?.lat.toFixed(9)]).toEqual(['3.000000000', '46.500000000']);
  const cc43 = toDegres(3943, 1_700_000, 2_200_000);
  expect([cc43?.lon.toFixed(9), cc43?.lat.toFixed(9)]).toEqual(['3.000000000', '43.000000000']);
  expect(distance(toDegres(2154, 652_469, 6_862_035) ?? { lon: 0, lat: 0 }, { lon: 2.3522, lat: 48.8566 })).toBeLessThan(500);
});

test('tous les systèmes reconnus sont essayés', () => {
  expect(new Set(SYSTEMES.map((s) => s.epsg))).toEqual(new Set(cas.map(([, epsg]) => epsg)));
});

describe('refus', () => {
  test.each([
    ['un système inconnu', 27572, 600_000, 2_400_000],
    ['un point d’un autre système', 2975, 652_469, 6_862_035],
    ['une latitude et une longitude échangées', 4326, 48.85, 2.35],
    ['un nombre absent', 2154, Number.NaN, 6_600_000],
    ['l’antiméridien', 4326, 540, 10],
  ])('%s', (_nom, epsg, x, y) => {
    expect(toDegres(epsg, x, y)).toBeNull();
  });
});

test('chaque département a le système de la loi', () => {
  expect(['13', '2A', '971', '972', '973', '974', '976', '975', '987'].map(systemeDuDepartement)).toEqual([2154, 2154, 5490, 5490, 2972, 2975, 4471, null, null]);
});
