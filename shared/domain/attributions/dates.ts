/** Les dates d'un tableau, au jour, au mois ou à l'année. */

const COURTE = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})$/u;

/** `AAAA-MM-JJ`, `AAAA-MM` ou `AAAA` ; `null` : ce n'est pas une date. Une année de deux chiffres est de ce siècle. */
export function dateDe(t: string): string | null {
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ].*)?)?$/u.exec(t);
  if (iso !== null) return dateSure(iso[1] ?? '', iso[2] ?? '', iso[3]);
  const jma = /^(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?$/u.exec(t);
  if (jma !== null) return dateSure(jma[3] ?? '', (jma[2] ?? '').padStart(2, '0'), jma[1]?.padStart(2, '0'));
  const courte = COURTE.exec(t);
  if (courte !== null) return dateSure(`20${courte[3] ?? ''}`, (courte[2] ?? '').padStart(2, '0'), courte[1]?.padStart(2, '0'));
  if (/^\d{4}$/u.test(t)) return t;
  const serie = /^(\d{5})(?:[.,]\d+)?$/u.exec(t);
  return serie === null ? null : new Date(Date.UTC(1899, 11, 30) + Number(serie[1]) * 86_400_000).toISOString().slice(0, 10);
}

/** Une date sans siècle : « 15/03/24 ». */
export const isCourte = (t: string): boolean => COURTE.test(t);
/** Un jour, écrit comme une date : ni une année seule, ni un numéro de jour. */
export const isDate = (t: string): boolean => dateDe(t.trim())?.length === 10 && /\D/u.test(t.trim());

function dateSure(annee: string, mois: string, jour: string | undefined): string | null {
  if (Number(mois) < 1 || Number(mois) > 12) return null;
  if (jour === undefined) return `${annee}-${mois}`;
  const d = new Date(Date.UTC(Number(annee), Number(mois) - 1, Number(jour)));
  return d.getUTCMonth() === Number(mois) - 1 && Number(jour) > 0 ? `${annee}-${mois}-${jour}` : null;
}
