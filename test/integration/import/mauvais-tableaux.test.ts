import { join } from 'node:path';
import { utils } from '@e965/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../../electron/cli/executer.ts';
import { writeZip } from '../../../electron/documents/archive.ts';
import { classeur, retoucher } from '../../aides/classeur.ts';
import { declaration, empreinteDossier, ligne, ouvrirAtelier } from './aide.ts';
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

/** Refusé par l'import, par l'analyse de l'écran quand elle l'ouvre, et par le terminal : deux phrases, sortie 2. */
async function refuser(nom: string, contenu: string | Uint8Array, code: string): Promise<void> {
  const chemin = atelier.fichier(nom, contenu);
  const erreur = await atelier.echouer('import.lire', { chemin, appliquer: true });
  expect({ code: erreur.code, sortie: erreur.sortie }).toEqual({ code, sortie: 2 });
  expect(erreur.message).toMatch(/^[«A-ZÉ][^]*\.$/u);
  expect(erreur.action).toMatch(/^[A-ZÉ][^]*\.$/u);
  await atelier.faire('dossier.fermer', {});
  const cwd = atelier.repertoire;
  const fin = await execute(['importer', 'essai.cus', nom, '--appliquer', '--json'], {
    env: { ATELIER_CUS_DONNEES: join(cwd, 'donnees') }, cwd, signal: new AbortController().signal, progression: { suivre: () => undefined, effacer: () => undefined },
  });
  expect({ sortie: fin.sortie, ...(JSON.parse(fin.stdout) as object) }).toEqual({ sortie: 2, erreur: { code, message: erreur.message, action: erreur.action } });
  await atelier.faire('dossier.ouvrir', { chemin: atelier.dossier });
}

const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const ole = (nom: string): Buffer => Buffer.concat([OLE, Buffer.alloc(504), Buffer.from(nom, 'utf16le'), Buffer.alloc(2048, 7)]);
const feuille = () => utils.aoa_to_sheet([['Identifiant', 'INSEE'], ['L1', '13055']]);
const ods = () => classeur({ Parc: feuille() }, 'ods');

describe('un tableau qui ne peut pas être lu ne change rien au dossier', () => {
  it('cinquante colonnes du même nom', async () => refuser('p.csv', `${Array.from({ length: 50 }, () => 'Loyer').join(';')}\n${Array.from({ length: 50 }, () => '400').join(';')}\n`, 'profil-incomplet'));

  it('un titre de dix mille caractères', async () => refuser('p.csv', `Identifiant;INSEE;${'x'.repeat(10_000)}\nL1;13055;1\n`, 'titre-demesure'));

  it('un XLSX protégé par un mot de passe', async () => refuser('p.xlsx', ole('EncryptedPackage'), 'classeur-protege'));

  it('un document de traitement de texte', async () => refuser('p.xls', ole('WordDocument'), 'pas-un-tableau'));

  it('un PDF nommé .xlsx', async () => refuser('p.xlsx', '%PDF-1.7\n1 0 obj\n', 'pas-un-tableau'));

  it('un ODS tronqué', async () => refuser('p.ods', ods().subarray(0, 1500), 'classeur-illisible'));

  it('un ODS au contenu abîmé', async () => refuser('p.ods', await retoucher(ods(), (nom, xml) => (nom === 'content.xml' ? xml.slice(0, 300) : xml)), 'classeur-illisible'));

  it('un ODS chiffré', async () =>
    refuser('p.ods', await retoucher(ods(), (nom, xml) => (nom === 'META-INF/manifest.xml' ? xml.replace('</manifest:manifest>', '<manifest:encryption-data/></manifest:manifest>') : xml)), 'classeur-protege'));

  it('un ODS qui gonfle à la décompression', async () =>
    refuser('p.ods', await writeZip([
      { nom: 'mimetype', octets: Buffer.from('application/vnd.oasis.opendocument.spreadsheet'), stocke: true },
      { nom: 'META-INF/manifest.xml', octets: Buffer.from('<m/>') },
      { nom: 'content.xml', octets: Buffer.alloc(8 * 2 ** 20, ' ') },
    ]), 'classeur-refuse'));

  it('un XLS abîmé', async () => refuser('p.xls', ole('Workbook'), 'classeur-illisible'));

  it('une feuille vide', async () => refuser('p.xlsx', classeur({ Vide: utils.aoa_to_sheet([]) }), 'tableau-vide'));
});

it('une feuille vide parmi d’autres se choisit, et le dit ; une feuille absente aussi', async () => {
  const chemin = atelier.fichier('p.xlsx', classeur({ Vide: utils.aoa_to_sheet([]), Parc: feuille() }));
  expect(await atelier.faire('import.analyser', { chemin })).toMatchObject({ feuille: 'Parc', feuilles: ['Vide', 'Parc'] });
  expect((await atelier.echouer('import.analyser', { chemin, feuille: 'Vide' })).code).toBe('tableau-vide');
  expect((await atelier.echouer('import.analyser', { chemin, feuille: 'Autre' })).code).toBe('feuille-absente');
});

describe('l’essai d’une correspondance', () => {
  const profil = { version: 1 as const, type: 'logements' as const, encodage: 'auto' as const, colonnes: { Identifiant: 'IDENT_INT', INSEE: 'DEPCOM', Loyer: 'LOYERPRINC' } };

  it('compte ce que l’import ferait, sans toucher au dossier ; les fins de ligne peuvent être mêlées', async () => {
    const chemin = atelier.fichier('p.csv', 'Identifiant;INSEE;Loyer\r\nA;13055;400\nB;99999;400\rC;13055;NC\r\nD;1001;400\nA;13055;1\n');
    const essai = await atelier.faire('import.essayer', { chemin, profil });
    expect({ ...essai, anomalies: essai.anomalies.map((a) => [a.code, a.rejet, a.nombre, a.premieres.map((p) => p.ligne)]) }).toEqual({
      lignes: 5, acceptees: 3, signalees: 2, rejetees: 2, complet: true, colonnes: [],
      anomalies: [['commune-inconnue', true, 1, [3]], ['doublon', true, 1, [6]], ['valeur-absente', false, 1, [4]], ['code-repare', false, 1, [5]]],
    });
  });

  it('dit ce qui manque, et montre les colonnes invraisemblables', async () => {
    const lignes = Array.from({ length: 8 }, (_, i) => `L${i};13055;${1960 + i}`).join('\n');
    const chemin = atelier.fichier('p.csv', `Identifiant;INSEE;Loyer\n${lignes}\n`);
    expect((await atelier.faire('import.essayer', { chemin, profil })).colonnes.map((c) => [c.colonne, c.champ])).toEqual([['Loyer', 'LOYERPRINC']]);
    expect((await atelier.echouer('import.essayer', { chemin, profil: { ...profil, colonnes: { Loyer: 'LOYERPRINC' } } })).code).toBe('profil-incomplet');
  });

  it('d’un grand fichier ne lit que le début, dans un fil à part, et un nouvel essai arrête le précédent', async () => {
    const chemin = atelier.fichier('p.csv', `Identifiant;INSEE;Loyer\n${Array.from({ length: 300_000 }, (_, i) => `LOGEMENT-NUMERO-${i};13055;400`).join('\n')}\n`);
    const premier = atelier.echouer('import.essayer', { chemin, profil });
    const second = await atelier.faire('import.essayer', { chemin, profil });
    expect((await premier).code).toBe('annule');
    expect(second).toMatchObject({ lignes: 20_000, acceptees: 20_000, complet: false, anomalies: [] });
  });
});
