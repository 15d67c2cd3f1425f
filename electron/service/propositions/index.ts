import type { Proposition, SansProposition } from '../../../shared/domain/engagements/propositions.ts';
import type { LigneMatrice } from '../../../shared/domain/engagements/matrice.ts';
import type { Base } from '../../store/base.ts';
import type { EtatEngagements } from '../matrice.ts';
import { iterateTues, proposeAttributions } from './attributions.ts';
import { parc } from './parc.ts';
import { proposerVentes } from '../ventes/propositions.ts';

/** Une donnée du dossier qui sait proposer des valeurs : le parc, les attributions, le plan de mise en vente. */
export type SourcePropositions = (base: Base, etat: EtatEngagements) => Iterable<Proposition>;

/** Dans cet ordre : la première qui propose une valeur pour une case l'emporte. */
export const SOURCES: readonly SourcePropositions[] = [proposerVentes, parc, proposeAttributions];

/** Les propositions des données, par champ. */
export function readPropositions(base: Base, etat: EtatEngagements): ReadonlyMap<string, Proposition> {
  const propositions = new Map<string, Proposition>();
  for (const source of SOURCES) for (const p of source(base, etat)) if (!propositions.has(p.champ)) propositions.set(p.champ, p);
  return propositions;
}

/** Les propositions d'une seule ligne de la matrice : les sources ne comptent que ce qu'elle demande. */
export function readPropositionsDe(base: Base, etat: EtatEngagements, ligne: LigneMatrice): ReadonlyMap<string, Proposition> {
  return readPropositions(base, { ...etat, matrice: { ...etat.matrice, lignes: [ligne] } });
}

/** Les cases dont les données parlent sans assez en dire ; `propositions` : ce qu'elles proposent déjà, d'une autre source. */
export const readSansPropositions = (base: Base, etat: EtatEngagements, propositions: ReadonlyMap<string, Proposition>): SansProposition[] => [...iterateTues(base, etat)].filter((t) => !propositions.has(t.champ));
