import type { Base } from './base.ts';

export type LigneJournal = { quand: string; qui: string; champ: string; avant: string | null; apres: string | null };

/** Journal, du plus récent au plus ancien. */
export function readChampsJournal(base: Base, decalage: number, nombre: number): { total: number; lignes: LigneJournal[] } {
  const total = base.prepare<[], { n: number }>('SELECT count(*) AS n FROM journal').get()?.n ?? 0;
  const lignes = base
    .prepare<[number, number], LigneJournal>('SELECT quand, qui, champ, avant, apres FROM journal ORDER BY id DESC LIMIT ? OFFSET ?')
    .all(nombre, decalage);
  return { total, lignes };
}

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

/** Empreinte de la ligne du journal qui a donné son premier SIREN au dossier : elle le nomme, et ne change plus. */
export function premiereEmpreinte(base: Base): string | null {
  return base.prepare<[], { empreinte: string }>(`SELECT empreinte FROM journal ORDER BY champ <> 'organisme/siren', id LIMIT 1`).get()?.empreinte ?? null;
}
