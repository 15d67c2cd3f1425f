import type { Base } from '../../store/base.ts';

/**
 * Où cet ordinateur garde les contours, par dossier ouvert : une colonne de la table des logements en
 * dépend, et elle se lit sans le contexte de l'appel.
 */
const repertoires = new WeakMap<Base, string>();

export const noteRepertoire = (base: Base, repertoire: string): void => void repertoires.set(base, repertoire);

export function repertoireDe(base: Base): string {
  const repertoire = repertoires.get(base);
  if (repertoire === undefined) throw new Error('dossier ouvert hors du service');
  return repertoire;
}
