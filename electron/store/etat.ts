import type { Base } from './base.ts';

export type LigneParc = { commune: string; dimension: string; cle: string; logements: number };

/** Comptes du parc, par commune d'aujourd'hui et par dimension (écrits avec les logements). */
export function readParc(base: Base): LigneParc[] {
  return base.prepare<[], LigneParc>('SELECT commune, dimension, cle, logements FROM resume_parc').all();
}

/** Ensembles ayant au moins un logement du parc dans ces communes (`null` : partout). */
export function countEnsembles(base: Base, communes: ReadonlySet<string> | null): number {
  if (communes === null) return base.prepare<[], { n: number }>('SELECT count(DISTINCT ensemble) AS n FROM resume_ensemble').get()?.n ?? 0;
  const couples = base.prepare<[], { ensemble: number; commune: string }>(`SELECT ensemble, commune FROM resume_ensemble WHERE surface = 'SH'`).all();
  return new Set(couples.filter((c) => communes.has(c.commune)).map((c) => c.ensemble)).size;
}
