import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';

/** Colonnes qu'un filtre ou un tri peut nommer, avec leur expression SQL : jamais de texte venu d'ailleurs. */
export type ColonneSql = {
  nom: string;
  sql: string;
  numerique: boolean;
  /** 100 pour les montants et surfaces, gardés en centièmes. */
  facteur?: number;
};
export type Filtre = { colonne: string; valeurs?: string[]; contient?: string };
export type Tri = { colonne: string; sens: 'asc' | 'desc' };
export type Totaux = { logements: number; surfaceHabitable: number; loyerMensuel: number; loues: number };

const DEPUIS = 'FROM logement l JOIN ensemble e ON e.id = l.ensemble';

type Clause = { sql: string; valeurs: (string | number)[] };

function clauseFiltre(filtre: Filtre, colonne: ColonneSql): Clause {
  const clauses: string[] = [];
  const valeurs: (string | number)[] = [];
  if (filtre.valeurs !== undefined) {
    const choisies = filtre.valeurs.filter((v) => v !== '');
    const ou = choisies.length > 0 ? [`${colonne.sql} IN (${choisies.map(() => '?').join(', ')})`] : [];
    if (choisies.length < filtre.valeurs.length) ou.push(`${colonne.sql} IS NULL`);
    clauses.push(ou.length > 0 ? `(${ou.join(' OR ')})` : '0');
    valeurs.push(...choisies.map((v) => (colonne.numerique ? Math.round(Number(v) * (colonne.facteur ?? 1)) : v)));
  }
  if (filtre.contient !== undefined && filtre.contient !== '') {
    clauses.push(`${colonne.sql} LIKE ? ESCAPE '\\'`);
    valeurs.push(`%${filtre.contient.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`);
  }
  return { sql: clauses.length > 0 ? clauses.join(' AND ') : '1', valeurs };
}

function clauseWhere(filtres: Filtre[], colonnes: ReadonlyMap<string, ColonneSql>): Clause {
  const clauses = filtres.map((f) => {
    const colonne = colonnes.get(f.colonne);
    return colonne === undefined ? { sql: '1', valeurs: [] } : clauseFiltre(f, colonne);
  });
  return { sql: [enVigueur('l.declaration'), ...clauses.map((c) => c.sql)].join(' AND '), valeurs: clauses.flatMap((c) => c.valeurs) };
}

/** Identifiants des logements filtrés, dans l'ordre demandé : trié une fois, paginé ensuite sans retrier. */
export function selectIds(base: Base, filtres: Filtre[], tri: Tri | undefined, colonnes: ReadonlyMap<string, ColonneSql>): Int32Array {
  const where = clauseWhere(filtres, colonnes);
  const colonne = tri === undefined ? undefined : colonnes.get(tri.colonne);
  const ordre = colonne === undefined ? 'l.id' : `${colonne.sql} ${tri?.sens === 'desc' ? 'DESC' : 'ASC'} NULLS LAST, l.id`;
  const jointure = where.sql.includes('e.') || ordre.includes('e.') ? DEPUIS : 'FROM logement l';
  const lignes = base.prepare<unknown[], number>(`SELECT l.id ${jointure} WHERE ${where.sql} ORDER BY ${ordre}`).pluck().all(...where.valeurs);
  return Int32Array.from(lignes);
}

/** Totaux de la sélection entière : surfaces en centièmes de m², loyers en centimes : la somme de ce que les colonnes montrent. */
export function sumSelection(base: Base, filtres: Filtre[], colonnes: ReadonlyMap<string, ColonneSql>): Totaux {
  const where = clauseWhere(filtres, colonnes);
  const jointure = where.sql.includes('e.') ? DEPUIS : 'FROM logement l';
  const t = base
    .prepare<unknown[], Totaux>(
      `SELECT count(*) AS logements, coalesce(sum(l.surfhab), 0) AS surfaceHabitable,
              coalesce(sum(l.loyerprinc), 0) AS loyerMensuel,
              coalesce(sum(l.mode = 1), 0) AS loues
       ${jointure} WHERE ${where.sql}`,
    )
    .get(...where.valeurs);
  return t ?? { logements: 0, surfaceHabitable: 0, loyerMensuel: 0, loues: 0 };
}

/** Les lignes de ces identifiants, dans leur ordre. */
export function readLogements(base: Base, ids: Int32Array): Record<string, string | number | null>[] {
  if (ids.length === 0) return [];
  const lues = base
    .prepare<[string], Record<string, string | number | null> & { id: number }>(
      `SELECT l.*, e.code AS code_ensemble, e.nom AS nom_ensemble ${DEPUIS} WHERE l.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify([...ids]));
  const parId = new Map(lues.map((l) => [l.id, l]));
  return [...ids].flatMap((id) => parId.get(id) ?? []);
}
