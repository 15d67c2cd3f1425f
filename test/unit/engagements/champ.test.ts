import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatChamp, isCodeTerritoire, normalizeChamp, parseChamp, parseListeTerritoires } from '../../../shared/domain/engagements/champ.ts';
import { matriceDe, millesime } from './exemple.ts';

describe('noms de cibles', () => {
  test('cible et référence', () => {
    expect([parseChamp('engagement/PS-2/dep-13/2027/hors-qpv'), parseChamp('reference/PP-1/dep-2A/plai.hors-ru')]).toEqual([
      { genre: 'engagement', indicateur: 'PS-2', territoire: 'dep-13', horizon: '2027', ventilation: 'hors-qpv' },
      { genre: 'reference', indicateur: 'PP-1', territoire: 'dep-2A', ventilation: 'plai.hors-ru' },
    ]);
  });
  test.each([
    '',
    'organisme/nom',
    'engagement',
    'engagement/PS-2/dep-13/2027',
    'engagement/PS-2/dep-13/2027/total/x',
    'engagement/PS-2/dep-1/2027/total',
    'engagement/PS-2/dep-13/27/total',
    'engagement/PS-2/dep-13/0ans/total',
    'engagement/ps-2/dep-13/2027/total',
    'engagement/PS-2/DEP-13/2027/total',
    'engagement/PS-2/epci-123/2027/total',
    'engagement/PS-2/dep-13/2027/..',
    'engagement/PS-2/dep-13/2027/total/',
    'reference/PS-2/dep-13/2027/total',
    'engagement/__proto__/dep-13/2027/total',
  ])('%j est refusé', (nom) => {
    expect(parseChamp(nom)).toBeNull();
  });
  test('tout champ de la matrice se relit', () => {
    for (const nom of matriceDe().index.keys()) {
      const c = parseChamp(nom);
      expect(c && formatChamp(c)).toBe(nom);
    }
  });
  test("G1 est l'autre nom de G-1 ; un indicateur absent n'est pas un champ", () => {
    expect([
      normalizeChamp(millesime, 'engagement/G1/organisme/2026/total'),
      normalizeChamp(millesime, 'engagement/G-1/organisme/2026/total'),
      normalizeChamp(millesime, 'engagement/SR-2/dep-13/2026/total'),
      normalizeChamp(millesime, 'organisme/nom'),
    ]).toEqual(['engagement/G-1/organisme/2026/total', 'engagement/G-1/organisme/2026/total', null, null]);
  });
  test('aucun texte ne fait échouer la lecture', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (s) => {
        const c = parseChamp(s);
        expect(c === null || formatChamp(c) === s).toBe(true);
      }),
    );
  });
});

describe('territoires', () => {
  test.each(['organisme', 'reg-93', 'dep-13', 'dep-2A', 'dep-971', 'epci-200054807', 'ept-200057867', 'com-13055', 'com-2A004'])('%s', (c) => {
    expect(isCodeTerritoire(c)).toBe(true);
  });
  test.each(['', 'dep-2C', 'dep-013', 'com-1305', 'epci-20005480', 'france', 'organisme-1', 'dep-13 '])('%j refusé', (c) => {
    expect(isCodeTerritoire(c)).toBe(false);
  });
  test('liste tapée', () => {
    expect(parseListeTerritoires(' dep-13;dep-83, dep-13 var')).toEqual({ codes: ['dep-13', 'dep-83'], inconnus: ['var'] });
  });
});
