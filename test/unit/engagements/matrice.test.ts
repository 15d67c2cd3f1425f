import { describe, expect, test } from 'vitest';
import { formatCellule, formatPeriode, type Matrice } from '../../../shared/domain/engagements/matrice.ts';
import { readOptions } from '../../../shared/domain/engagements/options.ts';
import { countAvancement, isExigee } from '../../../shared/domain/engagements/lecture.ts';
import { AMP, lectureDe, matriceDe, millesime, TREIZE, VAR } from './exemple.ts';

const territoires = (m: Matrice, code: string): string[] => [
  ...new Set(m.lignes.filter((l) => l.indicateur.code === code).map((l) => l.territoire.code)),
];
const ouverts = (m: Matrice, id: string): string[] =>
  m.lignes.find((l) => l.id === id)?.cellules.filter((c) => c.ouvert).map((c) => c.horizon) ?? [];

describe('matrice de R445-5', () => {
  const m = matriceDe();
  test("colonnes : six années civiles depuis celle de la date d'effet, puis trois et six ans", () => {
    expect(m.colonnes.map((c) => c.libelle)).toEqual(['2026', '2027', '2028', '2029', '2030', '2031', '3 ans (fin 2028)', '6 ans (fin 2031)']);
    expect(formatPeriode(millesime, '2026-12-31')).toBe('2026-2031');
  });
  test('territoires de chaque indicateur', () => {
    expect(Object.fromEntries(millesime.indicateurs.map((i) => [i.code, territoires(m, i.code)]))).toEqual({
      'PP-1': ['dep-13', 'dep-83'],
      'PP-2': ['dep-13', 'dep-83'],
      'PP-3': ['dep-13', 'dep-83'],
      'PP-4': ['dep-13', 'dep-83'],
      'PS-1': ['epci-200054807'],
      'PS-2': ['dep-13', 'dep-83'],
      'SR-1': ['dep-13', 'dep-83'],
      'G-1': ['organisme'],
      'PP-5': [],
      'PS-3': [],
      'DEM-1': ['dep-13', 'dep-83'],
      'PP-LF-1': [],
      'PP-LF-2': [],
      'PP-LF-3': [],
      'PP-ACC-1': [],
      'PS-ACC-1': [],
    });
  });
  test('horizons ouverts', () => {
    const annees = ['2026', '2027', '2028', '2029', '2030', '2031'];
    expect([ouverts(m, 'PP-1/dep-13/plai'), ouverts(m, 'PP-4/dep-13/total'), ouverts(m, 'PS-2/dep-13/hors-qpv'), ouverts(m, 'G-1/organisme/total')]).toEqual([
      ['3ans', '6ans'],
      ['3ans', '6ans'],
      annees,
      annees,
    ]);
  });
  test('ventilations de PP-1 : le total se déduit et ne se réclame pas', () => {
    expect(m.lignes.filter((l) => l.indicateur.code === 'PP-1' && l.territoire.code === 'dep-13').map((l) => [l.ventilation.code, l.cellules.some((c) => c.obligatoire)])).toEqual([
      ['total', false],
      ['plai', true],
      ['plai.hors-qpv', true],
      ['plai.hors-ru', true],
      ['plus', true],
      ['plus.hors-qpv', true],
      ['plus.hors-ru', true],
      ['pls', true],
      ['pls.hors-qpv', true],
      ['pls.hors-ru', true],
    ]);
  });
  test('compte des valeurs attendues', () => {
    // Par département : PP-1 9 × 2, PP-2, PP-3, SR-1 3 × 6, PP-4 2, PS-2 2 × 6 ; un EPCI : 6 ; G-1 : 6.
    expect(countAvancement(m, lectureDe({}))).toEqual({ attendus: 2 * (18 + 18 + 2 + 12) + 6 + 6, renseignes: 0 });
    // Une case illisible est gardée, jamais comptée pour renseignée.
    const champ = 'engagement/G-1/organisme/2026/total';
    expect(['n.c.', '=A1', '12 ou 13', '1.250', ' ', '950,25'].map((texte) => countAvancement(m, lectureDe({ [champ]: texte })).renseignes)).toEqual([0, 0, 0, 0, 0, 1]);
  });
  test("une part n'est pas exigée quand le nombre est zéro", () => {
    const part = 'engagement/PP-1/dep-13/3ans/plai.hors-qpv';
    const parent = 'engagement/PP-1/dep-13/3ans/plai';
    expect([{}, { [parent]: '0' }, { [parent]: '12' }, { [parent]: 'n.c.' }].map((s) => isExigee(m, part, lectureDe(s)))).toEqual([true, false, true, true]);
  });
  test('nom lisible', () => {
    expect([formatCellule(m, 'engagement/PS-2/dep-13/2027/hors-qpv'), formatCellule(m, 'engagement/PP-4/dep-83/6ans/total'), formatCellule(m, 'x')]).toEqual([
      'PS-2, Bouches-du-Rhône, 2027, dont part hors QPV',
      'PP-4, Var, à 6 ans',
      'x',
    ]);
  });
});

describe('ce que le préfet demande', () => {
  test('collectivités : les indicateurs déclinables, jamais PS-1 ni G-1, sans doublon', () => {
    const m = matriceDe({ territoires: { departements: [TREIZE], epciPs1: [AMP], demandes: [AMP, TREIZE, { code: 'com-13055', nom: 'Marseille', indicateurs: ['PP-3'] }] } });
    expect({ pp3: territoires(m, 'PP-3'), pp2: territoires(m, 'PP-2'), ps1: territoires(m, 'PS-1'), g1: territoires(m, 'G-1') }).toEqual({
      pp3: ['dep-13', 'epci-200054807', 'com-13055'],
      pp2: ['dep-13', 'epci-200054807'],
      ps1: ['epci-200054807'],
      g1: ['organisme'],
    });
    expect(m.lignes.filter((l) => !l.base).map((l) => l.territoire.code)).not.toContain('dep-13');
  });
  test("PP-5 et PS-3 : sur demande ; sans territoire identifié, l'organisme entier", () => {
    const m = matriceDe({ indicateursDemandes: [{ code: 'PP-5', territoires: [] }, { code: 'PS-3', territoires: [VAR, AMP] }, { code: 'SR-2', territoires: [] }] });
    expect({ pp5: territoires(m, 'PP-5'), ps3: territoires(m, 'PS-3'), inconnus: m.indicateursInconnus }).toEqual({
      pp5: ['organisme'],
      ps3: ['dep-83', 'epci-200054807'],
      inconnus: ['SR-2'],
    });
  });
  test.each([null, '', '2026-02-30', 'bientôt'])("sans date d'effet lisible (%j), rien n'est ouvert", (dateEffet) => {
    expect(matriceDe({ dateEffet })).toMatchObject({ premiereAnnee: null, colonnes: [], lignes: [] });
  });
  test('options lues dans les champs', () => {
    expect(
      readOptions(millesime, {
        'options/PP-5': 'oui',
        'options/PS-3': 'non',
        'options/PP-5/territoires': 'dep-13, marseille',
        'options/territoires-demandes': 'epci-200054807',
      }),
    ).toEqual({ indicateurs: [{ code: 'PP-5', territoires: ['dep-13'] }], territoiresPs1: null, territoiresDemandes: ['epci-200054807'], listes: { 'options/territoires-demandes': ['epci-200054807'] } });
  });
});
