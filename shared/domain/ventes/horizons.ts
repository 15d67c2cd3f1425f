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
 * années, ou sans année, destinés à un autre organisme HLM, que la ventilation ne compte pas.
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

/** Ce qu'une case fait d'un logement du plan ; `null` : il n'est pas des siens. */
export type Compte = keyof CompteHorizon | null;

/**
 * Ce qu'une ventilation fait d'un logement du plan, vendus compris, sur ces années. Mis en commercialisation : par l'année
 * de mise en vente ; vendus : par la date de la vente ; ventes à réaliser : par celle-ci, sinon par celle-là. R445-5 demande
 * les logements vendus et les ventes à réaliser sans distinguer l'acquéreur : une vente à un autre organisme HLM y compte,
 * sauf dans les ventilations que le millésime en écarte. `null` : la ventilation ne se tire pas du plan.
 */
export function judgeHorizon(regles: ReglesVentes, ventilation: string, annees: readonly number[]): ((v: VentePrevue) => Compte) | null {
  if (regles.indicateur === null) return null;
  const { mises, vendus, ventes } = regles.indicateur;
  const acquereurs = new Set(regles.acquereurs.filter((a) => a.ventilation === ventilation).map((a) => a.code));
  if (![mises, vendus, ventes].includes(ventilation) && acquereurs.size === 0) return null;
  const anneeDe = ventilation === vendus ? anneeDate : ventilation === mises ? anneeMise : anneeVente;
  const ecarte = regles.sansAutorisation.horsDe.includes(ventilation);
  return (v) => {
    if (ventilation === vendus && v.etat !== 'vendu') return null;
    if (acquereurs.size > 0 && (v.acquereur === null || !acquereurs.has(v.acquereur))) return null;
    const annee = anneeDe(v);
    if (annee !== null && !annees.includes(annee)) return null;
    if (ecarte && isSansAutorisation(v, regles)) return 'sansAutorisation';
    return annee === null ? 'sansAnnee' : 'retenus';
  };
}

/** Logements du plan qu'une ventilation compte à un horizon, par `judgeHorizon` ; `null` : elle ne se tire pas du plan. */
export function countHorizon(plan: readonly VentePrevue[], regles: ReglesVentes, ventilation: string, annees: readonly number[]): CompteHorizon | null {
  const juger = judgeHorizon(regles, ventilation, annees);
  if (juger === null) return null;
  const compte: CompteHorizon = { retenus: 0, sansAnnee: 0, sansAutorisation: 0 };
  for (const v of plan) {
    const juge = juger(v);
    if (juge !== null) compte[juge]++;
  }
  return compte;
}
