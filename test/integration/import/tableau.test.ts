import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { writeXlsx } from '../../../electron/documents/xlsx.ts';
import { declaration, ligne, lireDossier, ouvrirAtelier } from './aide.ts';

const TITRES = ['Référence logement', 'Code INSEE', 'Résidence', 'Adresse', 'Financement', 'QPV', 'Loyer (€)', 'Surface habitable', 'Observations'];
const LIGNES = [
  ['R1', '13055', 'Les Cèdres', 'rue du Sacré-Cœur', 'PLUS', 'Oui', '412,50', '62,5', 'ok'],
  ['R2', '1001', 'Les Cèdres', 'rue du Sacré-Cœur', 'PLAI', 'non', '1 234,00', '60', ''],
  ['R3', '99999', 'Autre', '', 'PLS', 'Non', '300', '40', 'commune fausse'],
  ['', '', '', '', '', '', '', '', ''],
  ['R4', '13001', 'Autre', '', 'inventé', 'Non', '300', '40', ''],
];
const csv = (separateur: string): string => ['Export du 1er mars', '', TITRES.join(separateur), ...LIGNES.map((l) => l.join(separateur))].join('\r\n');

describe('un tableau de logements', () => {
  it.each([
    ['windows-1252', ';'], ['utf-8', '\t'], ['utf-16le', ';'], ['utf-8', '|'],
  ])('en %s séparé par « %s » se reconnaît à ses titres', async (encodage, separateur) => {
    const atelier = await ouvrirAtelier();
    const chemin = atelier.fichier('parc.csv', iconv.encode(csv(separateur), encodage, { addBOM: encodage.startsWith('utf-16') }));
    const analyse = await atelier.faire('import.analyser', { chemin });
    expect({ type: analyse.type, encodage: analyse.encodage, separateur: analyse.separateur, entete: analyse.entete, retrouve: analyse.profilRetrouve }).toEqual({
      type: 'logements', encodage, separateur, entete: 3, retrouve: false,
    });
    expect(analyse.colonnes.map((c) => c.cible)).toEqual(['IDENT_INT', 'DEPCOM', 'COMPLGEO', 'NOMVOIE', 'FINAN', 'QPV', 'LOYERPRINC', 'SURFHAB', null]);
    expect(analyse.profil?.valeurs).toEqual({ FINAN: { PLAI: '10', PLS: '14' } });
    const r = await atelier.faire('import.lire', { chemin });
    expect(r).toMatchObject({ lignes: 4, acceptees: 3, rejetees: 1, signalees: 2, applique: true, annee: null, colonnesIgnorees: ['Observations'] });
    expect(r.anomalies.map((a) => `${a.ligne} ${a.code} ${a.valeur}`)).toEqual(['5 code-repare 1001', '6 commune-inconnue 99999', '8 code-inconnu inventé']);
    expect((await atelier.faire('import.analyser', { chemin })).profilRetrouve).toBe(true);
    await atelier.fermer();
    expect(lireDossier(atelier.dossier, 'SELECT ident_int, commune, complgeo, nomvoie, finan, qpv, loyerprinc, surfhab FROM logement ORDER BY id')).toEqual([
      { ident_int: 'R1', commune: '13055', complgeo: 'Les Cèdres', nomvoie: 'rue du Sacré-Cœur', finan: 13, qpv: 1, loyerprinc: 41_250, surfhab: 6250 },
      { ident_int: 'R2', commune: '01001', complgeo: 'Les Cèdres', nomvoie: 'rue du Sacré-Cœur', finan: 10, qpv: 2, loyerprinc: 123_400, surfhab: 6000 },
      { ident_int: 'R4', commune: '13001', complgeo: 'Autre', nomvoie: null, finan: null, qpv: 2, loyerprinc: 30_000, surfhab: 4000 },
    ]);
  });

  it('en classeur donne les mêmes logements', async () => {
    const atelier = await ouvrirAtelier();
    const octets = await writeXlsx({
      titre: 't', auteur: 'a', date: '2026-01-01T00:00:00Z',
      feuilles: [{
        nom: 'Parc', colonnes: TITRES.map((titre) => ({ titre, largeur: 12, format: 'nombre' as const })), figerEntete: false,
        lignes: [['R1', '13055', 'Les Cèdres', 'rue X', 'PLUS', 'Oui', 412.5, 62.5, null], ['R2', 1001, 'Les Cèdres', 'rue X', 13, 2, 400, 60, null], ['R3', '99999', 'A', '', 'PLS', 'Non', 300, 40, 'x']],
      }],
    });
    const anomalies = join(atelier.repertoire, 'A.csv');
    const r = await atelier.faire('import.lire', { chemin: atelier.fichier('parc.xlsx', octets), anomalies });
    expect(r).toMatchObject({ type: 'logements', lignes: 3, acceptees: 2, rejetees: 1, signalees: 1 });
    expect(readFileSync(join(atelier.repertoire, 'A.rejets.csv'), 'utf8')).toBe(`${TITRES.join(';')}\r\nR3;99999;A;;PLS;Non;300;40;x\r\n`);
    await atelier.fermer();
    expect(lireDossier(atelier.dossier, 'SELECT ident_int, commune, finan, qpv, loyerprinc, surfhab FROM logement ORDER BY id')).toEqual([
      { ident_int: 'R1', commune: '13055', finan: 13, qpv: 1, loyerprinc: 41_250, surfhab: 6250 },
      { ident_int: 'R2', commune: '01001', finan: 13, qpv: 2, loyerprinc: 40_000, surfhab: 6000 },
    ]);
  });

  it('qui ne donne que des loyers n’efface ni les adresses, ni les ensembles', async () => {
    const atelier = await ouvrirAtelier();
    await atelier.faire('import.lire', { chemin: atelier.fichier('rpls.csv', declaration(ligne({ IDENT_INT: 'A', LOYERPRINC: '400' }), ligne({ IDENT_INT: 'B', COMPLGEO: 'LES ROSES', LOYERPRINC: '300' }))) });
    const avant = await atelier.faire('ensembles.lister', {});
    const profil = { version: 1 as const, type: 'logements' as const, entete: 1, separateur: ';', colonnes: { id: 'IDENT_INT', insee: 'DEPCOM', hc: 'LOYERPRINC' } };
    const chemin = atelier.fichier('loyers.csv', 'id;insee;hc\nA;13055;410\nB;13055;300\n');
    const r = await atelier.faire('import.lire', { chemin, profil, appliquer: true });
    expect(r).toMatchObject({ ajoutes: 0, modifies: 1, disparus: 0, inchanges: 1, applique: true });
    expect(await atelier.faire('ensembles.lister', {})).toEqual(avant);
    await atelier.fermer();
    expect(lireDossier(atelier.dossier, 'SELECT ident_int, complgeo, finan, loyerprinc FROM logement ORDER BY 1')).toEqual([
      { ident_int: 'A', complgeo: 'LES LILAS', finan: 13, loyerprinc: 41_000 }, { ident_int: 'B', complgeo: 'LES ROSES', finan: 13, loyerprinc: 30_000 },
    ]);
    expect(lireDossier(atelier.dossier, 'SELECT annee FROM declaration WHERE en_vigueur = 1')).toEqual([{ annee: 2026 }]);
  });

  it('suit le profil donné, et dit ce qui lui manque', async () => {
    const atelier = await ouvrirAtelier();
    const chemin = atelier.fichier('p.csv', 'Identifiant,Commune,Type\nA,13055,Résidence\n');
    const profil = { version: 1 as const, type: 'logements' as const, entete: 1, separateur: ',', colonnes: { Identifiant: 'IDENT_INT', Commune: 'DEPCOM', Type: 'TYPECONST' }, valeurs: { TYPECONST: { Résidence: 'C' } } };
    expect(await atelier.echouer('import.lire', { chemin, profil: { ...profil, colonnes: { ...profil.colonnes, Absente: 'FINAN' } } })).toMatchObject({ code: 'colonne-absente', sortie: 2 });
    expect(await atelier.echouer('import.lire', { chemin, profil: { ...profil, colonnes: { ...profil.colonnes, Type: 'INCONNU' } } })).toMatchObject({ code: 'cible-inconnue', sortie: 2 });
    expect(await atelier.faire('import.lire', { chemin, profil })).toMatchObject({ lignes: 1, acceptees: 1, signalees: 0 });
  });

  it('rejette une ligne qui n’a pas autant de cases que les titres', async () => {
    const atelier = await ouvrirAtelier();
    const r = await atelier.faire('import.lire', { chemin: atelier.fichier('p.csv', 'Identifiant;INSEE;Loyer\nA;13055;400\nB;13055\nC;13055;400;;\nD;13055;4;00\n'), type: 'logements' });
    expect(r.anomalies.map((a) => `${a.ligne} ${a.code} ${a.valeur}`)).toEqual(['3 nombre-de-champs 2 au lieu de 3', '5 nombre-de-champs 4 au lieu de 3']);
  });
});
