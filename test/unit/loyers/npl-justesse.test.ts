import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appliquerPourcentage } from '../../../shared/domain/loyers/npl/aides.ts';
import { millesime2019 } from '../../../shared/millesimes/2019.ts';
import { controlerHausses } from '../../../shared/domain/loyers/npl/hausse.ts';
import { computeMasse } from '../../../shared/domain/loyers/npl/masse.ts';
import type { Masse } from '../../../shared/domain/loyers/npl/masse.ts';
import { computeMixite } from '../../../shared/domain/loyers/npl/mixite.ts';
import { controlerMaximums, readPlafonds } from '../../../shared/domain/loyers/npl/plafonds.ts';
import { moduler } from '../../../shared/domain/loyers/npl/modulation.ts';
import { montrerMasse } from '../../../shared/domain/loyers/npl/quantites.ts';
import type { ChoixEnsemble, ChoixPlafond, PartEnsemble, Plafond, PlafondLoyer, Scenario } from '../../../shared/domain/loyers/npl/types.ts';
import { ensemble, parcArbitraire, part, scenario } from './npl-aides.ts';

const max = (maximum: bigint, reste: Partial<ChoixPlafond> = {}): ChoixPlafond => ({ plafond: 'PLUS', maximum, ...reste });
const choix = (reste: Partial<ChoixEnsemble> = {}): ChoixEnsemble => ({ ensemble: 'A', base: 'SU', plafonds: [], ...reste });
const masse = (parts: PartEnsemble[], c: ChoixEnsemble[] = [], reste: Partial<Scenario> = {}): Masse => computeMasse([...new Set(parts.map((p) => p.ensemble))].map((e) => ensemble(e)), parts, scenario(c, reste));
const exclus = (m: Masse): number => Object.values(m.exclus).reduce((s, n) => s + n, 0);
const codes = (m: Masse): [string, boolean, number][] => m.constats.map((c) => [c.code, c.bloquant, c.logements]);
const SC = { mode: 2 as const, surface: 30_900, surfaceMax: 30_900 };
const tri = { sansSurface: 3, logements: 3, surface: 0, avecMaximum: 0, surfaceMax: 0, maximum: 0, sansSurfaceMax: 3, maximumSansSurface: 105_000 };

describe('un maximum connu vaut pour la surface de sa base', () => {
  const connu = (taux: bigint, base: 'SU' | 'SC') => ({ taux, base, source: 'CUS 2011' });
  it('en surface corrigée, exprimé en surface utile : 4,0777 € × 309 m², quel que soit le m² utile', () => {
    const lire = (surface: number) => masse([part('A', SC)], [choix({ surface, connu: connu(40_777n, 'SC') })]);
    expect([lire(19_950).avant, lire(30_000).avant, exclus(lire(19_950))]).toEqual([40_777n * 30_900n, 40_777n * 30_900n, 0]);
  });
  it('dans une base dont l’ensemble n’a pas la surface : il sort des deux côtés, et bloque si un maximum est fixé', () => {
    const lire = (p: Partial<PartEnsemble>, c: Partial<ChoixEnsemble>) => codes(masse([part('A', p)], [choix(c)]));
    expect([
      lire(SC, { base: 'SC', connu: connu(65_000n, 'SU') }),
      lire({}, { connu: connu(40_000n, 'SC') }),
      lire({}, { connu: connu(40_000n, 'SC'), plafonds: [max(40_000n)] }),
    ]).toEqual([[['connu-autre-base', false, 10]], [['connu-autre-base', false, 10]], [['connu-autre-base', true, 10], ['choix-non-compte', true, 0]]]);
  });
});

describe('surface donnée', () => {
  const entieres = parcArbitraire.map(({ ensembles, parts }) => ({
    ensembles, parts: parts.map((p): PartEnsemble => ({ ...p, mode: 1, logements: p.logements - p.sansSurface, sansSurface: 0, sansSurfaceMax: 0, maximumSansSurface: 0, sansSurfacePratiques: 0, loyersSansSurface: 0, maximumsCusSansSurface: 0 })),
  }));
  it('donner la somme des surfaces déclarées ne change rien', () => {
    fc.assert(fc.property(entieres, fc.boolean(), ({ ensembles, parts }, limite) => {
      const limites = limite ? [{ base: 'SU' as const, taux: 60_000n, source: '', annee: null }] : [];
      const donner = ensembles.flatMap((e): ChoixEnsemble[] => {
        const surface = parts.filter((p) => p.ensemble === e.ensemble).reduce((s, p) => s + p.surface, 0);
        return surface === 0 ? [] : [{ ensemble: e.ensemble, base: 'SU', surface, plafonds: [] }];
      });
      const nus = ensembles.map((e): ChoixEnsemble => ({ ensemble: e.ensemble, base: 'SU', plafonds: [] }));
      const calculer = (choisis: ChoixEnsemble[]) => computeMasse(ensembles, parts, scenario(choisis, { limites }));
      // Hors la surface donnée elle-même, qui se dit.
      const [donnees, sans] = [calculer(donner), calculer(nus)];
      expect({ ...donnees, ensembles: donnees.ensembles.map((m, i) => ({ ...m, donnees: sans.ensembles[i]?.donnees })) }).toEqual(sans);
    }));
  });
  it('se partage selon les surfaces : un plafond de grands logements en garde plus', () => {
    const m = masse([part('A', { plafond: 'PLAI', surface: 10_200, surfaceMax: 10_200, logements: 2, avecMaximum: 2 }), part('A', { surface: 14_400, surfaceMax: 14_400, logements: 2, avecMaximum: 2 })], [choix({ surface: 24_600 })]);
    expect(m.ensembles[0]?.parts.map((p) => [p.plafond, p.surface])).toEqual([['PLAI', 10_200], ['PLUS', 14_400]]);
  });
  it('un logement sans surface compte pour la moyenne des autres, et garde son maximum', () => {
    const m = masse([part('A', { plafond: 'PLAI', logements: 2, sansSurface: 1, surface: 5_000, surfaceMax: 5_000, avecMaximum: 1, maximum: 30_000, sansSurfaceMax: 1, maximumSansSurface: 40_000 }), part('A', { logements: 1, surface: 7_000, surfaceMax: 7_000, avecMaximum: 1, maximum: 50_000 })], [choix({ surface: 18_000 })]);
    expect([m.ensembles[0]?.parts.map((p) => [p.plafond, p.logements, p.surface, p.avant]), exclus(m), m.constats]).toEqual([[['PLAI', 2, 11_000, 700_000_000n], ['PLUS', 1, 7_000, 500_000_000n]], 0, []]);
  });
  it('ensemble sans aucune surface : ses trois logements à 350 € sont comptés une fois', () => {
    const m = masse([part('A', tri)], [choix({ surface: 12_000, plafonds: [max(58_000n)] })]);
    expect([m.logements, exclus(m), m.avant, m.apres, m.constats, m.ensembles[0]?.origine]).toEqual([3, 0, 1_050_000_000n, 58_000n * 12_000n, [], 'apl']);
    expect(codes(masse([part('A', tri)]))).toEqual([['sans-surface', false, 3]]);
  });
  it('comptés et exclus font tous les logements, quels que soient les choix', () => {
    const unChoix = fc.record({
      e: fc.nat(5), base: fc.constantFrom('SU' as const, 'SC' as const), surface: fc.option(fc.integer({ min: 1, max: 2_000_000 }), { nil: null }),
      connu: fc.option(fc.constantFrom('SU' as const, 'SC' as const), { nil: null }), inconnus: fc.boolean(), plafonds: fc.subarray(['PLAI', 'PLUS', 'PLS', 'INCONNU'] as Plafond[]),
    });
    fc.assert(fc.property(parcArbitraire, fc.uniqueArray(unChoix, { selector: (c) => c.e }), fc.boolean(), ({ ensembles, parts }, lus, limite) => {
      const limites = limite ? [{ base: 'SU' as const, taux: 60_000n, source: '', annee: null }, { base: 'SC' as const, taux: 40_000n, source: '', annee: null }] : [];
      const m = computeMasse(ensembles, parts, scenario(lus.map(({ e, base, surface, connu, inconnus, plafonds }): ChoixEnsemble => ({
        ensemble: `E${e}`, base, plafonds: plafonds.map((plafond) => ({ plafond, maximum: 50_000n })), ...(surface === null ? {} : { surface }),
        ...(connu === null ? {} : { connu: { taux: 60_000n, base: connu, source: '' } }), ...(inconnus ? { inconnus: 'PLS' as const } : {}),
      })), { limites }));
      expect(m.logements + exclus(m)).toBe(parts.reduce((s, p) => s + p.logements, 0));
      expect(m.ensembles.flatMap((x) => x.parts).every((p) => p.logements > 0 && p.surface > 0)).toBe(true);
    }));
  });
  it('surface habitable et annexes donnent la surface utile (D331-10)', () => {
    const lire = (p: Partial<PartEnsemble>, c: Partial<ChoixEnsemble>) => masse([part('A', p)], [choix(c)]);
    expect([lire({ mode: 3 }, { annexes: 8_001 }).parBase[0]?.surface, lire({}, { habitable: 55_000, annexes: 4_000 }).parBase[0]?.surface]).toEqual([64_001, 57_000]);
    expect(codes(lire({}, { annexes: 4_000 }))[0]).toEqual(['habitable-inconnue', true, 0]);
  });
});

describe('plafond PLS', () => {
  const pls = (taux: bigint, zone: string): PlafondLoyer => ({ annee: 2027, produit: 'PLS', zone, taux, source: '' });
  const controler = (p: Partial<PartEnsemble>, c: Partial<ChoixEnsemble>, lignes: PlafondLoyer[], zones: string[]) => {
    const e = [ensemble('A', { zones })];
    return controlerMaximums(computeMasse(e, [part('A', { maximum: 3_000_000, ...p })], scenario([choix(c)])), e, readPlafonds(lignes, 2027));
  };
  it('en surface corrigée, les montants se comparent dès que la surface utile est connue ; sinon c’est dit', () => {
    const lire = (maximum: bigint, c: Partial<ChoixEnsemble>) => controler(SC, { base: 'SC', plafonds: [max(maximum)], ...c }, [pls(90_000n, 'A')], ['A']).map((x) => [x.code, x.bloquant, x.logements]);
    // 200 m² utiles à 9 € font 1 800 €, soit 5,8252… € pour 309 m² corrigés.
    expect([lire(300_000n, {}), lire(58_252n, { habitable: 20_000 }), lire(58_253n, { habitable: 20_000 })]).toEqual([[['pls-non-verifie', false, 10]], [], [['superieur-au-pls', true, 10]]]);
  });
  it('deux zonages qui en portent deux : celui des zones A à C vaut, et c’est dit', () => {
    const lire = (maximum: bigint) => controler({}, { plafonds: [max(maximum)] }, [pls(100_000n, 'A'), pls(110_000n, '1')], ['1', 'A']).map((c) => [c.code, c.bloquant]);
    expect([lire(100_000n), lire(100_001n)]).toEqual([[['plafonds-deux-zonages', false]], [['plafonds-deux-zonages', false], ['superieur-au-pls', true]]]);
    expect(controler({}, { plafonds: [max(1n)] }, [pls(100_000n, 'A'), pls(110_000n, '1')], ['1', 'A'])[0]?.message.replaceAll('\u00a0', ' ')).toBe(
      'Plafonds PLS différents pour cette commune, 11,00 €/m² en zone 1 (zonage 123), 10,00 €/m² en zone A (zonage ABC) : celui de la zone A est retenu, le PLS suivant les zones A bis, A, B1, B2, C.',
    );
  });
});

describe('révision par l’IRL (L445-3, II, III, IV, V ; L445-3-1)', () => {
  const irl = [[2010, 11_826], [2025, 14_670], [2026, 14_817], [2027, 15_000]].map(([annee = 0, indice = 0]) => ({ annee, indice, source: 'Insee' }));
  it('à la main : le RPLS de 2026 et un maximum de 2011 sont amenés à 2027, le maximum de 2027 ne bouge pas', () => {
    const m = masse([part('A'), part('B')], [choix({ plafonds: [max(60_000n, { annee: 2027 })] }), { ensemble: 'B', base: 'SU', plafonds: [], connu: { taux: 50_000n, base: 'SU', source: 'CUS 2011', annee: 2011 } }], { annee: 2027, anneeParc: 2026, irl });
    // 3 600 € × 148,17 / 146,70 ; 3 000 € × 148,17 / 118,26.
    expect([m.ensembles.map((e) => [e.avant, e.apres]), m.anneeMontants]).toEqual([[[3_636_073_619n, 3_600_000_000n], [3_758_751_902n, 3_758_751_902n]], 2027]);
    expect(m.reste).toBe(36_073_619n);
  });
  it('n’a pas d’effet sur la contrainte : tout est révisé du même indice, rien n’est arrondi avant la fin', () => {
    fc.assert(fc.property(parcArbitraire, fc.array(fc.bigInt({ min: 0n, max: 200_000n }), { minLength: 6, maxLength: 6 }), fc.integer({ min: 9_000, max: 20_000 }), fc.integer({ min: 9_000, max: 20_000 }), ({ ensembles, parts }, taux, a, b) => {
      const utiles = parts.map((p) => ({ ...p, mode: 1 as const }));
      const c = ensembles.map((e): ChoixEnsemble => ({ ensemble: e.ensemble, base: 'SU', plafonds: [max(taux[Number(e.ensemble.slice(1))] ?? 0n, { annee: 2026 })] }));
      const de = (reste: Partial<Scenario>) => computeMasse(ensembles, utiles, scenario(c, reste));
      const revisee = de({ annee: 2027, anneeParc: 2026, irl: [{ annee: 2025, indice: a, source: '' }, { annee: 2026, indice: b, source: '' }] });
      const telle = de({});
      expect(revisee.respectee).toBe(telle.respectee);
      expect(revisee.reste < 0n).toBe(telle.reste < 0n);
    }));
  });
  it('un indice manque : rien n’est révisé, d’aucun côté, et l’année est dite', () => {
    const m = masse([part('A')], [choix({ plafonds: [max(60_000n, { annee: 2027 })] })], { annee: 2027, anneeParc: 2026, irl: irl.filter((i) => i.annee !== 2025) });
    expect([m.avant, m.apres, m.anneeMontants, m.constats.map((c) => [c.code, c.bloquant, c.message])]).toEqual([3_600_000_000n, 3_600_000_000n, null, [
      ['irl-absent', false, 'IRL du 2e trimestre de 2025 non saisi : rien n’est révisé, chaque montant reste dans l’année où il est écrit.'],
    ]]);
  });
  it('une hausse au-delà de la révision demande l’accord de l’autorité, et au plus 5 % en sus (III)', () => {
    const lire = (maximum: bigint, travaux: boolean, indices = irl) => {
      const m = masse([part('A')], [choix({ plafonds: [max(maximum, { annee: 2027, precedent: 60_000n })], ...(travaux ? { travaux: { accord: '2026-11-02', reference: 'arrêté' } } : {}) })], { annee: 2027, anneeParc: 2026, irl: indices });
      return controlerHausses(m, indices, 2027, millesime2019.npl.hausseTravaux).map((c) => [c.code, c.bloquant]);
    };
    // 6,00 × 148,17 / 146,70 = 6,0601… ; avec 5 % en sus : 6,3601…
    expect([lire(60_601n, false), lire(60_602n, false), lire(63_601n, true), lire(63_602n, true), lire(1n, false, [])]).toEqual([[], [['hausse-excessive', true]], [], [['hausse-excessive', true]], [['hausse-non-verifiee', false]]]);
  });
});

describe('limite de R445-10', () => {
  const irl = [[2025, 14_668], [2026, 14_815]].map(([annee = 0, indice = 0]) => ({ annee, indice, source: 'Insee' }));
  // 2 715 m² corrigés, 9 638 € de loyers, sans maximum.
  const sans = part('A', { mode: 2, logements: 25, surface: 271_500, avecMaximum: 0, maximum: 0, surfaceMax: 0, pratiques: 25, surfacePratiques: 271_500, loyersPratiques: 963_800 });
  const lire = (taux: bigint, annee: number | null, indices = irl) => masse([sans], [], { annee: 2027, anneeParc: 2026, irl: indices, limites: [{ base: 'SC', taux, source: 'arrêté', annee }] });
  it('vaut telle qu’écrite, dans son année ou sans année ; les loyers pratiqués, eux, sont révisés avant de lui être comparés', () => {
    const [haute, basse, entre] = [lire(34_500n, null), lire(40_000n, 2027), lire(35_600n, 2027)];
    const dire = (m: typeof haute) => [m.avant, m.apres, m.ensembles[0]?.plafonne, m.ensembles[0]?.annee];
    // min(9 638 × 148,15 / 146,68 = 9 734,5895… ; limite × 2 715) ; 3,56 × 2 715 = 9 665,40 : plus que 9 638, moins que 9 734,58.
    expect(dire(haute)).toEqual([9_366_750_000n, 9_366_750_000n, true, null]);
    expect(dire(basse)).toEqual([(9_638_000_000n * 14_815n) / 14_668n, (9_638_000_000n * 14_815n) / 14_668n, false, 2026]);
    expect(dire(entre)).toEqual([9_665_400_000n, 9_665_400_000n, true, 2027]);
    expect(dire(lire(35_600n, null, []))).toEqual([9_638_000_000n, 9_638_000_000n, false, 2026]);
  });
});

describe('arrondis', () => {
  it('respectée, l’après ne se montre pas au-dessus de l’avant ; dépassée, un centime au moins', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: -30_000n, max: 30_000n }), (avant, ecart) => {
      const apres = avant + ecart < 0n ? 0n : avant + ecart;
      const respectee = apres <= avant;
      const m = montrerMasse({ avant, apres, respectee });
      expect(m.reste).toBe(m.avant - m.apres);
      if (respectee) expect(m.apres <= m.avant && m.reste * 10_000n <= avant - apres).toBe(true);
      else expect(m.apres > m.avant && m.reste <= -1n).toBe(true);
      expect(m.avant * 10_000n <= avant).toBe(true);
    }));
    expect([montrerMasse({ avant: 8_265_006_000n, apres: 8_265_006_000n, respectee: true }), montrerMasse({ avant: 8_265_006_000n, apres: 8_265_006_001n, respectee: false })]).toEqual([
      { avant: 826_500n, apres: 826_500n, reste: 0n }, { avant: 826_500n, apres: 826_501n, reste: -1n },
    ]);
  });
  it('une hausse de 0 % ne propose rien ; une autre s’arrondit une seule fois, au dix-millième inférieur', () => {
    const m = masse([part('A', { maximum: 127_000, surface: 18_700, surfaceMax: 18_700 })]);
    const cibles = [{ ensemble: 'A', plafond: 'PLUS' as const }];
    // 1 270 € / 187 m² = 6,79144… ; + 1 % : 6,85935…
    expect([appliquerPourcentage(m, cibles, 0), appliquerPourcentage(m, cibles, 100)]).toEqual([[], [{ ensemble: 'A', plafond: 'PLUS', avant: 67_914n, apres: 68_593n }]]);
  });
});

describe('modulation selon la taille moyenne (III)', () => {
  it('à la main : 6,29 € × 0,77 × (1 + 10 × 20 / 600) ; rien en surface corrigée, ni pour ce qui ne change pas', () => {
    const m = masse([part('A'), part('B', SC)]);
    const cibles = ['A', 'B'].map((e) => ({ ensemble: e, plafond: 'PLUS' as const }));
    expect(moduler(m, cibles, 62_900n, { a: 7_700n, b: 2_000n })).toEqual([{ ensemble: 'A', plafond: 'PLUS', avant: 60_000n, apres: 64_577n }]);
    expect(moduler(m, cibles, 60_000n, { a: 10_000n, b: 0n })).toEqual([]);
  });
});

describe('ce qui se dit', () => {
  it('une base dépasse seule la sienne, l’autre la compense', () => {
    const m = masse([part('A'), part('B', SC)], [choix({ plafonds: [max(50_000n)] }), { ensemble: 'B', base: 'SC', plafonds: [max(120_000n)] }]);
    expect([m.respectee, m.constats.map((c) => [c.code, c.bloquant, c.logements, c.message.replaceAll(/[\u00a0\u202f]/g, ' ')])]).toEqual([true, [
      ['base-depassee', false, 10, 'En surface corrigée seule, la masse passe de 3 600,00 € à 3 708,00 € par mois, soit 108,00 € de plus, compensé ou non par l’autre surface : la masse est rapportée à la surface corrigée ou à la surface utile (II). Montants arrondis de leur somme exacte : celui des deux surfaces ensemble peut en différer d’un centime.'],
    ]]);
  });
  it('des logements sans plafond de ressources, à qui l’on en donne un', () => {
    const lire = (c: ChoixEnsemble[]) => masse([part('A', { plafond: 'INCONNU' }), part('A')], c);
    expect([codes(lire([])), lire([choix({ inconnus: 'PLUS' })]).constats, lire([choix({ inconnus: 'PLUS' })]).ensembles[0]?.parts.map((p) => [p.plafond, p.logements])]).toEqual([[['plafond-non-renseigne', false, 10]], [], [['PLUS', 20]]]);
  });
  it('des maximums déclarés à 0 €', () => {
    expect(codes(masse([part('A', { maximumsNuls: 4 })]))).toEqual([['maximum-nul', false, 4]]);
  });
  it('deux maximums pour un même plafond : aucun n’est compté', () => {
    const m = masse([part('A')], [choix({ plafonds: [max(70_000n), max(50_000n)] })]);
    expect([m.apres, codes(m)]).toEqual([3_600_000_000n, [['plafond-en-double', true, 0]]]);
  });
  it('mixité : le niveau est celui du maximum, non de la moyenne ; celui d’aujourd’hui là où rien n’est fixé', () => {
    const ensembles = [ensemble('A'), ensemble('B')];
    const m = computeMasse(ensembles, [part('A'), part('B')], scenario([choix({ plafonds: [max(90_000n, { moyenne: 54_000n })] })]));
    const table = readPlafonds([{ annee: 2027, produit: 'PLAI', zone: '2', taux: 60_000n, source: '' }], 2027);
    expect(computeMixite(m, ensembles, table)).toEqual({ horsQpv: { auNiveauPlai: 10, compares: 20, fixes: 10 }, qpv: { auDessusPlai: 0, compares: 0, fixes: 0 }, nonCompares: 0 });
  });
});
