import type { Base } from './base.ts';

export type LigneParc = { dimension: string; cle: string; logements: number };

/** Condition sur la commune, pour toutes (`null`) ou celles d'une liste JSON liée au premier paramètre. */
const dansCommunes = (communes: readonly string[] | null): string => (communes === null ? '? IS NULL' : 'commune IN (SELECT value FROM json_each(?))');
const lier = (communes: readonly string[] | null): string | null => (communes === null ? null : JSON.stringify(communes));

/** Comptes du parc par dimension et par clé, sur ces communes d'aujourd'hui (`null` : toutes). */
export function readParc(base: Base, communes: readonly string[] | null): LigneParc[] {
  return base
    .prepare<[string | null], LigneParc>(
      `SELECT dimension, cle, sum(logements) AS logements FROM resume_parc WHERE ${dansCommunes(communes)} GROUP BY dimension, cle`,
    )
    .all(lier(communes));
}

/** Logements du parc de chacune de ces communes (`null` : toutes). */
export function countByCommune(base: Base, communes: readonly string[] | null): { commune: string; logements: number }[] {
  return base
    .prepare<[string | null], { commune: string; logements: number }>(
      `SELECT commune, logements FROM resume_parc WHERE dimension = 'logements' AND ${dansCommunes(communes)} ORDER BY commune`,
    )
    .all(lier(communes));
}

/** Ensembles ayant au moins un logement du parc dans ces communes (`null` : partout). */
export function countEnsembles(base: Base, communes: readonly string[] | null): number {
  return base.prepare<[string | null], { n: number }>(`SELECT count(DISTINCT ensemble) AS n FROM resume_ensemble WHERE ${dansCommunes(communes)}`).get(lier(communes))?.n ?? 0;
}
