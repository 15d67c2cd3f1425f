import { divideArrondi, parseDecimal, writeDecimal } from '../../nombres/decimal.ts';
import { formatDecimal, INSECABLE } from '../../nombres/format.ts';
import { parseSaisie } from '../../nombres/saisie.ts';

/** Un taux compte des dix-millièmes d'€/m²/mois ; une masse, des millionièmes d'euro par mois. */
export const TAUX_PAR_EURO = 10_000n;
/** Millionièmes d'euro dans un centime. */
export const MICRO_PAR_CENTIME = 10_000n;

const DECIMALES_TAUX = 4;

/** Taux tapé (`6,29`, `6.29 €/m²`) → dix-millièmes ; `null` s'il est négatif, illisible ou a plus de quatre décimales. */
export function parseTaux(texte: string): bigint | null {
  const lu = parseSaisie(texte.replace(/€?\s*(\/\s*m(²|2))?\s*$/u, ''));
  if (!lu.ok || lu.saisie.valeur === null || lu.saisie.pourcentage !== null || lu.saisie.numerateur !== null) return null;
  const d = parseDecimal(lu.saisie.valeur);
  if (d === null || d.mantisse < 0n) return null;
  const multiple = d.mantisse * TAUX_PAR_EURO;
  const base = 10n ** BigInt(d.echelle);
  return multiple % base === 0n ? multiple / base : null;
}

/** Taux exact, sans zéros de trop : deux décimales au moins, quatre au plus (`6,29`, `6,2935`). */
export function writeTaux(taux: bigint): string {
  return writeDecimal({ mantisse: taux, echelle: DECIMALES_TAUX }).replace(/(\.\d\d)(\d*?)0+$/, '$1$2');
}

export const formatTaux = (taux: bigint): string => `${formatDecimal(writeTaux(taux))}${INSECABLE}€/m²`;

/** Montant d'un taux sur une surface (centièmes de m²), en millionièmes d'euro par mois. Exact. */
export const masseDe = (taux: bigint, surface: number): bigint => taux * BigInt(surface);

/** Centimes → millionièmes d'euro. */
export const microDeCentimes = (centimes: number): bigint => BigInt(centimes) * MICRO_PAR_CENTIME;

/** Taux moyen d'une masse sur une surface, arrondi au dix-millième (demie vers le haut) ; `null` sans surface. */
export const tauxDe = (masse: bigint, surface: number): bigint | null => (surface > 0 ? divideArrondi(masse, BigInt(surface)) : null);

/** Le même, arrondi vers le bas, même négatif : ce qui reste ne se montre jamais plus grand qu'il n'est. */
export function tauxPlancher(masse: bigint, surface: number): bigint | null {
  if (surface <= 0) return null;
  const s = BigInt(surface);
  return masse >= 0n || masse % s === 0n ? masse / s : masse / s - 1n;
}

/**
 * Millionièmes d'euro → centimes, pour l'affichage. La politique d'arrondi de la masse, écrite ici seulement :
 * un plafond s'arrondit vers le bas, ce qui lui est comparé vers le haut, de sorte qu'un dépassement ne
 * disparaît jamais à l'affichage.
 */
export function centimesPlafond(micro: bigint): bigint {
  const q = micro / MICRO_PAR_CENTIME;
  return micro < 0n && micro % MICRO_PAR_CENTIME !== 0n ? q - 1n : q;
}
export const centimesCompares = (micro: bigint): bigint => -centimesPlafond(-micro);
