import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeZip } from '../../../electron/documents/archive.ts';
import { writeXlsx } from '../../../electron/documents/xlsx.ts';
import { ENTETE, declaration, empreinteDossier, ligne, ouvrirAtelier } from './aide.ts';
import type { Atelier } from './aide.ts';

let atelier: Atelier;
let avant: string;

beforeEach(async () => {
  atelier = await ouvrirAtelier();
  await atelier.faire('import.lire', { chemin: atelier.fichier('bon.csv', declaration(ligne(), ligne({ IDENT_INT: 'L2' }))) });
  await atelier.faire('dossier.fermer', {});
  avant = empreinteDossier(atelier.dossier);
  await atelier.faire('dossier.ouvrir', { chemin: atelier.dossier });
});

afterEach(async () => {
  await atelier.fermer();
  expect(empreinteDossier(atelier.dossier)).toBe(avant);
});

async function refuser(contenu: string | Uint8Array, code: string, type?: 'rpls' | 'logements'): Promise<void> {
  const chemin = atelier.fichier('mauvais.csv', contenu);
  const erreur = await atelier.echouer('import.lire', { chemin, appliquer: true, anomalies: join(atelier.repertoire, 'A.csv'), ...(type === undefined ? {} : { type }) });
  expect({ code: erreur.code, sortie: erreur.sortie }).toEqual({ code, sortie: 2 });
  expect(erreur.message).toMatch(/^[«A-ZÉ].*\.$/u);
  expect(erreur.action).toMatch(/^[A-ZÉ].*\.$/u);
}

const xlsx = () =>
  writeXlsx({
    titre: 't', auteur: 'a', date: '2026-01-01T00:00:00Z',
    feuilles: [{ nom: 'F', colonnes: [{ titre: 'Identifiant', largeur: 10, format: 'texte' }], lignes: [['L1']], figerEntete: false }],
  });

/** Un XLSX dont une partie est `gigas` Go d'espaces : un bloc comprimé d'avance, répété. */
function bombe(pour: Atelier, gigas: number, cacher: boolean): string {
  const nom = Buffer.from('xl/workbook.xml');
  // Des blocs déflatés non finaux et alignés se suivent : le même, répété, fait un flux valable.
  const bloc = deflateRawSync(Buffer.alloc(2 ** 24, ' '), { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  const fois = gigas * 64;
  const donnees = Buffer.concat([...Array.from({ length: fois }, () => bloc), Buffer.from([3, 0])]);
  const taille = cacher ? 1000 : 2 ** 32 - 2;
  const commun = Buffer.alloc(26);
  commun.writeUInt16LE(20, 0);
  commun.writeUInt16LE(8, 4);
  commun.writeUInt32LE(donnees.length, 14);
  commun.writeUInt32LE(taille, 18);
  commun.writeUInt16LE(nom.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), commun, nom, donnees]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), commun, Buffer.alloc(14), nom]);
  const fin = Buffer.alloc(22);
  fin.write('PK\x05\x06');
  fin.writeUInt16LE(1, 8);
  fin.writeUInt16LE(1, 10);
  fin.writeUInt32LE(central.length, 12);
  fin.writeUInt32LE(local.length, 16);
  return pour.fichier('bombe.xlsx', Buffer.concat([local, central, fin]));
}

describe('un fichier qui ne peut pas être lu ne change rien au dossier', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['un texte quelconque', 'Bonjour,\nvoici le parc.\n', 'pas-rpls'],
    ['une première ligne de onze champs', declaration(ligne()).replace(ENTETE, ENTETE.slice(0, -1)), 'pas-rpls'],
    ['une première ligne de treize champs', declaration(ligne()).replace(ENTETE, `${ENTETE};`), 'pas-rpls'],
    ['une première ligne sans année', declaration(ligne()).replace('2026;', 'ANNEE;'), 'pas-rpls'],
    ['un octet nul', declaration(ligne({ NOMVOIE: 'RUE \0 NULLE' })), 'octets-nuls'],
    ['de l’UTF-16 avec marque', iconv.encode(declaration(ligne()), 'utf-16le', { addBOM: true }), 'utf-16'],
    ['de l’UTF-16 sans marque', iconv.encode(declaration(ligne()), 'utf-16be', { addBOM: false }), 'utf-16'],
    ['une ligne de deux millions de caractères', declaration(ligne(), 'x'.repeat(2_000_000), ligne({ IDENT_INT: 'L9' })), 'ligne-trop-longue'],
    ['une ligne finale trop longue, sans fin', declaration(ligne()) + 'x'.repeat(1_500_000), 'ligne-trop-longue'],
    ['le fichier d’un autre organisme', declaration(ligne()).replace('00000000000000', '91335658000013'), 'autre-organisme'],
  ])('%s', async (_, contenu, code) => refuser(contenu, code, 'rpls'));

  it.each([
    ['une déclaration sans sa première ligne', declaration(ligne(), ligne({ IDENT_INT: 'L2' })).split(/\r?\n/u).slice(1).join('\n'), 'declaration-sans-entete'],
    ['une seule ligne de logement', declaration(ligne()).split(/\r?\n/u)[1] ?? '', 'declaration-sans-entete'],
    ['une déclaration en UTF-16, sans dire son type', iconv.encode(declaration(ligne(), ligne({ IDENT_INT: 'L2' })), 'utf-16le', { addBOM: true }), 'utf-16'],
  ])('%s', async (_, contenu, code) => refuser(contenu, code));

  it('un fichier vide', async () => refuser('', 'fichier-vide'));

  it('une archive ZIP', async () => refuser(await writeZip([{ nom: 'declaration.csv', octets: Buffer.from(declaration(ligne())) }]), 'archive-zip'));

  it('une archive ZIP annoncée comme tableau', async () => refuser(await writeZip([{ nom: 'a.csv', octets: Buffer.from('a') }]), 'archive-zip', 'logements'));

  it('un classeur annoncé comme déclaration', async () => refuser(await xlsx(), 'pas-rpls', 'rpls'));

  it('un classeur tronqué', async () => refuser((await xlsx()).subarray(0, 2000), 'classeur-illisible'));

  it.each([['qui l’annonce', false], ['qui le cache', true]])('un classeur qui décompressé pèserait dix gigaoctets, %s', async (_, cacher) => {
    const chemin = bombe(atelier, 10, cacher);
    const memoire = process.memoryUsage().rss;
    for (const demande of [{ chemin }, { chemin, profil: { version: 1 as const, type: 'logements' as const, colonnes: { Identifiant: 'IDENT_INT', INSEE: 'DEPCOM' } } }]) {
      const erreur = await atelier.echouer('import.lire', demande);
      expect({ code: erreur.code, sortie: erreur.sortie }).toEqual({ code: 'classeur-refuse', sortie: 2 });
    }
    expect(process.memoryUsage().rss - memoire).toBeLessThan(300 * 2 ** 20);
  });

  it('un tableau sans identifiant', async () => refuser('INSEE;Loyer;Programme\n13055;400;A\n', 'profil-incomplet'));

  it('un tableau sans commune, dont aucun logement n’est du dossier', async () => refuser('Identifiant;Loyer;Programme\nX1;400;A\n', 'aucun-logement'));

  it('un tableau au guillemet jamais refermé', async () => refuser('Identifiant;INSEE\nL1;13055\n"L2;13055\nL3;13055\n', 'guillemet-ouvert'));

  it('un fichier absent, un répertoire', async () => {
    expect((await atelier.echouer('import.lire', { chemin: join(atelier.repertoire, 'absent.csv') })).code).toBe('fichier-absent');
    expect((await atelier.echouer('import.lire', { chemin: atelier.repertoire })).code).toBe('pas-un-fichier');
  });

  it('un rapport qui écraserait le fichier, ou qui ne peut pas être écrit', async () => {
    const chemin = atelier.fichier('neuf.csv', declaration(ligne({ IDENT_INT: 'L7' }), 'trop;court'));
    expect((await atelier.echouer('import.lire', { chemin, anomalies: chemin })).code).toBe('cible-est-l-entree');
    const anomalies = join(atelier.repertoire, 'absent', 'A.csv');
    expect(await atelier.echouer('import.lire', { chemin, anomalies, appliquer: true })).toMatchObject({ sortie: 2 });
  });

  it('deux gigaoctets en une ligne, refusés sans être lus en entier', async () => {
    const chemin = join(atelier.repertoire, 'geant.csv');
    const descripteur = openSync(chemin, 'w');
    // Fichier creux : sa taille est de 2 Go, son contenu ne tient que de la place lue.
    ftruncateSync(descripteur, 2 * 2 ** 30);
    closeSync(descripteur);
    const memoire = process.memoryUsage().rss;
    expect((await atelier.echouer('import.lire', { chemin, type: 'rpls' })).code).toBe('octets-nuls');
    writeFileSync(chemin, 'x'.repeat(1_100_000));
    const suite = openSync(chemin, 'r+');
    for (let i = 1; i < 40; i++) writeSync(suite, 'x'.repeat(1_000_000), i * 1_000_000);
    closeSync(suite);
    expect((await atelier.echouer('import.lire', { chemin, type: 'rpls' })).code).toBe('ligne-trop-longue');
    expect(process.memoryUsage().rss - memoire).toBeLessThan(200 * 2 ** 20);
  });
});
