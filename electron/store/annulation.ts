import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { appendJournal } from './journal.ts';
import { ANNULATION } from './operations.ts';
import type { OperationLue } from './operations.ts';
import { recomputeEnsembles, recomputeResumes } from './resumes.ts';

// Ce qui tient aux autres d'abord ; les clés étrangères ne se vérifient qu'à la fin.
const TABLES = ['logement', 'groupe', 'ensemble', 'declaration', 'import', 'profil_import', 'adresse_situee', 'repere'] as const;
type Table = (typeof TABLES)[number];

const LOT = 5_000;

/**
 * Remet chaque ligne touchée par l'opération dans son état d'avant, et les résumés avec elles. Rend les
 * numéros des ensembles dont la composition ou le nom revient. Dans la transaction de l'appelant.
 */
export function restoreAvant(base: Base, operation: OperationLue): number[] {
  base.pragma('defer_foreign_keys = ON');
  const ensembles = operation.nature === 'import' ? [] : readEnsemblesTouches(base, operation.id);
  for (const table of TABLES) removeAjouts(base, operation.id, table);
  for (const table of TABLES) restoreImages(base, operation.id, table);
  if (operation.nature === 'import') recomputeResumes(base);
  else recomputeEnsembles(base, ensembles);
  return ensembles;
}

/** Ensembles d'où des logements étaient venus, où ils sont allés, et ceux qui ont changé de nom. */
function readEnsemblesTouches(base: Base, operation: number): number[] {
  return base
    .prepare<[{ 1: number }], number>(
      `SELECT CAST(cle AS INTEGER) FROM operation_avant WHERE operation = ?1 AND nom_table = 'ensemble'
       UNION SELECT json_extract(avant, '$.ensemble') FROM operation_avant WHERE operation = ?1 AND nom_table = 'logement'
       UNION SELECT l.ensemble FROM operation_avant o JOIN logement l ON l.id = CAST(o.cle AS INTEGER) WHERE o.operation = ?1 AND o.nom_table = 'logement'`,
    )
    .pluck()
    .all({ 1: operation });
}

function removeAjouts(base: Base, operation: number, table: Table): void {
  const ajouts = `(SELECT CAST(cle AS INTEGER) FROM operation_avant WHERE operation = ? AND nom_table = '${table}' AND avant IS NULL)`;
  if (table === 'declaration') base.prepare(`DELETE FROM logement WHERE declaration IN ${ajouts}`).run(operation);
  if (table === 'import') base.prepare(`DELETE FROM anomalie WHERE import IN ${ajouts}`).run(operation);
  base.prepare(`DELETE FROM ${table} WHERE id IN ${ajouts}`).run(operation);
}

/** Une image dit toute la ligne, ou les seules colonnes que l'opération a changées. */
function restoreImages(base: Base, operation: number, table: Table): void {
  const lire = base.prepare<[number, string, string, number], { cle: string; avant: string }>(
    'SELECT cle, avant FROM operation_avant WHERE operation = ? AND nom_table = ? AND cle > ? AND avant IS NOT NULL ORDER BY cle LIMIT ?',
  );
  const remettre = new Map<string, ReturnType<typeof prepareRemise>>();
  for (let apres = ''; ; ) {
    const lot = lire.all(operation, table, apres, LOT);
    for (const { cle, avant } of lot) {
      const image = JSON.parse(avant) as Record<string, string | number | null>;
      const forme = Object.keys(image).join();
      let r = remettre.get(forme);
      if (r === undefined) remettre.set(forme, (r = prepareRemise(base, table, Object.keys(image))));
      const valeurs = Object.values(image);
      if (r.changer.run(...valeurs, Number(cle)).changes === 0) r.ajouter(valeurs);
    }
    if (lot.length < LOT) return;
    apres = lot.at(-1)?.cle ?? apres;
  }
}

function prepareRemise(base: Base, table: Table, colonnes: readonly string[]) {
  const changer = base.prepare<(string | number | null)[]>(`UPDATE ${table} SET ${colonnes.map((c) => `${c} = ?`).join(', ')} WHERE id = ?`);
  const ajouter = (valeurs: (string | number | null)[]): void => {
    base.prepare(`INSERT INTO ${table} (${colonnes.join(', ')}) VALUES (${colonnes.map(() => '?').join(', ')})`).run(...valeurs);
  };
  return { changer, ajouter };
}

/** Marque l'opération annulée ; rend le numéro de la ligne qui en fait date. Dans la transaction de l'appelant. */
export function markAnnulee(base: Base, operation: OperationLue, par: QuiQuand): number {
  base.prepare('UPDATE operation SET annulee_le = ? WHERE id = ?').run(par.quand, operation.id);
  const id = Number(
    base.prepare('INSERT INTO operation (nature, libelle, quand, qui) VALUES (?, ?, ?, ?)').run(ANNULATION, `Annulation : ${operation.libelle}`, par.quand, par.qui).lastInsertRowid,
  );
  appendJournal(base, { ...par, champ: `operation/${operation.id}`, avant: operation.libelle, apres: null, operation: id });
  return id;
}
