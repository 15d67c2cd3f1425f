import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const COLONNES = 63;

/** Vrai si le programme `sqlite3`, étalon des durées, est installé. */
export const hasSqlite = (): boolean => spawnSync('sqlite3', ['--version']).status === 0;

/** Durée, en ms, de `sqlite3 .import` du même fichier dans une table de 63 colonnes de texte, processus compris. */
export function importSqlite(repertoire: string, fichier: string): number {
  const base = join(repertoire, 'etalon.db');
  for (const suffixe of ['', '-journal']) rmSync(base + suffixe, { force: true });
  const table = `CREATE TABLE t (${Array.from({ length: COLONNES }, (_, i) => `c${i + 1} TEXT`).join(', ')});`;
  // Les guillemets, séparateurs et lignes trop courtes sont ceux du fichier : le programme s'en plaint sans s'arrêter.
  const commandes = `${table}\n.mode csv\n.separator ";"\n.import --skip 1 '${fichier.replaceAll("'", "''")}' t\n`;
  const debut = performance.now();
  const { status, error } = spawnSync('sqlite3', [base], { input: commandes, stdio: ['pipe', 'ignore', 'ignore'] });
  const duree = performance.now() - debut;
  if (error !== undefined || status === null) throw new Error('sqlite3 n’a pas pu être lancé');
  rmSync(base, { force: true });
  return duree;
}
