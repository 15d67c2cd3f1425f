import { parseDecimal, writeDecimal } from '../../nombres/decimal.ts';
import { formatDecimal, INSECABLE } from '../../nombres/format.ts';
import { parseSaisie } from '../../nombres/saisie.ts';
import { plancher } from './revision.ts';

/** Un taux compte des dix-millièmes d'€/m²/mois ; une masse, des millionièmes d'euro par mois. */
export const TAUX_PAR_EURO = 10_000n;
/** Millionièmes d'euro dans un centime. */
export const MICRO_PAR_CENTIME = 10_000n;

const DECIMALES_TAUX = 4;

/** Taux tapé (`6,29`, `6.29 €/m²`) → dix-millièmes ; `null` s'il est négatif, illisible ou a plus de quatre décimales. */
export function parseTaux(texte: string): bigint | null {
  const nu = texte.replace(/€?\s*(\/\s*m(²|2))?\s*$/u, '').trim();
  // Un point y est toujours décimal, même devant trois chiffres : aucun loyer au m² n'a de milliers.
  const lu = /^\d+\.\d+$/u.test(nu) ? null : parseSaisie(nu);
  if (lu !== null && (!lu.ok || lu.saisie.valeur === null || lu.saisie.pourcentage !== null || lu.saisie.numerateur !== null)) return null;
  const d = parseDecimal(lu?.ok && lu.saisie.valeur !== null ? lu.saisie.valeur : nu);
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

/**
 * Taux d'une masse sur une surface, arrondi au dix-millième inférieur, même négatif : un maximum a quatre décimales,
 * et l'annexe, l'écran et les aides écrivent celui d'aujourd'hui par cette seule fonction. `null` sans surface.
 */
export const tauxDe = (masse: bigint, surface: number): bigint | null => (surface > 0 ? plancher(masse, BigInt(surface)) : null);

/**
 * Millionièmes d'euro → centimes, pour l'affichage. La politique d'arrondi de la masse, écrite ici seulement :
 * un plafond s'arrondit vers le bas, ce qui lui est comparé vers le haut, de sorte qu'un dépassement ne
 * disparaît jamais à l'affichage.
 */
export const centimesPlafond = (micro: bigint): bigint => plancher(micro, MICRO_PAR_CENTIME);
export const centimesCompares = (micro: bigint): bigint => -centimesPlafond(-micro);

/**
 * Avant, après et reste en centimes, tels qu'ils se lisent ensemble : `respectee` vient du calcul exact. Respectée,
 * l'après ne se montre jamais au-dessus de l'avant ; dépassée, fût-ce d'un millionième, il s'y montre un centime
 * au-dessus au moins. Le reste est la différence de ce qui est montré : jamais plus grand que le vrai.
 */
export function montrerMasse({ avant, apres, respectee }: { avant: bigint; apres: bigint; respectee: boolean }): { avant: bigint; apres: bigint; reste: bigint } {
  const montre = centimesPlafond(avant);
  const brut = centimesCompares(apres);
  const suite = respectee ? (brut > montre ? montre : brut) : brut > montre ? brut : montre + 1n;
  return { avant: montre, apres: suite, reste: montre - suite };
}
