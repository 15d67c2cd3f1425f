/** Les minimums d'attributions, comparés par des entiers : jamais par des flottants. */
import { accord, pluriel } from '../nombres/accord.ts';
import { divideArrondi, parseDecimal, writeDecimal } from '../nombres/decimal.ts';
import { formatDecimal, formatEntier, formatPourcentage } from '../nombres/format.ts';
import type { Rationnel } from '../nombres/rationnel.ts';
import { parseSaisie } from '../nombres/saisie.ts';
import type { Saisie } from '../nombres/saisie.ts';
import type { Compte } from './comptes.ts';
import { direBornes, lirePart } from './part.ts';
import type { Seuil } from '../../millesimes/types.ts';

/** Un objectif fixé à la place d'un minimum, dans un territoire, tel que tapé. */
export type Objectif = { seuil: string; territoire: string; saisie: string; source: string };
/** Ce que les attributions d'un territoire montrent d'un minimum, année par année. */
export type Observation = { seuil: string; territoire: { code: string; nom: string }; annees: readonly { annee: number; compte: Compte }[] };
/** Une référence que les attributions proposent, et ce qui y est inconnu. */
export type ReferenceComptee = { champ: string; compte: Compte; /** Vrai d'une fraction, faux d'une somme seule. */ fraction: boolean };
export type SeuilsObserves = { objectifs: readonly Objectif[]; observations: readonly Observation[]; /** Celles dont une part est inconnue. */ references?: readonly ReferenceComptee[] };

export type ObjectifLu = { ok: true; taux: Rationnel } | { ok: false; message: string };

/** Lit un objectif : un pourcentage (« 30 % ») ou une fraction (« 3/10 »), de 0 à 100 %. */
export function parseObjectif(texte: string): ObjectifLu {
  const lue = parseSaisie(texte);
  if (!lue.ok) return { ok: false, message: lue.message };
  const taux = tauxDe(lue.saisie);
  if (taux === null) return { ok: false, message: 'Taper un pourcentage, par exemple 30 %.' };
  return taux.n > taux.d ? { ok: false, message: 'Un objectif ne dépasse pas 100 %.' } : { ok: true, taux };
}

/** Le taux d'une saisie : sa fraction, sinon son pourcentage ; `null` pour un nombre seul, ou un dénominateur nul. */
export function tauxDe(s: Saisie): Rationnel | null {
  if (s.numerateur !== null && s.denominateur !== null) return s.denominateur === 0 ? null : { n: BigInt(s.numerateur), d: BigInt(s.denominateur) };
  const p = s.pourcentage === null ? null : parseDecimal(s.pourcentage);
  return p === null ? null : { n: p.mantisse, d: 100n * 10n ** BigInt(p.echelle) };
}

/** Le taux à respecter dans un territoire : l'objectif lisible qui y est fixé, sinon le minimum de la loi. */
export function tauxRequis(seuil: Seuil, territoire: string, objectifs: readonly Objectif[]): { taux: Rationnel; objectif: Objectif | null } {
  const o = seuil.objectif === null ? undefined : objectifs.find((x) => x.seuil === seuil.code && x.territoire === territoire);
  const lu = o === undefined ? null : parseObjectif(o.saisie);
  if (o !== undefined && lu?.ok === true) return { taux: lu.taux, objectif: o };
  return { taux: { n: BigInt(seuil.minimum.n), d: BigInt(seuil.minimum.d) }, objectif: null };
}

/** Vrai si `nombre` sur `base` atteint le taux. Sur une base nulle, il n'y a rien à atteindre. */
export const isAtteint = (nombre: bigint, base: bigint, { n, d }: Rationnel): boolean => nombre * d >= n * base;

export type Verdict = 'atteint' | 'sous' | 'indecis' | 'inconnu' | 'vide';

/** Ce que l'on sait d'un taux : atteint ou non quoi que cache l'inconnu, indécis sinon ; `inconnu` : aucune valeur connue. */
export function juger(c: Compte, taux: Rationnel): Verdict {
  const p = lirePart(c);
  if (p.genre === 'vide') return 'vide';
  if (taux.n === 0n) return 'atteint';
  if (p.genre === 'inconnue') return 'inconnu';
  const [min, max] = p.genre === 'exacte' ? [p.taux, p.taux] : [p.min, p.max];
  if (isAtteint(BigInt(min.n), BigInt(min.d), taux)) return 'atteint';
  return isAtteint(BigInt(max.n), BigInt(max.d), taux) ? 'indecis' : 'sous';
}

/** Le plus petit nombre qui atteint le taux. */
export const nombreRequis = (base: bigint, { n, d }: Rationnel): bigint => (n * base + d - 1n) / d;

/**
 * `17,5 %`, `environ 14,29 %` : arrondi au plus proche, comme partout. Un taux sous le `requis` ne s'écrit pas comme lui :
 * quand l'arrondi l'atteindrait, c'est `moins de 25 %`.
 */
export function formatTaux(nombre: bigint, base: bigint, requis: Rationnel | null = null): string {
  const centiemes = divideArrondi(nombre * 10_000n, base);
  const exact = centiemes * base === nombre * 10_000n;
  const trompeur = requis !== null && !isAtteint(nombre, base, requis) && isAtteint(centiemes, 10_000n, requis);
  const texte = formatDecimal(writeDecimal({ mantisse: centiemes, echelle: 2 })).replace(/,?0+$/u, '');
  return `${trompeur ? 'moins de ' : exact ? '' : 'environ '}${texte === '' ? '0' : texte}\u202f%`;
}

export const formatRequis = ({ n, d }: Rationnel): string => formatPourcentage(writeDecimal({ mantisse: divideArrondi(n * 10_000n, d), echelle: 2 }).replace(/\.?0+$/u, ''));

const direRequis = (min: bigint, max: bigint): string => (min === max ? `${formatEntier(max)} attribution${max > 1n ? 's' : ''}` : `de ${formatEntier(min)} à ${formatEntier(max)} attributions`);

/** « 21 / 120 = 17,5 % ; 25 % demanderait 30 attributions ». */
export function direCalcul(nombre: bigint, base: bigint, taux: Rationnel): string {
  const requis = nombreRequis(base, taux);
  return `${formatEntier(nombre)} / ${formatEntier(base)} = ${formatTaux(nombre, base, taux)} ; ${formatRequis(taux)} demanderait ${direRequis(requis, requis)}`;
}

/** Le même calcul, et ce que l'inconnu en laisse : « 28 / 120, de 22,9 à 28,7 % ; 25 % demanderait de 30 à 31 attributions (7 attributions inconnues, qui peuvent changer la conclusion) ». */
export function direCalculConnu(c: Compte, taux: Rationnel): string {
  const inconnues = c.inconnu + c.baseInconnue;
  if (inconnues === 0) return direCalcul(BigInt(c.nombre), BigInt(c.base), taux);
  const requis = direRequis(nombreRequis(BigInt(c.base), taux), nombreRequis(BigInt(c.base + c.baseInconnue), taux));
  const suite = juger(c, taux) === 'indecis' ? accord(inconnues, 'qui peut changer la conclusion', 'qui peuvent changer la conclusion') : accord(inconnues, 'qui ne change pas la conclusion', 'qui ne changent pas la conclusion');
  return `${formatEntier(c.nombre)} / ${formatEntier(c.base)}, ${direBornes(c)} ; ${formatRequis(taux)} demanderait ${requis} (${pluriel(inconnues, 'attribution inconnue', 'attributions inconnues')}, ${suite})`;
}
