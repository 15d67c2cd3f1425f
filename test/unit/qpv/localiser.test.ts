import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Position } from 'geojson';
import type { Contour } from '../../../shared/domain/qpv/contours.ts';
import { comparer } from '../../../shared/domain/qpv/ecarts.ts';
import { openLocalisateur } from '../../../shared/domain/qpv/localiser.ts';

const carre = (x: number, y: number, c: number): Position[] => [[x, y], [x + c, y], [x + c, y + c], [x, y + c], [x, y]];
const contour = (code: string, ...polygones: Position[][][]): Contour => ({ code, nom: `Quartier ${code}`, communes: [], polygones });

test('trou, île dans le trou, second polygone, limite', () => {
  const troue = contour('QN01301M', [carre(0, 0, 10), carre(4, 4, 2)], [carre(20, 0, 2)]);
  const ile = contour('QN01302M', [carre(4.5, 4.5, 1)]);
  const l = openLocalisateur([troue, ile]);
  const ou = (lon: number, lat: number) => l.trouver(lon, lat)?.code ?? null;
  expect({
    dedans: ou(1, 1), trou: ou(4.2, 4.2), ile: ou(5, 5), second: ou(21, 1), dehors: ou(15, 5), cote: ou(0, 5), sommet: ou(10, 10), coteDuTrou: ou(4, 5), rien: ou(-61, 16),
  }).toEqual({
    dedans: 'QN01301M', trou: null, ile: 'QN01302M', second: 'QN01301M', dehors: null, cote: 'QN01301M', sommet: 'QN01301M', coteDuTrou: 'QN01301M', rien: null,
  });
});

test('dans deux quartiers à la fois : le plus petit code, quel que soit l’ordre', () => {
  const a = contour('QN01301M', [carre(0, 0, 2)]);
  const b = contour('QN01302M', [carre(1, 1, 2)]);
  expect([[a, b], [b, a]].map((c) => openLocalisateur(c).trouver(1.5, 1.5)?.code)).toEqual(['QN01301M', 'QN01301M']);
});

test('un fichier ne dit rien hors de ses départements', () => {
  const l = openLocalisateur([contour('QN01301M', [carre(5, 43, 0.1)]), { ...contour('QN02A01M', [carre(8, 41, 0.1)]), communes: ['2A004'] }]);
  expect(['13', '2A', '69', '974'].map((d) => l.couvre(d))).toEqual([true, true, false, false]);
  expect([openLocalisateur([]).couvre('13'), openLocalisateur([]).trouver(5, 43)]).toEqual([false, null]);
});

/** Lancer de rayon naïf, vers l'est, sur tous les contours. */
function naif(contours: readonly Contour[], lon: number, lat: number): string | null {
  const dans = (anneaux: readonly Position[][]): boolean => {
    let n = 0;
    for (const anneau of anneaux) {
      for (let i = 1; i < anneau.length; i++) {
        const [x1 = 0, y1 = 0] = anneau[i - 1] ?? [];
        const [x2 = 0, y2 = 0] = anneau[i] ?? [];
        if (y1 > lat !== y2 > lat && lon < x1 + ((lat - y1) * (x2 - x1)) / (y2 - y1)) n += 1;
      }
    }
    return n % 2 === 1;
  };
  return contours.filter((c) => c.polygones.some(dans)).map((c) => c.code).sort()[0] ?? null;
}

test('propriété : comme un lancer de rayon naïf, hors des limites', () => {
  // Sommets entiers, points au dixième impair : jamais sur un sommet ni sur un côté vertical ou horizontal.
  const sommet = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));
  const polygone = fc.array(fc.array(sommet, { minLength: 3, maxLength: 8 }), { minLength: 1, maxLength: 3 }).map((anneaux) => anneaux.map((a): Position[] => [...a, a[0] ?? [0, 0]].map(([x, y]) => [x ?? 0, y ?? 0])));
  const jeu = fc.array(fc.array(polygone, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 });
  const point = fc.tuple(fc.integer({ min: -10, max: 130 }), fc.integer({ min: -10, max: 130 })).map(([x, y]) => [x / 10 + 0.0371, y / 10 + 0.0137] as const);
  fc.assert(
    fc.property(jeu, fc.array(point, { minLength: 1, maxLength: 20 }), (polygones, points) => {
      const contours = polygones.map((p, i) => contour(`QN0130${i}M`, ...p));
      const l = openLocalisateur(contours);
      for (const [lon, lat] of points) expect(l.trouver(lon, lat)?.code ?? null).toBe(naif(contours, lon, lat));
    }),
    { numRuns: 300 },
  );
});

test('l’issue, pour chaque déclaré et chaque réponse', () => {
  const issues = [1, 2, null].map((d) => [comparer(d, true, true), comparer(d, false, true), comparer(d, null, true), comparer(d, false, false)]);
  expect(issues).toEqual([
    ['accord', 'oui-dehors', 'sans-position', 'sans-contour'],
    ['non-dedans', 'accord', 'sans-position', 'sans-contour'],
    ['inconnu-dedans', 'inconnu-dehors', 'sans-position', 'sans-contour'],
  ]);
});
