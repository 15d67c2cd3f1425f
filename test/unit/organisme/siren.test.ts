import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSiren, isLuhn, isSiren, isSiret, parseSiren, refusSiren, sirenDeSiret } from '../../../shared/domain/organisme/siren.ts';

describe('SIREN et SIRET', () => {
  test.each([
    ['552081317', true],
    ['732829320', true],
    ['732829321', false],
    ['000000000', false],
    ['73282932', false],
    ['7328293200', false],
    ['73282932O', false],
    ['', false],
  ])('SIREN %s : %s', (texte, attendu) => {
    expect(isSiren(texte)).toBe(attendu);
  });
  test.each([
    ['73282932000074', true],
    ['73282932000075', false],
    ['00000000000000', false],
    // La Poste : somme des chiffres multiple de 5, clé de Luhn fausse.
    ['35600000000003', false],
    ['35600000000001', true],
    ['35600000000048', true],
  ])('SIRET %s : %s', (texte, attendu) => {
    expect(isSiret(texte)).toBe(attendu);
  });
  test('espaces acceptées, SIREN tiré du SIRET', () => {
    expect([parseSiren('732 829 320'), parseSiren('732\u202f829\u202f321'), sirenDeSiret('732 829 320 00074'), sirenDeSiret('0'.repeat(14))]).toEqual([
      '732829320',
      null,
      '732829320',
      null,
    ]);
    expect(formatSiren('732829320')).toBe('732\u202f829\u202f320');
  });
  test("changer un chiffre se voit toujours", () => {
    fc.assert(
      fc.property(fc.nat(99_999_998), fc.nat(8), fc.integer({ min: 1, max: 9 }), (n, rang, ecart) => {
        const base = String(n + 1).padStart(8, '0');
        const cle = '0123456789'.split('').find((c) => isLuhn(base + c)) ?? '';
        const siren = base + cle;
        const faux = siren.slice(0, rang) + String((Number(siren[rang]) + ecart) % 10) + siren.slice(rang + 1);
        expect([isSiren(siren), isSiren(faux)]).toEqual([true, false]);
      }),
    );
  });
});

test('un refus dit la forme avant la clé', () => {
  expect(['12', '1', '123456789', '12345678A', '', '782 824 115'].map(refusSiren)).toEqual([
    'il compte 2 chiffres au lieu de neuf',
    'il compte 1 chiffre au lieu de neuf',
    'sa clé, le dernier de ses neuf chiffres, ne correspond pas aux autres',
    'un SIREN s’écrit avec neuf chiffres, sans lettre ni signe',
    'un SIREN s’écrit avec neuf chiffres, sans lettre ni signe',
    'sa clé, le dernier de ses neuf chiffres, ne correspond pas aux autres',
  ]);
});
