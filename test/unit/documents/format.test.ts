import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, neutralise, restore } from '../../../electron/documents/csv.ts';
import { formatDecimal2, formatEuros, formatInstant, formatJour, formatNombre, formatPart, formatPourcent, plainDecimal, roundDecimal } from '../../../electron/documents/format.ts';

/** Espaces fines `_`, espaces insécables `~`, pour les voir. */
const show = (textes: string[]): string[] => textes.map((t) => t.replaceAll('\u202F', '_').replaceAll('\u00A0', '~'));

describe('nombres', () => {
  it('s’écrivent à la française', () => {
    expect(show([formatNombre(1234567.5), formatNombre(-12), formatNombre(0), formatDecimal2(7.005), formatDecimal2(1.005), formatEuros(1279.155), formatPourcent(12.5), formatPart(1, 3), formatPart(0, 0)]))
      .toEqual(['1_234_567,5', '−12', '0', '7,01', '1,01', '1_279,16~€', '12,5~%', '33,3~%', '']);
  });

  it('s’arrondissent à moitié vers le haut sur leur écriture', () => {
    expect([roundDecimal(0.125, 2), roundDecimal(-0.125, 2), roundDecimal(-0.001, 2), roundDecimal(9.995, 2), roundDecimal(2, 0), roundDecimal(1e21, 1), roundDecimal(5e-7, 6)])
      .toEqual(['0.13', '-0.13', '0.00', '10.00', '2', '1000000000000000000000.0', '0.000001']);
  });

  it('gardent leur valeur sans exposant', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
      const texte = plainDecimal(n);
      expect(texte).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(texte)).toBe(n === 0 ? 0 : n);
    }));
  });

  it('arrondis, restent à moins d’une demi-unité', () => {
    fc.assert(fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (n) => {
      expect(Math.abs(Number(roundDecimal(n, 2)) - n)).toBeLessThanOrEqual(0.005 + 1e-9);
    }));
  });
});

describe('dates', () => {
  it('se lisent en français, à l’heure de Paris', () => {
    expect(show([formatJour('2026-07-01'), formatJour('2026-12-31'), formatJour('à voir'), formatInstant('2026-03-01T23:30:00Z'), formatInstant('2026-07-01T22:00:00Z')]))
      .toEqual(['1er~juillet~2026', '31~décembre~2026', 'à voir', '2~mars~2026 à 00:30', '2~juillet~2026 à 00:00']);
  });
});

describe('CSV', () => {
  it('n’écrit pas de formule et revient au texte', () => {
    expect(csvLine(['=1+1', '+33 1', '-12,5', '@x', '\t=1', 'a;"b"', 'deux\nlignes', 12.5, null, ''])).toBe('\'=1+1;\'+33 1;-12,5;\'@x;"\'\t=1";"a;""b""";"deux\nlignes";12.5;;\r\n'.replace('"\'\t=1"', '\'\t=1'));
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\'', '1', 'a', ',') }), (t) => {
      expect(restore(neutralise(t))).toBe(t);
      expect(neutralise(t)).not.toMatch(/^[=@\t]/);
    }));
  });
});
