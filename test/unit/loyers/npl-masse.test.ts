import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surfaceUtile } from '../../../shared/domain/loyers/npl/expression.ts';
import { annuelle, computeMasse } from '../../../shared/domain/loyers/npl/masse.ts';
import { centimesCompares, centimesPlafond, formatTaux, parseTaux, writeTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import { partager } from '../../../shared/domain/nombres/partage.ts';
import { createRevision, hausseMaximale, irlDeRevision, revise, UN } from '../../../shared/domain/loyers/npl/revision.ts';
import type { ChoixEnsemble } from '../../../shared/domain/loyers/npl/types.ts';
import { ensemble, parcArbitraire, part, scenario } from './npl-aides.ts';

const choix = (code: string, maximum: bigint, reste: Partial<ChoixEnsemble> = {}): ChoixEnsemble => ({ ensemble: code, base: 'SU', plafonds: [{ plafond: 'PLUS', maximum }], ...reste });

describe('taux', () => {
  it.each([
    ['6,29', 62_900n, '6.29'], ['6.2935', 62_935n, '6.2935'], ['6.293', 62_930n, '6.293'], ['6', 60_000n, '6.00'], ['6,290', 62_900n, '6.29'], ['6,293', 62_930n, '6.293'], ['7,25 €/m²', 72_500n, '7.25'],
  ])('« %s » se lit exactement', (texte, taux, ecrit) => {
    expect([parseTaux(texte), writeTaux(taux)]).toEqual([taux, ecrit]);
  });
  it.each(['', '-1', '6,29351', 'abc', '5 %', '12/48'])('« %s » est refusé', (texte) => expect(parseTaux(texte)).toBeNull());
  it('s’écrit en français', () => expect(formatTaux(62_900n)).toBe('6,29\u00a0€/m²'));
  it('un dépassement d’un millionième ne disparaît pas à l’affichage', () => {
    expect([centimesPlafond(19_999n), centimesCompares(10_001n), centimesPlafond(-1n), centimesCompares(-19_999n)]).toEqual([1n, 2n, -1n, -1n]);
  });
});

describe('masse maximale (L445-3, II)', () => {
  it('compte à la main : 600 m² à 6 €, ramenés à 5,90 €', () => {
    const m = computeMasse([ensemble('A')], [part('A')], scenario([choix('A', 59_000n)]));
    expect(m).toEqual({
      ensembles: [{
        ensemble: 'A', base: 'SU', origine: 'apl', cus: 0, annee: null, source: '', plafonne: false, travaux: false, donnees: { surface: null, habitable: null, annexes: null }, logements: 10, surface: 60_000, avant: 3_600_000_000n, apres: 3_540_000_000n, integre: true,
        parts: [{ plafond: 'PLUS', logements: 10, surface: 60_000, avant: 3_600_000_000n, apres: 3_540_000_000n, autre: null, maximum: 59_000n, moyenne: null, repartie: false,
          fixe: { maximum: 59_000n, moyenne: null, annee: null, precedent: null }, exact: { avant: 3_600_000_000n, ratioAvant: UN, apres: 3_540_000_000n, ratioApres: UN } }],
      }],
      logements: 10, avant: 3_600_000_000n, apres: 3_540_000_000n, reste: 60_000_000n, respectee: true, exclus: {}, constats: [], anneeMontants: null,
      parBase: [{ base: 'SU', logements: 10, surface: 60_000, avant: 3_600_000_000n, apres: 3_540_000_000n, reste: 60_000_000n, respectee: true, avantM2: 60_000n, apresM2: 59_000n }],
    });
    expect(annuelle(m.avant)).toBe(43_200_000_000n);
  });
  it('un ensemble que le scénario ne fixe pas garde son maximum', () => {
    const m = computeMasse([ensemble('A'), ensemble('B')], [part('A'), part('B', { maximum: 300_000 })], scenario([choix('A', 61_000n)]));
    expect([m.avant, m.apres, m.respectee, m.constats.map((c) => c.code)]).toEqual([6_600_000_000n, 6_660_000_000n, false, ['masse-depassee']]);
  });
  it('un centime de trop est un dépassement ; au centime près, la contrainte tient', () => {
    const m = (maximum: number) => computeMasse([ensemble('A')], [part('A', { maximum })], scenario([choix('A', 60_000n)])).respectee;
    expect([m(360_000), m(359_999), m(360_001)]).toEqual([true, false, true]);
  });
  it('la moyenne (IV), quand elle est fixée, fait la masse', () => {
    const m = computeMasse([ensemble('A')], [part('A')], scenario([choix('A', 70_000n, { plafonds: [{ plafond: 'PLUS', maximum: 70_000n, moyenne: 60_000n }] })]));
    expect([m.apres, m.respectee]).toEqual([3_600_000_000n, true]);
  });
  it('le maximum d’une ancienne convention saisi remplace celui du fichier (L445-3-1)', () => {
    const m = computeMasse([ensemble('A')], [part('A')], scenario([choix('A', 60_000n, { connu: { taux: 65_000n, base: 'SU', source: 'CUS 2011' } })]));
    expect([m.ensembles[0]?.origine, m.avant, m.reste]).toEqual(['convention', 3_900_000_000n, 300_000_000n]);
  });
  it('surfaces utile et corrigée : chacune à part, la masse en euros seulement', () => {
    const m = computeMasse([ensemble('A'), ensemble('B')], [part('A'), part('B', { mode: 2, surfaceMax: 90_000, surface: 90_000 })], scenario());
    expect(m.parBase.map((b) => [b.base, b.surface, b.avantM2])).toEqual([['SU', 60_000, 60_000n], ['SC', 90_000, 40_000n]]);
  });
});

describe('ensemble sans plafond réglementaire (R445-10)', () => {
  const sans = part('A', { avecMaximum: 0, surfaceMax: 0, maximum: 0, pratiques: 8, surfacePratiques: 48_000, loyersPratiques: 400_000 });
  it('sans la limite de l’arrêté, il n’est pas compté, et c’est dit', () => {
    const m = computeMasse([ensemble('A')], [sans], scenario());
    expect([m.logements, m.exclus, m.constats.map((c) => [c.code, c.logements])]).toEqual([0, { 'limite-absente': 10 }, [['limite-absente', 10]]]);
  });
  it('une limite de 0 €/m² n’en est pas une : l’ensemble n’est pas compté pour zéro', () => {
    const m = computeMasse([ensemble('A')], [sans], scenario([], { limites: [{ base: 'SU', taux: 0n, source: 'arrêté', annee: null }] }));
    expect([m.avant, m.logements, m.exclus, m.constats.map((c) => c.message)]).toEqual([0n, 0, { 'limite-absente': 10 }, ['Ensemble sans plafond de loyer : la limite par m² fixée par arrêté est saisie à 0 €/m², ce qui n’en est pas une, il n’est pas compté.']]);
  });
  it.each([[90_000n, 4_000_000_000n], [80_000n, 3_840_000_000n], [83_333n, 3_999_984_000n], [83_334n, 4_000_000_000n]])('dans la limite de %s : %s', (taux, avant) => {
    const m = computeMasse([ensemble('A')], [sans], scenario([], { limites: [{ base: 'SU', taux, source: 'arrêté', annee: null }] }));
    expect([m.avant, m.logements, m.exclus]).toEqual([avant, 8, { 'sans-maximum': 2 }]);
  });
});

describe('ce qui ne se compte pas se dit', () => {
  it('logements sans surface, sans maximum, d’une autre surface', () => {
    const parts = [part('A', { logements: 13, sansSurface: 1, surface: 72_000 }), part('A', { mode: 2, logements: 4, avecMaximum: 4, surface: 30_000, surfaceMax: 30_000 })];
    const m = computeMasse([ensemble('A')], parts, scenario());
    expect([m.logements, m.exclus]).toEqual([10, { 'sans-surface': 1, 'modes-melanges': 4, 'sans-maximum': 2 }]);
  });
  it('surface habitable : exclue tant que la surface utile n’est pas donnée', () => {
    const parts = [part('A', { mode: 3 })];
    expect(computeMasse([ensemble('A')], parts, scenario()).exclus).toEqual({ 'surface-autre-base': 10 });
    const donnee = computeMasse([ensemble('A')], parts, scenario([choix('A', 50_000n, { surface: 66_000 })]));
    expect([donnee.logements, donnee.avant, donnee.apres, donnee.exclus]).toEqual([10, 3_600_000_000n, 3_300_000_000n, {}]);
  });
  it('choix absurdes : ensemble inconnu, plafond que personne ne porte, en double, répartition fausse', () => {
    const m = computeMasse([ensemble('A')], [part('A')], scenario([
      choix('Z', 1n), choix('A', 60_000n, { plafonds: [{ plafond: 'PLUS', maximum: 60_000n, logements: 3, surface: 1 }, { plafond: 'PLS', maximum: 1n }, { plafond: 'PLS', maximum: 2n }] }), choix('A', 2n),
    ]));
    expect(m.constats.map((c) => c.code).sort()).toEqual(['choix-en-double', 'ensemble-inconnu', 'plafond-en-double', 'repartition-incoherente']);
    expect(m.apres).toBe(3_600_000_000n);
  });
  it('répartition décidée entre deux plafonds : la masse d’avant se partage sans perte', () => {
    const m = computeMasse([ensemble('A')], [part('A', { maximum: 359_999 })], scenario([
      { ensemble: 'A', base: 'SU', plafonds: [{ plafond: 'PLAI', maximum: 50_000n, logements: 3, surface: 18_001 }, { plafond: 'PLUS', maximum: 64_000n, logements: 7, surface: 41_999 }] },
    ]));
    expect([m.avant, m.apres, m.logements]).toEqual([3_599_990_000n, 50_000n * 18_001n + 64_000n * 41_999n, 10]);
  });
});

describe('propriétés', () => {
  it('sans choix, rien ne change et tout logement est compté ou dit', () => {
    fc.assert(fc.property(parcArbitraire, fc.boolean(), ({ ensembles, parts }, limite) => {
      const m = computeMasse(ensembles, parts, scenario([], limite ? { limites: [{ base: 'SU', taux: 60_000n, source: '', annee: null }, { base: 'SC', taux: 40_000n, source: '', annee: null }] } : {}));
      const exclus = Object.values(m.exclus).reduce((s, n) => s + n, 0);
      expect([m.apres, m.reste, m.respectee]).toEqual([m.avant, 0n, true]);
      expect(m.logements + exclus).toBe(parts.reduce((s, p) => s + p.logements, 0));
    }));
  });
  it('réunir deux ensembles de même base ne change pas la masse', () => {
    fc.assert(fc.property(fc.nat(10 ** 6), fc.nat(10 ** 6), fc.bigInt({ min: 0n, max: 200_000n }), (a, b, taux) => {
      const parts = [part('A', { maximum: a }), part('B', { maximum: b, surface: 30_000, surfaceMax: 30_000 })];
      const separes = computeMasse([ensemble('A'), ensemble('B')], parts, scenario([choix('A', taux), choix('B', taux)]));
      const reunis = computeMasse([ensemble('A')], parts.map((p) => ({ ...p, ensemble: 'A' })), scenario([choix('A', taux)]));
      expect([reunis.avant, reunis.apres, reunis.logements]).toEqual([separes.avant, separes.apres, separes.logements]);
    }));
  });
  it('exprimer en surface utile garde les montants (R445-9)', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10 ** 7 }), fc.nat(10 ** 7), (surface, maximum) => {
      const parts = [part('A', { mode: 2, maximum })];
      const avant = computeMasse([ensemble('A')], parts, scenario()).avant;
      expect(computeMasse([ensemble('A')], parts, scenario([{ ensemble: 'A', base: 'SU', surface, plafonds: [] }])).avant).toBe(avant);
    }));
  });
  it('un partage garde sa somme', () => {
    fc.assert(fc.property(fc.nat(10 ** 12), fc.array(fc.nat(10 ** 6), { minLength: 1, maxLength: 20 }), (n, poids) => {
      const parts = partager(n, poids);
      expect(parts.reduce((s, p) => s + p, 0)).toBe(poids.some((p) => p > 0) ? n : 0);
      expect(parts.every((p) => p >= 0)).toBe(true);
    }));
  });
});

describe('révision et hausse (L445-3, III et V)', () => {
  const irl = (annee: number, indice: number) => ({ annee, indice, source: 'Insee' });
  it('révise de la variation de l’IRL du deuxième trimestre, vers le bas', () => {
    // 140,59 → 145,17 : 6,00 × 145,17 / 140,59 = 6,19546…
    expect(revise(60_000n, createRevision([irl(2023, 14_059), irl(2024, 14_517)], 2025, [2024]).de(2024))).toBe(61_954n);
  });
  it('5 % en sus de l’IRL, arrondi vers le bas', () => {
    // 6,00 × (145,17/140,59 + 0,05) = 6,495462…
    expect(hausseMaximale(60_000n, irl(2023, 14_059), irl(2024, 14_517), 5)).toBe(64_954n);
    expect(hausseMaximale(60_000n, irl(2023, 14_000), irl(2024, 14_000), 5)).toBe(63_000n);
    expect(hausseMaximale(60_000n, irl(2023, 14_000), irl(2024, 14_000), 0)).toBe(60_000n);
  });
  it('prend les deux deuxièmes trimestres qui précèdent', () => {
    const indices = [irl(2023, 14_059), irl(2024, 14_517)];
    expect([irlDeRevision(indices, 2025), irlDeRevision(indices, 2026), irlDeRevision([irl(2023, 0), irl(2024, 1)], 2025)]).toEqual([{ ancien: indices[0], nouveau: indices[1] }, null, null]);
  });
});

describe('surface utile (D331-10, D353-16)', () => {
  it('surface habitable et moitié des annexes', () => expect([surfaceUtile(6500, 901), surfaceUtile(6500, 900), surfaceUtile(0, 0)]).toEqual([6951, 6950, 6500 - 6500]));
});

describe('un choix qu’on ne sait pas compter n’est jamais « respecté » en silence', () => {
  it('ensemble sans plafond ni limite saisie ; base où il n’a pas de surface', () => {
    const sans = part('A', { avecMaximum: 0, surfaceMax: 0, maximum: 0, pratiques: 10, surfacePratiques: 60_000, loyersPratiques: 400_000 });
    const bloquants = (p: ReturnType<typeof part>, c: ChoixEnsemble) => computeMasse([ensemble('A')], [p], scenario([c])).constats.filter((x) => x.bloquant).map((x) => x.code);
    expect([bloquants(sans, choix('A', 200_000n)), bloquants(part('A'), choix('A', 60_000n, { base: 'SC' })), bloquants(part('A'), choix('A', 60_000n))]).toEqual([
      ['choix-non-compte'], ['surface-autre-base', 'choix-non-compte'], [],
    ]);
  });
});
