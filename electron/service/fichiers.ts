import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { invalide } from '../../shared/erreurs.ts';
// Non par l'index du paquet : il chargerait la signature pour écrire un CSV.
import { writeAtomically } from '../paquet/atomique.ts';
import type { Contexte } from './contexte.ts';

/** Ce qu'un fichier écrit ne doit jamais remplacer. */
export type Proteges = {
  /** Le dossier ouvert ; les fichiers que SQLite et le verrou tiennent à côté le sont avec lui. */
  dossier?: string | undefined;
  /** Les fichiers que l'opération lit. */
  entrees?: readonly (string | undefined)[];
};

const VOISINS = ['', '-wal', '-shm', '-journal', '.verrou'] as const;

/**
 * Écrit le fichier demandé par la personne, d'un seul coup. Un fichier de même nom est gardé à côté
 * (`X.precedent-1.csv`) ; rend son nouveau chemin, ou `null`. Erreurs : celles de `assertCible` et de
 * `writeAtomically`, qui nomment toutes le fichier demandé.
 */
export async function writeFichier(
  contexte: Contexte,
  cible: string,
  contenu: Uint8Array | string,
  options: OptionsEcriture = {},
): Promise<string | null> {
  return writeFlux(contexte, cible, [typeof contenu === 'string' ? Buffer.from(contenu) : contenu], options);
}

type OptionsEcriture = { entrees?: readonly (string | undefined)[]; signal?: AbortSignal };

/** La même chose, d'un contenu produit au rythme de l'écriture. */
export async function writeFlux(
  contexte: Contexte,
  cible: string,
  morceaux: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { entrees = [], signal }: OptionsEcriture = {},
): Promise<string | null> {
  assertCible(cible, { dossier: contexte.aucunDossierOuvert() ? undefined : contexte.dossier().chemin, entrees });
  return writeAtomically(cible, morceaux, signal === undefined ? {} : { signal });
}

/** Refuse une cible qui est un répertoire, le dossier ou un fichier lu, sous ce nom ou un autre. Sortie 2. */
export function assertCible(cible: string, { dossier, entrees = [] }: Proteges): void {
  if (statSync(cible, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw invalide('repertoire', `« ${cible} » est un répertoire.`, 'Donner un nom de fichier : rien n’a été changé.');
  }
  if (dossier !== undefined && VOISINS.some((v) => isMeme(cible, dossier + v))) {
    throw invalide('cible-est-le-dossier', `« ${cible} » est le dossier lui-même, ou un fichier qui en fait partie.`, 'Choisir un autre nom : rien n’a été changé.');
  }
  if (entrees.some((e) => e !== undefined && isMeme(cible, e))) {
    throw invalide('cible-est-l-entree', `« ${cible} » est le fichier à lire : l’écrire le remplacerait.`, 'Choisir un autre nom : rien n’a été changé.');
  }
}

/** Le même fichier, par quelque chemin qu'on y vienne : lien, casse, `..`. */
function isMeme(a: string, b: string): boolean {
  if (realPath(a) === realPath(b)) return true;
  const [sa, sb] = [statSync(a, { bigint: true, throwIfNoEntry: false }), statSync(b, { bigint: true, throwIfNoEntry: false })];
  return sa !== undefined && sb !== undefined && sa.ino !== 0n && sa.ino === sb.ino && sa.dev === sb.dev;
}

function realPath(chemin: string): string {
  try {
    return realpathSync(chemin);
  } catch {
    // Le fichier n'existe pas encore : son répertoire, lui, peut être un lien.
    try {
      return join(realpathSync(dirname(chemin)), basename(chemin));
    } catch {
      return resolve(chemin);
    }
  }
}
