import { divideArrondi, parseDecimal } from './decimal.ts';
import { parseSaisie } from './saisie.ts';

/** Centièmes d'un décimal conservé ; `null` au-delà de deux décimales significatives. */
function centiemes(valeur: string): number | null {
  const d = parseDecimal(valeur);
  if (d === null) return null;
  const multiple = d.mantisse * 100n;
  const base = 10n ** BigInt(d.echelle);
  return multiple % base === 0n ? Number(divideArrondi(multiple, base)) : null;
}

/** Montant tapé en euros (`1 234,56 €`) → centimes entiers ; `null` si ce n'en est pas un. */
export function parseMontant(texte: string): number | null {
  const lu = parseSaisie(texte);
  if (!lu.ok || lu.saisie.valeur === null || lu.saisie.pourcentage !== null || lu.saisie.numerateur !== null) return null;
  return centiemes(lu.saisie.valeur);
}

/** Surface tapée en m² (`65,4 m²`) → centièmes de m² entiers ; `null` si ce n'en est pas une. */
export function parseSurface(texte: string): number | null {
  return texte.includes('€') ? null : parseMontant(texte.replace(/m(²|2)\s*$/, ''));
}
