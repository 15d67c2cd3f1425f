import type { HorizonCumule, ReglesVentes } from '../../millesimes/types.ts';
import { isSansAutorisation } from './drapeaux.ts';
import type { VentePrevue } from './types.ts';

/** Les années d'un horizon : `2027` seule, ou les premières d'un cumul (`3ans`). */
export function anneesDe(horizon: string, horizons: readonly HorizonCumule[], premiere: number): readonly number[] {
  const cumul = horizons.find((h) => h.code === horizon);
  if (cumul === undefined) return /^\d{4}$/u.test(horizon) ? [Number(horizon)] : [];
  return Array.from({ length: cumul.annees }, (_, i) => premiere + i);
}

/**
 * `retenus` : ceux qui comptent ; `sansAnnee` : ceux dont rien ne dit s'ils comptent ; `sansAutorisation` : ceux de ces
 * années, ou sans année, destinés à un autre organisme HLM, qui ne comptent pas.
 */
export type CompteHorizon = { retenus: number; sansAnnee: number; sansAutorisation: number };

const anneeDate = ({ etat, date }: VentePrevue): number | null => (etat === 'a-vendre' || date === null ? null : Number(date.slice(0, 4)));

/** Mis en vente au plus tard l'année où il est en commercialisation ou vendu. */
function anneeMise(v: VentePrevue): number | null {
  const connues = [v.annee, anneeDate(v)].filter((a) => a !== null);
  return connues.length === 0 ? null : Math.min(...connues);
}

/** Vendu, l'année de sa vente ; sinon celle où il est, ou sera, mis en vente. */
const anneeVente = (v: VentePrevue): number | null => (v.etat === 'vendu' ? (anneeDate(v) ?? v.annee) : anneeMise(v));

/**
 * Logements du plan qu'une ventilation compte à un horizon, vendus compris. Mis en commercialisation : par l'année de
 * mise en vente ; vendus : par la date de la vente ; ventes à réaliser : par celle-ci, sinon par celle-là. Une vente à un
 * autre organisme HLM n'est pas soumise à l'autorisation que vaut le plan (L443-11, I) et n'est pas une accession :
 * elle ne compte pas (lecture d'Atelier CUS). `null` : la ventilation ne se tire pas du plan.
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
  const compte: CompteHorizon = { retenus: 0, sansAnnee: 0, sansAutorisation: 0 };
  for (const v of choisis) {
    const annee = ventilation === vendus ? anneeDate(v) : ventilation === mises ? anneeMise(v) : anneeVente(v);
    if (annee !== null && !annees.includes(annee)) continue;
    if (isSansAutorisation(v, regles)) compte.sansAutorisation++;
    else if (annee === null) compte.sansAnnee++;
    else compte.retenus++;
  }
  return compte;
}
