import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesDedans, isDedans, rectangle, selectCodes, toggleCode, type Point } from '../../../shared/domain/carte/selection.ts';

const L: Point[] = [[0, 0], [10, 0], [10, 4], [4, 4], [4, 10], [0, 10]];

describe('un contour tracé', () => {
  it('contient ce qui est dedans, pas le creux d’un L', () => {
    expect([[2, 2], [8, 2], [2, 8], [8, 8], [-1, 2], [11, 1]].map(([x = 0, y = 0]) => isDedans([x, y], L))).toEqual([true, true, true, false, false, false]);
  });

  it('un rectangle contient les mêmes points quel que soit le coin d’où il part', () => {
    const entier = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(fc.tuple(entier, entier), fc.tuple(entier, entier), fc.tuple(entier, entier), (a, b, p) => {
        const demi: Point = [p[0] + 0.5, p[1] + 0.5];
        const dedans = demi[0] > Math.min(a[0], b[0]) && demi[0] < Math.max(a[0], b[0]) && demi[1] > Math.min(a[1], b[1]) && demi[1] < Math.max(a[1], b[1]);
        expect([isDedans(demi, rectangle(a, b)), isDedans(demi, rectangle(b, a))]).toEqual([dedans, dedans]);
      }),
    );
  });

  it('deux rectangles qui pavent un plan ne comptent jamais un point deux fois', () => {
    const points = Array.from({ length: 121 }, (_, i) => ({ code: String(i), point: [i % 11, Math.floor(i / 11)] as const }));
    const gauche = codesDedans(points, rectangle([-1, -1], [5, 11]));
    const droite = codesDedans(points, rectangle([5, -1], [11, 11]));
    expect([gauche.length + droite.length, new Set([...gauche, ...droite]).size]).toEqual([121, 121]);
  });

  it('un simple clic n’est pas un contour', () => {
    expect(codesDedans([{ code: 'a', point: [0, 0] }], [[0, 0], [0, 0]])).toEqual([]);
  });
});

describe('la sélection', () => {
  it('se remplace, s’agrandit, se réduit, sans changer celle d’avant', () => {
    const avant = new Set(['a', 'b']);
    expect([selectCodes(avant, ['c'], 'remplacer'), selectCodes(avant, ['b', 'c'], 'ajouter'), selectCodes(avant, ['b', 'c'], 'retirer'), toggleCode(avant, 'a'), toggleCode(avant, 'c')]).toEqual([
      new Set(['c']), new Set(['a', 'b', 'c']), new Set(['a']), new Set(['b']), new Set(['a', 'b', 'c']),
    ]);
    expect(avant).toEqual(new Set(['a', 'b']));
  });
});
