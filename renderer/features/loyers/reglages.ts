import { create } from 'zustand';
import { NOMBRE_USUEL } from '../../../shared/domain/carte/classer.ts';
import type { Methode } from '../../../shared/domain/carte/classes.ts';
import { selectCodes, toggleCode, type ModeSelection } from '../../../shared/domain/carte/selection.ts';
import { garderPreference, lirePreference } from '../../app/memoire.ts';
import { AUCUNE, type Retenues } from '../../grille/retenues.ts';
import type { Maille, Mesure, Surface, Taille } from './mesures.ts';

export type Outil = 'rectangle' | 'lasso';

type Reglages = {
  mesure: Mesure;
  /** La mesure de la seconde carte, à côté ; `null` : une seule carte. */
  comparee: Mesure | null;
  taille: Taille;
  methode: Methode;
  /** Nombre de classes voulu ; une mesure qui en admet moins prend le plus proche. */
  nombre: number;
  surface: Surface;
  maille: Maille;
  /** Année des plafonds de loyer ; `null` : celle de la déclaration. */
  annee: number | null;
  /** Scénario de politique des loyers ; `null` : celui ouvert dans la politique des loyers, sinon le retenu, sinon le dernier. */
  scenario: number | null;
  /** Celui de la seconde carte ; `null` : le même. */
  scenarioCompare: number | null;
  /** Bornes posées à la main ; elles ne valent que pour une mesure. */
  posees: number[] | null;
  /** Classes retenues par la légende ; vide : toutes. */
  retenues: (number | null)[];
  choisi: string | null;
  /** La sélection, commune à la carte, au tableau, aux graphiques et aux totaux. */
  selection: Retenues;
  /** Outil de sélection en main sur la carte. */
  outil: Outil | null;
  largeurTable: number;
};

export const LARGEUR_TABLE = 440;

/** Ce que montrent carte et tableau, ensemble : ils ne peuvent pas dire deux choses. */
export const useReglages = create<Reglages>(() => ({
  mesure: 'loyerM2',
  comparee: null,
  taille: 'logements',
  methode: 'quantiles',
  nombre: NOMBRE_USUEL,
  surface: 'SH',
  maille: 'ensemble',
  annee: null,
  scenario: null,
  scenarioCompare: null,
  posees: null,
  retenues: [],
  choisi: null,
  selection: AUCUNE,
  outil: null,
  largeurTable: Number(lirePreference('loyers.table')) || LARGEUR_TABLE,
}));

/** Change de mesure, de surface ou de maille : les classes d'avant ne veulent plus rien dire. Une autre maille a d'autres lignes. */
export function regler(changement: Partial<Pick<Reglages, 'mesure' | 'surface' | 'maille' | 'methode' | 'nombre' | 'annee' | 'scenario' | 'scenarioCompare'>>): void {
  useReglages.setState({ ...changement, posees: null, retenues: [], ...(changement.maille ? { choisi: null, selection: AUCUNE } : {}) });
}

export function basculerClasse(classe: number | null): void {
  useReglages.setState((s) => ({ retenues: s.retenues.includes(classe) ? s.retenues.filter((c) => c !== classe) : [...s.retenues, classe] }));
}

/**
 * Fait entrer des codes dans la sélection, les en fait sortir, ou la remplace. `maille` : celle de ces codes, que l'écran
 * montre parfois encore quand une autre vient d'être demandée ; le geste est alors sans effet.
 */
export function selectionner(codes: Iterable<string>, mode: ModeSelection, maille: Maille): void {
  useReglages.setState((s) => {
    if (s.maille !== maille) return s;
    const retenues = selectCodes(s.selection.retenues, codes, mode);
    return { selection: { retenues, base: retenues } };
  });
}

export function basculer(code: string, maille: Maille): void {
  useReglages.setState((s) => {
    if (s.maille !== maille) return s;
    const retenues = toggleCode(s.selection.retenues, code);
    return { selection: { retenues, base: retenues } };
  });
}

/** Choisit la ligne de ce code, qui est de cette maille. */
export const choisir = (code: string | null, maille: Maille): void => useReglages.setState((s) => (s.maille === maille ? { choisi: code } : s));

/** Pose des bornes à la main, dans l'unité de cette mesure : elles ne valent que si c'est encore elle qui est demandée. */
export const poserBornes = (posees: number[], mesure: Mesure): void => useReglages.setState((s) => (s.mesure === mesure ? { posees, retenues: [] } : s));

export const deselectionner = (): void => useReglages.setState({ selection: AUCUNE });

export function reglerTable(largeurTable: number): void {
  useReglages.setState({ largeurTable });
  garderPreference('loyers.table', String(largeurTable));
}
