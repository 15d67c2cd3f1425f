import Database from 'better-sqlite3';
import type { Base } from './base.ts';

/** « CUS! » : un fichier SQLite qui ne le porte pas n'est pas un dossier. */
export const APPLICATION_ID = 0x43555321;

/**
 * Ouvre une connexion d'écriture. `locking_mode=EXCLUSIVE` fait tenir le verrou du fichier par le
 * système : il tombe avec le processus, quoi qu'il arrive. `synchronous=FULL` est à demander,
 * cette construction de SQLite se contente de NORMAL en WAL.
 */
export function openConnexion(chemin: string): Base {
  const base = new Database(chemin, { timeout: 200 });
  try {
    base.pragma('locking_mode = EXCLUSIVE');
    base.pragma('foreign_keys = ON');
    base.pragma('trusted_schema = OFF');
    return base;
  } catch (e) {
    base.close();
    throw e;
  }
}

/** Réglages d'une connexion qui va écrire, une fois le fichier reconnu. */
export function setWritingMode(base: Base): void {
  base.pragma('journal_mode = WAL');
  base.pragma('synchronous = FULL');
  base.pragma('temp_store = MEMORY');
}

/** Ouvre en lecture seule (copie figée d'un dépôt, sauvegarde à vérifier). */
export function openReadOnly(chemin: string): Base {
  return new Database(chemin, { readonly: true, fileMustExist: true });
}

export function readVersion(base: Base): { applicationId: number; version: number } {
  const lire = (p: string): number => Number(base.pragma(p, { simple: true }));
  return { applicationId: lire('application_id'), version: lire('user_version') };
}

/** Code SQLite d'une erreur (`SQLITE_BUSY`…), ou `null`. */
export function codeSqlite(e: unknown): string | null {
  return e instanceof Database.SqliteError ? e.code : null;
}
