import { CODES_MESURES, MESURES, isSomme } from './mesures.ts';
import type { Mesure } from './mesures.ts';
import type { MesureAttributions } from '../../millesimes/types.ts';
import type { Comptee } from './types.ts';

/**
 * `nombre` sur `base` ; `inconnu` : de la base, sans valeur connue ; `baseInconnue` : peut-être de la base, dont
 * `baseInconnueOui` qui y compteraient au nombre et `baseInconnueNon` qui n'y compteraient pas ; du reste, rien n'est su.
 */
export type Compte = { nombre: number; base: number; inconnu: number; baseInconnue: number; baseInconnueOui: number; baseInconnueNon: number };
export type Cumul = { attributions: number; qpv: number; horsQpv: number; qpvInconnu: number; mesures: Record<MesureAttributions, Compte> };

export const compteVide = (): Compte => ({ nombre: 0, base: 0, inconnu: 0, baseInconnue: 0, baseInconnueOui: 0, baseInconnueNon: 0 });

/** Ajoute `b` à `a`. */
export function addCompte(a: Compte, b: Compte): void {
  a.nombre += b.nombre;
  a.base += b.base;
  a.inconnu += b.inconnu;
  a.baseInconnue += b.baseInconnue;
  a.baseInconnueOui += b.baseInconnueOui;
  a.baseInconnueNon += b.baseInconnueNon;
}

export function cumulVide(): Cumul {
  const mesures = Object.fromEntries(CODES_MESURES.map((c) => [c, compteVide()])) as Cumul['mesures'];
  return { attributions: 0, qpv: 0, horsQpv: 0, qpvInconnu: 0, mesures };
}

/** Compte `n` attributions semblables ; `refus` : la somme de leurs refus connus, quand ils le sont. */
export function addAttributions(c: Cumul, a: Comptee, n: number, refus: number | null = a.refus === null ? null : a.refus * n): void {
  c.attributions += n;
  c[a.qpv === 1 ? 'qpv' : a.qpv === 2 ? 'horsQpv' : 'qpvInconnu'] += n;
  for (const m of MESURES) addMesure(c.mesures[m.code], m, a, n, refus);
}

function addMesure(compte: Compte, m: Mesure, a: Comptee, n: number, refus: number | null): void {
  const base = m.base(a);
  if (base === false) return;
  const valeur = m.valeur(a);
  if (base === null) {
    compte.baseInconnue += n;
    // D'une somme, seul compte ce qui manque peut-être.
    if (valeur === null || isSomme(m.code)) return;
    if (valeur === 0) compte.baseInconnueNon += n;
    else compte.baseInconnueOui += n;
    return;
  }
  compte.base += n;
  if (valeur === null) compte.inconnu += n;
  else compte.nombre += isSomme(m.code) ? (refus ?? 0) : valeur * n;
}

export function addCumul(c: Cumul, d: Cumul): void {
  c.attributions += d.attributions;
  c.qpv += d.qpv;
  c.horsQpv += d.horsQpv;
  c.qpvInconnu += d.qpvInconnu;
  for (const code of CODES_MESURES) addCompte(c.mesures[code], d.mesures[code]);
}

/** La plus petite part comptée : une commune (`null` : inconnue), une année. */
export type Atome = { commune: string | null; annee: number; cumul: Cumul };

/** Les attributions d'un territoire, sur ces années ; `dans` dit de chaque commune si elle en est. */
export function cumulDe(atomes: readonly Atome[], dans: (commune: string | null) => boolean, annees: ReadonlySet<number> | null): Cumul {
  const c = cumulVide();
  for (const a of atomes) if ((annees === null || annees.has(a.annee)) && dans(a.commune)) addCumul(c, a.cumul);
  return c;
}

/** Les `n` années civiles qui précèdent `annee`, de la plus ancienne à la plus récente. */
export const anneesAvant = (annee: number, n: number): number[] => Array.from({ length: n }, (_, i) => annee - n + i);
