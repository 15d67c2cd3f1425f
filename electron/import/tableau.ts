import { readFile, stat } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { invalide } from '../../shared/erreurs.ts';
import { restore } from '../documents/csv.ts';
import { readXlsx } from '../documents/xlsx.ts';

const TAILLE_MAX = 50 * 1024 * 1024;

/**
 * Lit un petit tableau (engagements, observations) : CSV de tout séparateur, UTF-8, UTF-16 ou
 * Windows-1252, ou première feuille d'un XLSX. Rend les lignes de textes, vides comprises.
 */
export async function readTableau(chemin: string): Promise<string[][]> {
  if ((await stat(chemin)).size > TAILLE_MAX) {
    throw invalide('fichier-trop-gros', `Le fichier « ${chemin} » dépasse 50 Mo.`, 'Donner un fichier qui ne contient que ce tableau.');
  }
  const octets = await readFile(chemin);
  if (octets.length === 0) throw invalide('fichier-vide', `Le fichier « ${chemin} » est vide.`, 'Choisir un fichier CSV ou XLSX.');
  if (octets[0] === 0x50 && octets[1] === 0x4b) return (await readXlsx(octets))[0]?.lignes ?? [];
  const texte = decodeTexte(octets);
  if (texte.includes('\0')) throw invalide('fichier-binaire', `Le fichier « ${chemin} » n’est pas un tableau de texte.`, 'Choisir un fichier CSV ou XLSX.');
  try {
    const lignes = parse(texte, { delimiter: guessSeparateur(texte), relax_column_count: true, skip_empty_lines: false });
    return lignes.map((l) => l.map(restore));
  } catch (e) {
    if (!(e instanceof CsvError)) throw e;
    throw invalide('csv-illisible', `Le fichier « ${chemin} » ne se lit pas comme un CSV (guillemets mal fermés ?).`, 'Le réenregistrer en CSV depuis le tableur.');
  }
}

/** Décode selon la marque d'ordre, sinon en UTF-8 strict, sinon en Windows-1252. */
export function decodeTexte(octets: Uint8Array): string {
  const tampon = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  if (tampon[0] === 0xff && tampon[1] === 0xfe) return iconv.decode(tampon, 'utf-16le');
  if (tampon[0] === 0xfe && tampon[1] === 0xff) return iconv.decode(tampon, 'utf-16be');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(tampon);
  } catch {
    return iconv.decode(tampon, 'windows-1252');
  }
}

/** Le séparateur le plus fréquent de la première ligne qui en porte un : un intitulé au-dessus des titres n'en a souvent pas. */
function guessSeparateur(texte: string): string {
  const premiere = texte.slice(0, 4096).split(/[\r\n]+/u).find((l) => /[;\t,]/u.test(l)) ?? '';
  const compte = (s: string): number => premiere.split(s).length;
  return [';', '\t', ','].reduce((a, b) => (compte(b) > compte(a) ? b : a));
}

/** Nom de colonne sans accents, casse ni ponctuation, pour le reconnaître. */
export function normalizeColonne(nom: string): string {
  return nom.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/gu, '_').replace(/^_|_$/gu, '');
}
