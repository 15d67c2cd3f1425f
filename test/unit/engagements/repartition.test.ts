import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entiersDePoids, repartirCible } from '../../../shared/domain/engagements/repartition.ts';

const territoires = fc.uniqueArray(fc.record({ territoire: fc.integer({ min: 10, max: 95 }).map((n) => `dep-${n}`), poids: fc.nat(10 ** 6) }), { minLength: 1, maxLength: 30, selector: (t) => t.territoire });

describe('répartir une cible entre territoires', () => {
  test('à restes égaux le code tranche, pas l’ordre donné', () => {
    const parts = repartirCible(1, [{ territoire: 'dep-83', poids: 5 }, { territoire: 'dep-13', poids: 5 }]);
    expect(parts).toEqual([{ territoire: 'dep-83', poids: 5, part: 0 }, { territoire: 'dep-13', poids: 5, part: 1 }]);
  });
  test('somme exacte, poids nul sans part, poids plus grand jamais moins servi, ordre sans effet', () => {
    fc.assert(
      fc.property(territoires, fc.nat(10 ** 7), fc.infiniteStream(fc.nat(1000)), (donnes, total, hasard) => {
        const parts = repartirCible(total, donnes);
        expect(parts.reduce((s, p) => s + p.part, 0)).toBe(donnes.some((d) => d.poids > 0) ? total : 0);
        for (const a of parts) {
          if (a.poids === 0) expect(a.part).toBe(0);
          for (const b of parts) if (a.poids > b.poids) expect(a.part).toBeGreaterThanOrEqual(b.part);
        }
        const melanges = donnes.map((d) => ({ d, cle: hasard.next().value ?? 0 })).toSorted((a, b) => a.cle - b.cle).map((x) => x.d);
        const parCode = (liste: typeof parts): Record<string, number> => Object.fromEntries(liste.map((p) => [p.territoire, p.part]));
        expect(parCode(repartirCible(total, melanges))).toEqual(parCode(parts));
      }),
    );
  });
  test.each<[string, Record<string, string>, Record<string, number | null>]>([
    ['entiers', { a: '3', b: '1' }, { a: 3, b: 1 }],
    ['décimaux à virgule ou à point, même échelle', { a: '0,5', b: '1.25' }, { a: 50, b: 125 }],
    ['milliers', { a: '1 250', b: '1\u202f000' }, { a: 1250, b: 1000 }],
    ['illisible, négatif', { a: 'n.c.', b: '-2', c: '' }, { a: null, b: null, c: null }],
  ])('poids : %s', (_, poids, lus) => expect(Object.fromEntries(entiersDePoids(new Map(Object.entries(poids))))).toEqual(lus));
});
