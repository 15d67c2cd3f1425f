import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ajouterTaux, amenerAuPlafond, appliquerPourcentage, partagerReste, ramenerSousLaMasse } from '../../../shared/domain/loyers/npl/aides.ts';
import type { Proposition } from '../../../shared/domain/loyers/npl/aides.ts';
import { computeMasse } from '../../../shared/domain/loyers/npl/masse.ts';
import { computeMixite } from '../../../shared/domain/loyers/npl/mixite.ts';
import { controlerMaximums, readPlafonds } from '../../../shared/domain/loyers/npl/plafonds.ts';
import type { PlafondLoyer, Scenario } from '../../../shared/domain/loyers/npl/types.ts';
import { ensemble, parcArbitraire, part, scenario } from './npl-aides.ts';

const cible = (code: string) => ({ ensemble: code, plafond: 'PLUS' as const });

function appliquer(propositions: readonly Proposition[]): Scenario {
  const codes = [...new Set(propositions.map((p) => p.ensemble))];
  return scenario(codes.map((e) => ({
    ensemble: e, base: 'SU', plafonds: propositions.filter((p) => p.ensemble === e).map((p) => ({ plafond: p.plafond, maximum: p.apres })),
  })));
}

describe('aides', () => {
  const deux = computeMasse([ensemble('A'), ensemble('B')], [part('A'), part('B', { maximum: 300_000 })], scenario());
  it('montent et baissent une sélection', () => {
    expect(ajouterTaux(deux, [cible('A')], 1_000n)).toEqual([{ ensemble: 'A', plafond: 'PLUS', avant: 60_000n, apres: 61_000n }]);
    expect(appliquerPourcentage(deux, [cible('B')], -333)).toEqual([{ ensemble: 'B', plafond: 'PLUS', avant: 50_000n, apres: 48_335n }]);
    expect(ajouterTaux(deux, [cible('B')], -90_000n)[0]?.apres).toBe(0n);
    expect(amenerAuPlafond(deux, [cible('A'), cible('B')], (c) => (c.ensemble === 'A' ? 62_900n : null))).toEqual([{ ensemble: 'A', plafond: 'PLUS', avant: 60_000n, apres: 62_900n }]);
  });
  it('partagent ce qui reste sans jamais dépasser', () => {
    fc.assert(fc.property(parcArbitraire, fc.array(fc.nat(100), { minLength: 6, maxLength: 6 }), fc.bigInt({ min: 0n, max: 80_000n }), ({ ensembles, parts }, poids, bas) => {
      const utiles = parts.map((p) => ({ ...p, mode: 1 as const }));
      const cibles = ensembles.flatMap((e) => ['PLAI', 'PLUS', 'PLS', 'PLI', 'INCONNU'].map((plafond) => ({ ensemble: e.ensemble, plafond: plafond as 'PLUS' })));
      const de = (s: Scenario) => computeMasse(ensembles, utiles, s);
      const masse = de(appliquer(ajouterTaux(de(scenario()), cibles, -bas)));
      const propositions = partagerReste(masse, cibles, (c) => poids[Number(c.ensemble.slice(1))] ?? 0);
      const retenues = new Map(propositions.map((p) => [`${p.ensemble}/${p.plafond}`, p.apres]));
      const apres = masse.ensembles.flatMap((m) => m.parts.map((p) => (retenues.get(`${m.ensemble}/${p.plafond}`) ?? 0n) * BigInt(p.surface) || p.apres)).reduce((s, x) => s + x, 0n);
      expect(apres <= masse.avant).toBe(true);
      expect(propositions.every((p) => p.apres > p.avant)).toBe(true);
    }));
  });
  it('ramènent sous la masse : la contrainte tient après', () => {
    fc.assert(fc.property(parcArbitraire, fc.bigInt({ min: 1n, max: 50_000n }), ({ ensembles, parts }, hausse) => {
      const utiles = parts.map((p) => ({ ...p, mode: 1 as const }));
      const cibles = ensembles.flatMap((e) => ['PLAI', 'PLUS', 'PLS', 'PLI', 'INCONNU'].map((plafond) => ({ ensemble: e.ensemble, plafond: plafond as 'PLUS' })));
      const depart = computeMasse(ensembles, utiles, scenario());
      const masse = computeMasse(ensembles, utiles, appliquer(ajouterTaux(depart, cibles, hausse)));
      const propositions = ramenerSousLaMasse(masse, cibles);
      if (masse.respectee) expect(propositions).toEqual([]);
      else expect(computeMasse(ensembles, utiles, appliquer(propositions ?? [])).respectee).toBe(true);
    }));
  });
});

describe('plafonds de loyer (L445-3, IV)', () => {
  const ligne = (produit: PlafondLoyer['produit'], taux: bigint, annee = 2026): PlafondLoyer => ({ annee, produit, zone: '2', taux, source: 'avis' });
  const controle = (lignes: PlafondLoyer[], maximum: bigint, zone: string | null = '2', moyenne?: bigint) => {
    const e = [ensemble('A', { zones: zone === null ? [] : [zone] })];
    const m = computeMasse(e, [part('A', { maximum: 3_000_000 })], scenario([{ ensemble: 'A', base: 'SU', plafonds: [{ plafond: 'PLUS', maximum, ...(moyenne === undefined ? {} : { moyenne }) }] }]));
    return controlerMaximums(m, e, readPlafonds(lignes, 2026)).map((c) => c.code);
  };
  it.each([
    ['au plafond PLS', [ligne('PLS', 90_000n)], 90_000n, '2', undefined, []],
    ['au-dessus', [ligne('PLS', 90_000n)], 90_001n, '2', undefined, ['superieur-au-pls']],
    ['zone inconnue', [ligne('PLS', 90_000n)], 90_001n, null, undefined, ['zone-inconnue']],
    ['plafond absent', [ligne('PLUS', 1n)], 90_001n, '2', undefined, ['plafond-pls-absent']],
    ['année autre', [ligne('PLS', 1n, 2024)], 90_001n, '2', undefined, ['plafonds-autre-annee', 'plafond-pls-absent']],
    ['deux valeurs pour une case', [ligne('PLS', 90_000n), ligne('PLS', 91_000n)], 1n, '2', undefined, ['plafonds-contradictoires', 'plafond-pls-absent']],
    ['un plafond de 0 €, d’un dossier d’avant', [ligne('PLS', 0n)], 90_001n, '2', undefined, ['plafond-nul', 'plafond-pls-absent']],
    ['0 € et une valeur pour une case', [ligne('PLS', 0n), ligne('PLS', 90_000n)], 90_000n, '2', undefined, ['plafond-nul']],
    ['0 € une autre année', [ligne('PLS', 0n, 2024)], 90_001n, '2', undefined, ['plafond-pls-absent']],
    ['deux fois la même', [ligne('PLS', 90_000n), ligne('PLS', 90_000n)], 1n, '2', undefined, []],
    ['moyenne au-dessus du maximum', [ligne('PLS', 90_000n)], 60_000n, '2', 60_001n, ['moyenne-superieure-au-maximum']],
    ['zéro', [ligne('PLS', 90_000n)], 0n, '2', undefined, ['taux-nul']],
  ])('%s', (_nom, lignes, maximum, zone, moyenne, codes) => expect(controle(lignes, maximum, zone, moyenne)).toEqual(codes));
  it('le PLI n’est pas borné par le PLS', () => {
    const e = [ensemble('A')];
    const m = computeMasse(e, [part('A', { plafond: 'PLI' })], scenario([{ ensemble: 'A', base: 'SU', plafonds: [{ plafond: 'PLI', maximum: 99_999n }] }]));
    expect(controlerMaximums(m, e, readPlafonds([ligne('PLS', 90_000n)], 2026))).toEqual([]);
  });
});

it('mixité : ce que le scénario offre de part et d’autre du niveau PLAI', () => {
  const ensembles = [ensemble('A'), ensemble('B', { qpv: 10 }), ensemble('C', { qpv: 3 }), ensemble('D', { zones: [] })];
  const parts = ['A', 'B', 'C', 'D'].map((c) => part(c));
  const table = readPlafonds([{ annee: 2026, produit: 'PLAI', zone: '2', taux: 59_999n, source: '' }], 2026);
  const masse = computeMasse(ensembles, parts, scenario([{ ensemble: 'A', base: 'SU', plafonds: [{ plafond: 'PLUS', maximum: 59_999n }] }]));
  expect(computeMixite(masse, ensembles, table)).toEqual({ horsQpv: { auNiveauPlai: 10, compares: 10, fixes: 10 }, qpv: { auDessusPlai: 10, compares: 10, fixes: 0 }, nonCompares: 20 });
});
