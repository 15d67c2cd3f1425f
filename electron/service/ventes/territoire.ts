import { communesDe, parseTerritoire } from '../../../shared/territoires/index.ts';
import type { LigneVente } from './plan.ts';

/** Logements du plan dans un territoire de la matrice. */
export function venteesDans(lignes: readonly LigneVente[], territoire: string): readonly LigneVente[] {
  const t = parseTerritoire(territoire);
  if (t === null || t.type === 'organisme') return lignes;
  if (t.type === 'departement') return lignes.filter((l) => l.departement === t.code);
  if (t.type === 'epci') return lignes.filter((l) => l.epci === t.code);
  const communes = new Set(communesDe(territoire));
  return lignes.filter((l) => communes.has(l.commune));
}
