import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cible } from '../../../shared/domain/loyers/npl/aides.ts';
import { computeMasse } from '../../../shared/domain/loyers/npl/masse.ts';
import type { Masse } from '../../../shared/domain/loyers/npl/masse.ts';
import { repartirReste } from '../../../shared/domain/loyers/npl/repartir.ts';
import type { ReglageRepartition, Repartition } from '../../../shared/domain/loyers/npl/repartir.ts';
import type { ChoixEnsemble, Plafond } from '../../../shared/domain/loyers/npl/types.ts';
import { PLAFONDS } from '../../../shared/domain/loyers/npl/types.ts';
import { ensemble, parcArbitraire, part, scenario } from './npl-aides.ts';

const reglage = (poids: Record<string, bigint>, reste: Partial<ReglageRepartition> = {}): ReglageRepartition => ({
  classer: (c) => ({ classe: c.ensemble, poids: poids[c.ensemble] ?? 100n }), limite: () => null, auCentime: false, ...reste,
});
const toutes = (masse: Masse): Cible[] => masse.ensembles.flatMap((m) => m.parts.map((p) => ({ ensemble: m.ensemble, plafond: p.plafond })));

describe('répartir ce qui reste', () => {
  // A : 600 m² à 6 € ; B : 600 m² à 5 € ; C, ramené de 6 € à 5 € par son choix, laisse 600 € par mois.
  const ensembles = ['A', 'B', 'C'].map((c) => ensemble(c));
  const parts = [part('A'), part('B', { maximum: 300_000 }), part('C')];
  const masse = computeMasse(ensembles, parts, scenario([{ ensemble: 'C', base: 'SU', plafonds: [{ plafond: 'PLUS', maximum: 50_000n }] }]));
  const AB: Cible[] = [{ ensemble: 'A', plafond: 'PLUS' }, { ensemble: 'B', plafond: 'PLUS' }];
  const taux = (r: Repartition) => r.propositions.map((p) => [p.ensemble, p.avant, p.apres]);

  it('à poids égaux, la même hausse par m² pour tous', () => {
    const r = repartirReste(masse, AB, reglage({}));
    expect(taux(r)).toEqual([['A', 60_000n, 65_000n], ['B', 50_000n, 55_000n]]);
    expect([r.reparti, r.reste, r.cause]).toEqual([600_000_000n, 0n, 'pas']);
  });
  it('une hausse proportionnelle au poids ; un poids nul ne bouge pas', () => {
    expect(taux(repartirReste(masse, AB, reglage({ A: 300n, B: 100n })))).toEqual([['A', 60_000n, 67_500n], ['B', 50_000n, 52_500n]]);
    expect(taux(repartirReste(masse, AB, reglage({ A: 0n, B: 50n })))).toEqual([['B', 50_000n, 60_000n]]);
    expect(repartirReste(masse, AB, reglage({ A: 0n, B: 0n }))).toMatchObject({ propositions: [], reste: masse.reste, cause: 'rien' });
  });
  it('ce qu’un plafond PLS empêche va aux autres ; tous arrêtés, le reste se dit', () => {
    const limite = (c: Cible) => (c.ensemble === 'A' ? 61_000n : null);
    const r = repartirReste(masse, AB, reglage({}, { limite }));
    expect(taux(r)).toEqual([['A', 60_000n, 61_000n], ['B', 50_000n, 59_000n]]);
    expect([r.bornees, r.reste, r.cause]).toEqual([1, 0n, 'pas']);
    const tous = repartirReste(masse, AB, reglage({}, { limite: () => 61_000n, auCentime: true }));
    expect([taux(tous), tous.bornees, tous.cause]).toEqual([[['A', 60_000n, 61_000n], ['B', 50_000n, 59_000n]], 1, 'pas']);
    const bas = repartirReste(masse, AB, reglage({}, { limite: () => 60_000n, auCentime: true }));
    expect([taux(bas), bas.bornees]).toEqual([[['B', 50_000n, 60_000n]], 2]);
    expect(repartirReste(masse, AB, reglage({}, { limite: () => 52_000n }))).toMatchObject({ reparti: 120_000_000n, reste: 480_000_000n, bornees: 2, cause: 'limites' });
  });
  it('rien à répartir : rien n’est proposé', () => {
    const exacte = computeMasse(ensembles, parts, scenario());
    expect(repartirReste(exacte, AB, reglage({}))).toMatchObject({ propositions: [], reparti: 0n, reste: 0n, cause: 'rien' });
  });
});

const tirage = fc.record({
  parc: parcArbitraire, baisse: fc.bigInt({ min: 0n, max: 60_000n }), poids: fc.array(fc.bigInt({ min: 0n, max: 400n }), { minLength: 6, maxLength: 6 }),
  classes: fc.array(fc.constantFrom('1', '2', '3', null), { minLength: 6, maxLength: 6 }), limites: fc.array(fc.option(fc.bigInt({ min: 0n, max: 200_000n }), { nil: null }), { minLength: 6, maxLength: 6 }), auCentime: fc.boolean(),
});

/** Un scénario où tout est fixé plus bas, puis le partage ; et la masse recalculée de zéro avec les propositions. */
function jouer(t: { parc: { ensembles: ReturnType<typeof ensemble>[]; parts: ReturnType<typeof part>[] }; baisse: bigint }, r: ReglageRepartition, plus = 0n) {
  const parts = t.parc.parts.map((p) => ({ ...p, mode: 1 as const }));
  const depart = computeMasse(t.parc.ensembles, parts, scenario());
  const taux = new Map<string, bigint>();
  for (const [i, m] of depart.ensembles.entries()) {
    // Un ensemble sur deux seulement est fixé : les autres gardent leur maximum, qui n'est pas un taux rond.
    if (i % 2 === 0) for (const p of m.parts) taux.set(`${m.ensemble}/${p.plafond}`, max0(p.avant / BigInt(p.surface) - t.baisse - plus));
  }
  const de = (fixes: ReadonlyMap<string, bigint>): Masse => {
    const parEnsemble = new Map<string, ChoixEnsemble>();
    for (const [cle, maximum] of fixes) {
      const [code = '', plafond = ''] = cle.split('/');
      const c = parEnsemble.get(code) ?? { ensemble: code, base: 'SU' as const, plafonds: [] };
      parEnsemble.set(code, { ...c, plafonds: [...c.plafonds, { plafond: PLAFONDS.find((p) => p === plafond) ?? 'PLUS', maximum }] });
    }
    return computeMasse(t.parc.ensembles, parts, scenario([...parEnsemble.values()]));
  };
  const masse = de(taux);
  const repartition = repartirReste(masse, toutes(masse), r);
  const apres = de(new Map([...taux, ...repartition.propositions.map((p): [string, bigint] => [`${p.ensemble}/${p.plafond}`, p.apres])]));
  return { masse, repartition, apres };
}
const max0 = (n: bigint): bigint => (n < 0n ? 0n : n);
const rang = (c: Cible): number => Number(c.ensemble.slice(1));
const regler = (t: { poids: bigint[]; classes: (string | null)[]; limites: (bigint | null)[]; auCentime: boolean }): ReglageRepartition => ({
  classer: (c) => { const classe = t.classes[rang(c)] ?? null; return { classe, poids: t.poids[classe === null ? 0 : Number(classe)] ?? 0n }; },
  limite: (c: { ensemble: string; plafond: Plafond }) => t.limites[rang(c)] ?? null, auCentime: t.auCentime,
});
const hausses = (r: Repartition): Map<string | null, bigint> => new Map(r.classes.map((c) => [c.classe, c.hausse]));

describe('propriétés', () => {
  it('jamais un centime de trop, les limites tenues, les sommes exactes', () => {
    fc.assert(fc.property(tirage, (t) => {
      const r = regler(t);
      const { masse, repartition: d, apres } = jouer(t, r);
      expect(d.reste).toBe(masse.reste - d.reparti);
      if (masse.reste > 0n) {
        expect(apres.apres <= apres.avant).toBe(true);
        expect(apres.reste).toBe(d.reste);
      } else expect(d.propositions).toEqual([]);
      for (const p of d.propositions) {
        const limite = r.limite(p);
        expect(p.apres > p.avant && (limite === null || p.apres <= limite) && (!t.auCentime || p.apres % 100n === 0n)).toBe(true);
        expect(r.classer(p).poids > 0n).toBe(true);
      }
      expect(d.classes.reduce((n, c) => n + c.parts, 0)).toBe(toutes(masse).length);
    }), { numRuns: 300 });
  });
  it('croissante : plus de reste ne donne jamais moins à personne', () => {
    fc.assert(fc.property(tirage, fc.bigInt({ min: 0n, max: 10_000_000_000n }), (t, plus) => {
      const { masse } = jouer(t, regler(t));
      const plusLarge: Masse = { ...masse, reste: masse.reste + plus };
      const [a, b] = [masse, plusLarge].map((m) => hausses(repartirReste(m, toutes(m), regler(t))));
      for (const [classe, h] of a ?? []) expect((b?.get(classe) ?? 0n) >= h).toBe(true);
    }), { numRuns: 200 });
  });
  it('croissante : plus de poids ne donne jamais moins à une classe', () => {
    fc.assert(fc.property(tirage, fc.integer({ min: 1, max: 3 }), fc.bigInt({ min: 1n, max: 300n }), (t, n, plus) => {
      const lourd = { ...t, poids: t.poids.map((p, i) => (i === n ? p + plus : p)) };
      const { masse } = jouer(t, regler(t));
      const [a, b] = [t, lourd].map((x) => hausses(repartirReste(masse, toutes(masse), regler(x))).get(String(n)) ?? 0n);
      expect((b ?? 0n) >= (a ?? 0n)).toBe(true);
    }), { numRuns: 200 });
  });
  it('l’ordre de la sélection ne change rien', () => {
    fc.assert(fc.property(tirage, (t) => {
      const { masse } = jouer(t, regler(t));
      const cibles = toutes(masse);
      expect(repartirReste(masse, cibles.toReversed(), regler(t))).toEqual(repartirReste(masse, cibles, regler(t)));
    }));
  });
});
