/**
 * Nouvelle politique des loyers (L445-2, L445-3, R445-8 à R445-10). Unités, toutes entières et exactes :
 * montants en centimes par mois, surfaces en centièmes de m², taux en dix-millièmes d'€ par m² et par
 * mois. Un taux multiplié par une surface donne des millionièmes d'euro : rien n'est arrondi avant l'affichage.
 */

import type { Irl } from './revision.ts';

/** Surface à laquelle la masse est rapportée (L445-3, II). */
export type BaseSurface = 'SU' | 'SC';
/** Plafonds de ressources (L445-3, I) ; `INCONNU` quand le fichier ne le dit pas. */
export const PLAFONDS = ['PLAI', 'PLUS', 'PLS', 'PLI', 'INCONNU'] as const;
export type Plafond = (typeof PLAFONDS)[number];

/** Sommes de logements de même mode de surface, d'où la masse se déduit. */
export type SommesPart = {
  logements: number;
  /** Logements sans surface (ou de surface nulle) dans ce mode : hors de toute moyenne. */
  sansSurface: number;
  /** Σ surface de ceux qui en ont une. */
  surface: number;
  /** Logements dont le maximum (LOYERMAXCUS, sinon LOYERMAXAPL) et la surface sont connus. */
  avecMaximum: number;
  surfaceMax: number;
  /** Σ maximum mensuel, en centimes. */
  maximum: number;
  /** Parmi les logements avec une surface et sans maximum : ceux dont le loyer pratiqué est connu (R445-10). */
  pratiques: number;
  surfacePratiques: number;
  loyersPratiques: number;
  /** Parmi les logements sans surface : ceux dont le maximum est connu, et Σ de ces maximums. */
  sansSurfaceMax: number;
  maximumSansSurface: number;
  /** Parmi les logements sans surface ni maximum : ceux dont le loyer pratiqué est connu, et Σ de ces loyers. */
  sansSurfacePratiques: number;
  loyersSansSurface: number;
  /** Logements dont un maximum est déclaré à 0 € : ce n'est pas un maximum. */
  maximumsNuls: number;
  /** Parmi `avecMaximum`, puis parmi `sansSurfaceMax` : ceux dont le maximum est LOYERMAXCUS. */
  maximumsCus: number;
  maximumsCusSansSurface: number;
};

/** Logements d'un ensemble de même plafond et de même mode de surface (MODESURF : 1 utile, 2 corrigée, 3 habitable, 0 non renseigné), sommés. */
export type PartEnsemble = SommesPart & { ensemble: string; plafond: Plafond; mode: 0 | 1 | 2 | 3 };

/** Ce qu'un ensemble a de fixe : où il est, dans quelle zone. */
export type EnsembleNpl = {
  ensemble: string;
  nom: string;
  qpv: number;
  /** Logements dont la situation en QPV n'est pas connue. */
  qpvInconnu: number;
  logements: number;
  /** Zones de la commune dans les zonages chargés (1, 1bis, 2, 3 ; Abis, A, B1, B2, C) ; vide si aucun. */
  zones: readonly string[];
};

/** D'un côté ou de l'autre des QPV, tout entier ; `mele` : à cheval, ou situation en partie inconnue, et rien ne s'en dit. */
export type SituationQpv = 'hors-qpv' | 'qpv' | 'mele';
export const situationDe = (e: Pick<EnsembleNpl, 'qpv' | 'qpvInconnu' | 'logements'>): SituationQpv => (e.qpvInconnu > 0 || (e.qpv > 0 && e.qpv < e.logements) ? 'mele' : e.qpv > 0 ? 'qpv' : 'hors-qpv');

/**
 * Maximum d'une convention APL ou d'une ancienne CUS (L445-3-1), saisi en € par m² de `base` : il vaut pour la
 * surface de cette base. `annee` : celle où il est écrit ; absente, celle de la déclaration.
 */
export type MaximumConnu = { taux: bigint; base: BaseSurface; source: string; annee?: number };

export type ChoixPlafond = {
  plafond: Plafond;
  /** Montant maximal applicable à l'ensemble (III), pour les logements de ce plafond. */
  maximum: bigint;
  /** Montant maximal de la moyenne des loyers maximaux (IV) ; absent : le maximum lui-même. */
  moyenne?: bigint;
  /** Répartition décidée, si elle change celle du fichier : logements et surface (base de l'ensemble). */
  logements?: number;
  surface?: number;
  /** Année où maximum et moyenne sont écrits ; absente : celle du scénario (L445-3, V). */
  annee?: number;
  /** Maximum que la politique des loyers fixait l'année d'avant (III, 2e alinéa). */
  precedent?: bigint;
};

export type ChoixEnsemble = {
  ensemble: string;
  /** Surface dans laquelle les nouveaux maximums sont exprimés. */
  base: BaseSurface;
  /** Surface totale de l'ensemble dans `base`, quand le fichier la donne autrement (R445-9). */
  surface?: number;
  /** Surface habitable (absente : celle que le fichier déclare) et annexes, dont la surface utile se déduit (D331-10, D353-16). */
  habitable?: number;
  annexes?: number;
  /** Plafond de ressources donné aux logements dont le fichier n'en dit pas (I). */
  inconnus?: Exclude<Plafond, 'INCONNU'>;
  /** Accord de l'autorité administrative à une hausse après travaux d'amélioration (III, 2e alinéa). */
  travaux?: { accord: string; reference: string };
  connu?: MaximumConnu;
  plafonds: readonly ChoixPlafond[];
};

/** Limite de R445-10, par base : fixée par arrêté, saisie par l'utilisateur avec sa source et, s'il la donne, l'année de l'arrêté. Jamais révisée. */
export type LimiteSansPlafond = { base: BaseSurface; taux: bigint; source: string; annee: number | null };

export type Scenario = {
  nom: string;
  choix: readonly ChoixEnsemble[];
  limites: readonly LimiteSansPlafond[];
  /** Année du scénario, année de la déclaration, indices : de quoi réviser (V) ; absents, rien n'est révisé. */
  annee?: number;
  anneeParc?: number | null;
  irl?: readonly Irl[];
};

/** Plafond de loyer d'une année, d'un produit et d'une zone, saisi ou chargé avec sa source. */
export type PlafondLoyer = { annee: number; produit: Plafond; zone: string; taux: bigint; source: string };

export type ConstatNpl = {
  code:
    | 'sans-surface' | 'sans-maximum' | 'modes-melanges' | 'surface-autre-base' | 'plafond-absent-du-fichier' | 'connu-autre-base' | 'habitable-inconnue'
    | 'surfaces-remplacees' | 'maximum-nul' | 'plafond-non-renseigne' | 'irl-absent' | 'base-depassee' | 'pls-non-verifie' | 'plafonds-deux-zonages'
    | 'choix-non-compte' | 'repartition-incoherente' | 'ensemble-inconnu' | 'plafond-en-double' | 'choix-en-double' | 'limite-absente'
    | 'plafond-sans-maximum' | 'moyenne-superieure-au-maximum' | 'superieur-au-pls' | 'zone-inconnue' | 'plafond-pls-absent'
    | 'plafonds-contradictoires' | 'plafond-nul' | 'plafonds-autre-annee' | 'taux-nul' | 'hausse-excessive' | 'hausse-non-verifiee' | 'masse-depassee';
  /** Bloque la conformité du scénario, ou seulement à savoir. */
  bloquant: boolean;
  ensemble: string | null;
  plafond: Plafond | null;
  logements: number;
  article: string;
  message: string;
};

/** Constats qui ne contredisent pas L445-3 mais que l'organisme doit pouvoir expliquer : ils passent au contrôle, à justifier. */
export const A_JUSTIFIER: ReadonlySet<ConstatNpl['code']> = new Set<ConstatNpl['code']>(['base-depassee', 'plafond-non-renseigne', 'plafond-sans-maximum']);
