import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';
import type { Tranche } from './tranches.ts';

export type ComptesQpv = { cle: string; logements: number; qpv: number; qpvInconnu: number };

/** Logements du parc, en QPV, de situation inconnue ; par ensemble (code) ou par commune d'aujourd'hui. */
export function countQpv(base: Base, par: 'ensemble' | 'commune'): ComptesQpv[] {
  const sommes = `sum(r.logements) AS logements, sum(r.qpv) AS qpv, sum(r.qpv_inconnu) AS qpvInconnu`;
  const sql = par === 'ensemble'
    ? `SELECT e.code AS cle, ${sommes} FROM resume_ensemble r JOIN ensemble e ON e.id = r.ensemble WHERE r.surface = 'SH' GROUP BY e.id`
    : `SELECT r.commune AS cle, ${sommes} FROM resume_ensemble r WHERE r.surface = 'SH' GROUP BY r.commune`;
  return base.prepare<[], ComptesQpv>(sql).all();
}

export type ComptesDpe = { cle: string; connus: number; fg: number; avant: number; depuis: number; sansDate: number };

const PERIODES = { avant: 'dpe-avant', depuis: 'dpe-depuis', sansDate: 'dpe-sans-date' } as const;

/** DPE du parc par commune d'aujourd'hui ; `avant`, `depuis` : selon la méthode (1er juillet 2021). */
export function countDpeCommunes(base: Base): ComptesDpe[] {
  const compte = (condition: string): string => `sum(CASE WHEN ${condition} THEN logements ELSE 0 END)`;
  return base
    .prepare<[], ComptesDpe>(
      `SELECT commune AS cle, ${compte("dimension = 'dpe' AND cle <> 'inconnu'")} AS connus, ${compte("dimension = 'dpe' AND cle IN ('F', 'G')")} AS fg,
              ${Object.entries(PERIODES).map(([nom, d]) => `${compte(`dimension = '${d}' AND cle <> 'inconnu'`)} AS ${nom}`).join(', ')}
       FROM resume_parc GROUP BY commune`,
    )
    .all();
}

/** Le même par ensemble (code), des seuls logements de cette tranche. */
export function countDpeEnsembles(base: Base, mois: string, tranche: Tranche): ComptesDpe[] {
  return base
    .prepare<[string, string, ...Tranche], ComptesDpe>(
      `SELECT e.code AS cle, count(*) AS connus, sum(l.dpeenergie IN ('F', 'G')) AS fg, coalesce(sum(l.dpedate < ?), 0) AS avant,
              coalesce(sum(l.dpedate >= ?), 0) AS depuis, sum(l.dpedate IS NULL) AS sansDate
       FROM logement l CROSS JOIN ensemble e ON e.id = l.ensemble
       WHERE l.id BETWEEN ? AND ? AND ${enVigueur('+l.declaration')} AND (l.sortiepatrim IS NULL OR l.sortiepatrim = 9) AND l.dpeenergie IS NOT NULL GROUP BY e.id`,
    )
    .all(mois, mois, ...tranche);
}

/** Année des déclarations en vigueur, la plus récente ; `null` si aucune ne la dit. */
export const anneeEnVigueur = (base: Base): number | null =>
  base.prepare<[], number | null>('SELECT max(annee) FROM declaration WHERE en_vigueur = 1').pluck().get() ?? null;

/** Programmes du parc (COMPLGEO) et leurs ensembles. */
export const listProgrammes = (base: Base): { programme: string; ensemble: string }[] =>
  base
    .prepare<[], { programme: string; ensemble: string }>(
      `SELECT DISTINCT l.complgeo AS programme, e.code AS ensemble FROM logement l JOIN ensemble e ON e.id = l.ensemble
       WHERE ${enVigueur('l.declaration')} AND (l.sortiepatrim IS NULL OR l.sortiepatrim = 9) AND l.complgeo <> '' ORDER BY 1, 2`,
    )
    .all();
