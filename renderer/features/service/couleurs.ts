import { couleursGrille } from '../../../shared/domain/carte/classer.ts';
import type { Grille } from '../../../shared/domain/service-rendu/types.ts';

/** Noms des couleurs des classes, dans leur ordre. */
export const couleursClasses = couleursGrille;

export function couleurClasse(grille: Pick<Grille, 'classes' | 'sens'>, classe: number | null): string {
  const nom = classe === null ? undefined : couleursClasses(grille)[classe];
  return nom === undefined ? 'transparent' : `var(--${nom})`;
}
