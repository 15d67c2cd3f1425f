/** Les bailleurs dont les fichiers sont réunis dans un dossier : absorption, fusion, transfert de patrimoine. */
import { z } from 'zod';
import { OPERATIONS_ORIGINE } from '../domain/origines/operations.ts';
import { entier, rien, texte } from './base.ts';

export const OperationOrigine = z.enum(OPERATIONS_ORIGINE);

export const Origine = z.object({
  siren: texte,
  nom: texte,
  /** `null` : l'organisme du dossier lui-même. */
  operation: OperationOrigine.nullable(),
  /** Date de l'opération, ISO ; `null` si elle n'est pas connue. */
  date: texte.nullable(),
  /** Déclaration en vigueur ; `null` tant que rien n'est importé. */
  annee: entier.nullable(),
  fichier: texte.nullable(),
  importeLe: texte.nullable(),
  /** Logements du parc, puis lignes gardées mais sorties du parc. */
  logements: entier,
  sortis: entier,
  /** Faux quand des logements en viennent : ils s'annulent d'abord. */
  retirable: z.boolean(),
});

export const operationsOrigines = {
  /** L'organisme du dossier d'abord, puis les bailleurs repris par SIREN. */
  'origines.lister': { input: rien, output: z.object({ origines: z.array(Origine) }) },
  /** Ajoute un bailleur repris, ou change ce qui en est dit. */
  'origines.definir': {
    input: z.strictObject({ siren: texte, nom: texte, operation: OperationOrigine, date: texte.optional() }),
    output: z.object({ siren: texte, enregistreA: texte }),
  },
  'origines.retirer': { input: z.strictObject({ siren: texte }), output: z.object({ siren: texte, enregistreA: texte }) },
} as const;
