import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import { codeSqlite } from '../store/connexion.ts';

/** Toute erreur dite dans les mots de l'utilisateur ; l'inattendue garde sa trace dans `details`. */
export function toErreur(e: unknown, signal: AbortSignal): Erreur {
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
      return invalide(
        'disque-plein',
        'Il n’y a plus de place sur le disque.',
        'Libérer de la place, puis recommencer ; rien n’a été changé dans le dossier.',
      ).erreur;
    case 'ENOENT':
      return invalide('fichier-absent', `Le fichier ou le répertoire « ${cheminDe(e)} » n’existe pas.`, 'Vérifier le nom et l’emplacement.').erreur;
    case 'EISDIR':
      return invalide('repertoire', `« ${cheminDe(e)} » est un répertoire.`, 'Donner un fichier.').erreur;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return invalide('acces-refuse', `« ${cheminDe(e)} » ne peut pas être lu ou écrit.`, 'Vérifier les droits et l’emplacement.').erreur;
    default:
      if (/^SQLITE_(?:CANTOPEN|READONLY)(?:_|$)/u.test(code ?? '')) {
        return invalide('lecture-seule', 'Le dossier ne peut plus être écrit : le fichier, son répertoire ou le disque est en lecture seule.', 'Vérifier les droits et le disque, puis rouvrir le dossier.').erreur;
      }
      if (code?.startsWith('SQLITE_IOERR') === true) {
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

const codeSysteme = (e: unknown): string | null =>
  e instanceof Error && 'code' in e && typeof e.code === 'string' ? e.code : null;

const cheminDe = (e: unknown): string => (e instanceof Error && 'path' in e && typeof e.path === 'string' ? e.path : '?');
