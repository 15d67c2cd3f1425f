import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addAnnees, addJours, addMois, dernierJour, formatPeriodeExacte, isDateIso, joursEntre, parseDate, termeConvention } from '../../../shared/domain/calendrier/dates.ts';

describe('dates', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2025-12-31', -6, '2025-06-30'],
    ['2026-06-30', 6, '2026-12-30'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-12-01', 1, '2027-01-01'],
    ['2026-02-30', 1, null],
    ['demain', 1, null],
  ])('%s %i mois → %s', (iso, mois, attendu) => {
    expect(addMois(iso, mois)).toBe(attendu);
  });
  test('29 février', () => {
    expect([addAnnees('2024-02-29', 1), addAnnees('2024-02-29', 4), addAnnees('2024-02-29', -4), addAnnees('2096-02-29', 4)]).toEqual([
      '2025-02-28',
      '2028-02-29',
      '2020-02-29',
      '2100-02-28',
    ]);
  });
  test.each([
    ['31/12/2026', '2026-12-31'],
    ['1.3.2026', '2026-03-01'],
    [' 2026-03-01 ', '2026-03-01'],
    ['29/02/2027', null],
    ['2026-13-01', null],
    ['0001-01-01', null],
    ['31/12/26', null],
    ['', null],
  ])('%j → %s', (texte, attendu) => {
    expect(parseDate(texte)).toBe(attendu);
  });
  test('jours', () => {
    expect([joursEntre('2026-03-12', '2026-04-22'), joursEntre('2026-04-22', '2026-03-12'), joursEntre('2026-03-28', '2026-03-30'), joursEntre('x', '2026-01-01'), addJours('2026-12-31', 1), addJours('x', 1)]).toEqual(
      [41, -41, 2, null, '2027-01-01', null],
    );
  });
  test.each([
    ['2028-02-29', '2034-02-28'], ['2028-02-28', '2034-02-27'], ['2026-01-01', '2031-12-31'], ['2028-03-01', '2034-02-28'], ['2026-03-01', '2032-02-29'], ['2024-02-29', '2030-02-28'], ['2026-12-31', '2032-12-30'],
  ])('six ans du %s finissent le %s', (effet, terme) => {
    expect(termeConvention(effet, 6)).toBe(terme);
  });
  test('le dernier jour d’une durée, compté autrement : le lendemain est le premier jour qui n’en est plus', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 120 }), (n, mois) => {
        const debut = new Date(Date.UTC(1960, 0, 1 + n));
        // Le calendrier de la plateforme : un quantième qui n'existe pas y tombe dans le mois suivant, dont on ne garde que le premier jour.
        const [annee, m, jour] = [debut.getUTCFullYear(), debut.getUTCMonth() + mois, debut.getUTCDate()];
        const existe = new Date(Date.UTC(annee, m, jour)).getUTCDate() === jour;
        const suivant = existe ? Date.UTC(annee, m, jour) : Date.UTC(annee, m + 1, 1);
        const attendu = new Date(suivant - 86_400_000).toISOString().slice(0, 10);
        expect(dernierJour(debut.toISOString().slice(0, 10), mois)).toBe(attendu);
      }),
    );
  });
  test('ajouter des mois donne une date réelle, et garde le quantième quand il existe', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: -240, max: 240 }), (jour, mois) => {
        const depart = addJours('1960-01-01', jour) ?? '';
        const arrivee = addMois(depart, mois) ?? '';
        const q = Number(arrivee.slice(8));
        expect(isDateIso(arrivee)).toBe(true);
        expect(q === Number(depart.slice(8)) || addJours(arrivee, 1)?.endsWith('-01')).toBe(true);
      }),
    );
  });
});

test.each([
  ['2026-01-01', '2031-12-31', '2026-2031'], ['2028-02-29', '2034-02-28', 'du 29/02/2028 au 28/02/2034'], ['2026-01-01', '2031-06-30', 'du 01/01/2026 au 30/06/2031'], [null, null, ''],
])('période du %s au %s', (effet, terme, attendu) => expect(formatPeriodeExacte(effet, terme)).toBe(attendu));
