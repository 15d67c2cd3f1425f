import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeEquivalents, readMesures, tablesDues } from '../../../shared/domain/engagements/tables.ts';
import { matriceDe, millesime } from './exemple.ts';

const dues = (champs: Record<string, string>, parc = 1000): string[] => [...tablesDues(millesime, readMesures(champs, parc))];

describe('logements équivalents (R302-15, III)', () => {
  test.each<[string, string, number, string[]]>([
    ['', '', 0, []], ['12', '', 12, []], ['', '3', 1, []], ['', '2', 0, []], ['', '2, 2, 2', 0, []], ['', '6', 2, []], ['5', '40; 7,11', 5 + 13 + 2 + 3, []],
    ['1 200', '', 1200, []], ['douze', '-3, 4.5', 0, ['-3', '4.5', 'douze']],
  ])('autonomes « %s », lits « %s »', (autonomes, lits, equivalents, illisibles) => {
    expect(computeEquivalents(autonomes, lits)).toEqual({ equivalents, illisibles });
  });
  test('structure par structure, jamais plus que la somme des lits', () => {
    fc.assert(fc.property(fc.array(fc.nat(500)), (lits) => {
      expect(computeEquivalents('', lits.join(', ')).equivalents).toBe(lits.reduce((s, n) => s + (n - (n % 3)) / 3, 0));
    }));
  });
});

describe('tableaux que la convention porte', () => {
  test.each<[string, Record<string, string>, number, string[]]>([
    ['organisme locatif', {}, 1000, ['locatif']],
    ['rien d’importé encore', {}, 0, ['locatif']],
    ['quelques logements-foyers (R445-24, moins de 50 %)', { 'organisme/foyers/autonomes': '10' }, 1000, ['locatif', 'foyers']],
    ['la moitié et plus', { 'organisme/foyers/autonomes': '1000' }, 1000, ['locatif', 'foyers']],
    ['49,99 % en logements-foyers (R445-24)', { 'organisme/foyers/autonomes': '4999' }, 5001, ['locatif', 'foyers']],
    ['50 %', { 'organisme/foyers/autonomes': '5000' }, 5000, ['locatif', 'foyers']],
    ['99,99 %', { 'organisme/foyers/autonomes': '9999' }, 1, ['locatif', 'foyers']],
    ['la totalité en logements-foyers', { 'organisme/foyers/lits': '30' }, 0, ['foyers']],
    ['deux lits : aucun logement équivalent', { 'organisme/foyers/lits': '2' }, 1000, ['locatif']],
    ['19 ventes en accession (R445-15)', { 'organisme/accession/ventes': '19', 'organisme/accession/activite': 'oui' }, 1000, ['locatif']],
    ['20 ventes', { 'organisme/accession/ventes': '20' }, 1000, ['locatif', 'accession']],
    ['accession sans patrimoine locatif', { 'organisme/accession/activite': 'oui' }, 0, ['accession']],
    ['nombre illisible', { 'organisme/accession/ventes': 'vingt', 'organisme/foyers/autonomes': '-4' }, 1000, ['locatif']],
  ])('%s', (_nom, champs, parc, attendus) => expect(dues(champs, parc)).toEqual(attendus));
});

test('accession par région et par département demandé ; foyers dans les départements dits', () => {
  const PACA = { code: 'reg-93', nom: 'Provence-Alpes-Côte d’Azur' };
  const VAUCLUSE = { code: 'dep-84', nom: 'Vaucluse' };
  const m = matriceDe({
    tables: new Set(['accession', 'foyers']),
    territoires: { departements: [{ code: 'dep-13', nom: 'Bouches-du-Rhône' }], epciPs1: [], demandes: [], regions: [PACA], listes: { 'options/accession/departements': [VAUCLUSE], 'options/foyers/departements': [VAUCLUSE] } },
  });
  expect([...new Set(m.lignes.map((l) => `${l.indicateur.code} ${l.territoire.code} ${l.base}`))]).toEqual([
    'PP-LF-1 dep-84 true', 'PP-LF-2 dep-84 true', 'PP-LF-3 dep-84 true', 'PP-ACC-1 reg-93 true', 'PP-ACC-1 dep-84 false', 'PS-ACC-1 reg-93 true', 'PS-ACC-1 dep-84 false',
  ]);
});

test('les données d’accompagnement ne sont jamais exigées et ne changent pas ce qui l’est', () => {
  const m = matriceDe();
  const accompagnement = m.lignes.filter((l) => l.ventilation.accompagnement !== null);
  expect([...new Set(accompagnement.map((l) => `${l.indicateur.code}/${l.ventilation.code}`))]).toEqual([
    'PP-2/gain-etiquette', 'PP-4/vendus', 'PP-4/ventes', 'PP-4/ventes.locataires', 'PP-4/ventes.personnes-morales', 'PP-4/ventes.societe-vente', 'PS-1/refus',
    'DEM-1/total', 'DEM-1/hors-ru', 'DEM-1/ru',
  ]);
  expect(accompagnement.some((l) => l.cellules.some((c) => c.obligatoire))).toBe(false);
});
