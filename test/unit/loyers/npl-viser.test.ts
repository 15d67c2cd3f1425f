import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeMasse } from '../../../shared/domain/loyers/npl/masse.ts';
import type { Masse } from '../../../shared/domain/loyers/npl/masse.ts';
import { viserMixite } from '../../../shared/domain/loyers/npl/viser.ts';
import type { Mixite } from '../../../shared/domain/loyers/npl/viser.ts';
import type { ChoixEnsemble, Plafond } from '../../../shared/domain/loyers/npl/types.ts';
import { ensemble, parcArbitraire, part, scenario } from './npl-aides.ts';

const PLAFOND: Partial<Record<Plafond, bigint>> = { PLAI: 50_000n, PLUS: 60_000n, PLS: 90_000n, PLI: 120_000n };
const plafond = (_: string, p: Plafond): bigint | null => PLAFOND[p] ?? null;
const mixite = (parts: Partial<Record<Plafond, number>>): Map<Plafond, number> => new Map(Object.entries(parts) as [Plafond, number][]);

function appliquer({ propositions }: Mixite): ChoixEnsemble[] {
  const codes = [...new Set(propositions.map((p) => p.ensemble))];
  return codes.map((e) => ({ ensemble: e, base: 'SU', plafonds: propositions.filter((p) => p.ensemble === e).map((p) => ({ plafond: p.plafond, maximum: p.apres, logements: p.logements, surface: p.surface })) }));
}

const viser = (masse: Masse, codes: string[], parts: Partial<Record<Plafond, number>>): Mixite | null => viserMixite(masse, [{ ensembles: new Set(codes), parts: mixite(parts) }], plafond);

describe('viser une mixité', () => {
  // Deux ensembles de dix logements, 600 m² chacun, à 6 €/m² : 7 200 € par mois.
  const ensembles = ['A', 'B'].map((c) => ensemble(c));
  const parts = [part('A'), part('B')];
  const masse = computeMasse(ensembles, parts, scenario());
  it('aux plafonds de la zone quand la masse les permet', () => {
    const m = viser(masse, ['A', 'B'], { PLAI: 50, PLUS: 50 });
    expect(m?.propositions.map((p) => [p.ensemble, p.plafond, p.avant, p.apres, p.logements, p.surface])).toEqual([
      ['A', 'PLAI', 60_000n, 50_000n, 5, 30_000], ['A', 'PLUS', 60_000n, 60_000n, 5, 30_000], ['B', 'PLAI', 60_000n, 50_000n, 5, 30_000], ['B', 'PLUS', 60_000n, 60_000n, 5, 30_000],
    ]);
    expect(m?.coefficient).toEqual({ haut: 1n, bas: 1n });
  });
  it('sinon tous ramenés à la même fraction', () => {
    // 5 logements sur 10 au PLS : 300 × 6 + 300 × 9 = 4 500 € pour 3 600 € permis, soit 80 %.
    const m = viser(masse, ['A'], { PLUS: 50, PLS: 50 });
    expect(m?.propositions.map((p) => [p.plafond, p.apres])).toEqual([['PLUS', 48_000n], ['PLS', 72_000n]]);
  });
  it('un ensemble dont un plafond manque reste tel quel ; une masse dépassée ailleurs peut l’empêcher', () => {
    expect(viser(masse, ['A'], { PLUS: 50, INCONNU: 50 })).toMatchObject({ propositions: [], groupes: [{ ensembles: 0, surfaceCorrigee: 0, sansPlafond: 1 }] });
    const depassee = computeMasse(ensembles, parts, scenario([{ ensemble: 'B', base: 'SU', plafonds: [{ plafond: 'PLUS', maximum: 130_000n }] }]));
    expect(viser(depassee, ['A'], { PLUS: 100 })).toBeNull();
  });
  it('hors QPV et en QPV à part : deux mixités, une seule fraction', () => {
      // A tout PLAI (600 m² × 5 = 3 000 €), B tout PLS (600 × 9 = 5 400 €) : 8 400 € pour 7 200 € permis, soit 6/7.
    const m = viserMixite(masse, [{ ensembles: new Set(['A']), parts: mixite({ PLAI: 100 }) }, { ensembles: new Set(['B']), parts: mixite({ PLS: 100 }) }], plafond);
    expect(m?.coefficient).toEqual({ haut: 7_200_000_000n, bas: 8_400_000_000n });
    expect(m?.propositions.map((p) => [p.ensemble, p.plafond, p.apres, p.logements])).toEqual([['A', 'PLAI', 42_800n, 10], ['B', 'PLS', 77_100n, 10]]);
    expect(m?.groupes).toEqual([{ ensembles: 1, logements: new Map([['PLAI', 10]]), surfaceCorrigee: 0, sansPlafond: 0 }, { ensembles: 1, logements: new Map([['PLS', 10]]), surfaceCorrigee: 0, sansPlafond: 0 }]);
  });
  it('sans visée pour un côté, il ne change pas ; au dix-millième si on le demande', () => {
    const m = viserMixite(masse, [{ ensembles: new Set(['B']), parts: mixite({ PLUS: 30, PLS: 70 }) }], plafond, (t) => t);
    // 3 × 60 × 6 + 7 × 60 × 9 = 4 860 € pour 3 600 € permis.
    expect(m?.propositions.map((p) => [p.ensemble, p.plafond, p.apres])).toEqual([['B', 'PLUS', 44_444n], ['B', 'PLS', 66_666n]]);
  });
  it('respecte toujours la masse, garde logements et surfaces, et tient la mixité du tout à un logement près', () => {
    const parties = fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100), fc.nat(100)).filter((t) => t.some((n) => n > 0));
    fc.assert(fc.property(parcArbitraire, parties, fc.bigInt({ min: 0n, max: 20_000n }), ({ ensembles: tous, parts: lues }, [PLAI, PLUS, PLS, PLI], ecart) => {
      const utiles = lues.map((p) => ({ ...p, mode: 1 as const }));
      const depart = computeMasse(tous, utiles, scenario());
      const poids = mixite({ PLAI, PLUS, PLS, PLI });
      const m = viserMixite(depart, [{ ensembles: new Set(tous.map((e) => e.ensemble)), parts: poids }], (_, p) => { const t = PLAFOND[p]; return t === undefined ? null : t + ecart; });
      if (m === null) throw new Error('une masse respectée se tient toujours');
      const apres = computeMasse(tous, utiles, scenario(appliquer(m)));
      expect(apres.respectee).toBe(true);
      expect(apres.constats.filter((c) => c.code === 'repartition-incoherente' || c.code === 'plafond-absent-du-fichier')).toEqual([]);
      expect(apres.ensembles.map((e) => [e.ensemble, e.logements, e.surface, e.avant])).toEqual(depart.ensembles.map((e) => [e.ensemble, e.logements, e.surface, e.avant]));
      const [n, total] = [depart.logements, PLAI + PLUS + PLS + PLI];
      for (const [p, w] of poids) expect(Math.abs((m.groupes[0]?.logements.get(p) ?? 0) - (n * w) / total)).toBeLessThan(2);
    }), { numRuns: 200 });
  });
});
