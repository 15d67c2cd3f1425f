import { describe, expect, test } from 'vitest';
import { lireEpsg, lireNombre, lirePoint } from '../../../shared/domain/positions/coordonnees.ts';

const MARSEILLE = { lon: 5.3698, lat: 43.2965 };
const lire = (x: string | null, y: string | null, epsg: string | null, departement = '13', centre: { lon: number; lat: number } | null = MARSEILLE) => lirePoint(x, y, epsg, departement, centre);
const arrondi = (v: ReturnType<typeof lire>) => (v !== null && 'point' in v ? { ...v, point: [v.point.lon.toFixed(2), v.point.lat.toFixed(2)] } : v);

describe('écritures', () => {
  test.each([['892390,5', 892_390.5], ['892 390.50', 892_390.5], ['8.923905e+005', 892_390.5], ['-61,53', -61.53], ['1.2.3', null], ['x', null], ['', null], ['1e', null]])('%j', (texte, attendu) => {
    expect(lireNombre(texte)).toBe(attendu);
  });
  test.each([['2154', 2154], ['EPSG:2154', 2154], ['2154.0', 2154], ['urn:ogc:def:crs:EPSG::2154', 2154], ['Lambert 93', null], ['2154 et 4326', null]])('%j', (texte, attendu) => {
    expect(lireEpsg(texte)).toBe(attendu);
  });
});

test('le système dit est pris, même hors de son département', () => {
  const attendu = { point: ['5.37', '43.30'], epsg: 2154, devine: false };
  expect(arrondi(lire('892313', '6246987', '2154'))).toEqual(attendu);
  expect(arrondi(lire('5,3698', '43,2965', '4326'))).toEqual({ ...attendu, epsg: 4326 });
});

test('sans système, il est deviné et cela se voit', () => {
  expect(arrondi(lire('892313', '6246987', null))).toEqual({ point: ['5.37', '43.30'], epsg: 2154, devine: true });
  expect(arrondi(lire('5.3698', '43.2965', ''))).toEqual({ point: ['5.37', '43.30'], epsg: 4326, devine: true });
});

test('rien n’est écrit : rien n’est dit', () => {
  for (const v of ['', 'NA', '0', '0,0', null]) expect(lire(v, v, '2154')).toBeNull();
});

test.each([
  ['X seul', '892434', '', '2154', 'incompletes', null],
  ['un texte', 'ici', '6247185', '2154', 'illisibles', null],
  ['un système inconnu', '892313', '6246987', '27572', 'systeme-inconnu', 27572],
  ['un système illisible', '892313', '6246987', 'L93', 'systeme-inconnu', null],
  ['X et Y échangés', '6247185', '892434', '2154', 'hors-limites', 2154],
  ['longitude et latitude échangées', '43.2965', '5.3698', '4326', 'hors-limites', 4326],
  ['un point de Paris pour Marseille', '652469', '6862035', '2154', 'loin-de-la-commune', 2154],
])('%s est écarté, avec sa raison', (_nom, x, y, epsg, ecartees, code) => {
  expect(lire(x, y, epsg)).toEqual({ ecartees, epsg: code });
});

test('une collectivité sans système légal ici n’est pas devinée', () => {
  expect(lire('500000', '5180000', null, '975', null)).toEqual({ ecartees: 'systeme-a-deviner', epsg: null });
});
