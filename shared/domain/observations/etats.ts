import type { z } from 'zod';
import type { EtatObservation, NatureObservation } from '../../contract.ts';
import { missingCase } from '../../erreurs.ts';

export type Etat = z.output<typeof EtatObservation>;
export type Nature = z.output<typeof NatureObservation>;

/**
 * Ce qui peut arriver à une observation : l'organisme répond ou accepte la valeur proposée ; l'État
 * rend un avis favorable sur le même champ dans un Retour suivant.
 */
export type Evenement = 'reponse' | 'acceptation' | 'favorable';

/** ouverte → répondue → levée. Seul l'État lève ; ce qui est levé le reste. */
export function nextEtat(etat: Etat, evenement: Evenement): Etat {
  switch (evenement) {
    case 'reponse':
    case 'acceptation':
      return etat === 'levee' ? 'levee' : 'repondue';
    case 'favorable':
      return 'levee';
    default:
      return missingCase(evenement);
  }
}

/** Une remarque favorable n'attend pas de réponse. */
export const etatInitial = (nature: Nature): Etat => (nature === 'favorable' ? 'levee' : 'ouverte');
