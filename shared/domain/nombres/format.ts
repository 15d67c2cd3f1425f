import { parseDecimal, ratio, roundDecimal, writeDecimal } from './decimal.ts';
import type { Saisie } from './saisie.ts';

/** Espace fine insécable (milliers, %) et espace insécable (unités) : usage français. */
export const FINE = '\u202f';
export const INSECABLE = '\u00a0';

function grouper(chiffres: string): string {
  return chiffres.replace(/\B(?=(\d{3})+$)/g, FINE);
}

/** `1250.5` → `1 250,5`. `decimales` impose un arrondi d'affichage (demie vers le haut). */
export function formatDecimal(valeur: string, decimales?: number): string {
  const d = parseDecimal(valeur);
  if (d === null) return valeur;
  const ecrit = writeDecimal(decimales === undefined ? d : roundDecimal(d, decimales));
  const negatif = ecrit.startsWith('-');
  const [entier = '', fraction] = (negatif ? ecrit.slice(1) : ecrit).split('.');
  return `${negatif ? '-' : ''}${grouper(entier)}${fraction === undefined ? '' : `,${fraction}`}`;
}

export function formatEntier(n: number | bigint): string {
  return formatDecimal(BigInt(n).toString());
}

/** `12.5` → `12,5 %`. */
export function formatPourcentage(pourcentage: string, decimales?: number): string {
  return `${formatDecimal(pourcentage, decimales)}${FINE}%`;
}

/** Un taux calculé, sans zéro inutile, texte ou nombre : `80.00` et 80 → `80 %`. Écran, terminal et documents n'ont que cette écriture. */
export function formatTauxCalcule(taux: string | number): string {
  return formatPourcentage(String(taux).replace(/(\.\d*?)0+$/u, '$1').replace(/\.$/u, ''));
}

/** Centimes → `1 234,56 €`. */
export function formatMontant(centimes: number | bigint): string {
  return `${formatDecimal(writeDecimal({ mantisse: BigInt(centimes), echelle: 2 }))}${INSECABLE}€`;
}

/** Centièmes de m² → `65,40 m²`. */
export function formatSurface(centiemes: number | bigint): string {
  return `${formatDecimal(writeDecimal({ mantisse: BigInt(centiemes), echelle: 2 }))}${INSECABLE}m²`;
}

/** Loyer mensuel en €/m² depuis des centimes et des centièmes de m² ; `null` si la surface est nulle. */
export function formatLoyerM2(centimes: number | bigint, centiemes: number | bigint): string | null {
  const d = ratio(centimes, centiemes, 2);
  return d === null ? null : `${formatDecimal(writeDecimal(d))}${INSECABLE}€/m²`;
}

/** Vrai pour une unité en euros, code du millésime ou libellé montré. */
export const isEuros = (unite: string): boolean => unite.includes('€') || unite.startsWith('euro');

/** `1050.5` → `1050.50` : un montant a deux décimales au moins, s'il en a. */
const completerCentimes = (valeur: string): string => valeur.replace(/\.(\d)$/u, '.$10');

/** Une saisie comme on la relit : `12/48 = 25 %`. `unite` : celle du nombre, dont les euros demandent les centimes. */
export function formatSaisie(s: Saisie, unite = ''): string {
  const parties: string[] = [];
  if (s.valeur !== null) parties.push(formatDecimal(isEuros(unite) ? completerCentimes(s.valeur) : s.valeur));
  if (s.numerateur !== null && s.denominateur !== null) {
    parties.push(`${formatEntier(s.numerateur)}/${formatEntier(s.denominateur)}`);
  }
  if (s.pourcentage !== null) parties.push(formatPourcentage(s.pourcentage));
  return parties.join(' = ');
}

/** `2026-12-31` → `31/12/2026` ; rend le texte tel quel s'il n'est pas une date ISO. */
export function formatDate(iso: string): string {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return m === null ? iso : `${m[3]}/${m[2]}/${m[1]}`;
}
