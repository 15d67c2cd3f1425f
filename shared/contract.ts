/**
 * Le contrat : chaque opération du service, son entrée et sa sortie. Écrans et terminal n'en
 * connaissent pas d'autre. Montants en euros et surfaces en m² (nombres à deux décimales au plus)
 * dès qu'ils franchissent cette frontière ; dates ISO ; codes en texte.
 */
import type { z } from 'zod';
import { operationsDossier } from './contract/dossier.ts';
import { operationsAssociation } from './contract/association.ts';
import { operationsCalendrier } from './contract/calendrier.ts';
import { operationsImports } from './contract/imports.ts';
import { operationsPatrimoine } from './contract/patrimoine.ts';
import { operationsCorrections } from './contract/corrections.ts';
import { operationsEnsembles } from './contract/ensembles.ts';
import { operationsServiceRendu } from './contract/service-rendu.ts';
import { operationsLoyers } from './contract/loyers.ts';
import { operationsQpv } from './contract/qpv.ts';
import { operationsMillesime } from './contract/millesime.ts';
import { operationsNpl } from './contract/npl.ts';
import { operationsOccupation } from './contract/occupation.ts';
import { operationsEngagements } from './contract/engagements.ts';
import { operationsAttributions } from './contract/attributions.ts';
import { operationsDepot } from './contract/depot.ts';
import { operationsEchanges } from './contract/echanges.ts';
import { operationsOrigines } from './contract/origines.ts';
import { operationsDeclarations } from './contract/declarations.ts';
import { operationsTerritoires } from './contract/territoires.ts';
import { operationsVentes } from './contract/ventes.ts';

export * from './contract/commun.ts';
export * from './contract/dossier.ts';
export * from './contract/association.ts';
export * from './contract/calendrier.ts';
export * from './contract/imports.ts';
export * from './contract/patrimoine.ts';
export * from './contract/corrections.ts';
export * from './contract/ensembles.ts';
export * from './contract/service-rendu.ts';
export * from './contract/loyers.ts';
export * from './contract/qpv.ts';
export * from './contract/millesime.ts';
export * from './contract/npl.ts';
export * from './contract/occupation.ts';
export * from './contract/engagements.ts';
export * from './contract/attributions.ts';
export * from './contract/depot.ts';
export * from './contract/echanges.ts';
export * from './contract/origines.ts';
export * from './contract/declarations.ts';
export * from './contract/territoires.ts';
export * from './contract/ventes.ts';

export const contract = {
  ...operationsDossier,
  ...operationsAssociation,
  ...operationsCalendrier,
  ...operationsImports,
  ...operationsPatrimoine,
  ...operationsCorrections,
  ...operationsEnsembles,
  ...operationsServiceRendu,
  ...operationsLoyers,
  ...operationsQpv,
  ...operationsMillesime,
  ...operationsNpl,
  ...operationsOccupation,
  ...operationsEngagements,
  ...operationsAttributions,
  ...operationsDepot,
  ...operationsEchanges,
  ...operationsOrigines,
  ...operationsDeclarations,
  ...operationsTerritoires,
  ...operationsVentes,
} as const;

export type Contract = typeof contract;
export type Operation = keyof Contract;
/** Ce que l'appelant donne (avant les valeurs par défaut). */
export type Entree<O extends Operation> = z.input<Contract[O]['input']>;
/** Ce que le service reçoit, une fois l'entrée analysée. */
export type EntreeLue<O extends Operation> = z.output<Contract[O]['input']>;
export type Sortie<O extends Operation> = z.output<Contract[O]['output']>;

export type Progres = { etape: string; fait: number; total: number | null };
