import { basename } from 'node:path';
import { invalide } from '../../../shared/erreurs.ts';
import type { ErreurCus } from '../../../shared/erreurs.ts';
import { archiveZip, fichierVide } from '../erreurs.ts';
import { isClasseur, isOpenDocument, natureFichier, readPlein, withFichier } from '../fichier.ts';

/** `xls` : tout ce que les anciens tableurs enregistrent ainsi (BIFF, XML de 2003, page HTML). */
export type FormatTableau = 'texte' | 'xlsx' | 'ods' | 'xls';

const DEBUT = 4096;
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
/** Au-delà, un répertoire OLE n'est plus cherché : un XLS n'a que 65 536 lignes. */
const OLE_MAX = 64 * 2 ** 20;

/**
 * Format d'un tableau d'après ses octets, jamais d'après son nom. Erreurs (sortie 2) : fichier vide,
 * archive ZIP d'autre chose, classeur protégé par un mot de passe, PDF, document d'une autre sorte.
 */
export function formatTableau(chemin: string): FormatTableau {
  const debut = withFichier(chemin, (descripteur, octets) => {
    const tampon = Buffer.alloc(Math.min(octets, DEBUT));
    return tampon.subarray(0, readPlein(descripteur, tampon, 0));
  });
  if (debut.length === 0) throw fichierVide(chemin);
  if (debut.subarray(0, 8).equals(OLE)) return formatOle(chemin);
  if (debut.subarray(0, 5).toString('latin1') === '%PDF-') throw autreSorte(chemin, 'un document PDF');
  if (natureFichier(debut) === 'zip') {
    if (isClasseur(chemin)) return 'xlsx';
    // Un ODF dit sa sorte en tête, sans compression ; sans cela, ses entrées le montrent.
    const sorte = /mimetype[^]{0,64}?application\/vnd\.oasis\.opendocument\.([\w-]+)/.exec(debut.toString('latin1'))?.[1];
    if (sorte?.startsWith('spreadsheet') === true || (sorte === undefined && isOpenDocument(chemin))) return 'ods';
    throw sorte === undefined ? archiveZip(chemin) : autreSorte(chemin, 'un document OpenDocument d’une autre sorte');
  }
  // BIFF sans conteneur (Excel 2 à 4).
  if (debut[0] === 0x09 && (debut[1] ?? 9) <= 8 && debut[2] !== 0 && debut[3] === 0) return 'xls';
  return isBalises(debut) ? 'xls' : 'texte';
}

/** Une page HTML ou le XML de 2003, que bien des logiciels nomment « .xls ». */
function isBalises(debut: Buffer): boolean {
  const texte = debut.toString('latin1').replaceAll('\0', '').replace(/^(?:\u00ef\u00bb\u00bf|[\u00fe\u00ff]{2})/u, '').trimStart().toLowerCase();
  if (/^<(?:!doctype html|html|table)/.test(texte)) return true;
  return texte.startsWith('<?xml') && texte.includes('urn:schemas-microsoft-com:office:spreadsheet');
}

function formatOle(chemin: string): FormatTableau {
  const contenu = withFichier(chemin, (descripteur, octets) => {
    const tampon = Buffer.alloc(Math.min(octets, OLE_MAX));
    return tampon.subarray(0, readPlein(descripteur, tampon, 0));
  });
  const nomme = (nom: string): boolean => contenu.includes(Buffer.from(nom, 'utf16le'));
  if (nomme('EncryptedPackage')) throw motDePasse(chemin);
  if (nomme('Workbook') || nomme('Book')) return 'xls';
  throw autreSorte(chemin, 'un document d’une autre sorte (traitement de texte, message…)');
}

export const motDePasse = (chemin: string): ErreurCus =>
  invalide('classeur-protege', `Le classeur « ${basename(chemin)} » est protégé par un mot de passe.`, 'L’ouvrir dans un tableur, retirer le mot de passe, l’enregistrer, puis importer ce nouveau fichier.');

const autreSorte = (chemin: string, sorte: string): ErreurCus =>
  invalide('pas-un-tableau', `Le fichier « ${basename(chemin)} » est ${sorte}, pas un tableau.`, 'Exporter le tableau en CSV, XLSX, ODS ou XLS, puis importer ce fichier.');
