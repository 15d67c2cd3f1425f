import { surfaceUtile } from './expression.ts';
import { partager } from '../../nombres/partage.ts';
import type { BaseSurface, ChoixEnsemble, ConstatNpl, PartEnsemble, Plafond } from './types.ts';

/** Logements comptés ensemble : nombre, surface dans la base (centièmes de m²), Σ maximum ou loyer (centimes). */
export type Cumul = { n: number; s: number; m: number };
/** Les logements d'un plafond dans la base de l'ensemble : avec un maximum, sans maximum mais loués, ni l'un ni l'autre. */
export type PartBase = {
  plafond: Plafond;
  max: Cumul;
  /** Parmi ceux qui ont un maximum : ceux dont c'est LOYERMAXCUS. */
  cus: number;
  pratiques: Cumul;
  ni: Cumul;
  /** Leur surface dans l'autre base, si elle est connue. */
  autre: number | null;
};

export type Constater = (code: ConstatNpl['code'], bloquant: boolean, logements: number, article: string, message: string, plafond?: Plafond | null) => void;

const MODE_DE_BASE: Readonly<Record<BaseSurface, number>> = { SU: 1, SC: 2 };
export const autreBase = (base: BaseSurface): BaseSurface => (base === 'SU' ? 'SC' : 'SU');
export const motBase = (base: BaseSurface): string => (base === 'SU' ? 'utile' : 'corrigée');
function somme<T>(lignes: readonly T[], de: (l: T) => number): number {
  let s = 0;
  for (const l of lignes) s += de(l);
  return s;
}

/** La base qui porte le plus de surface ; SU à égalité. */
export function baseDominante(parts: readonly PartEnsemble[]): BaseSurface {
  const de = (mode: number): number => somme(parts, (p) => (p.mode === mode ? p.surface : 0));
  return de(2) > de(1) ? 'SC' : 'SU';
}

/** Les logements de l'ensemble dans sa base : ceux dont la surface y est déclarée, ou tous si elle est donnée (R445-9). */
export function placerDansBase(parts: readonly PartEnsemble[], base: BaseSurface, choix: ChoixEnsemble | null, constater: Constater): PartBase[] {
  const utile = choix === null ? null : utileDonnee(parts, choix, constater);
  const donnee = choix?.surface ?? (base === 'SU' ? utile : null);
  return donnee === null ? declarees(parts, base, utile, choix, constater) : donner(parts, base, donnee, utile, constater);
}

/** Surface utile d'après surface habitable et annexes ; `null` si ni l'une ni l'autre n'est donnée, ou si l'habitable n'est pas connue. */
function utileDonnee(parts: readonly PartEnsemble[], { habitable, annexes }: ChoixEnsemble, constater: Constater): number | null {
  if (habitable === undefined && annexes === undefined) return null;
  if (habitable !== undefined) return surfaceUtile(habitable, annexes ?? 0);
  const inconnus = somme(parts, (p) => (p.mode === 0 || p.mode === 3 ? p.sansSurface : p.logements));
  if (inconnus === 0) return surfaceUtile(somme(parts, (p) => p.surface), annexes ?? 0);
  constater('habitable-inconnue', true, 0, 'D353-16', 'Annexes données sans la surface habitable, que le fichier ne déclare pas pour tous les logements de l’ensemble : la donner.');
  return null;
}

const cumul = (n: number, s: number, m: number): Cumul => ({ n, s, m });
const joindre = (a: Cumul, b: Cumul): Cumul => cumul(a.n + b.n, a.s + b.s, a.m + b.m);

function parPlafond(lues: readonly PartBase[]): PartBase[] {
  if (lues.length < 2) return [...lues];
  const parts = new Map<Plafond, PartBase>();
  for (const l of lues) {
    const p = parts.get(l.plafond);
    const autre = (x: number | null, y: number | null): number | null => (x === null || y === null ? null : x + y);
    parts.set(l.plafond, p === undefined ? l : { plafond: l.plafond, max: joindre(p.max, l.max), cus: p.cus + l.cus, pratiques: joindre(p.pratiques, l.pratiques), ni: joindre(p.ni, l.ni), autre: autre(p.autre, l.autre) });
  }
  return [...parts.values()];
}

/** Les surfaces déclarées dans la base ; les logements d'une autre surface, ou sans surface, sont dits et exclus. */
function declarees(parts: readonly PartEnsemble[], base: BaseSurface, utile: number | null, choix: ChoixEnsemble | null, constater: Constater): PartBase[] {
  const sansSurface = somme(parts, (p) => p.sansSurface);
  if (sansSurface > 0) constater('sans-surface', false, sansSurface, 'L445-3', 'Logements sans surface : hors de la masse et des moyennes.');
  const dedans = parts.filter((p) => p.mode === MODE_DE_BASE[base]);
  const connus = somme(parts, (p) => p.logements - p.sansSurface);
  const ecartes = connus - somme(dedans, (p) => p.logements - p.sansSurface);
  if (ecartes > 0) {
    constater(
      // Un maximum fixé pour des logements qu'on ne sait pas compter : la contrainte n'est pas établie.
      ecartes < connus ? 'modes-melanges' : 'surface-autre-base', (choix?.plafonds.length ?? 0) > 0, ecartes, 'R445-9',
      `Logements dont la surface n’est pas ${motBase(base)} : donner la surface de l’ensemble dans cette base pour les compter.`,
    );
  }
  // La surface utile donnée est celle de tout l'ensemble : elle ne se partage pas avec des logements qu'on ne compte pas.
  const autres = base === 'SC' && utile !== null && sansSurface === 0 && ecartes === 0 ? partager(utile, dedans.map((p) => p.surface)) : null;
  return parPlafond(dedans.map((p, i) => ({
    plafond: p.plafond, max: cumul(p.avecMaximum, p.surfaceMax, p.maximum), cus: p.maximumsCus, pratiques: cumul(p.pratiques, p.surfacePratiques, p.loyersPratiques),
    ni: cumul(p.logements - p.sansSurface - p.avecMaximum - p.pratiques, p.surface - p.surfaceMax - p.surfacePratiques, 0), autre: autres === null ? null : (autres[i] ?? 0),
  })));
}

/**
 * Surface totale donnée (R445-9) : les montants ne changent pas. Elle se partage comme les surfaces déclarées,
 * si bien que donner leur somme ne change rien ; un logement sans surface compte pour la moyenne des autres de
 * l'ensemble, et si aucun n'en a, tous comptent pour autant.
 */
function donner(parts: readonly PartEnsemble[], base: BaseSurface, surface: number, utile: number | null, constater: Constater): PartBase[] {
  const logements = somme(parts, (p) => p.logements);
  const modes = new Set(parts.filter((p) => p.logements > p.sansSurface).map((p) => p.mode));
  if (modes.size > 1) constater('surfaces-remplacees', false, logements, 'R445-9', 'Surfaces de plusieurs sortes dans l’ensemble : celle qui a été donnée les remplace toutes.');
  const sansSurface = somme(parts, (p) => p.sansSurface);
  const avecSurface = logements - sansSurface;
  const declaree = somme(parts, (p) => p.surface);
  const poids = (s: number, sans: number): number => (avecSurface === 0 ? sans : s * avecSurface + sans * declaree);
  const cases = parts.flatMap((p) => [
    poids(p.surfaceMax, p.sansSurfaceMax), poids(p.surfacePratiques, p.sansSurfacePratiques),
    poids(p.surface - p.surfaceMax - p.surfacePratiques, p.sansSurface - p.sansSurfaceMax - p.sansSurfacePratiques),
  ]);
  const lots = partager(surface, cases);
  const entieres = sansSurface === 0 && parts.every((p) => p.logements === 0 || p.mode === MODE_DE_BASE[autreBase(base)]);
  const utiles = base === 'SC' && utile !== null ? partager(utile, parts.map((_, i) => (cases[3 * i] ?? 0) + (cases[3 * i + 1] ?? 0) + (cases[3 * i + 2] ?? 0))) : null;
  return parPlafond(parts.map((p, i) => ({
    plafond: p.plafond,
    max: cumul(p.avecMaximum + p.sansSurfaceMax, lots[3 * i] ?? 0, p.maximum + p.maximumSansSurface), cus: p.maximumsCus + p.maximumsCusSansSurface,
    pratiques: cumul(p.pratiques + p.sansSurfacePratiques, lots[3 * i + 1] ?? 0, p.loyersPratiques + p.loyersSansSurface),
    ni: cumul(p.logements - p.avecMaximum - p.sansSurfaceMax - p.pratiques - p.sansSurfacePratiques, lots[3 * i + 2] ?? 0, 0),
    autre: utiles === null ? (entieres ? p.surface : null) : (utiles[i] ?? 0),
  })));
}
