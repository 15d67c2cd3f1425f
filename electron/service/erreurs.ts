import { statfsSync } from 'node:fs';
import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import { codeSqlite } from '../store/connexion.ts';

/** En dessous, une panne d'écriture sans autre cause connue est un manque de place. */
const PLACE_MINIMALE = 8 * 1024 * 1024;

/** Octets libres sur le plus plein des disques où sont ces répertoires ; `null` si le système ne le dit pas. */
export function placeLibre(repertoires: readonly string[]): number | null {
  try {
    return Math.min(
      ...repertoires.map((r) => {
        const { bavail, bsize } = statfsSync(r);
        return bavail * bsize;
      }),
    );
  } catch {
    return null;
  }
}

/**
 * Toute erreur dite dans les mots de l'utilisateur ; l'inattendue garde sa trace dans `details`.
 * `place` : octets libres là où l'opération écrivait, demandés seulement si SQLite ne dit pas pourquoi.
 */
export function toErreur(e: unknown, signal: AbortSignal, place: () => number | null = () => null): Erreur {
  if (e instanceof ErreurCus) return e.erreur;
  if (signal.aborted) {
    return invalide('annule', 'L’opération a été annulée.', 'Rien n’a été changé ; la relancer si besoin.').erreur;
  }
  const code = codeSqlite(e) ?? codeSysteme(e);
  switch (code) {
    case 'SQLITE_FULL':
    // Quota ou taille de fichier atteints : SQLite n'en dit pas plus.
    case 'SQLITE_IOERR_WRITE':
    case 'EFBIG':
    case 'ENOSPC':
    case 'EDQUOT':
      return disquePlein();
    case 'ENOENT':
      return invalide('fichier-absent', `Le fichier ou le répertoire « ${cheminDe(e)} » n’existe pas.`, 'Vérifier le nom et l’emplacement.').erreur;
    case 'EEXIST':
      return invalide('place-prise', `« ${cheminDe(e)} » existe déjà${appelDe(e) === 'mkdir' ? ' et n’est pas un répertoire' : ''}.`, 'Choisir un autre nom ou un autre emplacement.').erreur;
    case 'ENOTDIR':
      return invalide('pas-un-repertoire', `« ${cheminDe(e)} » passe par un fichier comme si c’était un répertoire.`, 'Vérifier l’emplacement, ou en choisir un autre.').erreur;
    case 'EISDIR':
      return invalide('repertoire', `« ${cheminDe(e)} » est un répertoire.`, 'Donner un fichier.').erreur;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return invalide('acces-refuse', `« ${cheminDe(e)} » ne peut pas être lu ou écrit.`, 'Vérifier les droits et l’emplacement.').erreur;
    default:
      if (/^SQLITE_(?:CANTOPEN|READONLY)(?:_|$)/u.test(code ?? '')) {
        return invalide('lecture-seule', 'Le dossier ne peut plus être écrit : le fichier, son répertoire ou le disque est en lecture seule.', 'Vérifier les droits et le disque, puis rouvrir le dossier.').erreur;
      }
      if (code?.startsWith('SQLITE_IOERR') === true) {
        const libre = place();
        if (libre !== null && libre < PLACE_MINIMALE) return disquePlein();
        return invalide('disque-en-panne', `Le disque ou le réseau où est le dossier ne répond pas comme il faut (${code}).`, 'Rien n’a été changé par cette opération ; vérifier le disque, sa place et la connexion, puis rouvrir le dossier.').erreur;
      }
      return invalide(
        'erreur-interne',
        `Une erreur inattendue est survenue${e instanceof Error ? ` (${e.message})` : ''}.`,
        'Rien n’a été changé par cette opération ; la recommencer, et garder ce message si elle se répète.',
        e instanceof Error ? e.stack : String(e),
      ).erreur;
  }
}

function disquePlein(): Erreur {
  return invalide('disque-plein', 'Il n’y a plus de place sur le disque.', 'Libérer de la place, puis recommencer ; rien n’a été changé dans le dossier.').erreur;
}

const codeSysteme = (e: unknown): string | null =>
  e instanceof Error && 'code' in e && typeof e.code === 'string' ? e.code : null;

const cheminDe = (e: unknown): string => (e instanceof Error && 'path' in e && typeof e.path === 'string' ? e.path : '?');

const appelDe = (e: unknown): string | null => (e instanceof Error && 'syscall' in e && typeof e.syscall === 'string' ? e.syscall : null);
