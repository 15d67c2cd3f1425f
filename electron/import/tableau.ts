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

const LIGNES_VUES = 40;
type Coupe = { separateur: string; lignes: number; colonnes: number };

/**
 * Le séparateur qui coupe le plus de lignes en autant de colonnes ; à égalité, le plus de colonnes, puis « ; ». La
 * virgule se lit aussi dans les intitulés et les nombres : elle ne l'emporte qu'en coupant deux fois plus de lignes.
 */
export function guessSeparateur(texte: string): string {
  const [point, tabulation, virgule] = [couper(texte, ';'), couper(texte, '\t'), couper(texte, ',')];
  const sur = tabulation.lignes > point.lignes || (tabulation.lignes === point.lignes && tabulation.colonnes > point.colonnes) ? tabulation : point;
  return virgule.lignes > 0 && sur.lignes * 2 <= virgule.lignes ? ',' : sur.separateur;
}

/** Le nombre de colonnes le plus courant des premières lignes coupées par ce séparateur, et combien l'ont. */
function couper(texte: string, separateur: string): Coupe {
  const parColonnes = new Map<number, number>();
  for (const n of compterColonnes(texte, separateur)) if (n > 1) parColonnes.set(n, (parColonnes.get(n) ?? 0) + 1);
  let choix: Coupe = { separateur, lignes: 0, colonnes: 0 };
  for (const [colonnes, lignes] of parColonnes) if (lignes > choix.lignes || (lignes === choix.lignes && colonnes > choix.colonnes)) choix = { separateur, lignes, colonnes };
  return choix;
}

/** Colonnes de chacune des premières lignes non vides ; ce qui est entre guillemets ne coupe rien. */
function compterColonnes(texte: string, separateur: string): number[] {
  const comptes: number[] = [];
  let [colonnes, longueur, cite, debut] = [1, 0, false, true];
  const finir = (): void => {
    if (longueur > 0) comptes.push(colonnes);
    [colonnes, longueur, debut] = [1, 0, true];
  };
  for (const c of texte) {
    if (!cite && (c === '\n' || c === '\r')) {
      finir();
      if (comptes.length >= LIGNES_VUES) return comptes;
      continue;
    }
    longueur += 1;
    if (c === '"' && (cite || debut)) cite = !cite;
    if (!cite && c === separateur) colonnes += 1;
    // Un guillemet n'ouvre qu'au début d'une cellule, ou juste après celui qui la ferme.
    debut = !cite && (c === separateur || c === '"');
  }
  finir();
  return comptes;
}

/** Nom de colonne sans accents, casse ni ponctuation, pour le reconnaître. */
export function normalizeColonne(nom: string): string {
  return nom.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/gu, '_').replace(/^_|_$/gu, '');
}
