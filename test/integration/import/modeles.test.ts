import { utils } from '@e965/xlsx';
import type { WorkSheet } from '@e965/xlsx';
import { expect, it } from 'vitest';
import { classeur, retoucher } from '../../aides/classeur.ts';
import { declaration, ligne, lireDossier, ouvrirAtelier } from './aide.ts';

const TITRES = [
  'Désignation des logements', 'Type', 'Financement', 'Surface habitable\r\n(article R.156-1)', 'Surface des annexes\r\nRéelle', 'Surface des annexes\r\nRetenue dans la SU',
  'Surface utile\r\n(surface habitable augmentée de 50% de la surface des annexes)', 'Loyer maximum en € par m² de surface utile', 'Coefficient propre au logement',
  'Loyer maximum du logement en €\r\n(col 5 * col 6 * col 7)',
];

/** Un classeur comme ceux que l'on remplit pour une convention APL : trois lignes de notes, des formules, une ligne de total. */
function modele(logements: (string | number | null)[][], sansResultat: string[] = []): Promise<Uint8Array> {
  const notes = [
    ['(Utilisez votre propre nomenclature, ex : 604, Bâtiment B)', null, null, null, null, null, null, null, 'Par défaut, indiquez un coefficient de 1)'],
    ['Col 1', null, 'Col 2', 'Col 3', 'Col 4', null, 'Col 5', 'Col 6', 'Col 7', 'Col 8', 'Attention : ne pas mettre la ligne Total'],
    [null, null, null, null, null, null, null, null, null, null, 'elle sera calculée automatiquement'],
  ];
  const feuille: WorkSheet = utils.aoa_to_sheet([TITRES, ...notes, ...logements, ['Total', null, null, 126.5, null, null, 140, null, null, 840]]);
  for (const place of sansResultat) feuille[place] = { t: 'n', f: 'G5*H5*I5' };
  const octets = classeur({
    Notice: utils.aoa_to_sheet([['Ici quelques explications'], ['1. Télécharger le modèle']]), Logements: feuille, Data: utils.aoa_to_sheet([['Type de logement'], ['T1'], ['T2']]),
  });
  return retoucher(octets, (_, xml) => xml.replace(/<dimension ref="[^"]*"\/>/, '<dimension ref="A1:XFD1048576"/>'));
}

const parc = (atelier: Awaited<ReturnType<typeof ouvrirAtelier>>) =>
  atelier.faire('import.lire', {
    chemin: atelier.fichier('rpls.csv', declaration(ligne({ IDENT_INT: '604', IDENT_REP: 'R604', LOYERPRINC: '400', MODESURF: '2', SURFMODE: '90' }), ligne({ IDENT_INT: '605', IDENT_REP: 'R605' }), ligne({ IDENT_INT: '606', IDENT_REP: 'R606' }))),
  });

it('un modèle de convention APL complète les logements du dossier, sans aide et sans en faire disparaître', async () => {
  const atelier = await ouvrirAtelier();
  await parc(atelier);
  const chemin = atelier.fichier('apl.xlsx', await modele([['604', 'T3', 'PLUS', 62.5, 8, 4, 66.5, 6, 1, 399], ['605', 'T1bis', 'PALULOS', 64, null, null, 64, 6, 1, null], ['999', 'T2', 'PLUS', 40, null, null, 40, 6, 1, 240]], ['J6']));
  const analyse = await atelier.faire('import.analyser', { chemin });
  expect({ feuille: analyse.feuille, entete: analyse.entete, cibles: analyse.colonnes.map((c) => c.cible), notes: analyse.profil?.notes, constantes: analyse.profil?.constantes, exigences: analyse.exigences }).toEqual({
    feuille: 'Logements', entete: 1, notes: 3, constantes: { MODESURF: '1' }, exigences: [['IDENT_INT', 'IDENT_REP']],
    cibles: ['IDENT_INT', 'NBPIECE', 'FINAN', 'SURFHAB', null, null, 'SURFMODE', null, null, 'LOYERMAXAPL'],
  });
  const r = await atelier.faire('import.lire', { chemin, appliquer: true });
  expect(r).toMatchObject({ lignes: 3, acceptees: 2, rejetees: 1, signalees: 1, ajoutes: 0, modifies: 2, disparus: 0, inchanges: 0 });
  expect(r.colonnesIgnorees).toEqual(['Surface des annexes Réelle', 'Surface des annexes Retenue dans la SU', 'Loyer maximum en € par m² de surface utile', 'Coefficient propre au logement']);
  expect(r.anomalies.map((a) => `${a.ligne} ${a.code} ${a.champ} ${a.valeur}`)).toEqual([
    '1 lignes-de-notes  2 à 4', '6 code-inconnu FINAN PALULOS', '6 formule-sans-resultat LOYERMAXAPL ', '7 logement-inconnu IDENT_INT 999', '8 ligne-de-total  Total',
  ]);
  await atelier.fermer();
  expect(lireDossier(atelier.dossier, 'SELECT ident_int, nbpiece, finan, surfhab, modesurf, surfmode, loyermaxapl, loyerprinc, complgeo FROM logement ORDER BY 1')).toEqual([
    { ident_int: '604', nbpiece: 3, finan: 13, surfhab: 6250, modesurf: 1, surfmode: 6650, loyermaxapl: 39_900, loyerprinc: 40_000, complgeo: 'LES LILAS' },
    { ident_int: '605', nbpiece: 1, finan: null, surfhab: 6400, modesurf: 1, surfmode: 6400, loyermaxapl: null, loyerprinc: null, complgeo: 'LES LILAS' },
    { ident_int: '606', nbpiece: null, finan: 13, surfhab: null, modesurf: null, surfmode: null, loyermaxapl: null, loyerprinc: null, complgeo: 'LES LILAS' },
  ]);
});

it('le même modèle dans un dossier vide est refusé : rien ne dit où sont les logements', async () => {
  const atelier = await ouvrirAtelier();
  const erreur = await atelier.echouer('import.lire', { chemin: atelier.fichier('apl.xlsx', await modele([['604', 'T3', 'PLUS', 62.5, 8, 4, 66.5, 6, 1, 399]])) });
  expect({ code: erreur.code, message: erreur.message, sortie: erreur.sortie }).toEqual({ code: 'profil-incomplet', message: 'Aucune colonne ne donne : Commune déclarée (code Insee) (DEPCOM).', sortie: 2 });
});

it('un tableau complète aussi par l’identifiant du répertoire', async () => {
  const atelier = await ouvrirAtelier();
  await parc(atelier);
  const r = await atelier.faire('import.lire', { chemin: atelier.fichier('loyers.csv', 'Identifiant RPLS;Loyer\nR605;410\nR606;300,5\nR000;1\n'), appliquer: true });
  expect(r).toMatchObject({ lignes: 3, acceptees: 2, rejetees: 1, modifies: 2, disparus: 0 });
  await atelier.fermer();
  expect(lireDossier(atelier.dossier, 'SELECT ident_int, ident_rep, loyerprinc FROM logement ORDER BY 1')).toEqual([
    { ident_int: '604', ident_rep: 'R604', loyerprinc: 40_000 }, { ident_int: '605', ident_rep: 'R605', loyerprinc: 41_000 }, { ident_int: '606', ident_rep: 'R606', loyerprinc: 30_050 },
  ]);
});

it('le modèle des prêts est reconnu, et refusé avec sa raison', async () => {
  const atelier = await ouvrirAtelier();
  const feuille = utils.aoa_to_sheet([['Numéro\r\n(caractères alphanuméric)', 'Financement', 'Date d\'octroi\r\n(format dd/mm/yyyy)', 'Durée', 'Montant', 'Organisme financeur\r\n(choisir)']]);
  const chemin = atelier.fichier('financement.xlsx', classeur({ Financements: feuille }));
  expect(await atelier.echouer('import.lire', { chemin })).toMatchObject({ code: 'modele-prets', sortie: 2 });
});

it('un classeur compté depuis 1904 et des nombres de jours se lisent à leur date', async () => {
  const atelier = await ouvrirAtelier();
  const feuille = utils.aoa_to_sheet([['Identifiant', 'INSEE', 'Date DPE', 'Date du bail'], ['A', '13055', 43_952, null]]);
  const r = await atelier.faire('import.lire', { chemin: atelier.fichier('t.xlsx', classeur({ F: feuille }, 'xlsx', true)) });
  expect(r.comptesAnomalies).toEqual({ 'date-en-nombre': 1 });
  await atelier.fermer();
  expect(lireDossier(atelier.dossier, 'SELECT dpedate, bail FROM logement')).toEqual([{ dpedate: '2024-05', bail: null }]);
});

it('des loyers donnés comme surfaces sont remarqués', async () => {
  const atelier = await ouvrirAtelier();
  const lignes = Array.from({ length: 10 }, (_, i) => `L${i};13055;${60 + i};${380 + 10 * i}`);
  const chemin = atelier.fichier('p.csv', `Identifiant;INSEE;Loyer;Surface\n${lignes.join('\n')}\n`);
  const r = await atelier.faire('import.lire', { chemin });
  expect(r.anomalies.map((a) => `${a.ligne} ${a.code} ${a.valeur}`)).toEqual([
    '1 colonne-invraisemblable La colonne « Loyer » donne « Loyer principal » (LOYERPRINC), et 100 % de ses valeurs sont hors de 80 € à 1 500 €.'.replace('1 500', '1\u202f500'),
    '1 colonne-invraisemblable La colonne « Surface » donne « Surface habitable » (SURFHAB), et 100 % de ses valeurs sont hors de 9 m² à 200 m².',
  ]);
});
