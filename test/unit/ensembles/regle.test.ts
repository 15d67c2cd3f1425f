import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeCle, computeNiveau } from '../../../shared/domain/ensembles/cle.ts';
import type { Situation } from '../../../shared/domain/ensembles/cle.ts';
import { planRecomposition, summarizeRecomposition } from '../../../shared/domain/ensembles/recomposition.ts';
import type { EnsembleActuel, Paire } from '../../../shared/domain/ensembles/recomposition.ts';
import { CRITERES, PREREGLAGES, REGLE_DEPART, describeRegle, faultRegle, findInutiles, findPrereglage, parseRegle, writeRegle } from '../../../shared/domain/ensembles/regle.ts';

const situation = (s: Partial<Situation>): Situation => ({
  commune: '13055', numvoie: null, indrep: null, typvoie: null, nomvoie: null, bat: null, immeu: null, complgeo: null, lieudit: null, codsegpatrim: null, ...s,
});
const niveaux = fc.array(fc.uniqueArray(fc.constantFrom(...CRITERES), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });

describe('une règle', () => {
  it('s’écrit et se relit ; chaque préréglage en est une, sans niveau inutile', () => {
    fc.assert(fc.property(niveaux, (r) => { expect(parseRegle(writeRegle(r))).toEqual(r); }));
    for (const p of PREREGLAGES) expect([faultRegle(p.regle), findInutiles(p.regle), findPrereglage(p.regle)?.cle, parseRegle(p.cle)]).toEqual([null, [], p.cle, p.regle]);
    for (const texte of ['', 'couleur', 'adresse+', 'adresse,,lieudit', 'adresse+adresse']) expect(parseRegle(texte)).toBeNull();
    expect(describeRegle([['segment', 'programme'], ['voie']])).toBe('même segment et même programme ; à défaut, même voie ; à défaut, le reste de la commune');
  });

  it('prend le premier niveau dont tous les critères sont renseignés', () => {
    const regle = [['segment', 'programme'], ['batiment', 'voie'], ['adresse']] as const;
    const s = situation({ codsegpatrim: 's-1', complgeo: 'LES LILAS', typvoie: 'RUE', nomvoie: 'DU STADE', numvoie: '12', bat: 'B' });
    expect(computeCle(s, regle)).toBe('13055|segment+programme|S 1|LES LILAS');
    expect(computeCle({ ...s, codsegpatrim: null }, regle)).toBe('13055|batiment+voie||B||RUE|DU STADE');
    expect(computeCle({ ...s, codsegpatrim: null, bat: ' ' }, regle)).toBe('13055|adresse|12||RUE|DU STADE');
    expect(computeCle(situation({}), regle)).toBe('13055|sans-adresse');
    expect([s, situation({ nomvoie: 'X' }), situation({})].map((x) => computeNiveau(x, regle))).toEqual([0, 2, 3]);
    expect(computeCle(s)).toBe(computeCle(s, REGLE_DEPART));
  });

  it('dit les niveaux qui ne serviront jamais', () => {
    expect(findInutiles([['programme'], ['programme', 'bat'], ['voie'], ['adresse'], ['bat'], ['batiment']])).toEqual([1, 3]);
  });
});

const cle = fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5');
const actuels = fc.array(fc.record({ nomDecide: fc.boolean(), compositionDecidee: fc.boolean() }), { minLength: 1, maxLength: 6 }).map((es) => es.map((e, i): EnsembleActuel => ({ ...e, id: i + 1, cle: `k${i + 1}` })));
const cas = actuels.chain((es) =>
  fc
    .uniqueArray(fc.record({ cle, ensemble: fc.integer({ min: 1, max: es.length }), logements: fc.integer({ min: 1, max: 4 }), sortis: fc.integer({ min: 0, max: 4 }) }), { selector: (p) => `${p.ensemble}|${p.cle}`, maxLength: 20 })
    .map((ps) => ({ es, ps: ps.map(({ sortis, ...p }): Paire => ({ ...p, parc: Math.max(0, p.logements - sortis) })) })),
);

describe('la recomposition', () => {
  it('garde les logements, les compositions décidées et les noms, et ne change rien la seconde fois', () => {
    fc.assert(
      fc.property(cas, ({ es, ps }) => {
        const plan = planRecomposition(es, ps, 100);
        const parId = new Map(es.map((e) => [e.id, e]));
        for (const p of ps) {
          if (parId.get(p.ensemble)?.compositionDecidee === true) expect(plan.cible(p.cle, p.ensemble)).toBe(p.ensemble);
          else expect(parId.get(plan.cible(p.cle, p.ensemble))?.compositionDecidee).not.toBe(true);
        }
        const occupes = new Set(ps.map((p) => p.ensemble));
        const apres = new Set(ps.map((p) => plan.cible(p.cle, p.ensemble)));
        for (const e of es) if (e.nomDecide && occupes.has(e.id)) expect(apres.has(e.id)).toBe(true);
        const bilan = summarizeRecomposition(ps, plan);
        expect(bilan.logements).toBe(ps.reduce((n, p) => n + p.parc, 0));
        expect(bilan.actuels - bilan.disparus + bilan.nouveaux).toBe(bilan.ensembles);

        const suivants = new Map<string, Paire>();
        for (const p of ps) {
          const ensemble = plan.cible(p.cle, p.ensemble);
          const deja = suivants.get(`${ensemble}|${p.cle}`);
          suivants.set(`${ensemble}|${p.cle}`, { cle: p.cle, ensemble, logements: p.logements + (deja?.logements ?? 0), parc: p.parc + (deja?.parc ?? 0) });
        }
        const neufs = [...plan.proposes].filter(([id]) => !parId.has(id)).map(([id, k]): EnsembleActuel => ({ id, cle: k, nomDecide: false, compositionDecidee: false }));
        const seconde = planRecomposition([...es, ...neufs], [...suivants.values()], 200);
        for (const p of suivants.values()) expect(seconde.cible(p.cle, p.ensemble)).toBe(p.ensemble);
      }),
      { numRuns: 2_000 },
    );
  });
});
