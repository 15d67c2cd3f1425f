import { couleursSequentielles } from '../../../shared/domain/carte/classes.ts';
import type { Grille } from '../../../shared/domain/service-rendu/types.ts';

/** Noms des couleurs des classes, dans leur ordre : la plus soutenue est la meilleure, quel que soit le sens. */
export function couleursClasses(grille: Pick<Grille, 'classes' | 'sens'>): string[] {
  const couleurs = couleursSequentielles(grille.classes.length);
  return grille.sens === 'croissant' ? couleurs : couleurs.toReversed();
}

export function couleurClasse(grille: Pick<Grille, 'classes' | 'sens'>, classe: number | null): string {
  const nom = classe === null ? undefined : couleursClasses(grille)[classe];
  return nom === undefined ? 'transparent' : `var(--${nom})`;
}
