import type { Proposition } from '../../../shared/domain/engagements/propositions.ts';
import type { Base } from '../../store/base.ts';
import type { EtatEngagements } from '../matrice.ts';
import { proposerVentes } from '../ventes/propositions.ts';

/** Une donnée du dossier qui sait proposer des valeurs : le parc, les attributions, le plan de mise en vente. */
export type SourcePropositions = (base: Base, etat: EtatEngagements) => Iterable<Proposition>;

/** Dans cet ordre : la première qui propose une valeur pour une case l'emporte. */
export const SOURCES: readonly SourcePropositions[] = [proposerVentes];

/** Les propositions des données, par champ. */
export function readPropositions(base: Base, etat: EtatEngagements): ReadonlyMap<string, Proposition> {
  const propositions = new Map<string, Proposition>();
  for (const source of SOURCES) for (const p of source(base, etat)) if (!propositions.has(p.champ)) propositions.set(p.champ, p);
  return propositions;
}
