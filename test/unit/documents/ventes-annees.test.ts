import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ANNEES_MAX, colonnesAnnees } from '../../../electron/documents/ventes-annees.ts';

it('au-delà de huit années, réunit les dernières et les nomme', () => {
  const annees = Array.from({ length: 10 }, (_, i) => String(2026 + i));
  const { colonnes, note } = colonnesAnnees([...annees, 'inconnu']);
  const comptes = { ...Object.fromEntries(annees.map((a, i) => [a, i + 1])), inconnu: 3 };
  expect([colonnes.map((c) => [c.titre, c.lire(comptes)]), note]).toEqual([
    [['2026', 1], ['2027', 2], ['2028', 3], ['2029', 4], ['2030', 5], ['2031', 6], ['2032', 7], ['Autres années', 27], ['Sans année', 3]],
    'autres années : 2033, 2034, 2035',
  ]);
  expect([colonnesAnnees(annees.slice(0, ANNEES_MAX)).colonnes.at(-2)?.titre, colonnesAnnees([]).colonnes.map((c) => c.titre)]).toEqual(['2033', ['Sans année']]);
});

it('chaque ligne fait son total, quelles que soient les années du plan', () => {
  const annee = fc.oneof(fc.integer({ min: 2020, max: 2060 }).map(String), fc.constant('inconnu'));
  fc.assert(fc.property(fc.array(fc.dictionary(annee, fc.integer({ min: 0, max: 9 }), { maxKeys: 20 }), { minLength: 1, maxLength: 6 }), (lignes) => {
    const { colonnes } = colonnesAnnees(lignes.flatMap((l) => Object.keys(l)));
    expect(colonnes.length).toBeLessThanOrEqual(ANNEES_MAX + 1);
    for (const l of lignes) expect(colonnes.reduce((s, c) => s + c.lire(l), 0)).toBe(Object.values(l).reduce((s, n) => s + n, 0));
  }));
});
