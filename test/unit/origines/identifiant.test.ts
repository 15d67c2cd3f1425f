import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatIdentifiant, parseIdentifiant } from '../../../shared/domain/origines/identifiant.ts';

test.each([
  [{ siren: null, ident: '0001' }, '0001'],
  [{ siren: '913000014', ident: '0001' }, '913000014:0001'],
  // Un identifiant de l'organisme qui ressemble à celui d'un bailleur repris ne s'y confond pas.
  [{ siren: null, ident: '913000014:0001' }, ':913000014:0001'],
  [{ siren: null, ident: ':0001' }, '::0001'],
  [{ siren: null, ident: '12:0001' }, '12:0001'],
  [{ siren: '913000014', ident: 'A:B' }, '913000014:A:B'],
])('%j est « %s »', (identite, identifiant) => {
  expect(formatIdentifiant(identite)).toBe(identifiant);
  expect(parseIdentifiant(identifiant)).toEqual(identite);
});

const siren = fc.stringMatching(/^\d{9}$/);
const ident = fc.oneof(fc.string(), fc.stringMatching(/^:?\d{9}:\d{1,4}$/), fc.stringMatching(/^[:\d\n]{0,12}$/));

test('se relit toujours, donc deux logements n’ont jamais le même', () => {
  fc.assert(
    fc.property(fc.option(siren), ident, (s, i) => {
      expect(parseIdentifiant(formatIdentifiant({ siren: s, ident: i }))).toEqual({ siren: s, ident: i });
    }),
  );
});
