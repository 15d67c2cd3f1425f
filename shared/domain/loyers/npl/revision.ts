import { divideArrondi } from '../../nombres/decimal.ts';

/** Indice de référence des loyers du deuxième trimestre, en centièmes de point (`145.17` → 14517). */
export type Irl = { annee: number; indice: number; source: string };

/**
 * Taux révisé au 1er janvier selon l'IRL du deuxième trimestre de l'année précédente (L445-3, V) ;
 * arrondi au dix-millième d'€/m², demie vers le haut.
 */
export const reviseTaux = (taux: bigint, ancien: Irl, nouveau: Irl): bigint => divideArrondi(taux * BigInt(nouveau.indice), BigInt(ancien.indice));

/**
 * Plus haut taux permis un an après `taux` quand des travaux d'amélioration sont à équilibrer : 5 % en
 * sus de la variation de l'IRL (L445-3, III, 2e alinéa), arrondi vers le bas. Suppose l'accord de l'autorité.
 */
export function hausseMaximale(taux: bigint, ancien: Irl, nouveau: Irl): bigint {
  const a = BigInt(ancien.indice);
  // taux × (n/a + 5/100), sur un dénominateur commun.
  return (taux * (BigInt(nouveau.indice) * 100n + 5n * a)) / (100n * a);
}

/**
 * Variation de l'IRL à appliquer aux maximums d'une année : `null` si l'un des deux indices manque. Une
 * révision au 1er janvier N compare le T2 de N-1 à celui de N-2.
 */
export function irlDeRevision(indices: readonly Irl[], annee: number): { ancien: Irl; nouveau: Irl } | null {
  const de = (n: number): Irl | null => indices.find((i) => i.annee === n) ?? null;
  const ancien = de(annee - 2);
  const nouveau = de(annee - 1);
  return ancien === null || nouveau === null || ancien.indice <= 0 ? null : { ancien, nouveau };
}
