import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { direCalcul, formatTaux, isAtteint, nombreRequis, parseObjectif } from '../../../shared/domain/attributions/seuils.ts';

const quart = { n: 25n, d: 100n };

describe('comparer à un minimum', () => {
  it.each<[bigint, bigint, boolean]>([[30n, 120n, true], [29n, 120n, false], [0n, 0n, true], [0n, 1n, false], [1n, 4n, true], [24_999_999n, 100_000_000n, false], [25_000_000n, 100_000_000n, true]])('%i sur %i', (n, d, attendu) => {
    expect(isAtteint(n, d, quart)).toBe(attendu);
  });

  it('dit le calcul exact, et ce que le minimum demanderait', () => {
    expect(direCalcul(21n, 120n, quart)).toBe('21 / 120 = 17,5\u202f% ; 25\u202f% demanderait 30 attributions');
    expect(direCalcul(0n, 1n, quart)).toBe('0 / 1 = 0\u202f% ; 25\u202f% demanderait 1 attribution');
    expect(direCalcul(1n, 3n, { n: 1n, d: 2n })).toBe('1 / 3 = environ 33,33\u202f% ; 50\u202f% demanderait 2 attributions');
  });

  it('n’écrit jamais un taux sous le minimum comme s’il l’atteignait', () => {
    expect([formatTaux(24_999_999n, 100_000_000n, { n: 1n, d: 4n }), formatTaux(24_999_999n, 100_000_000n), formatTaux(12n, 84n, { n: 1n, d: 4n })]).toEqual(['moins de 25\u202f%', 'environ 25\u202f%', 'environ 14,29\u202f%']);
    expect([formatTaux(1n, 1n), formatTaux(1n, 5n), formatTaux(0n, 7n), formatTaux(1n, 10_001n)]).toEqual(['100\u202f%', '20\u202f%', '0\u202f%', 'environ 0,01\u202f%']);
  });

  it('le nombre requis est le plus petit qui atteint le minimum', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 1000 }), (base, n) => {
        const taux = { n: BigInt(n), d: 1000n };
        const requis = nombreRequis(BigInt(base), taux);
        expect([isAtteint(requis, BigInt(base), taux), requis > 0n && isAtteint(requis - 1n, BigInt(base), taux)]).toEqual([true, false]);
      }),
    );
  });
});

describe('objectif fixé à la place d’un minimum', () => {
  it.each([['30 %', '30/100'], ['12,5%', '125/1000'], ['3/10', '3/10'], ['100 %', '100/100'], ['0 %', '0/100']])('%s', (texte, attendu) => {
    const lu = parseObjectif(texte);
    expect(lu.ok && `${lu.taux.n}/${lu.taux.d}`).toBe(attendu);
  });

  it.each(['', '30', 'trente', '101 %', '3/0', '=A1', 'n.c.'])('refuse « %s »', (texte) => {
    expect(parseObjectif(texte).ok).toBe(false);
  });
});
