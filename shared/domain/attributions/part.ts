/**
 * Une part dite sans mentir : ce qui est inconnu n'est ni oui ni non, et la part vraie, quelle qu'elle soit, est
 * dans ce qui s'affiche. Écran, terminal, explications et documents n'ont que cette façon de la dire.
 */
import { pluriel } from '../nombres/accord.ts';
import { FINE, formatDecimal, formatEntier, formatPourcentage } from '../nombres/format.ts';
import type { Compte } from './comptes.ts';

/** Une fraction, dénominateur non nul. */
export type Fraction = { n: number; d: number };
/** `vide` : rien à mesurer ; `inconnue` : aucune valeur connue ; `exacte` : tout est connu ; sinon entre deux bornes, atteintes. */
export type Part = { genre: 'vide' } | { genre: 'inconnue' } | { genre: 'exacte'; taux: Fraction } | { genre: 'bornee'; min: Fraction; max: Fraction };

/**
 * Les bornes les plus serrées, toutes deux atteintes. Au moins : rien d'inconnu ne compte, et de ce qui est
 * peut-être de la base n'en est que ce qui peut n'y pas compter. Au plus : tout ce qui peut compter compte, et ce
 * qui ne le peut pas est hors de la base.
 */
export function lirePart({ nombre, base, inconnu, baseInconnue, baseInconnueOui, baseInconnueNon }: Compte): Part {
  if (base + baseInconnue === 0) return { genre: 'vide' };
  if (inconnu === base) return { genre: 'inconnue' };
  if (inconnu + baseInconnue === 0) return { genre: 'exacte', taux: { n: nombre, d: base } };
  const enPlus = baseInconnue - baseInconnueNon;
  return { genre: 'bornee', min: { n: nombre, d: base + baseInconnue - baseInconnueOui }, max: { n: nombre + inconnu + enPlus, d: base + enPlus } };
}

const MILLE = 1000;
/** Millièmes entiers, arrondis vers le bas, vers le haut, au plus près ; par des restes, jamais par un flottant. */
const dessous = ({ n, d }: Fraction): number => (MILLE * n - ((MILLE * n) % d)) / d;
const dessus = ({ n, d }: Fraction): number => dessous({ n, d }) + ((MILLE * n) % d === 0 ? 0 : 1);
const auPlusPres = ({ n, d }: Fraction): number => (2 * MILLE * n + d - ((2 * MILLE * n + d) % (2 * d))) / (2 * d);
const dixiemes = (milliemes: number): string => formatPourcentage(String(milliemes / 10), 1);
const sansSigne = (milliemes: number): string => formatDecimal(String(milliemes / 10), 1);

function exacte(f: Fraction): string {
  const m = auPlusPres(f);
  if (m === 0 && f.n > 0) return `moins de ${dixiemes(1)}`;
  return m === MILLE && f.n < f.d ? `plus de ${dixiemes(MILLE - 1)}` : dixiemes(m);
}

type Mots = { moins: string; plus: string; entre(min: string, max: string): string };
const EN_MOTS: Mots = { moins: 'au moins ', plus: 'au plus ', entre: (min, max) => `de ${min} à ${max}` };
const EN_SIGNES: Mots = { moins: `≥${FINE}`, plus: `≤${FINE}`, entre: (min, max) => `${min} à ${max}` };

function ecrire(c: Compte, mots: Mots): string {
  const p = lirePart(c);
  switch (p.genre) {
    case 'vide': return '–';
    case 'inconnue': return 'inconnu';
    case 'exacte': return exacte(p.taux);
    case 'bornee': {
      // Ce qui est peut-être de la base n'y changerait rien.
      if (p.min.n * p.max.d === p.max.n * p.min.d) return exacte(p.max);
      const [min, max] = [dessous(p.min), dessus(p.max)];
      // Base sûre : la borne qui apprend quelque chose. Base incertaine : les deux.
      if (max === MILLE || (c.baseInconnue === 0 && min > 0)) return `${mots.moins}${dixiemes(min)}`;
      return min === 0 ? `${mots.plus}${dixiemes(max)}` : mots.entre(sansSigne(min), dixiemes(max));
    }
  }
}

/** « 25,0 % », « au moins 21,6 % », « au plus 4,2 % », « de 21,6 à 24,1 % », « inconnu », « – ». */
export const direPart = (c: Compte): string => ecrire(c, EN_MOTS);
/** La même, pour une colonne : « ≥ 21,6 % ». */
export const direPartCourte = (c: Compte): string => ecrire(c, EN_SIGNES);

/** Ce que l'inconnu peut faire de la part, ses deux bornes : « de 0,0 à 16,7 % » ; vide : elle est exacte, ou inconnue. */
export function direBornes(c: Compte): string {
  const p = lirePart(c);
  return p.genre === 'bornee' ? `de ${sansSigne(dessous(p.min))} à ${dixiemes(dessus(p.max))}` : '';
}

/** « 812 sur 960 » ; « inconnu sur 26 » quand aucune valeur n'est connue. */
export function direRapport(c: Compte): string {
  const { genre } = lirePart(c);
  if (genre === 'vide') return '–';
  if (genre === 'inconnue') return c.base === 0 ? 'inconnu' : `inconnu sur ${formatEntier(c.base)}`;
  return `${formatEntier(c.nombre)} sur ${formatEntier(c.base)}`;
}

/** « 3 inconnues, 1 peut-être de la base » ; vide : tout est connu. */
export function direInconnues({ inconnu, baseInconnue }: Compte): string {
  return [...(inconnu > 0 ? [pluriel(inconnu, 'inconnue')] : []), ...(baseInconnue > 0 ? [`${formatEntier(baseInconnue)} peut-être de la base`] : [])].join(', ');
}

/** « 26 sur 120 (au moins 21,6 %), 3 inconnues ». */
export function direMesure(c: Compte): string {
  const part = direPart(c);
  const rapport = direRapport(c);
  const inconnues = direInconnues(c);
  return `${rapport}${part === 'inconnu' || part === '–' ? '' : ` (${part})`}${inconnues === '' || (part === 'inconnu' && c.baseInconnue === 0) ? '' : `, ${inconnues}`}`;
}

/** Une somme (des refus) : « 12 », « au moins 12 » quand il en manque, « inconnu », « – ». */
export function direSomme(c: Compte): string {
  const { genre } = lirePart(c);
  if (genre === 'vide') return '–';
  if (genre === 'inconnue') return 'inconnu';
  return `${genre === 'exacte' ? '' : 'au moins '}${formatEntier(c.nombre)}`;
}

/** Pour une barre ou un classeur : les bornes en pour cent, au centième, la première vers le bas et la seconde vers le haut ; `null` : rien de connu. */
export function bornesPourcent(c: Compte): { min: number; max: number } | null {
  const p = lirePart(c);
  if (p.genre === 'vide' || p.genre === 'inconnue') return null;
  const [min, max] = p.genre === 'exacte' ? [p.taux, p.taux] : [p.min, p.max];
  return { min: dessous({ n: min.n * 10, d: min.d }) / 100, max: dessus({ n: max.n * 10, d: max.d }) / 100 };
}
