import { create } from 'zustand';
import { useSession, type Filtres } from '../../app/session.ts';
import type { Tri } from '../../grille/colonnes.ts';

export type Vue = 'logements' | 'ensembles' | 'communes' | 'epci' | 'departements' | 'regions' | 'qpv' | 'evolution';
export type TriGroupes = { colonne: 'cle' | 'logements' | 'surfaceHabitable' | 'loyerMensuel' | 'loues'; sens: 'asc' | 'desc' };
export type Filtre = Filtres[number];

/** Le parc : ce que comptent tous les chiffres. Les logements sortis se montrent en levant ce filtre. */
export const PARC: Filtre = { colonne: 'parc', valeurs: ['oui'] };

type Etat = {
  /** Dossier pour lequel ces filtres ont été posés. */
  dossier: string | null;
  vue: Vue;
  groupe: string;
  filtres: Filtres;
  tri: Tri | null;
  /** Colonnes qui groupent la table, aucune, une ou deux ; les groupes ouverts, par leur chemin. */
  par: string[];
  triGroupes: TriGroupes;
  ouverts: ReadonlySet<string>;
  /** Dernier jeton de `useSession().filtres` pris en compte. */
  jeton: number;
};

const NEUF = { vue: 'logements', groupe: 'Identité', filtres: [PARC], tri: null, par: [], triGroupes: { colonne: 'cle', sens: 'asc' }, ouverts: new Set<string>() } satisfies Partial<Etat>;

/** Ce que montre l'écran Patrimoine ; gardé quand on passe à une autre étape et qu'on revient. */
export const useSelection = create<Etat>(() => ({ ...NEUF, dossier: null, jeton: 0 }));

export function filtreDe(filtres: Filtres, colonne: string): Filtre | undefined {
  return filtres.find((f) => f.colonne === colonne);
}

/** Pose le filtre d'une colonne, ou le lève (`null`). */
export function avecFiltre(filtres: Filtres, colonne: string, filtre: Omit<Filtre, 'colonne'> | null): Filtres {
  const autres = filtres.filter((f) => f.colonne !== colonne);
  return filtre === null ? autres : [...autres, { colonne, ...filtre }];
}

const memes = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((v) => b.includes(v));

/** Vrai si la colonne est filtrée sur exactement ces valeurs, ou si elles font toutes partie du filtre. */
export function estRetenu(filtres: Filtres, colonne: string, valeurs: readonly string[]): boolean {
  const posees = filtreDe(filtres, colonne)?.valeurs;
  return posees !== undefined && valeurs.length > 0 && valeurs.every((v) => posees.includes(v));
}

/** Ajoute des valeurs au filtre d'une colonne, ou les en retire si elles y sont. */
export function basculerValeurs(filtres: Filtres, colonne: string, valeurs: readonly string[]): Filtres {
  const posees = filtreDe(filtres, colonne)?.valeurs ?? [];
  const restantes = estRetenu(filtres, colonne, valeurs) ? posees.filter((v) => !valeurs.includes(v)) : [...new Set([...posees, ...valeurs])];
  return avecFiltre(filtres, colonne, restantes.length === 0 ? null : { valeurs: restantes });
}

/** Vrai si rien d'autre que le parc n'est filtré. */
export function estParcEntier(filtres: Filtres): boolean {
  return filtres.length === 1 && filtres[0]?.colonne === 'parc' && memes(filtres[0].valeurs ?? [], ['oui']);
}

export function poserFiltre(colonne: string, filtre: Omit<Filtre, 'colonne'> | null): void {
  useSelection.setState((s) => ({ filtres: avecFiltre(s.filtres, colonne, filtre) }));
}

export type Mode = 'valeurs' | 'contient' | 'intervalle' | 'vide';

/** Sur quelle colonne porte le filtre de celle-ci : un nom se choisit par son code (deux communes peuvent avoir le même), et se cherche par son texte. */
export function colonneFiltree(nom: string, mode: Mode): string {
  if (mode === 'contient') return nom;
  return nom === 'nom_commune' ? 'commune' : nom === 'nom_ensemble' ? 'code_ensemble' : nom;
}

/** Vrai si un filtre, quel qu'il soit, porte sur cette colonne. */
export const estFiltree = (filtres: Filtres, nom: string): boolean => filtres.some((f) => f.colonne === nom || f.colonne === colonneFiltree(nom, 'valeurs'));

/** Pose le seul filtre d'une colonne montrée, ou le lève (`null`). */
export function poserFiltreColonne(nom: string, mode: Mode, filtre: Omit<Filtre, 'colonne'> | null): void {
  useSelection.setState((s) => ({ filtres: avecFiltre(avecFiltre(avecFiltre(s.filtres, nom, null), colonneFiltree(nom, 'valeurs'), null), colonneFiltree(nom, mode), filtre) }));
}

export function basculer(colonne: string, valeurs: readonly string[]): void {
  useSelection.setState((s) => ({ vue: 'logements', filtres: basculerValeurs(s.filtres, colonne, valeurs) }));
}

/** Montre les logements d'une sélection faite ailleurs. */
export function montrer(filtres: Filtres): void {
  useSelection.setState({ vue: 'logements', filtres, tri: null, par: [] });
}

/** Groupe par ces colonnes (deux au plus) ; aucune : la liste. */
export function grouperPar(par: readonly string[]): void {
  useSelection.setState({ par: [...new Set(par)].slice(0, 2), ouverts: new Set<string>() });
}

/** Prend les filtres demandés par l'inspecteur ou la palette, et repart de zéro pour un autre dossier. */
export function accueillir(): void {
  const { dossier, filtres } = useSession.getState();
  const s = useSelection.getState();
  if (s.dossier !== dossier) useSelection.setState({ ...NEUF, dossier });
  if (filtres && filtres.jeton !== s.jeton) {
    // Les codes d'ensembles se nomment `code_ensemble` dans la table.
    const lus = filtres.filtres.map((f) => (f.colonne === 'ensemble' ? { ...f, colonne: 'code_ensemble' } : f));
    useSelection.setState({ vue: 'logements', filtres: lus, tri: null, par: [], jeton: filtres.jeton });
  }
}
