import { plainDecimal } from '../../documents/format.ts';

/** Vrai d'un format de nombre qui montre un jour ou une heure : ni ce qui est cité, ni une couleur, ni « General » n'en disent rien. */
export function isFormatDate(format: string): boolean {
  if (/^general$/i.test(format.trim())) return false;
  if (/\[(?:h+|m+|s+)\]/i.test(format)) return true;
  const nu = format.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '');
  return /[dmy]/i.test(nu) || /(?:^|[^a-z])(?:h{1,2}|s{1,2})(?:[^a-z]|$)/i.test(nu);
}

const JOUR = 86_400_000;
const ORIGINE_1900 = Date.UTC(1899, 11, 31);
const ORIGINE_1904 = Date.UTC(1904, 0, 1);
/** Le calendrier de 1900 compte un 29 février 1900 qui n'a pas existé : les jours d'avant n'en sont pas décalés. */
const JOUR_FAUX = 60;

/** Numéro de jour d'un tableur → AAAA-MM-JJ ; un nombre qui n'en est pas un reste ce nombre. */
export function jourDeTableur(jours: number, date1904: boolean): string {
  const vrais = date1904 || jours < JOUR_FAUX ? jours : jours === JOUR_FAUX ? JOUR_FAUX - 1 : jours - 1;
  const instant = new Date((date1904 ? ORIGINE_1904 : ORIGINE_1900) + Math.round(vrais * JOUR));
  const texte = Number.isNaN(instant.getTime()) ? '' : instant.toISOString();
  return texte.length === 24 ? texte.slice(0, 10) : plainDecimal(jours);
}
