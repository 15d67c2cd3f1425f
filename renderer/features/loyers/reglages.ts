import { create } from 'zustand';
import type { Methode } from '../../../shared/domain/carte/classes.ts';
import { garderPreference, lirePreference } from '../../app/memoire.ts';
import type { Maille, Mesure, Surface, Taille } from './mesures.ts';

export type VueLoyers = 'carte' | 'npl';

type Reglages = {
  vue: VueLoyers;
  mesure: Mesure;
  taille: Taille;
  methode: Methode;
  surface: Surface;
  maille: Maille;
  /** Bornes posées à la main sur l'histogramme ; elles ne valent que pour une mesure. */
  posees: number[] | null;
  /** Classes retenues par la légende ; vide : toutes. */
  retenues: (number | null)[];
  choisi: string | null;
  largeurTable: number;
};

export const LARGEUR_TABLE = 490;

/** Ce que montrent carte et tableau, ensemble : ils ne peuvent pas dire deux choses. */
export const useReglages = create<Reglages>(() => ({
  vue: lirePreference('loyers.vue') === 'npl' ? 'npl' : 'carte',
  mesure: 'loyerM2',
  taille: 'logements',
  methode: 'quantiles',
  surface: 'SH',
  maille: 'ensemble',
  posees: null,
  retenues: [],
  choisi: null,
  largeurTable: Number(lirePreference('loyers.table')) || LARGEUR_TABLE,
}));

/** Change de mesure, de surface ou de maille : les classes d'avant ne veulent plus rien dire. */
export function regler(changement: Partial<Pick<Reglages, 'mesure' | 'surface' | 'maille' | 'methode'>>): void {
  useReglages.setState({ ...changement, posees: null, retenues: [], ...(changement.maille ? { choisi: null } : {}) });
}

export function basculerClasse(classe: number | null): void {
  useReglages.setState((s) => ({ retenues: s.retenues.includes(classe) ? s.retenues.filter((c) => c !== classe) : [...s.retenues, classe] }));
}

export function reglerVue(vue: VueLoyers): void {
  useReglages.setState({ vue });
  garderPreference('loyers.vue', vue);
}

export function reglerTable(largeurTable: number): void {
  useReglages.setState({ largeurTable });
  garderPreference('loyers.table', String(largeurTable));
}
