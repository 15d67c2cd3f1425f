import { basCentime, partsVisees, tauxActuel } from './aides.ts';
import type { Cible, Proposition } from './aides.ts';
import type { Masse, MasseEnsemble, PartMasse } from './masse.ts';

/** La classe d'une part et son poids, en centièmes (`150` : 1,5) ; `classe` nulle : ce qui la range n'est pas connu. */
export type Classement = { classe: string | null; poids: bigint };

export type ReglageRepartition = {
  classer(c: Cible): Classement;
  /** Maximum à ne pas dépasser (PLS de la zone : L445-3, IV) ; `null` : aucun n'est connu, ou il ne s'applique pas. */
  limite(c: Cible): bigint | null;
  /** Chaque maximum rendu au centime d'€/m² inférieur ; sinon aux quatre décimales. */
  auCentime: boolean;
};

/** Ce qu'une classe reçoit ; `hausse` en dix-millièmes d'€/m², la même pour toutes ses parts hors limite et arrondi. */
export type ClasseRepartie = { classe: string | null; poids: bigint; parts: number; logements: number; changees: number; bornees: number; hausse: bigint };

export type Repartition = {
  propositions: Proposition[];
  classes: ClasseRepartie[];
  /** Ce que les propositions ajoutent à la masse, et ce qu'il en reste, en millionièmes d'euro par mois. */
  reparti: bigint;
  reste: bigint;
  /** Parts arrêtées à leur limite. */
  bornees: number;
  /** Pourquoi le reste n'est pas nul : rien à répartir, aucune part qui puisse monter, ou un pas de plus qui dépasserait. */
  cause: 'rien' | 'limites' | 'pas';
};

type Part = { m: MasseEnsemble; p: PartMasse; taux: bigint; surface: bigint; limite: bigint | null };
type Classe = { classe: string | null; poids: bigint; parts: Part[] };

/**
 * Répartit ce qui reste de la masse entre les parts choisies : la hausse par m² d'une classe est proportionnelle à
 * son poids. Exact, jamais au-dessus de la masse : les hausses montent d'un dix-millième d'€/m² à la fois, la
 * classe la plus en retard sur son poids d'abord, et s'arrêtent au premier pas qui dépasserait. Plus de reste, ou
 * plus de poids pour une classe, ne lui donne donc jamais moins. Poids nul, limite atteinte : la part ne bouge pas.
 */
export function repartirReste(masse: Masse, cibles: readonly Cible[], reglage: ReglageRepartition): Repartition {
  const classes = classer(masse, cibles, reglage);
  const actives = classes.filter((c) => c.poids > 0n && c.parts.length > 0);
  const pas = masse.reste > 0n ? chercher(actives, masse.reste, reglage.auCentime) : new Map<Classe, bigint>();
  const propositions: Proposition[] = [];
  let reparti = 0n;
  const dites = classes.map((c): ClasseRepartie => {
    const hausse = pas.get(c) ?? 0n;
    let [changees, bornees] = [0, 0];
    for (const part of c.parts) {
      const apres = atteint(part, hausse, reglage.auCentime);
      if (c.poids > 0n && part.limite !== null && apres >= atteint(part, part.limite > part.taux ? part.limite - part.taux : 0n, reglage.auCentime)) bornees += 1;
      if (apres <= part.taux) continue;
      changees += 1;
      reparti += apres * part.surface - part.p.apres;
      propositions.push({ ensemble: part.m.ensemble, plafond: part.p.plafond, avant: part.taux, apres });
    }
    return { classe: c.classe, poids: c.poids, parts: c.parts.length, logements: c.parts.reduce((n, { p }) => n + p.logements, 0), changees, bornees, hausse };
  });
  const bornees = dites.reduce((n, c) => n + c.bornees, 0);
  const cause = masse.reste <= 0n || actives.length === 0 ? 'rien' : bornees === actives.reduce((n, c) => n + c.parts.length, 0) ? 'limites' : 'pas';
  return { propositions, classes: dites, reparti, reste: masse.reste - reparti, bornees, cause };
}

function classer(masse: Masse, cibles: readonly Cible[], { classer: de, limite }: ReglageRepartition): Classe[] {
  const classes = new Map<string | null, Classe>();
  for (const { m, p } of partsVisees(masse, cibles)) {
    if (p.surface <= 0) continue;
    const cible = { ensemble: m.ensemble, plafond: p.plafond };
    const { classe, poids } = de(cible);
    let c = classes.get(classe);
    if (c === undefined) classes.set(classe, (c = { classe, poids: poids < 0n ? 0n : poids, parts: [] }));
    c.parts.push({ m, p, taux: tauxActuel(p), surface: BigInt(p.surface), limite: limite(cible) });
  }
  // L'ordre départage les pas de même rang : il ne dépend pas de celui de la sélection.
  return [...classes.values()].sort((a, b) => (a.classe === b.classe ? 0 : a.classe === null ? 1 : b.classe === null ? -1 : a.classe < b.classe ? -1 : 1));
}

/** Taux d'une part après une hausse : sous sa limite, au centime s'il le faut, jamais plus bas qu'aujourd'hui. */
function atteint({ taux, limite }: Part, hausse: bigint, auCentime: boolean): bigint {
  const libre = limite !== null && taux + hausse > limite ? limite : taux + hausse;
  const rendu = auCentime ? basCentime(libre) : libre;
  return rendu > taux ? rendu : taux;
}

/** Ce qu'une hausse coûte à la masse : jamais moins que ce qu'elle y ajoutera. */
const cout = (c: Classe, hausse: bigint, auCentime: boolean): bigint => c.parts.reduce((s, p) => s + (atteint(p, hausse, auCentime) - p.taux) * p.surface, 0n);

/** La hausse de chaque classe : la plus longue suite de pas, dans l'ordre, qui tient dans le reste. */
function chercher(classes: readonly Classe[], reste: bigint, auCentime: boolean): Map<Classe, bigint> {
  const lourd = classes.reduce((n, c) => (c.poids > n ? c.poids : n), 0n);
  if (lourd === 0n) return new Map();
  const hausses = (n: bigint): bigint[] => classes.map((c) => (c.poids * n) / lourd);
  const total = (n: bigint): bigint => hausses(n).reduce((s, h, i) => s + coutDe(i, h), 0n);
  const coutDe = (i: number, h: bigint): bigint => {
    const c = classes[i];
    return c === undefined ? 0n : cout(c, h, auCentime);
  };
  // Au-delà, toute part est à sa limite, ou le reste est dépassé par la plus petite surface.
  const sature = saturation(classes, lourd);
  if (sature !== null && total(sature) <= reste) return new Map(classes.map((c, i) => [c, hausses(sature)[i] ?? 0n]));
  let haut = 1n;
  while (total(haut) <= reste) haut *= 2n;
  let bas = 0n;
  while (haut - bas > 1n) {
    const milieu = (bas + haut) / 2n;
    if (total(milieu) <= reste) bas = milieu;
    else haut = milieu;
  }
  const tenues = hausses(bas);
  let depense = total(bas);
  const suivants = hausses(haut).flatMap((h, i) => (h > (tenues[i] ?? 0n) ? [{ i, h, poids: classes[i]?.poids ?? 1n }] : []));
  suivants.sort((a, b) => (a.h * b.poids === b.h * a.poids ? a.i - b.i : a.h * b.poids < b.h * a.poids ? -1 : 1));
  for (const { i, h } of suivants) {
    depense += coutDe(i, h) - coutDe(i, tenues[i] ?? 0n);
    if (depense > reste) break;
    tenues[i] = h;
  }
  return new Map(classes.map((c, i) => [c, tenues[i] ?? 0n]));
}

/** Nombre de pas de la classe la plus lourde où toutes les parts ont atteint leur limite ; `null` si une part n'en a pas. */
function saturation(classes: readonly Classe[], lourd: bigint): bigint | null {
  let pas = 0n;
  for (const { poids, parts } of classes) {
    for (const { taux, limite } of parts) {
      if (limite === null) return null;
      const n = limite > taux ? ((limite - taux) * lourd) / poids + 1n : 0n;
      if (n > pas) pas = n;
    }
  }
  return pas;
}
