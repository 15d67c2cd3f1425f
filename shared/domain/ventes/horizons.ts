import type { HorizonCumule, ReglesVentes } from '../../millesimes/types.ts';
import type { VentePrevue } from './types.ts';

/** Les années d'un horizon : `2027` seule, ou les premières d'un cumul (`3ans`). */
export function anneesDe(horizon: string, horizons: readonly HorizonCumule[], premiere: number): readonly number[] {
  const cumul = horizons.find((h) => h.code === horizon);
  if (cumul === undefined) return /^\d{4}$/u.test(horizon) ? [Number(horizon)] : [];
  return Array.from({ length: cumul.annees }, (_, i) => premiere + i);
}

/** `retenus` : ceux qui comptent ; `sansAnnee` : ceux dont rien ne dit s'ils comptent. */
export type CompteHorizon = { retenus: number; sansAnnee: number };

/**
 * Logements du plan qu'une ventilation compte à un horizon. Mis en commercialisation et ventes à réaliser : par
 * l'année de mise en vente ; vendus : par la date de la vente. `null` : la ventilation ne se tire pas du plan.
 */
export function countHorizon(plan: readonly VentePrevue[], regles: ReglesVentes, ventilation: string, annees: readonly number[]): CompteHorizon | null {
  if (regles.indicateur === null) return null;
  const { mises, vendus, ventes } = regles.indicateur;
  const acquereurs = regles.acquereurs.filter((a) => a.ventilation === ventilation).map((a) => a.code);
  const choisis =
    ventilation === mises || ventilation === ventes ? plan
    : ventilation === vendus ? plan.filter((v) => v.etat === 'vendu')
    : acquereurs.length > 0 ? plan.filter((v) => v.acquereur !== null && acquereurs.includes(v.acquereur))
    : null;
  if (choisis === null) return null;
  const compte: CompteHorizon = { retenus: 0, sansAnnee: 0 };
  for (const v of choisis) {
    const annee = ventilation === vendus ? (v.date === null ? null : Number(v.date.slice(0, 4))) : v.annee;
    if (annee === null) compte.sansAnnee++;
    else if (annees.includes(annee)) compte.retenus++;
  }
  return compte;
}
