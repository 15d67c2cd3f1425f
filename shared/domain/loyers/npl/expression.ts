import { divideArrondi } from '../../nombres/decimal.ts';

/**
 * Maximum en surface corrigée exprimé en surface utile (R445-9) : le montant de l'ensemble ne change
 * pas, seul le taux s'écrit autrement. Taux arrondi vers le bas au dix-millième, pour que le montant
 * écrit ne dépasse jamais celui d'avant ; `null` si une surface manque.
 */
export function exprimerEnUtile(tauxCorrigee: bigint, surfaceCorrigee: number, surfaceUtile: number): bigint | null {
  return surfaceCorrigee > 0 && surfaceUtile > 0 ? (tauxCorrigee * BigInt(surfaceCorrigee)) / BigInt(surfaceUtile) : null;
}

/** Surface utile (D331-10, D353-16) : surface habitable et moitié des annexes, en centièmes de m², demie vers le haut. */
export const surfaceUtile = (habitable: number, annexes: number): number => habitable + Number(divideArrondi(BigInt(annexes), 2n));

/**
 * Montant maximal d'un logement conventionné : surface utile × prix au m² × coefficient propre (D353-16, 2°),
 * en centimes arrondis au plus proche. Coefficient en dix-millièmes.
 */
export const maximumLogement = (utile: number, taux: bigint, coefficient: number): bigint => divideArrondi(BigInt(utile) * taux * BigInt(coefficient), 10n ** 8n);

/** Σ (coefficient × surface utile) ne dépasse pas la surface utile totale (D353-16, 2°). Comparaison exacte. */
export function isCoefficientsPermis(logements: readonly { utile: number; coefficient: number }[]): boolean {
  const pondere = logements.reduce((s, l) => s + BigInt(l.utile) * BigInt(l.coefficient), 0n);
  return pondere <= logements.reduce((s, l) => s + BigInt(l.utile), 0n) * 10_000n;
}
