import type { Base } from './base.ts';

export type LigneJournal = { quand: string; qui: string; champ: string; avant: string | null; apres: string | null };

const echapper = (texte: string): string => `%${texte.replaceAll(/[\\%_]/gu, '\\$&')}%`;
const CHERCHE = [...['champ', 'qui', 'avant', 'apres'].map((c) => `${c} LIKE :cherche ESCAPE '\\'`), 'champ IN (SELECT value FROM json_each(:champs))'].join(' OR ');

/** Journal, du plus récent au plus ancien ; `cherche` : ce qu'une ligne contient, ou l'un de ces champs. */
export function readChampsJournal(base: Base, decalage: number, nombre: number, cherche = '', champs: readonly string[] = []): { total: number; lignes: LigneJournal[] } {
  const ou = cherche === '' ? '' : `WHERE ${CHERCHE}`;
  const filtre = cherche === '' ? {} : { cherche: echapper(cherche), champs: JSON.stringify(champs) };
  const total = base.prepare<[Record<string, string>], { n: number }>(`SELECT count(*) AS n FROM journal ${ou}`).get(filtre)?.n ?? 0;
  const lignes = base
    .prepare<[Record<string, string | number>], LigneJournal>(`SELECT quand, qui, champ, avant, apres FROM journal ${ou} ORDER BY id DESC LIMIT :nombre OFFSET :decalage`)
    .all({ ...filtre, nombre, decalage });
  return { total, lignes };
}

/** Tout le journal, du plus ancien au plus récent, sans le garder en mémoire. */
export const iterateJournal = (base: Base): IterableIterator<LigneJournal> =>
  base.prepare<[], LigneJournal>('SELECT quand, qui, champ, avant, apres FROM journal ORDER BY id').iterate();

/** Champs du journal, sans les cases de logement : elles se cherchent par leur identifiant. */
export const listChampsJournal = (base: Base): string[] => base.prepare<[], string>("SELECT DISTINCT champ FROM journal WHERE champ NOT LIKE 'logement/%'").pluck().all();

export const countJournal = (base: Base): number => base.prepare<[], number>('SELECT count(*) FROM journal').pluck().get() ?? 0;

export const readLigneJournal = (base: Base, id: number): LigneJournal | null =>
  base.prepare<[number], LigneJournal>('SELECT quand, qui, champ, avant, apres FROM journal WHERE id = ?').get(id) ?? null;

/** Modifications d'un champ, de la plus récente à la plus ancienne. */
export function readHistorique(base: Base, champ: string): LigneJournal[] {
  return base
    .prepare<[string], LigneJournal>('SELECT quand, qui, champ, avant, apres FROM journal WHERE champ = ? ORDER BY id DESC LIMIT 200')
    .all(champ);
}

/** Instant de la dernière modification, ou `null`. */
export function lastChange(base: Base): string | null {
  return base.prepare<[], { quand: string }>('SELECT quand FROM journal ORDER BY id DESC LIMIT 1').get()?.quand ?? null;
}

/** Rang de la dernière ligne du journal : il ne fait que croître. */
export const lastRang = (base: Base): number => base.prepare<[], number | null>('SELECT max(id) FROM journal').pluck().get() ?? 0;

/** Empreinte de la ligne du journal qui a donné son premier SIREN au dossier : elle le nomme, et ne change plus. */
export function premiereEmpreinte(base: Base): string | null {
  return base.prepare<[], { empreinte: string }>(`SELECT empreinte FROM journal ORDER BY champ <> 'organisme/siren', id LIMIT 1`).get()?.empreinte ?? null;
}
