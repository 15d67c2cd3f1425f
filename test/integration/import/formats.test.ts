import { write, utils } from '@e965/xlsx';
import type { BookType, CellObject } from '@e965/xlsx';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import type { Profil } from '../../../shared/contract.ts';
import { iterateLignes, iterateRangees } from '../../../electron/service/rangees.ts';
import { lireDossier, ouvrirAtelier } from './aide.ts';

const LIGNES = [
  ['Identifiant', 'INSEE', 'Date DPE', 'Loyer (€)', 'QPV', 'Observations'],
  ['L1', '01001', new Date(Date.UTC(2024, 4, 2)), 412.5, true, 'été'],
  ['L2', '13055', null, 300, false, ''],
];
const suivi = { signal: new AbortController().signal, progres: () => undefined };

/** Un classeur : une feuille vide, une notice, puis le tableau. */
function classeur(bookType: BookType): Uint8Array {
  const livre = utils.book_new();
  utils.book_append_sheet(livre, utils.aoa_to_sheet([]), 'Vide');
  utils.book_append_sheet(livre, utils.aoa_to_sheet([['Quelques explications'], ['', 'ligne']]), 'Notice');
  const feuille = utils.aoa_to_sheet([['Export du 1er mars'], [], ...LIGNES], { cellDates: true, UTC: true });
  const date: CellObject = { t: 'n', v: 45_414, z: 'dd/mm/yyyy' };
  feuille['C4'] = date;
  utils.book_append_sheet(livre, feuille, 'Parc');
  return write(livre, { type: 'buffer', bookType }) as Uint8Array;
}

it.each<[string, BookType]>([['xlsx', 'xlsx'], ['ods', 'ods'], ['xls', 'biff8'], ['xls de 2003', 'xlml'], ['xls d’Excel 5', 'biff5']])('un tableau en %s donne les mêmes logements, sa feuille trouvée seule', async (_, format) => {
  const atelier = await ouvrirAtelier();
  const chemin = atelier.fichier(`parc.${format}`, classeur(format));
  const analyse = await atelier.faire('import.analyser', { chemin });
  expect({ type: analyse.type, feuille: analyse.feuille, feuilles: analyse.feuilles, entete: analyse.entete, cibles: analyse.colonnes.map((c) => c.cible) }).toEqual({
    type: 'logements', feuille: 'Parc', feuilles: ['Vide', 'Notice', 'Parc'], entete: 3, cibles: ['IDENT_INT', 'DEPCOM', 'DPEDATE', 'LOYERPRINC', 'QPV', null],
  });
  expect(await atelier.faire('import.lire', { chemin })).toMatchObject({ lignes: 2, acceptees: 2, signalees: 0, colonnesIgnorees: ['Observations'] });
  await atelier.fermer();
  expect(lireDossier(atelier.dossier, 'SELECT ident_int, depcom, dpedate, loyerprinc, qpv FROM logement ORDER BY 1')).toEqual([
    { ident_int: 'L1', depcom: '01001', dpedate: '2024-05', loyerprinc: 41_250, qpv: 1 },
    { ident_int: 'L2', depcom: '13055', dpedate: null, loyerprinc: 30_000, qpv: 2 },
  ]);
});

it.each([['utf-8', ';'], ['utf-16be', '\t'], ['windows-1252', ',']] as const)('les rangées d’un texte %s « %s » et celles de tout classeur se lisent pareil', async (encodage, separateur) => {
  const atelier = await ouvrirAtelier();
  const texte = [['Id', 'Nom'], ['L1', 'Les Cèdres'], [], ['L2', '']].map((l) => l.join(separateur)).join('\r\n');
  const csv = atelier.fichier('t.csv', iconv.encode(texte, encodage, { addBOM: encodage !== 'windows-1252' }));
  const attendu = [{ ligne: 1, cellules: ['Id', 'Nom'] }, { ligne: 2, cellules: ['L1', 'Les Cèdres'] }, { ligne: 4, cellules: ['L2', ''] }];
  const lire = async (chemin: string) => {
    const lues = [];
    for await (const { ligne, cellules } of iterateRangees(chemin, { separateur }, suivi)) lues.push({ ligne, cellules });
    return lues;
  };
  expect(await lire(csv)).toEqual(attendu);
  const livre = utils.book_new();
  utils.book_append_sheet(livre, utils.aoa_to_sheet([['Id', 'Nom'], ['L1', 'Les Cèdres'], [], ['L2', null]]), 'F');
  for (const bookType of ['xlsx', 'ods', 'biff8'] as const) {
    const lues = await lire(atelier.fichier(`t.${bookType}`, write(livre, { type: 'buffer', bookType }) as Uint8Array));
    expect(lues.map((l) => [l.ligne, ...l.cellules.filter((c) => c !== '')])).toEqual([[1, 'Id', 'Nom'], [2, 'L1', 'Les Cèdres'], [4, 'L2']]);
  }
});

it('iterateLignes lit suivant le profil : les colonnes d’abord, puis les champs traduits', async () => {
  const atelier = await ouvrirAtelier();
  const chemin = atelier.fichier('t.csv', 'note\nRéf;Type;Reste\nA;Collectif;x\n');
  const profil: Profil = { version: 1, type: 'logements', entete: 2, notes: 0, constantes: {}, separateur: ';', encodage: 'auto', colonnes: { Réf: 'IDENT_INT', Type: 'TYPECONST' }, valeurs: { TYPECONST: { Collectif: 'C' } } };
  const lues = [];
  for await (const l of iterateLignes(chemin, profil, suivi)) lues.push('textes' in l ? { ligne: l.ligne, ...Object.fromEntries(l.textes) } : { colonnes: l.colonnes, ignorees: l.ignorees });
  expect(lues).toEqual([{ colonnes: ['Réf', 'Type', 'Reste'], ignorees: ['Reste'] }, { ligne: 3, IDENT_INT: 'A', TYPECONST: 'C' }]);
});
