import { formatTauxCalcule } from '../../../shared/domain/nombres/format.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDate, formatDecimal, formatEntier, formatLoyerM2, formatMontant, formatPourcentage, formatSurface } from '../../../shared/domain/nombres/format.ts';
import { parseMontant, parseSurface } from '../../../shared/domain/nombres/mesures.ts';

describe('écritures françaises', () => {
  test('milliers, virgule, unités', () => {
    expect({
      entier: formatEntier(1234567),
      petit: formatEntier(123),
      negatif: formatEntier(-1234),
      decimal: formatDecimal('1250.50'),
      arrondi: formatDecimal('6.835', 2),
      illisible: formatDecimal('n.c.'),
      pourcentage: formatPourcentage('12.5'),
      montant: formatMontant(123456),
      centime: formatMontant(5),
      surface: formatSurface(6540),
      loyer: formatLoyerM2(45_000, 6_540),
      sansSurface: formatLoyerM2(45_000, 0),
      date: formatDate('2026-12-31'),
      pasUneDate: formatDate('bientôt'),
    }).toEqual({
      entier: '1\u202f234\u202f567',
      petit: '123',
      negatif: '-1\u202f234',
      decimal: '1\u202f250,50',
      arrondi: '6,84',
      illisible: 'n.c.',
      pourcentage: '12,5\u202f%',
      montant: '1\u202f234,56\u00a0€',
      centime: '0,05\u00a0€',
      surface: '65,40\u00a0m²',
      loyer: '6,88\u00a0€/m²',
      sansSurface: null,
      date: '31/12/2026',
      pasUneDate: 'bientôt',
    });
  });
  test('montants et surfaces relus au centième près', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 9), (n) => {
        expect([parseMontant(formatMontant(n)), parseSurface(formatSurface(n))]).toEqual([n, n]);
      }),
    );
  });
  test.each(['12,345', '25 %', '12/48', 'n.c.', '-3', ''])("%j n'est pas un montant", (texte) => {
    expect(parseMontant(texte)).toBeNull();
  });
  test("des euros ne sont pas une surface", () => {
    expect([parseSurface('65 €'), parseSurface('65,4 m2'), parseSurface('65')]).toEqual([null, 6540, 6500]);
  });
});

test('un taux calculé s’écrit pareil du texte du service et du nombre du dépôt, sans zéro inutile', () => {
  const taux = ['80.00', '87.50', '33.33', '0.00', '0.05', '100.00', '80', '10'];
  expect(taux.map(formatTauxCalcule)).toEqual(['80', '87,5', '33,33', '0', '0,05', '100', '80', '10'].map((t) => `${t}\u202f%`));
  expect(taux.map((t) => formatTauxCalcule(Number(t)))).toEqual(taux.map(formatTauxCalcule));
});
