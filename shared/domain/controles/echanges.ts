import { accord, pluriel } from '../nombres/accord.ts';
import type { EntreeControles, Releve } from './types.ts';

/** Un nouveau dépôt peut laisser des observations sans réponse, mais pas sans le savoir. */
export function checkEchanges({ observations: { ouvertes } }: EntreeControles): Releve[] {
  if (ouvertes === 0) return [];
  const observations = pluriel(ouvertes, 'observation de l’État est', 'observations de l’État sont');
  return [{ code: 'observations-ouvertes', champ: null, valeurs: { observations, ouvertes: accord(ouvertes, 'ouverte', 'ouvertes') } }];
}
