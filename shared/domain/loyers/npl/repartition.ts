import type { CodeOrigine } from '../../../millesimes/types.ts';
import { partager } from '../../nombres/partage.ts';
import { masseDe, microDeCentimes } from './quantites.ts';
import { indexerEnsembles } from './rangement.ts';
import { revise, UN } from './revision.ts';
import type { Ratio, Revision } from './revision.ts';
import { baseDominante, motBase, placerDansBase } from './surfaces.ts';
import type { Constater, Cumul, PartBase } from './surfaces.ts';
import type { BaseSurface, ChoixEnsemble, ChoixPlafond, ConstatNpl, EnsembleNpl, PartEnsemble, Plafond, Scenario } from './types.ts';

/** Ce que le scénario fixe pour une part, tel qu'écrit, et l'année où il l'est. */
export type Fixe = { maximum: bigint; moyenne: bigint | null; annee: number | null; precedent: bigint | null };

/** Logements d'un ensemble et d'un plafond, tels que la masse les compte : même surface avant et après. */
export type PartRetenue = {
  plafond: Plafond;
  logements: number;
  surface: number;
  /** Surface dans l'autre base, si elle est connue. */
  autre: number | null;
  /** Masse maximale d'aujourd'hui, en millionièmes d'euro par mois, dans l'année où elle est écrite. */
  avant: bigint;
  fixe: Fixe | null;
  /** Les mêmes maximum et moyenne, révisés à l'année du scénario. */
  maximum: bigint | null;
  moyenne: bigint | null;
  /** Sa répartition est décidée : sa masse d'avant est celle de l'ensemble, partagée par surface, non celle du fichier. */
  repartie: boolean;
};
/** Surfaces qu'on a données à l'ensemble, en centièmes de m² : totale dans sa base, habitable, annexes. */
export type SurfacesDonnees = { surface: number | null; habitable: number | null; annexes: number | null };
/** `cus` : logements comptés dont le maximum déclaré est LOYERMAXCUS. `revisionAvant` : ce qui amène la masse d'avant à l'année du scénario. */
export type EnsembleRetenu = {
  ensemble: string; base: BaseSurface; origine: CodeOrigine; cus: number; annee: number | null; source: string;
  /** La limite de R445-10 remplace les loyers pratiqués : elle vaut telle qu'écrite. */
  plafonne: boolean;
  revisionAvant: Ratio; travaux: boolean; donnees: SurfacesDonnees; parts: PartRetenue[];
};

/** De quoi dater les montants : la révision du scénario, et l'année de la déclaration. */
export type Temps = { revision: Revision; anneeParc: number | null };

/**
 * Ce que la masse compte d'un ensemble (`null` : rien), et tout ce qu'elle n'en compte pas, avec sa raison. Un
 * logement sans surface ou sans maximum sort des deux côtés : il n'est jamais compté pour zéro.
 */
export function repartirEnsemble(ensemble: string, parts: readonly PartEnsemble[], choix: ChoixEnsemble | null, limites: Scenario['limites'], temps: Temps): { retenu: EnsembleRetenu | null; constats: ConstatNpl[] } {
  const constats: ConstatNpl[] = [];
  const constater: Constater = (code, bloquant, logements, article, message, plafond = null) => void constats.push({ code, bloquant, ensemble, plafond, logements, article, message });
  return { retenu: retenir(parts, choix, ensemble, limites, temps, constater), constats };
}

/** Le choix de chaque ensemble du parc ; ceux d'un ensemble inconnu, ou en double, se disent. */
export function choixUniques(ensembles: readonly EnsembleNpl[], scenario: Scenario, constats: ConstatNpl[]): Map<string, ChoixEnsemble> {
  const connus = indexerEnsembles(ensembles);
  const choix = new Map<string, ChoixEnsemble>();
  const faute = (code: ConstatNpl['code'], ensemble: string, message: string): void =>
    void constats.push({ code, bloquant: true, ensemble, plafond: null, logements: 0, article: 'L445-3', message });
  for (const c of scenario.choix) {
    if (!connus.has(c.ensemble)) faute('ensemble-inconnu', c.ensemble, `L’ensemble « ${c.ensemble} » n’est pas dans le parc : son choix n’est pas compté.`);
    else if (choix.has(c.ensemble)) faute('choix-en-double', c.ensemble, 'Deux choix pour le même ensemble : seul le premier est compté.');
    else choix.set(c.ensemble, c);
  }
  return choix;
}

function retenir(lues: readonly PartEnsemble[], choix: ChoixEnsemble | null, ensemble: string, limites: Scenario['limites'], temps: Temps, constater: Constater): EnsembleRetenu | null {
  const nuls = somme(lues, (p) => p.maximumsNuls);
  if (nuls > 0) constater('maximum-nul', false, nuls, 'L445-3', 'Logements dont un loyer maximum est déclaré à 0 € : ce n’est pas un maximum, il n’est pas compté comme tel.');
  const { inconnus } = choix ?? {};
  const parts = inconnus === undefined ? lues : lues.map((p) => (p.plafond === 'INCONNU' ? { ...p, plafond: inconnus } : p));
  const base = choix?.base ?? baseDominante(parts);
  const placees = placerDansBase(parts, base, choix, constater);
  const { retenues, origine, cus, annee, source, plafonne } = avant(placees, base, choix, limites, temps, constater);
  if (retenues.length === 0) {
    if ((choix?.plafonds.length ?? 0) > 0) constater('choix-non-compte', true, 0, 'L445-3', 'Un maximum est fixé pour cet ensemble, mais aucun de ses logements n’entre dans la masse : la contrainte ne peut pas être établie.');
    return null;
  }
  return {
    ensemble, base, origine, cus, annee, source, plafonne, revisionAvant: plafonne ? UN : temps.revision.de(annee), travaux: choix?.travaux !== undefined,
    donnees: { surface: choix?.surface ?? null, habitable: choix?.habitable ?? null, annexes: choix?.annexes ?? null },
    parts: choix === null ? retenues : fixer(retenues, choix, temps, constater),
  };
}

type Avant = { retenues: PartRetenue[]; origine: CodeOrigine; cus: number; annee: number | null; source: string; plafonne: boolean };
const VIDE: readonly PartRetenue[] = [];

function avant(parts: readonly PartBase[], base: BaseSurface, choix: ChoixEnsemble | null, limites: Scenario['limites'], { anneeParc, revision }: Temps, constater: Constater): Avant {
  const connu = choix?.connu;
  if (connu !== undefined) {
    const dit = { origine: 'convention' as const, cus: 0, annee: connu.annee ?? anneeParc, source: connu.source, plafonne: false };
    if (connu.base !== base && parts.some((p) => p.autre === null)) {
      const n = somme(parts, (p) => p.max.n + p.pratiques.n + p.ni.n);
      constater('connu-autre-base', (choix?.plafonds.length ?? 0) > 0, n, 'R445-9', `Le maximum connu vaut pour la surface ${motBase(connu.base)}, qui n’est pas connue pour cet ensemble exprimé en surface ${motBase(base)} : il n’est pas compté, avant comme après.`);
      return { ...dit, retenues: [...VIDE] };
    }
    return { ...dit, retenues: retenirParts(parts, (p) => joindre(p.max, p.pratiques, p.ni), (p, c) => masseDe(connu.taux, connu.base === base ? c.s : (p.autre ?? 0)), constater) };
  }
  const sansMaximum = somme(parts, (p) => p.pratiques.n + p.ni.n);
  if (somme(parts, (p) => p.max.n) > 0) {
    if (sansMaximum > 0) constater('sans-maximum', false, sansMaximum, 'L445-3', 'Logements sans loyer maximum connu dans un ensemble qui en a un : hors de la masse, avant comme après.');
    const retenues = retenirParts(parts, (p) => p.max, (p) => microDeCentimes(p.max.m), constater);
    const cus = somme(parts, (p) => (p.max.s > 0 ? p.cus : 0));
    return { origine: origineDeclaree(cus, somme(retenues, (p) => p.logements)), cus, annee: anneeParc, source: '', plafonne: false, retenues };
  }
  return avantPratique(parts, base, sansMaximum, limites, { annee: anneeParc, ratio: revision.de(anneeParc) }, constater);
}

/** Les maximums déclarés viennent tous de la convention APL, tous de l'ancienne CUS (L445-3-1), ou des deux. */
const origineDeclaree = (cus: number, logements: number): CodeOrigine => (cus === 0 ? 'apl' : cus === logements ? 'cus' : 'apl-cus');

const joindre = (...c: readonly Cumul[]): Cumul => ({ n: somme(c, (x) => x.n), s: somme(c, (x) => x.s), m: somme(c, (x) => x.m) });

/**
 * Ensemble sans plafond réglementaire : loyers pratiqués, dans la limite de l'arrêté (R445-10). Les loyers de la
 * déclaration sont révisés à l'année du scénario (V) ; la limite est celle de l'arrêté, telle qu'écrite.
 */
function avantPratique(parts: readonly PartBase[], base: BaseSurface, sansMaximum: number, limites: Scenario['limites'], { annee, ratio }: { annee: number | null; ratio: Ratio }, constater: Constater): Avant {
  const vide = { origine: 'R445-10' as const, cus: 0, annee, source: '', plafonne: false, retenues: [...VIDE] };
  if (sansMaximum === 0) return vide;
  const limite = limites.find((l) => l.base === base);
  if (limite === undefined || limite.taux === 0n) {
    const pourquoi = limite === undefined ? 'n’est pas saisie' : 'est saisie à 0 €/m², ce qui n’en est pas une';
    constater('limite-absente', false, sansMaximum, 'R445-10', `Ensemble sans plafond de loyer : la limite par m² fixée par arrêté ${pourquoi}, il n’est pas compté.`);
    return vide;
  }
  const pratiques = somme(parts, (p) => p.pratiques.n);
  if (pratiques < sansMaximum) constater('sans-maximum', false, sansMaximum - pratiques, 'R445-10', 'Logements sans maximum ni loyer pratiqué : hors de la masse, avant comme après.');
  const loyers = microDeCentimes(somme(parts, (p) => p.pratiques.m));
  const plafond = masseDe(limite.taux, somme(parts, (p) => p.pratiques.s));
  // La limite porte sur l'ensemble : elle remplace la somme de ses loyers quand celle-ci la dépasse.
  const plafonne = loyers * ratio.num > plafond * ratio.den;
  return { ...vide, plafonne, annee: plafonne ? limite.annee : annee, source: limite.source, retenues: retenirParts(parts, (p) => p.pratiques, (p, c) => (plafonne ? masseDe(limite.taux, c.s) : microDeCentimes(p.pratiques.m)), constater) };
}

/** Les parts comptées ; un logement à qui la surface donnée ne laisse rien sort des deux côtés. */
function retenirParts(parts: readonly PartBase[], compte: (p: PartBase) => Cumul, avantDe: (p: PartBase, c: Cumul) => bigint, constater: Constater): PartRetenue[] {
  const retenues: PartRetenue[] = [];
  for (const p of parts) {
    const c = compte(p);
    if (c.n <= 0) continue;
    if (c.s <= 0) {
      constater('sans-surface', false, c.n, 'L445-3', 'Logements à qui la surface donnée ne laisse rien : hors de la masse et des moyennes.', p.plafond);
      continue;
    }
    const toute = p.max.s + p.pratiques.s + p.ni.s;
    const autre = p.autre === null ? null : Number((BigInt(p.autre) * BigInt(c.s)) / BigInt(toute));
    retenues.push({ plafond: p.plafond, logements: c.n, surface: c.s, autre, avant: avantDe(p, c), fixe: null, maximum: null, moyenne: null, repartie: false });
  }
  return retenues;
}

/** Applique les choix d'un ensemble à ses parts ; une répartition décidée remplace celle du fichier si ses sommes sont les mêmes. */
function fixer(parts: readonly PartRetenue[], choix: ChoixEnsemble, { revision }: Temps, constater: Constater): PartRetenue[] {
  const dits = new Map<Plafond, ChoixPlafond>();
  const doubles = new Set<Plafond>();
  for (const p of choix.plafonds) {
    if (dits.has(p.plafond)) doubles.add(p.plafond);
    dits.set(p.plafond, p);
  }
  for (const p of doubles) {
    dits.delete(p);
    constater('plafond-en-double', true, 0, 'L445-3', 'Deux maximums pour le même plafond de ressources : aucun n’est compté.', p);
  }
  const repartis = choix.plafonds.some((p) => p.logements !== undefined || p.surface !== undefined) ? repartition(parts, [...dits.values()], constater) : null;
  const base = repartis ?? parts;
  for (const p of dits.keys()) {
    if (!base.some((b) => b.plafond === p)) constater('plafond-absent-du-fichier', true, 0, 'L445-3', 'Maximum fixé pour un plafond de ressources qu’aucun logement compté ne porte : donner sa part de logements et de surface.', p);
  }
  return base.map((b) => {
    const dit = dits.get(b.plafond);
    if (dit === undefined) return b;
    const r = dit.annee === undefined ? UN : revision.de(dit.annee);
    const fixe = { maximum: dit.maximum, moyenne: dit.moyenne ?? null, annee: dit.annee ?? null, precedent: dit.precedent ?? null };
    return { ...b, fixe, maximum: revise(dit.maximum, r), moyenne: dit.moyenne === undefined ? null : revise(dit.moyenne, r) };
  });
}

/** Répartition décidée entre plafonds : mêmes logements, même surface, même masse d'avant que celle du fichier. */
function repartition(parts: readonly PartRetenue[], dits: readonly ChoixPlafond[], constater: Constater): PartRetenue[] | null {
  const logements = somme(parts, (p) => p.logements);
  const surface = somme(parts, (p) => p.surface);
  const lacunaire = (d: ChoixPlafond): boolean => d.logements === undefined || d.surface === undefined || d.logements < 0 || d.surface < 0 || d.logements > 0 !== d.surface > 0;
  if (somme(dits, (d) => d.logements ?? 0) !== logements || somme(dits, (d) => d.surface ?? 0) !== surface || dits.some(lacunaire)) {
    constater('repartition-incoherente', true, logements, 'L445-3', 'La répartition par plafond de ressources ne reprend pas les logements et la surface de l’ensemble : celle du fichier est gardée.');
    return null;
  }
  const masse = parts.reduce((s, p) => s + p.avant, 0n);
  const autres = parts.some((p) => p.autre === null) ? null : partager(somme(parts, (p) => p.autre ?? 0), dits.map((d) => d.surface ?? 0));
  // Un seul plafond, celui du fichier : rien n'est partagé, la masse d'avant reste la sienne.
  const repartie = dits.length > 1 || parts.length > 1 || dits[0]?.plafond !== parts[0]?.plafond;
  let donnee = 0n;
  return dits.map((d, i) => {
    const s = d.surface ?? 0;
    // La masse d'avant suit la surface ; la dernière part prend le reste, pour que la somme soit exacte.
    const part = i === dits.length - 1 ? masse - donnee : surface === 0 ? 0n : (masse * BigInt(s)) / BigInt(surface);
    donnee += part;
    return { plafond: d.plafond, logements: d.logements ?? 0, surface: s, autre: autres === null ? null : (autres[i] ?? 0), avant: part, fixe: null, maximum: null, moyenne: null, repartie };
  });
}

function somme<T>(lignes: readonly T[], de: (l: T) => number): number {
  let s = 0;
  for (const l of lignes) s += de(l);
  return s;
}
