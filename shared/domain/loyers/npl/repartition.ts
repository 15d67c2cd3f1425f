import { masseDe, microDeCentimes } from './quantites.ts';
import type { BaseSurface, ChoixEnsemble, ConstatNpl, EnsembleNpl, PartEnsemble, Plafond, Scenario } from './types.ts';
import { partager } from '../../nombres/partage.ts';

/** Logements d'un ensemble et d'un plafond, tels que la masse les compte : même surface avant et après. */
export type PartRetenue = {
  plafond: Plafond;
  logements: number;
  surface: number;
  /** Masse maximale d'aujourd'hui, en millionièmes d'euro par mois. */
  avant: bigint;
  maximum: bigint | null;
  moyenne: bigint | null;
};
export type EnsembleRetenu = { ensemble: string; base: BaseSurface; origine: 'convention' | 'rpls' | 'R445-10'; parts: PartRetenue[] };

const BASE_DU_MODE: Partial<Record<number, BaseSurface>> = { 1: 'SU', 2: 'SC' };

type Constater = (code: ConstatNpl['code'], bloquant: boolean, logements: number, article: string, message: string, plafond?: Plafond | null) => void;

/**
 * Ce que la masse compte d'un ensemble (`null` : rien), et tout ce qu'elle n'en compte pas, avec sa raison. Un
 * logement sans surface ou sans maximum sort des deux côtés : il n'est jamais compté pour zéro.
 */
export function repartirEnsemble(ensemble: string, parts: readonly PartEnsemble[], choix: ChoixEnsemble | null, limites: Scenario['limites']): { retenu: EnsembleRetenu | null; constats: ConstatNpl[] } {
  const constats: ConstatNpl[] = [];
  const constater: Constater = (code, bloquant, logements, article, message, plafond = null) => void constats.push({ code, bloquant, ensemble, plafond, logements, article, message });
  return { retenu: retenir(parts, choix, ensemble, limites, constater), constats };
}

const GROUPES = new WeakMap<readonly PartEnsemble[], ReadonlyMap<string, readonly PartEnsemble[]>>();

/** Les parts de chaque ensemble ; le même parc donne les mêmes listes, que le calcul reconnaît. */
export function grouperParts(parts: readonly PartEnsemble[]): ReadonlyMap<string, readonly PartEnsemble[]> {
  const deja = GROUPES.get(parts);
  if (deja !== undefined) return deja;
  const groupes = new Map<string, PartEnsemble[]>();
  for (const p of parts) {
    const groupe = groupes.get(p.ensemble);
    if (groupe === undefined) groupes.set(p.ensemble, [p]);
    else groupe.push(p);
  }
  GROUPES.set(parts, groupes);
  return groupes;
}

/** Le choix de chaque ensemble du parc ; ceux d'un ensemble inconnu, ou en double, se disent. */
export function choixUniques(ensembles: readonly EnsembleNpl[], scenario: Scenario, constats: ConstatNpl[]): Map<string, ChoixEnsemble> {
  const connus = new Set(ensembles.map((e) => e.ensemble));
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

function retenir(parts: readonly PartEnsemble[], choix: ChoixEnsemble | null, ensemble: string, limites: Scenario['limites'], constater: Constater): EnsembleRetenu | null {
  const sansSurface = somme(parts, (p) => p.sansSurface);
  if (sansSurface > 0 && choix?.surface === undefined) constater('sans-surface', false, sansSurface, 'L445-3', 'Logements sans surface : hors de la masse et des moyennes.');
  const base = choix?.base ?? baseDominante(parts);
  const converties = choix?.surface === undefined ? dansBase(parts, base, constater, choix !== null) : exprimer(parts, choix.surface, constater);
  const { retenues, origine } = avant(converties, base, choix, limites, constater);
  if (retenues.length === 0) {
    if ((choix?.plafonds.length ?? 0) > 0) constater('choix-non-compte', true, 0, 'L445-3', 'Un maximum est fixé pour cet ensemble, mais aucun de ses logements n’entre dans la masse : la contrainte ne peut pas être établie.');
    return null;
  }
  return { ensemble, base, origine, parts: choix === null ? retenues : fixer(retenues, choix, constater) };
}

/** La base qui porte le plus de surface ; SU à égalité. */
export function baseDominante(parts: readonly PartEnsemble[]): BaseSurface {
  const de = (mode: number): number => somme(parts.filter((p) => p.mode === mode), (p) => p.surface);
  return de(2) > de(1) ? 'SC' : 'SU';
}

/** Les parts de l'ensemble dont la surface est celle de la base ; les autres sont dites et exclues. `choisi` : le scénario fixe cet ensemble. */
function dansBase(parts: readonly PartEnsemble[], base: BaseSurface, constater: Constater, choisi: boolean): PartEnsemble[] {
  const autres = parts.filter((p) => BASE_DU_MODE[p.mode] !== base);
  const ecartes = somme(autres, (p) => p.logements - p.sansSurface);
  if (ecartes > 0) {
    const melange = ecartes < somme(parts, (p) => p.logements - p.sansSurface);
    constater(
      // Un maximum fixé pour des logements qu'on ne sait pas compter : la contrainte n'est pas établie.
      melange ? 'modes-melanges' : 'surface-autre-base', choisi, ecartes, 'R445-9',
      `Logements dont la surface n’est pas ${base === 'SU' ? 'utile' : 'corrigée'} : donner la surface de l’ensemble dans cette base pour les compter.`,
    );
  }
  return parts.filter((p) => BASE_DU_MODE[p.mode] === base);
}

/**
 * Surface totale de l'ensemble donnée dans une autre base (R445-9) : les montants ne changent pas ; la
 * surface donnée se partage entre les plafonds comme le nombre de logements comptés.
 */
function exprimer(parts: readonly PartEnsemble[], surface: number, constater: Constater): PartEnsemble[] {
  const n = somme(parts, (p) => p.logements);
  if (n === 0) return [];
  const modes = new Set(parts.map((p) => p.mode));
  if (modes.size > 1) constater('modes-melanges', false, n, 'R445-9', 'Surfaces de plusieurs sortes dans l’ensemble : celle qui a été donnée les remplace toutes.');
  const bornes = partager(surface, parts.map((p) => p.logements));
  return parts.map((p, i) => {
    const s = bornes[i] ?? 0;
    const [max = 0, pratiques = 0] = partager(s, [p.avecMaximum, p.pratiques, p.logements - p.avecMaximum - p.pratiques]);
    return { ...p, sansSurface: 0, surface: s, surfaceMax: max, surfacePratiques: pratiques };
  });
}

type Avant = { retenues: PartRetenue[]; origine: EnsembleRetenu['origine'] };

function avant(parts: readonly PartEnsemble[], base: BaseSurface, choix: ChoixEnsemble | null, limites: Scenario['limites'], constater: Constater): Avant {
  const connu = choix?.connu;
  if (connu !== undefined) return { origine: 'convention', retenues: parPlafond(parts, (p) => p.surface, (p) => p.logements - p.sansSurface, (_, s) => masseDe(connu.taux, s)) };
  const sansMaximum = somme(parts, (p) => p.logements - p.sansSurface - p.avecMaximum);
  if (somme(parts, (p) => p.avecMaximum) > 0) {
    if (sansMaximum > 0) constater('sans-maximum', false, sansMaximum, 'L445-3', 'Logements sans loyer maximum connu dans un ensemble qui en a un : hors de la masse, avant comme après.');
    return { origine: 'rpls', retenues: parPlafond(parts, (p) => p.surfaceMax, (p) => p.avecMaximum, (p) => microDeCentimes(p.maximum)) };
  }
  return avantPratique(parts, base, sansMaximum, limites, constater);
}

/** Ensemble sans plafond réglementaire : loyers pratiqués, dans la limite de l'arrêté (R445-10). */
function avantPratique(parts: readonly PartEnsemble[], base: BaseSurface, sansMaximum: number, limites: Scenario['limites'], constater: Constater): Avant {
  const vide: Avant = { origine: 'R445-10', retenues: [] };
  if (sansMaximum === 0) return vide;
  const limite = limites.find((l) => l.base === base);
  if (limite === undefined) {
    constater('limite-absente', false, sansMaximum, 'R445-10', 'Ensemble sans plafond de loyer : la limite par m² fixée par arrêté n’est pas saisie, il n’est pas compté.');
    return vide;
  }
  const pratiques = somme(parts, (p) => p.pratiques);
  if (pratiques < sansMaximum) constater('sans-maximum', false, sansMaximum - pratiques, 'R445-10', 'Logements sans maximum ni loyer pratiqué : hors de la masse, avant comme après.');
  const loyers = microDeCentimes(somme(parts, (p) => p.loyersPratiques));
  const plafond = masseDe(limite.taux, somme(parts, (p) => p.surfacePratiques));
  // La limite porte sur l'ensemble : elle remplace la somme de ses loyers quand celle-ci la dépasse.
  const part = (p: PartEnsemble, s: number): bigint => (loyers <= plafond ? microDeCentimes(p.loyersPratiques) : masseDe(limite.taux, s));
  return { origine: 'R445-10', retenues: parPlafond(parts, (p) => p.surfacePratiques, (p) => p.pratiques, part) };
}

function parPlafond(parts: readonly PartEnsemble[], surface: (p: PartEnsemble) => number, logements: (p: PartEnsemble) => number, avantDe: (p: PartEnsemble, surface: number) => bigint): PartRetenue[] {
  const retenues = new Map<Plafond, PartRetenue>();
  for (const p of parts) {
    const s = surface(p);
    if (logements(p) <= 0 || s <= 0) continue;
    const r = retenues.get(p.plafond) ?? { plafond: p.plafond, logements: 0, surface: 0, avant: 0n, maximum: null, moyenne: null };
    retenues.set(p.plafond, { ...r, logements: r.logements + logements(p), surface: r.surface + s, avant: r.avant + avantDe(p, s) });
  }
  return [...retenues.values()];
}

/** Applique les choix d'un ensemble à ses parts ; une répartition décidée remplace celle du fichier si ses sommes sont les mêmes. */
function fixer(parts: readonly PartRetenue[], choix: ChoixEnsemble, constater: Constater): PartRetenue[] {
  const dits = new Map(choix.plafonds.map((p) => [p.plafond, p]));
  if (dits.size < choix.plafonds.length) constater('plafond-en-double', true, 0, 'L445-3', 'Deux maximums pour le même plafond de ressources : seul le dernier est compté.');
  const repartis = choix.plafonds.some((p) => p.logements !== undefined || p.surface !== undefined) ? repartition(parts, [...dits.values()], constater) : null;
  const base = repartis ?? parts;
  for (const p of dits.keys()) {
    if (!base.some((b) => b.plafond === p)) constater('plafond-absent-du-fichier', true, 0, 'L445-3', 'Maximum fixé pour un plafond de ressources qu’aucun logement compté ne porte : donner sa part de logements et de surface.', p);
  }
  return base.map((b) => {
    const dit = dits.get(b.plafond);
    return dit === undefined ? b : { ...b, maximum: dit.maximum, moyenne: dit.moyenne ?? null };
  });
}

/** Répartition décidée entre plafonds : mêmes logements, même surface, même masse d'avant que celle du fichier. */
function repartition(parts: readonly PartRetenue[], dits: readonly ChoixEnsemble['plafonds'][number][], constater: Constater): PartRetenue[] | null {
  const logements = somme(parts, (p) => p.logements);
  const surface = somme(parts, (p) => p.surface);
  if (somme(dits, (d) => d.logements ?? 0) !== logements || somme(dits, (d) => d.surface ?? 0) !== surface || dits.some((d) => d.logements === undefined || d.surface === undefined || d.logements < 0 || d.surface < 0)) {
    constater('repartition-incoherente', true, logements, 'L445-3', 'La répartition par plafond de ressources ne reprend pas les logements et la surface de l’ensemble : celle du fichier est gardée.');
    return null;
  }
  const masse = parts.reduce((s, p) => s + p.avant, 0n);
  let donnee = 0n;
  return dits.map((d, i) => {
    const s = d.surface ?? 0;
    // La masse d'avant suit la surface ; la dernière part prend le reste, pour que la somme soit exacte.
    const part = i === dits.length - 1 ? masse - donnee : surface === 0 ? 0n : (masse * BigInt(s)) / BigInt(surface);
    donnee += part;
    return { plafond: d.plafond, logements: d.logements ?? 0, surface: s, avant: part, maximum: null, moyenne: null };
  });
}

const somme = <T>(lignes: readonly T[], de: (l: T) => number): number => lignes.reduce((s, l) => s + de(l), 0);
