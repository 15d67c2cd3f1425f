import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAMPS, NOMBRE_CHAMPS, findChamp } from '../../../shared/domain/rpls/champs.ts';
import { ILLISIBLE, centiemes, decodeTexte } from '../../../shared/domain/rpls/decoder.ts';
import { AUTREMENT, LIRE_OCTETS } from '../../../electron/import/rpls/octets.ts';

const lire = (nom: string, texte: string) => {
  const champ = findChamp(nom);
  if (champ === null) throw new Error(nom);
  return decodeTexte(champ, texte);
};

describe('un champ de la déclaration', () => {
  it('a soixante-trois frères, chacun à sa place', () => {
    expect(NOMBRE_CHAMPS).toBe(63);
    expect(CHAMPS.map((c) => c.position)).toEqual(Array.from({ length: 63 }, (_, i) => i + 1));
    expect([2, 4, 22, 32, 37, 40, 44, 49, 63].map((p) => CHAMPS[p - 1]?.nom)).toEqual([
      'IDENT_INT', 'DEPCOM', 'QPV', 'FINAN', 'SORTIEPATRIM', 'MODE', 'LOYERPRINC', 'DPEENERGIE', 'CONTRESLOG',
    ]);
  });

  it.each([
    ['LOYERPRINC', '9999', null], ['LOYERPRINC', '999', 99_900], ['LOYERPRINC', '0', 0],
    ['SURFMODE', '999', null], ['LOYERACC', '999', null], ['CONTRIB', '999', null], ['SURFHAB', '999', 99_900],
    ['SORTIEPATRIM', '9', null], ['MODE', '9', null], ['MODESURF', '9', null], ['NBPIECE', '9', 9], ['FINAN', '99', 99],
    ['DPEDATE', '01/1900', null], ['BAIL', '01/1900', '1900-01'], ['REMLOCDATE', '03/2022', '2022-03'],
    ['DATCONV', '29/02/2024', '2024-02-29'], ['DATCONV', '29/02/2023', ILLISIBLE], ['DATCONV', '31/04/2020', ILLISIBLE],
    ['QPV', '3', ILLISIBLE], ['QPV', '01', ILLISIBLE], ['FINAN', '77', ILLISIBLE], ['TYPECONST', 'c', 'C'], ['DPEENERGIE', 'N', ILLISIBLE],
    ['QUALACQ', '05', '05'], ['QUALACQ', '5', ILLISIBLE], ['CONSTRUCT', '19', ILLISIBLE], ['CONSTRUCT', '1919', 1919],
    ['SURFHAB', '62,5', 6250], ['SURFHAB', '62.505', 6251], ['SURFHAB', 'NC', ILLISIBLE], ['SURFHAB', '-4', ILLISIBLE], ['NOMVOIE', '  DES CÈDRES ', 'DES CÈDRES'], ['QPV', '', null],
  ])('%s « %s » se lit %s', (nom, texte, attendu) => {
    expect(lire(nom, texte)).toBe(attendu);
  });

  it('arrondit au centième le plus proche, et ne perd rien en deçà', () => {
    fc.assert(fc.property(fc.nat(99_999_999), (n) => centiemes(`${Math.trunc(n / 100)},${String(n % 100).padStart(2, '0')}`) === n));
    expect(centiemes('412.34999999999997')).toBe(41_235);
    expect(centiemes('412,995')).toBe(41_300);
  });

  it('donne la même valeur par ses octets et par son texte', () => {
    const morceau = fc.oneof(
      fc.constantFrom('', '9', '999', '9999', '01/1900', '13/2020', '31/12/2021', '1', '12', 'A', 'g', ' 3', '007', '1234567890', '0101900', '1,5', 'é'),
      fc.string({ maxLength: 11 }),
      fc.nat(99_999).map(String),
    );
    fc.assert(
      fc.property(fc.nat(62), morceau, (rang, texte) => {
        const champ = CHAMPS[rang];
        const lireOctets = LIRE_OCTETS[rang];
        if (champ === undefined || lireOctets === null || lireOctets === undefined) return;
        const octets = Buffer.from(`;${texte};`, 'latin1');
        const lu = octets.length === 2 ? null : lireOctets(octets, 1, octets.length - 1);
        if (lu !== AUTREMENT) expect(lu).toBe(decodeTexte(champ, octets.toString('latin1', 1, octets.length - 1)));
      }),
      { numRuns: 5000 },
    );
  });
});
