import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accord, date, dateLongue, deuxDecimales, echeance, euros, ilYA, nombre, nomDeFichier, parQuatre, pourcent, repertoire, typographie } from '../../../renderer/ui/format.ts';

test('nombres à la française', () => {
  expect([nombre(1234567), euros(1234.5), deuxDecimales(0.1), pourcent(12.5), nombre(null)]).toEqual([
    '1\u202f234\u202f567',
    '1\u202f234,50\u00a0€',
    '0,10',
    '12,5\u202f%',
    '—',
  ]);
});

test('le pluriel commence à deux', () => {
  expect([accord(0, 'logement'), accord(1, 'logement'), accord(2, 'logement'), accord(2, 'case vide', 'cases vides')]).toEqual([
    '0\u00a0logement',
    '1\u00a0logement',
    '2\u00a0logements',
    '2\u00a0cases vides',
  ]);
});

test('dates', () => {
  expect([date('2026-03-12'), dateLongue('2026-07-01'), dateLongue('2026-03-12T10:00:00Z'), date(null), date('bientôt')]).toEqual([
    '12/03/2026',
    '1er\u00a0juillet\u00a02026',
    '12\u00a0mars\u00a02026',
    '—',
    'bientôt',
  ]);
});

test('échéances et durées', () => {
  const maintenant = new Date('2026-03-12T12:00:00Z');
  expect([
    echeance(41),
    echeance(0),
    echeance(-3),
    ilYA('2026-03-12T11:59:50Z', maintenant),
    ilYA('2026-03-12T10:00:00Z', maintenant),
    ilYA('2026-03-11T12:00:00Z', maintenant),
    ilYA('2025-01-01T12:00:00Z', maintenant),
  ]).toEqual(['J-41', 'aujourd’hui', 'passée de 3\u00a0jours', 'à l’instant', 'il y a 2\u00a0h', 'hier', 'le 01/01/2025']);
});

test('une empreinte groupée garde tous ses caractères, dans l’ordre', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-f]{0,64}$/), (e) => {
      const groupes = parQuatre(e).split(' ');
      expect(groupes.join('')).toBe(e);
      expect(groupes.slice(0, -1).every((g) => g.length === 4)).toBe(true);
    }),
  );
});

test('ponctuation française', () => {
  expect(typographie("l'organisme : « oui » ; 25 %")).toBe('l’organisme\u00a0: «\u00a0oui\u00a0»\u202f; 25\u202f%');
});

test('chemins des deux systèmes', () => {
  expect([nomDeFichier('/a/b/c.cus'), nomDeFichier('C:\\a\\c.cus'), repertoire('/a/b/c.cus'), repertoire('C:\\a\\c.cus')]).toEqual(['c.cus', 'c.cus', '/a/b', 'C:\\a']);
});
