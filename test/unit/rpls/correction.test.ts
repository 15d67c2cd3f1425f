import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAMPS, findChamp } from '../../../shared/domain/rpls/champs.ts';
import type { Champ } from '../../../shared/domain/rpls/champs.ts';
import { applyCases, parseCase } from '../../../shared/domain/rpls/correction.ts';
import { ecrireValeur, relireValeur, texteSaisie } from '../../../shared/domain/rpls/ecriture.ts';
import type { Valeur } from '../../../shared/domain/rpls/decoder.ts';
import { isAbsente } from '../../../shared/domain/rpls/reparer.ts';

const champ = (nom: string): Champ => findChamp(nom)!;
const lire = (nom: string, texte: string): Valeur | string => {
  const lue = parseCase(champ(nom), texte);
  return lue.ok ? lue.valeur : `refus : ${lue.message}`;
};

describe('une case tapée', () => {
  it.each([
    ['LOYERPRINC', '1 234,56 €', 123_456],
    ['LOYERPRINC', '1234.5', 123_450],
    ['LOYERPRINC', '412', 41_200],
    ['LOYERPRINC', '', null],
    ['LOYERPRINC', '9999', null],
    ['SURFHAB', '65,4 m²', 6_540],
    ['CONSTRUCT', '1987', 1987],
    ['BAIL', '03/2022', '2022-03'],
    ['BAIL', '2022-03-15', '2022-03'],
    ['DATCONV', '31/12/2019', '2019-12-31'],
    ['FINAN', '13', 13],
    ['FINAN', 'plus', 13],
    ['FINAN', '13 PLUS', 13],
    ['FINAN', '13 (PLUS)', 13],
    ['QPV', 'oui', 1],
    ['NBPIECE', 'T3', 3],
    ['DPEENERGIE', 'd', 'D'],
    ['DEPCOM', '1001', '01001'],
    ['DEPCOM', '2a004', '2A004'],
    ['SORTIEPATRIM', '9', null],
    ['SORTIEPATRIM', '4', 4],
    ['NOMVOIE', '  DU\r\nSTADE ', 'DU STADE'],
  ])('%s « %s »', (nom, texte, attendue) => {
    expect(lire(nom, texte)).toBe(attendue);
  });

  it.each([
    ['LOYERPRINC', '1.250', 'se lit de deux façons. Taper 1250, ou 1,250.'],
    ['LOYERPRINC', '-12', 'n’est pas un montant en euros.'],
    ['LOYERPRINC', '#N/A', 'erreur de tableur'],
    ['SURFHAB', 'grand', 'n’est pas une surface en m².'],
    ['QPV', '3', 'n’est pas un code connu : 1 (oui), 2 (non).'],
    ['DATCONV', '31/02/2020', 'n’est pas une date (jj/mm/aaaa).'],
    ['DEPCOM', '99999', 'n’est le code Insee d’aucune commune'],
    ['DEPCOM', '', 'Le code de la commune est absent.'],
    ['SORTIEPATRIM', '7', 'n’est pas un motif de sortie'],
  ])('%s « %s » est refusée avec sa raison', (nom, texte, raison) => {
    expect(lire(nom, texte)).toContain(raison);
  });

  it('dit ce qu’elle a fait de la valeur', () => {
    const note = (nom: string, texte: string) => {
      const lue = parseCase(champ(nom), texte);
      return lue.ok ? lue.note : null;
    };
    expect(note('LOYERPRINC', '412,555')).toContain('412,56 est gardé');
    expect(note('LOYERPRINC', '9999')).toContain('sans objet');
    expect(note('DEPCOM', '1001')).toContain('complété par les zéros');
    expect(note('LOYERPRINC', '412,55')).toBeNull();
  });

  it('ce que la case propose à la modification se relit sans rien perdre, et le journal de même', () => {
    const valeurDe = (c: Champ): fc.Arbitrary<Valeur> => {
      switch (c.type) {
        case 'texte': return c.nom === 'DEPCOM' ? fc.constantFrom('13055', '2A004', '01001') : fc.stringMatching(/^[A-Z][A-Z ]{0,8}[A-Z]$/).filter((t) => !isAbsente(c, t));
        case 'code': return fc.constantFrom(...Object.keys(c.codes ?? {}).filter((k) => k !== c.sentinelle).map(Number));
        case 'lettre': return fc.constantFrom(...Object.keys(c.codes ?? {}));
        case 'annee': return fc.integer({ min: 1850, max: 2030 });
        case 'surface':
        case 'euros': return fc.integer({ min: 0, max: 9_000_000 }).filter((n) => n !== Number(c.sentinelle) * 100);
        case 'mois': return fc.constantFrom('2020-01', '1999-12');
        case 'jour': return fc.constantFrom('2020-02-29', '1999-12-31');
      }
    };
    fc.assert(
      fc.property(fc.constantFrom(...CHAMPS.filter((c) => c.nom !== 'IDENT_INT')).chain((c) => fc.tuple(fc.constant(c), valeurDe(c))), ([c, v]) => {
        expect(parseCase(c, texteSaisie(c, v))).toEqual({ ok: true, valeur: v, note: null });
        expect(relireValeur(c, ecrireValeur(c, v))).toBe(v);
      }),
    );
  });
});

it('un logement corrigé reçoit les contrôles de l’import, et n’en redit pas les anciennes remarques', () => {
  const avant: Valeur[] = CHAMPS.map(() => null);
  avant[champ('LOYERMAXAPL').position - 1] = 40_000;
  avant[champ('CONSTRUCT').position - 1] = 2000;
  avant[champ('LOCAT').position - 1] = 1990;
  const { valeurs, remarques } = applyCases(avant, [{ champ: champ('LOYERPRINC'), valeur: 45_000 }, { champ: champ('SURFHAB'), valeur: 0 }]);
  expect(remarques).toEqual([
    { code: 'surface-nulle', champ: 'SURFHAB', valeur: '0' },
    { code: 'loyer-superieur-au-maximum', champ: 'LOYERPRINC', valeur: '450' },
  ]);
  expect(valeurs[champ('SURFHAB').position - 1]).toBeNull();
});
