import type { Base } from './base.ts';

export type LigneParc = { dimension: string; cle: string; logements: number };
export type LigneParcCommune = LigneParc & { commune: string };

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

/** Les mêmes comptes, commune par commune. */
export const readParcCommunes = (base: Base): LigneParcCommune[] =>
  base.prepare<[], LigneParcCommune>('SELECT commune, dimension, cle, logements FROM resume_parc').all();

/** Ensembles du parc et communes où ils ont des logements. */
export const listEnsemblesCommunes = (base: Base): { commune: string; ensemble: number }[] =>
  base.prepare<[], { commune: string; ensemble: number }>('SELECT DISTINCT commune, ensemble FROM resume_ensemble').all();

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
