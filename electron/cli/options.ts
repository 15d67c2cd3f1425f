import { invalide } from '../../shared/erreurs.ts';
import type { Appel, Verbe } from './verbe.ts';

/** Les options données, dans l'ordre du verbe. */
export const donnees = (appel: Pick<Appel, 'texte' | 'textes' | 'drapeau'>, options: Verbe['options']): string[] =>
  Object.keys(options).filter((o) => appel.texte(o) !== undefined || appel.textes(o).length > 0 || appel.drapeau(o));

/**
 * Refuse (sortie 2) les options données que l'action choisie ne lit pas : perdues en silence, elles laisseraient croire que tout est
 * fait. `action` : l'option qui la demande, ou une phrase ; `lues` : les options qu'elle lit, elle comprise.
 */
export function refuserNonLues(appel: Pick<Appel, 'texte' | 'textes' | 'drapeau'>, options: Verbe['options'], action: string, lues: readonly string[]): void {
  const perdues = donnees(appel, options).filter((o) => o !== action && !lues.includes(o));
  if (perdues.length === 0) return;
  const noms = perdues.map((o) => `« --${o} »`).join(', ');
  const avec = Object.hasOwn(options, action) ? `« --${action} »` : action;
  throw invalide('options-incompatibles', `${noms} ne ${perdues.length > 1 ? 'vont' : 'va'} pas avec ${avec}.`, 'Faire deux commandes, ou retirer ce qui est de trop ; rien n’a été changé.');
}
