import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import type { NatureTableau } from '../../../shared/domain/tableaux/natures.ts';
import { champsDesTitres, natureDesTitres } from '../../../shared/domain/tableaux/natures.ts';
import { normaliser } from '../../../shared/domain/ensembles/cle.ts';
import type { Encodage } from '../fichier.ts';
import { marqueUtf8, natureFichier, readPlein, withFichier } from '../fichier.ts';
import { nomsColonnes } from './rangees.ts';

const ECHANTILLON = 512 * 1024;
const LIGNES = 500;
const SEPARATEURS = [';', '\t', ',', '|'];
/** Les titres sont cherchés parmi ces premières lignes. */
export const LIGNES_TITRES = 10;

export type ApercuTexte = { encodage: Encodage; separateur: string; lignes: string[][] };
export type ColonneProposee = { nom: string; exemple: string[]; cible: string | null; refusee: boolean };

/** Encodage d'un texte d'après son début ; `entier` : ce début est tout le fichier. */
export function encodageDe(debut: Buffer, entier: boolean): Encodage {
  const nature = natureFichier(debut);
  if (nature === 'utf-16le' || nature === 'utf-16be') return nature;
  const fin = entier ? debut.length : Math.max(debut.lastIndexOf(10), 0);
  return isUtf8(debut.subarray(0, fin)) ? 'utf-8' : 'windows-1252';
}

/** Premières lignes d'un texte, découpées avec le séparateur qui les rend le plus régulières. */
export function apercuCsv(chemin: string, encodage: Encodage | null, separateur: string | null): ApercuTexte {
  const { debut, entier } = withFichier(chemin, (descripteur, octets) => {
    const tampon = Buffer.alloc(Math.min(octets, ECHANTILLON));
    return { debut: tampon.subarray(0, readPlein(descripteur, tampon, 0)), entier: octets <= ECHANTILLON };
  });
  const trouve = encodage ?? encodageDe(debut, entier);
  let texte = iconv.decode(debut.subarray(trouve === 'utf-8' ? marqueUtf8(debut) : 0), trouve);
  if (!entier) texte = texte.slice(0, Math.max(texte.lastIndexOf('\n'), 0));
  const essais = (separateur === null ? SEPARATEURS : [separateur]).map((s) => ({ s, lignes: decouper(texte, s) }));
  const meilleur = essais.reduce((a, b) => (regularite(b.lignes) > regularite(a.lignes) ? b : a));
  return { encodage: trouve, separateur: meilleur.s, lignes: meilleur.lignes };
}

/** Chaque rangée à la place de sa première ligne dans le fichier : une case entre guillemets peut en tenir plusieurs. */
function decouper(texte: string, separateur: string): string[][] {
  try {
    const lignes: string[][] = [];
    parse(texte, {
      delimiter: separateur, record_delimiter: ['\r\n', '\n', '\r'], relax_quotes: true, relax_column_count: true, to: LIGNES,
      on_record(record: string[], { lines }) {
        const internes = record.reduce((n, c) => n + (c.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
        lignes[lines - 1 - internes] = record;
        return null;
      },
    });
    return Array.from(lignes, (l) => l ?? []);
  } catch {
    return texte.split(/\r\n|\r|\n/).slice(0, LIGNES).map((l) => l.split(separateur));
  }
}

/** Nombre de lignes qui ont le nombre de champs le plus courant, s'il dépasse un. */
function regularite(lignes: readonly string[][]): number {
  const parLargeur = new Map<number, number>();
  for (const l of lignes) if (l.length > 1) parLargeur.set(l.length, (parLargeur.get(l.length) ?? 0) + 1);
  return Math.max(0, ...[...parLargeur].map(([largeur, n]) => n * 100 + largeur));
}

export type Titres = { entete: number; nature: NatureTableau; note: number };

/**
 * Ligne des titres (à partir de 1) parmi les dix premières : celle qui nomme le plus de champs ; et la
 * nature du tableau, quand elle n'est pas donnée. `note` : de quoi comparer deux feuilles.
 */
export function devinerTitres(lignes: readonly string[][], donnee: NatureTableau | null): Titres {
  let meilleurs: Titres = { entete: 1, nature: donnee ?? natureDesTitres([]), note: 0 };
  for (const [i, ligne] of lignes.slice(0, LIGNES_TITRES).entries()) {
    const nature = donnee ?? natureDesTitres(ligne);
    const reconnus = champsDesTitres(nature, ligne).filter((c) => c !== null).length;
    const note = reconnus * 100 + Math.min(ligne.filter((c) => c.trim() !== '').length, 99);
    if (reconnus > 0 && note > meilleurs.note) meilleurs = { entete: i + 1, nature, note };
  }
  return meilleurs;
}

/** Colonnes du tableau et le champ que chacune paraît donner : par son titre, sinon par ce qu'elle contient. */
export function proposerColonnes(lignes: readonly string[][], entete: number, nature: NatureTableau): ColonneProposee[] {
  const noms = nomsDe(lignes, entete);
  const corps = lignes.slice(entete);
  const champs = champsDesTitres(nature, noms);
  const pris = new Set(champs.filter((c) => c !== null));
  return noms.map((nom, i) => {
    const valeurs = corps.map((l) => l[i]?.trim() ?? '').filter((v) => v !== '');
    const refusee = nature.refusees?.(nom) === true;
    let cible = champs[i] ?? null;
    if (cible === null && !refusee && valeurs.length > 0) {
      cible = nature.champDuContenu?.(valeurs, pris) ?? null;
      if (cible !== null) pris.add(cible);
    }
    return { nom, exemple: refusee ? [] : [...new Set(valeurs)].slice(0, 3).map((v) => v.slice(0, 200)), cible, refusee };
  });
}

const NOTE = /^(?:col(?:onne)?\.?\s*\d+|\(.*)$/is;

/**
 * Nombre de lignes de notes sous les titres, telles qu'en ont les modèles à remplir : rien dans les colonnes
 * reconnues, ou seulement « Col 1 », ou un texte entre parenthèses.
 */
export function devinerNotes(lignes: readonly string[][], entete: number, colonnes: readonly ColonneProposee[]): number {
  if (entete === 0) return 0;
  const rangs = colonnes.flatMap((c, i) => (c.cible === null ? [] : [i]));
  let notes = 0;
  for (const ligne of lignes.slice(entete, entete + LIGNES_TITRES)) {
    const remplies = ligne.filter((c) => c.trim() !== '');
    const reconnues = rangs.map((i) => ligne[i]?.trim() ?? '').filter((c) => c !== '');
    if (remplies.length === 0 || !reconnues.every((c) => NOTE.test(c))) break;
    notes++;
  }
  return notes;
}

/** Noms des colonnes ; sans ligne de titres (0), elles sont numérotées. */
export function nomsDe(lignes: readonly string[][], entete: number): string[] {
  if (entete > 0) return nomsColonnes(lignes[entete - 1] ?? []);
  const largeur = Math.max(0, ...lignes.slice(0, LIGNES).map((l) => l.length));
  return Array.from({ length: largeur }, (_, i) => `Colonne ${i + 1}`);
}

/** Pour chaque champ à codes, les textes du tableau qui ne se comprennent pas seuls, et leur code usuel. */
export function proposerValeurs(lignes: readonly string[][], entete: number, colonnes: readonly ColonneProposee[], nature: NatureTableau): Record<string, Record<string, string>> {
  const resultat: Record<string, Record<string, string>> = {};
  for (const [i, { cible }] of colonnes.entries()) {
    const usuelles = cible === null ? undefined : nature.valeursUsuelles[cible];
    if (cible === null || usuelles === undefined) continue;
    for (const texte of new Set(lignes.slice(entete).map((l) => l[i]?.trim() ?? ''))) {
      if (texte === '' || nature.comprend(cible, texte)) continue;
      const code = Object.entries(usuelles).find(([v]) => normaliser(v) === normaliser(texte))?.[1];
      if (code !== undefined) (resultat[cible] ??= {})[texte] = code;
    }
  }
  return resultat;
}
