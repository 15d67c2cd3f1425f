/** Écriture française des nombres et des dates ; l'arrondi ne sert qu'à l'affichage. */

const FINE = '\u202F';

/** Développe un nombre en chiffres exacts de sa plus courte écriture, sans exposant. */
export function plainDecimal(nombre: number): string {
  const texte = String(nombre);
  const m = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(texte);
  if (!m) return texte;
  const [, signe = '', entier = '', decimales = '', exposant = '0'] = m;
  const e = Number(exposant);
  const chiffres = entier + decimales;
  if (e < 0) return `${signe}0.${'0'.repeat(-e - 1)}${chiffres}`;
  const plein = chiffres.padEnd(e + 1, '0');
  return plein.length > e + 1 ? `${signe}${plein.slice(0, e + 1)}.${plein.slice(e + 1)}` : signe + plein;
}

/** Arrondi au plus près, moitié vers le haut (en valeur absolue), sur l'écriture décimale. */
export function roundDecimal(nombre: number, decimales: number): string {
  const texte = plainDecimal(Math.abs(nombre));
  const [entier = '0', fraction = ''] = texte.split('.');
  const garde = entier + fraction.padEnd(decimales, '0').slice(0, decimales);
  const monte = (fraction[decimales] ?? '0') >= '5';
  const chiffres = String(BigInt(garde) + (monte ? 1n : 0n)).padStart(decimales + 1, '0');
  const coupe = chiffres.length - decimales;
  const signe = nombre < 0 && /[1-9]/.test(chiffres) ? '-' : '';
  return signe + chiffres.slice(0, coupe) + (decimales > 0 ? `.${chiffres.slice(coupe)}` : '');
}

function groupThousands(entier: string): string {
  return entier.replace(/\B(?=(\d{3})+$)/g, FINE);
}

function french(decimal: string): string {
  const signe = decimal.startsWith('-') ? '−' : '';
  const [entier = '0', fraction] = decimal.replace('-', '').split('.');
  return signe + groupThousands(entier) + (fraction === undefined ? '' : `,${fraction}`);
}

/** `1234.5` → `1 234,5` : tous les chiffres, aucun arrondi. */
export const formatNombre = (n: number): string => french(plainDecimal(n));
/** `7.005` → `7,01`. */
export const formatDecimal2 = (n: number): string => french(roundDecimal(n, 2));
export const formatEuros = (n: number): string => `${formatDecimal2(n)}\u00A0€`;
/** Montant tel que saisi, sans arrondi : deux décimales au moins s'il en a (`1050.5` → `1 050,50 €`, `1050` → `1 050 €`). */
export function formatEurosSaisis(n: number): string {
  const [entier = '0', fraction] = plainDecimal(n).split('.');
  return `${french(fraction === undefined ? entier : `${entier}.${fraction.padEnd(2, '0')}`)}\u00A0€`;
}
export const formatPourcent = (n: number): string => `${formatNombre(n)}\u00A0%`;

/** Part en pour cent de `n` dans `total`, une décimale ; vide quand `total` est nul. */
export function formatPart(n: number, total: number): string {
  return total === 0 ? '' : `${french(roundDecimal((100 * n) / total, 1))}\u00A0%`;
}

const MOIS = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];

/** `2026-07-01` → `1er juillet 2026`. Un texte qui n'est pas une date est rendu tel quel. */
export function formatJour(iso: string): string {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso);
  const mois = m ? MOIS[Number(m[2]) - 1] : undefined;
  if (!m || mois === undefined) return iso;
  const jour = Number(m[3]);
  return `${jour === 1 ? '1er' : jour}\u00A0${mois}\u00A0${m[1]}`;
}

const PARIS = new Intl.DateTimeFormat('fr-CA', {
  timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false,
});

/** Instant ISO → jour et heure de Paris, où que tourne le programme. */
export function heureParis(instant: string): { jour: string; heure: string } {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return { jour: instant, heure: '' };
  const p = Object.fromEntries(PARIS.formatToParts(date).map((x) => [x.type, x.value]));
  return { jour: `${p['year']}-${p['month']}-${p['day']}`, heure: `${p['hour'] === '24' ? '00' : p['hour']}:${p['minute']}` };
}

/** `2026-03-01T09:00:00Z` → `1er mars 2026 à 10:00`. */
export function formatInstant(instant: string): string {
  const { jour, heure } = heureParis(instant);
  return heure === '' ? jour : `${formatJour(jour)} à ${heure}`;
}
