import type { Sortie } from '../../shared/contract.ts';
import { communesDe, parseTerritoire } from '../../shared/territoires/index.ts';

type Filtres = Sortie<'explication.lire'>['sources'][number]['filtres'];

/** Filtres de la table des logements qui ouvrent le parc d'un territoire. */
export function filtresTerritoire(territoire: string): Filtres {
  const parc = { colonne: 'parc', valeurs: ['oui'] };
  const t = parseTerritoire(territoire);
  if (t === null || t.type === 'organisme') return [parc];
  if (t.type === 'departement' || t.type === 'epci' || t.type === 'region') return [parc, { colonne: t.type, valeurs: [t.code] }];
  return [parc, { colonne: 'commune', valeurs: communesDe(territoire) }];
}
