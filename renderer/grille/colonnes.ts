import { createContext, type ReactNode } from 'react';

export type Tri = { colonne: string; sens: 'asc' | 'desc' };

/** Une colonne de la grille : ce qu'elle montre d'une ligne, et d'où viennent ses chiffres. */
export type ColonneGrille<L> = {
  cle: string;
  libelle: string;
  /** Dit au survol de l'en-tête : unité, règle. */
  aide?: string;
  largeur: number;
  /** Chiffres : alignés à droite. */
  droite?: boolean;
  contenu: (ligne: L) => ReactNode;
  /** Sujet de l'inspecteur pour cette case ; un clic l'ouvre si la case est un chiffre (`droite`). */
  sujet?: (ligne: L) => string | null;
  /** Ce qu'il faut savoir de cette case avant de la lire (corrigée à la main) : un coin la marque. */
  marque?: (ligne: L) => string | null;
  triable?: boolean;
  /** Filtre de la colonne : montré dans un volet sous l'en-tête. */
  filtre?: { actif: boolean; volet: ReactNode };
};

/** Ferme le volet de filtre ouvert, depuis ce qu'il contient. */
export const FermerVolet = createContext<() => void>(() => undefined);

const collateur = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });

/** Compare deux valeurs de même sorte ; rien se range toujours à la fin, quel que soit le sens. */
export function comparer(a: string | number | null, b: string | number | null, sens: Tri['sens']): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const ordre = typeof a === 'number' && typeof b === 'number' ? a - b : collateur.compare(String(a), String(b));
  return sens === 'asc' ? ordre : -ordre;
}

/** Sens suivant d'un clic sur un en-tête : croissant, décroissant, puis l'ordre d'origine. */
export function triSuivant(tri: Tri | null, colonne: string): Tri | null {
  if (tri?.colonne !== colonne) return { colonne, sens: 'asc' };
  return tri.sens === 'asc' ? { colonne, sens: 'desc' } : null;
}
