import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDecimal,
  compareDecimal,
  divideArrondi,
  isEntier,
  isRatioArrondi,
  parseDecimal,
  ratioPourcentage,
  roundDecimal,
  writeDecimal,
  type Decimal,
} from '../../../shared/domain/nombres/decimal.ts';

const d = (texte: string): Decimal => parseDecimal(texte) ?? { mantisse: -1n, echelle: -1 };

describe('décimaux exacts', () => {
  test('0,1 + 0,2 = 0,3', () => {
    expect(writeDecimal(addDecimal(d('0.1'), d('0.2')))).toBe('0.3');
    expect(compareDecimal(d('25.0'), d('25'))).toBe(0);
    expect(isEntier(d('12.00'))).toBe(true);
    expect(isEntier(d('12.01'))).toBe(false);
  });
  test('refuse toute autre écriture', () => {
    expect(['', '1,5', '1e3', ' 1', 'NaN', '.5', '5.'].map(parseDecimal)).toEqual(Array.from({ length: 7 }, () => null));
  });
  test.each([
    ['0.125', 2, '0.13'],
    ['0.124', 2, '0.12'],
    ['-0.125', 2, '-0.13'],
    ['2.5', 0, '3'],
    ['7', 2, '7.00'],
    ['999999999999.995', 2, '1000000000000.00'],
  ])('arrondi de %s à %i', (texte, n, attendu) => {
    expect(writeDecimal(roundDecimal(d(texte), n))).toBe(attendu);
  });
  test('un tiers, deux tiers, et le dénominateur nul', () => {
    expect([ratioPourcentage(1, 3, 2), ratioPourcentage(2, 3, 2), ratioPourcentage(1, 0, 2)].map((x) => x && writeDecimal(x))).toEqual([
      '33.33',
      '66.67',
      null,
    ]);
    expect(() => divideArrondi(1n, 0n)).toThrow(RangeError);
  });
  test('écriture et lecture se répondent', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.nat(8), (mantisse, echelle) => {
        expect(parseDecimal(writeDecimal({ mantisse, echelle }))).toEqual({ mantisse, echelle });
      }),
    );
  });
  test("tout arrondi d'un rapport est reconnu ; un rang de plus ou de moins ne l'est pas", () => {
    fc.assert(
      fc.property(fc.nat(10 ** 6), fc.integer({ min: 1, max: 10 ** 6 }), fc.nat(4), (n, den, decimales) => {
        const r = ratioPourcentage(n, den, decimales);
        const proche = r !== null && isRatioArrondi(r, BigInt(n), BigInt(den), 100n);
        const loin = r !== null && isRatioArrondi({ ...r, mantisse: r.mantisse + 2n }, BigInt(n), BigInt(den), 100n);
        expect([proche, loin]).toEqual([true, false]);
      }),
    );
  });
});
