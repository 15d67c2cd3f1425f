import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSommes, computeLoyers, SOMMES_NULLES } from '../../../shared/domain/loyers/taux.ts';
import type { SommesLoyers } from '../../../shared/domain/loyers/taux.ts';

// Deux logements : 50 m² à 300 € (maximum 350 €), 70 m² à 350 € (sans maximum) ; un troisième est vacant.
const DEUX: SommesLoyers = {
  logements: 3, loues: 2, surface: 12_000, loyer: 65_000, avecMaximum: 1, surfaceMax: 5_000, loyerPratiqueMax: 30_000, maximum: 35_000,
};

test('cas calculé à la main', () => {
  expect(computeLoyers(DEUX)).toEqual({
    logements: 3, loues: 2, surface: 120, loyerMensuel: 650, loyerM2: 65_000 / 12_000, avecMaximum: 1, loyerMaxM2: 7, ecartM2: 1,
  });
});

test('rien de loué : pas de taux, jamais zéro', () => {
  expect(computeLoyers({ ...SOMMES_NULLES, logements: 4 })).toEqual({
    logements: 4, loues: 0, surface: 0, loyerMensuel: 0, loyerM2: null, avecMaximum: 0, loyerMaxM2: null, ecartM2: null,
  });
});

const sommes: fc.Arbitrary<SommesLoyers> = fc.record({
  logements: fc.nat(1e6), loues: fc.nat(1e6), surface: fc.nat(1e9), loyer: fc.nat(1e10),
  avecMaximum: fc.nat(1e6), surfaceMax: fc.nat(1e9), loyerPratiqueMax: fc.nat(1e10), maximum: fc.nat(1e10),
});

test('la somme de groupes ne dépend ni de l’ordre ni du découpage', () => {
  fc.assert(
    fc.property(sommes, sommes, sommes, (a, b, c) => {
      expect(addSommes(addSommes(a, b), c)).toEqual(addSommes(a, addSommes(c, b)));
      expect(addSommes(a, SOMMES_NULLES)).toEqual(a);
    }),
  );
});

test('le loyer moyen d’une réunion est entre ceux de ses parties', () => {
  fc.assert(
    fc.property(sommes, sommes, (a, b) => {
      fc.pre(a.surface > 0 && b.surface > 0);
      const [x, y, z] = [a, b, addSommes(a, b)].map((s) => computeLoyers(s).loyerM2 ?? Number.NaN) as [number, number, number];
      expect(z).toBeGreaterThanOrEqual(Math.min(x, y) - 1e-9);
      expect(z).toBeLessThanOrEqual(Math.max(x, y) + 1e-9);
    }),
  );
});
