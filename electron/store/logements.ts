import type { Base } from './base.ts';
import type { ColonneSql, Selection, Tri } from './selection.ts';

/** Surfaces en centièmes de m², loyers en centimes : la somme de ce que les colonnes montrent. */
export type Totaux = { logements: number; surfaceHabitable: number; loyerMensuel: number; loues: number };
export type LigneGroupe = Totaux & { cles: (string | number | null)[] };

const SOMMES = `count(*) AS logements, coalesce(sum(l.surfhab), 0) AS surfaceHabitable, coalesce(sum(l.loyerprinc), 0) AS loyerMensuel,
  coalesce(sum(l.mode = 1), 0) AS loues`;
const RIEN: Totaux = { logements: 0, surfaceHabitable: 0, loyerMensuel: 0, loues: 0 };

/**
 * Identifiants des logements de la sélection, dans l'ordre demandé : trié une fois, paginé ensuite sans
 * retrier. La sélection a été bâtie avec la colonne de tri parmi celles qu'elle lit.
 */
export function selectIds(base: Base, s: Selection, tri: Tri | undefined, colonne: ColonneSql | undefined): Int32Array {
  const ordre = colonne === undefined ? 'l.id' : `${colonne.tri ?? colonne.sql} ${tri?.sens === 'desc' ? 'DESC' : 'ASC'} NULLS LAST, l.id`;
  return Int32Array.from(base.prepare<unknown[], number>(`SELECT l.id ${s.depuis} ${s.where} ORDER BY ${ordre}`).pluck().all(...s.valeurs));
}

/** Totaux de la sélection entière. */
export function sumSelection(base: Base, s: Selection): Totaux {
  return base.prepare<unknown[], Totaux>(`SELECT ${SOMMES} ${s.depuis} ${s.where}`).get(...s.valeurs) ?? RIEN;
}

/** Totaux de ces logements, par leur déclaration et leur identifiant. */
export function sumLogements(base: Base, logements: readonly { declaration: number; ident: string }[]): Totaux {
  const requete = base.prepare<[string], Totaux>(
    `SELECT ${SOMMES} FROM logement l WHERE (l.declaration, l.ident_int) IN (SELECT value->>'declaration', value->>'ident' FROM json_each(?))`,
  );
  return requete.get(JSON.stringify(logements)) ?? RIEN;
}

/** Sous-totaux de la sélection par valeurs distinctes de ces colonnes, au plus `limite` lignes. */
export function groupSelection(base: Base, s: Selection, par: readonly ColonneSql[], limite: number): LigneGroupe[] {
  const cles = par.map((c) => c.sql).join(', ');
  const rangs = par.map((_, i) => i + 1).join(', ');
  return base
    .prepare<unknown[], (string | number | null)[]>(`SELECT ${cles}, ${SOMMES} ${s.depuis} ${s.where} GROUP BY ${rangs} LIMIT ${limite}`)
    .raw()
    .all(...s.valeurs)
    .map((l) => {
      const [logements = 0, surfaceHabitable = 0, loyerMensuel = 0, loues = 0] = l.slice(par.length).map(Number);
      return { cles: l.slice(0, par.length), logements, surfaceHabitable, loyerMensuel, loues };
    });
}

/** Valeurs distinctes d'une colonne dans la sélection, et leur nombre de logements. */
export function countValeurs(base: Base, s: Selection, colonne: ColonneSql): [valeur: string | number | null, logements: number][] {
  return base.prepare<unknown[], [string | number | null, number]>(`SELECT ${colonne.sql}, count(*) ${s.depuis} ${s.where} GROUP BY 1`).raw().all(...s.valeurs);
}

/** Les lignes de ces identifiants, dans leur ordre. */
export function readLogements(base: Base, ids: Int32Array): Record<string, string | number | null>[] {
  if (ids.length === 0) return [];
  const lues = base
    .prepare<[string], Record<string, string | number | null> & { id: number }>(
      `SELECT l.*, e.code AS code_ensemble, e.nom AS nom_ensemble FROM logement l JOIN ensemble e ON e.id = l.ensemble
       WHERE l.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify([...ids]));
  const parId = new Map(lues.map((l) => [l.id, l]));
  return [...ids].flatMap((id) => parId.get(id) ?? []);
}

/** Communes d'aujourd'hui où le dossier a des logements, sortis du parc compris. */
export const listCommunes = (base: Base): string[] =>
  base.prepare<[], string>("SELECT DISTINCT commune FROM resume_parc WHERE dimension IN ('logements', 'sortis')").pluck().all();
