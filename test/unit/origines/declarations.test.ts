import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildPoints, sumMouvements } from '../../../shared/domain/declarations/points.ts';
import type { Declaration, Mouvement } from '../../../shared/domain/declarations/points.ts';
import { dureeVacance } from '../../../shared/domain/rpls/vacance.ts';

const d = (id: number, annee: number | null, origine: number | null = null, enVigueur = false): Declaration => ({ id, annee, origine, enVigueur });
const lus = (declarations: Declaration[]) => buildPoints(declarations).map((p) => [p.annee, p.declarations.map((x) => x.id)]);

describe('les points des évolutions', () => {
  test.each<[string, Declaration[], [number | null, number[]][]]>([
    ['aucun', [], []],
    ['une année par point', [d(2, 2027), d(1, 2026)], [[2026, [1]], [2027, [2]]]],
    ['un bailleur sans déclaration de l’année garde la précédente', [d(1, 2026), d(2, 2026, 7), d(3, 2027)], [[2026, [1, 2]], [2027, [3, 2]]]],
    ['un bailleur repris n’est pas là avant sa première déclaration', [d(1, 2025), d(2, 2026), d(3, 2026, 7)], [[2025, [1]], [2026, [2, 3]]]],
    ['la même année deux fois : celle en vigueur', [d(1, 2026, null, true), d(2, 2026)], [[2026, [1]]]],
    ['la même année deux fois, aucune en vigueur : la dernière', [d(1, 2026), d(2, 2026), d(3, 2027, null, true)], [[2026, [2]], [2027, [3]]]],
    ['sans année, à la fin', [d(1, null, null, true), d(2, 2026, 7)], [[2026, [2]], [null, [1, 2]]]],
  ])('%s', (_, declarations, attendu) => {
    expect(lus(declarations)).toEqual(attendu);
  });
});

describe('les mouvements d’un territoire', () => {
  const commune = fc.constantFrom('13055', '13001', '83137');
  const mouvement: fc.Arbitrary<Mouvement> = fc.oneof(
    fc.record({ avant: fc.constant(null), apres: commune, motif: fc.constantFrom('1', 'inconnu', 'retour'), logements: fc.nat(50) }),
    fc.record({ avant: commune, apres: fc.constant(null), motif: fc.constantFrom('1', '4', 'absent'), logements: fc.nat(50) }),
    fc.record({ avant: commune, apres: commune, motif: fc.constant('commune'), logements: fc.nat(50) }),
  );
  const solde = (b: ReturnType<typeof sumMouvements>): number =>
    Object.values(b.entrees).reduce((x, y) => x + y, 0) - Object.values(b.sorties).reduce((x, y) => x + y, 0);

  test('un changement de commune ne compte pas au sein du territoire', () => {
    const m: Mouvement[] = [{ avant: '13055', apres: '83137', motif: 'commune', logements: 3 }];
    expect(sumMouvements(m, null)).toEqual({ entrees: {}, sorties: {} });
    expect(sumMouvements(m, new Set(['13055']))).toEqual({ entrees: {}, sorties: { commune: 3 } });
    expect(sumMouvements(m, new Set(['83137']))).toEqual({ entrees: { commune: 3 }, sorties: {} });
  });

  test('les soldes des communes font celui de l’organisme', () => {
    fc.assert(
      fc.property(fc.array(mouvement), (m) => {
        const parCommune = ['13055', '13001', '83137'].map((c) => solde(sumMouvements(m, new Set([c])))).reduce((a, b) => a + b, 0);
        expect(parCommune).toBe(solde(sumMouvements(m, null)));
      }),
    );
  });
});

test.each([
  [2026, '2025-12', 1], [2026, '2025-10', 3], [2026, '2025-09', 4], [2026, '2024-01', 24], [2026, '2026-01', 0], [null, '2025-01', null], [2026, null, null],
])('en %s, une remise en location de %s a %s mois', (annee, remise, mois) => {
  expect(dureeVacance(annee, remise)).toBe(mois);
});
