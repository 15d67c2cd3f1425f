import type { Variable } from '../../shared/domain/occupation/modalites.ts';
import type { Atome, TableauOccupation } from '../../shared/domain/occupation/tableau.ts';
import type { Base } from '../store/base.ts';
import type { Suivi } from './contexte.ts';
import { tableauOccupation } from './occupation-resultats.ts';
import { unMessage } from './rangees.ts';

export type DemandeMasques = { quoi: 'masques'; variables: readonly Variable[]; atomes: readonly Atome[] };

/** Jusqu'à ce nombre de parts (un ensemble, dans une commune, dans une situation), le calcul tient dans l'instant. */
const SUR_PLACE = 300;

/** Calcule ce qu'il faut masquer, sans retenir le service quand le parc est grand. Après quoi `readOccupation` est immédiat. */
export async function prepareMasques(base: Base, suivi: Suivi): Promise<void> {
  for (let tableau = tableauOccupation(base); tableau.masques === null && tableau.atomes.length > SUR_PLACE; tableau = tableauOccupation(base)) {
    await calculer(tableau, suivi);
  }
}

const enCours = new WeakMap<TableauOccupation, Promise<void>>();

/** Deux demandes du même masque n'en font qu'un calcul. */
function calculer(tableau: TableauOccupation, suivi: Suivi): Promise<void> {
  let p = enCours.get(tableau);
  if (p === undefined) {
    suivi.progres({ etape: 'Masquage', fait: 0, total: null });
    p = unMessage({ quoi: 'masques', variables: tableau.variables, atomes: tableau.atomes }, suivi.signal)
      .then((message) => {
        if (!('masques' in message)) throw new Error('le fil a rendu autre chose qu’un masque');
        tableau.masques = message.masques;
      })
      .finally(() => enCours.delete(tableau));
    enCours.set(tableau, p);
  }
  return p;
}
