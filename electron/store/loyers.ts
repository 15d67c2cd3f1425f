import type { SommesLoyers } from '../../shared/domain/loyers/taux.ts';
import type { Base } from './base.ts';
import { enVigueur } from './en-vigueur.ts';
import type { Tranche } from './tranches.ts';

type Ligne = SommesLoyers & { cle: string; nom: string };

const SOMMES = `
  sum(r.logements) AS logements, sum(r.loues) AS loues, sum(r.somme_surface) AS surface, sum(r.somme_loyer) AS loyer,
  sum(r.avec_maximum) AS avecMaximum, sum(r.surface_max) AS surfaceMax,
  sum(r.loyer_max_pratique) AS loyerPratiqueMax, sum(r.somme_max) AS maximum`;

/** Sommes par ensemble immobilier, dans l'ordre des codes ; `code` : celui-là seulement. */
export function sumByEnsemble(base: Base, surface: string, code: string | null): Ligne[] {
  return base
    .prepare<{ 1: string; 2: string | null }, Ligne>(
      `SELECT e.code AS cle, e.nom AS nom, ${SOMMES} FROM ensemble e CROSS JOIN resume_ensemble r ON r.ensemble = e.id
       WHERE r.surface = ?1 AND ${code === null ? '?2 IS NULL' : 'e.code = ?2'} GROUP BY e.id ORDER BY e.code`,
    )
    .all({ 1: surface, 2: code });
}

/** Sommes par commune d'aujourd'hui, dans l'ordre des codes : tout autre territoire s'en déduit. */
export function sumByCommune(base: Base, surface: string): Ligne[] {
  return base
    .prepare<[string], Ligne>(
      `SELECT r.commune AS cle, '' AS nom, ${SOMMES} FROM resume_ensemble r WHERE r.surface = ? GROUP BY r.commune ORDER BY r.commune`,
    )
    .all(surface);
}

const COLONNE_SURFACE = {
  SH: { colonne: 'surfhab', condition: '1' },
  SU: { colonne: 'surfmode', condition: 'modesurf = 1' },
  SC: { colonne: 'surfmode', condition: 'modesurf = 2' },
} as const;

export type Exclus = { SH: string; SU: string; SC: string; n: number };

/** Logements du parc de cette tranche, selon la première raison qui les exclut de chaque moyenne ; vide : comptés. */
export function countExclus(base: Base, tranche: Tranche): Exclus[] {
  const raison = ({ colonne, condition }: { colonne: string; condition: string }): string =>
    `CASE WHEN mode IS NULL THEN 'occupation-inconnue' WHEN mode <> 1 THEN 'non-loue' WHEN loyerprinc IS NULL THEN 'sans-loyer'
          WHEN NOT coalesce(${condition}, 0) AND (coalesce(modesurf IN (1, 2, 3), 0) OR coalesce(surfmode, 0) > 0) THEN 'autre-surface' WHEN NOT coalesce(${condition}, 0) THEN 'sans-surface' WHEN coalesce(${colonne}, 0) <= 0 THEN 'sans-surface' ELSE '' END`;
  return base
    .prepare<Tranche, Exclus>(
      `SELECT ${Object.entries(COLONNE_SURFACE).map(([surface, c]) => `${raison(c)} AS ${surface}`).join(', ')}, count(*) AS n
       FROM logement
       WHERE id BETWEEN ? AND ? AND ${enVigueur('+declaration')} AND (sortiepatrim IS NULL OR sortiepatrim = 9)
       GROUP BY 1, 2, 3`,
    )
    .all(...tranche);
}
