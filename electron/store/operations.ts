import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';

export type OperationLue = { id: number; nature: string; libelle: string; quand: string; qui: string; annuleeLe: string | null; entiere: boolean };

/** Nature de la ligne qu'écrit une annulation : elle fait date, elle ne s'annule pas. */
export const ANNULATION = 'annulation';

/**
 * Tables dont l'état d'avant se note de lui-même pendant une opération. Les logements, trop nombreux,
 * le sont par l'opération elle-même ; une déclaration ajoutée aussi.
 */
const SUIVIES = { ensemble: ['INSERT', 'UPDATE'], groupe: ['INSERT', 'UPDATE'], declaration: ['UPDATE'], profil_import: ['INSERT', 'UPDATE'], adresse_situee: ['INSERT', 'UPDATE', 'DELETE'], repere: ['INSERT', 'UPDATE', 'DELETE'] } as const;
type Suivie = keyof typeof SUIVIES;

const nomTrigger = (table: string, quoi: string): string => `avant_${table}_${quoi.toLowerCase()}`;

function colonnesDe(base: Base, table: string): string[] {
  return base.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)').all(table).map((c) => c.name);
}

/**
 * Ouvre une opération en bloc et rend son numéro : jusqu'à `closeOperation`, l'état d'avant de chaque
 * ligne des tables suivies est gardé une fois. Dans la transaction de l'appelant.
 */
export function openOperation(base: Base, nature: string, libelle: string, par: QuiQuand): number {
  closeOperation(base);
  const id = Number(base.prepare('INSERT INTO operation (nature, libelle, quand, qui) VALUES (?, ?, ?, ?)').run(nature, libelle, par.quand, par.qui).lastInsertRowid);
  for (const table of Object.keys(SUIVIES) as Suivie[]) {
    const image = `json_object(${colonnesDe(base, table).map((c) => `'${c}', OLD.${c}`).join(', ')})`;
    for (const quoi of SUIVIES[table]) {
      const [quand, ligne, avant] = quoi === 'INSERT' ? ['AFTER', 'NEW', 'NULL'] : ['BEFORE', 'OLD', image];
      base.exec(
        `CREATE TEMP TRIGGER ${nomTrigger(table, quoi)} ${quand} ${quoi} ON main.${table} BEGIN
           INSERT INTO operation_avant (operation, nom_table, cle, avant) SELECT ${id}, '${table}', ${ligne}.id, ${avant}
           WHERE NOT EXISTS (SELECT 1 FROM operation_avant WHERE operation = ${id} AND nom_table = '${table}' AND cle = CAST(${ligne}.id AS TEXT));
         END`,
      );
    }
  }
  return id;
}

export function closeOperation(base: Base): void {
  for (const [table, quois] of Object.entries(SUIVIES)) {
    for (const quoi of quois) base.exec(`DROP TRIGGER IF EXISTS temp.${nomTrigger(table, quoi)}`);
  }
}

/** Note qu'une ligne n'existait pas avant l'opération. */
export function noteAjout(base: Base, operation: number, table: string, id: number): void {
  base.prepare('INSERT INTO operation_avant (operation, nom_table, cle, avant) VALUES (?, ?, ?, NULL)').run(operation, table, String(id));
}

/** Opérations en bloc, la plus récente d'abord. `entiere` : tout son état d'avant est gardé. */
export function listOperations(base: Base): OperationLue[] {
  return base
    .prepare<[string], Omit<OperationLue, 'entiere'> & { entiere: number }>(
      `SELECT id, nature, libelle, quand, qui, annulee_le AS annuleeLe,
              (nature <> 'import' OR EXISTS (SELECT 1 FROM operation_avant a WHERE a.operation = operation.id AND a.nom_table = 'import')) AS entiere
       FROM operation WHERE nature <> ? ORDER BY id DESC`,
    )
    .all(ANNULATION)
    .map((o) => ({ ...o, entiere: o.entiere === 1 }));
}
