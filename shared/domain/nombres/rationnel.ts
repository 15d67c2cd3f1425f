import { divideArrondi, parseDecimal } from './decimal.ts';

/** Fraction exacte ; le dénominateur est positif. Aucune moyenne conservée ne passe par un flottant. */
export type Rationnel = { readonly n: bigint; readonly d: bigint };

export const ZERO: Rationnel = { n: 0n, d: 1n };

export function fraction(n: bigint, d: bigint): Rationnel {
  if (d === 0n) throw new RangeError('division par zéro');
  return d < 0n ? { n: -n, d: -d } : { n, d };
}

/** Lit l'écriture conservée d'un décimal (`1250.50`) ; `null` pour toute autre. */
export function parseRationnel(texte: string): Rationnel | null {
  const d = parseDecimal(texte);
  return d === null ? null : { n: d.mantisse, d: 10n ** BigInt(d.echelle) };
}

export function reduce({ n, d }: Rationnel): Rationnel {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n || a === 1n ? { n, d: a === 0n ? 1n : d } : { n: n / a, d: d / a };
}

export function addRationnel(a: Rationnel, b: Rationnel): Rationnel {
  return a.d === b.d ? { n: a.n + b.n, d: a.d } : reduce({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
}

/** Négatif, nul ou positif selon que `a` est plus petit, égal ou plus grand que `b`. */
export function compareRationnel(a: Rationnel, b: Rationnel): number {
  const ecart = a.n * b.d - b.n * a.d;
  return ecart < 0n ? -1 : ecart > 0n ? 1 : 0;
}

/** Arrondi à deux décimales, la demie s'éloignant de zéro : un nombre pour l'affichage et le contrat. */
export const roundRationnel = ({ n, d }: Rationnel): number => Number(divideArrondi(n * 100n, d)) / 100;

/**
 * Somme de fractions pondérées par des entiers. Celles de même dénominateur s'ajoutent sans calcul : les
 * ensembles notés sur les mêmes critères ont tous le même.
 */
export class SommePonderee {
  private readonly parDenominateur = new Map<bigint, bigint>();
  private poids = 0n;

  add(valeur: Rationnel, poids: number): void {
    const p = BigInt(poids);
    this.parDenominateur.set(valeur.d, (this.parDenominateur.get(valeur.d) ?? 0n) + valeur.n * p);
    this.poids += p;
  }

  /** Moyenne exacte ; `null` si rien n'a de poids. */
  moyenne(): Rationnel | null {
    if (this.poids === 0n) return null;
    let somme = ZERO;
    for (const [d, n] of this.parDenominateur) somme = addRationnel(somme, { n, d });
    return reduce({ n: somme.n, d: somme.d * this.poids });
  }
}
