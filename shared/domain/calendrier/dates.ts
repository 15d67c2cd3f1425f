import { formatDate } from '../nombres/format.ts';

/** Dates ISO `AAAA-MM-JJ`, sans heure ni fuseau : elles se comparent comme des textes. */

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const FRANCAISE = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/;

function joursDuMois(annee: number, mois: number): number {
  if (mois === 2) return annee % 4 === 0 && (annee % 100 !== 0 || annee % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(mois) ? 30 : 31;
}

function ecrire(annee: number, mois: number, jour: number): string {
  const deux = (n: number): string => String(n).padStart(2, '0');
  return `${String(annee).padStart(4, '0')}-${deux(mois)}-${deux(jour)}`;
}

type Jour = { annee: number; mois: number; jour: number };

function lire(iso: string): Jour | null {
  const m = ISO.exec(iso);
  if (m === null) return null;
  const j = { annee: Number(m[1]), mois: Number(m[2]), jour: Number(m[3]) };
  if (j.annee < 1900 || j.annee > 2999 || j.mois < 1 || j.mois > 12) return null;
  return j.jour >= 1 && j.jour <= joursDuMois(j.annee, j.mois) ? j : null;
}

export function isDateIso(texte: string): boolean {
  return lire(texte) !== null;
}

/** `2026-03-01` ou `1/3/2026` → `2026-03-01` ; `null` si le jour n'existe pas (31/04, 29/02/2027). */
export function parseDate(texte: string): string | null {
  const net = texte.trim();
  if (isDateIso(net)) return net;
  const m = FRANCAISE.exec(net);
  if (m === null) return null;
  const iso = ecrire(Number(m[3]), Number(m[2]), Number(m[1]));
  return isDateIso(iso) ? iso : null;
}

/**
 * Ajoute des mois (négatifs : les retire) au quantième identique ; s'il n'existe pas, le dernier jour
 * du mois : 31 janvier + 1 mois = 28 ou 29 février. Un 30 juin reste un 30. `null` si la date est fausse.
 */
export function addMois(iso: string, mois: number): string | null {
  const j = lire(iso);
  if (j === null) return null;
  const rang = j.annee * 12 + (j.mois - 1) + mois;
  const annee = Math.floor(rang / 12);
  const m = rang - annee * 12 + 1;
  return ecrire(annee, m, Math.min(j.jour, joursDuMois(annee, m)));
}

/** 29 février + 1 an = 28 février. */
export function addAnnees(iso: string, annees: number): string | null {
  return addMois(iso, annees * 12);
}

/**
 * Dernier jour d'une durée de `mois` mois qui commence ce jour-là : la veille du même quantième. Quand ce quantième
 * n'existe pas (29 février, six ans), le dernier jour du mois en est déjà la veille (principe de l'art. 641 CPC).
 */
export function dernierJour(debut: string, mois: number): string | null {
  const quantieme = addMois(debut, mois);
  if (quantieme === null) return null;
  return quantieme.slice(8) === debut.slice(8) ? addJours(quantieme, -1) : quantieme;
}

/** Dernier jour d'une convention de `annees` ans qui prend effet ce jour (L445-1). */
export function termeConvention(effet: string, annees: number): string | null {
  return dernierJour(effet, annees * 12);
}

/** La convention en cours vaut encore à la date d'effet de celle-ci : deux conventions vaudraient ensemble. */
export const isChevauchee = (effet: string | null, terme: string | null): boolean => effet !== null && terme !== null && effet <= terme;

const JOUR_MS = 86_400_000;

/** Nombre de jours de `de` à `a` (négatif si `a` est avant) ; `null` si l'une des dates est fausse. */
export function joursEntre(de: string, a: string): number | null {
  const x = lire(de);
  const y = lire(a);
  if (x === null || y === null) return null;
  return Math.round((Date.UTC(y.annee, y.mois - 1, y.jour) - Date.UTC(x.annee, x.mois - 1, x.jour)) / JOUR_MS);
}

export function addJours(iso: string, jours: number): string | null {
  const j = lire(iso);
  if (j === null) return null;
  return new Date(Date.UTC(j.annee, j.mois - 1, j.jour) + jours * JOUR_MS).toISOString().slice(0, 10);
}

/** `2026-2031` pour des années civiles entières, sinon les jours : `du 29/02/2028 au 28/02/2034` ; vide s'il en manque un. */
export function formatPeriodeExacte(effet: string | null, terme: string | null): string {
  if (effet === null || terme === null) return '';
  return effet.endsWith('-01-01') && terme.endsWith('-12-31') ? `${effet.slice(0, 4)}-${terme.slice(0, 4)}` : `du ${formatDate(effet)} au ${formatDate(terme)}`;
}
