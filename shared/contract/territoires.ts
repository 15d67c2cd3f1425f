/** Les territoires où un indicateur se décline, proposés d'après les données et décidés par l'organisme. */
import { z } from 'zod';
import { entier, rien, texte } from './base.ts';

export const TerritoirePs1 = z.object({
  code: texte,
  nom: texte,
  /** Logements du parc qui s'y trouvent. */
  logements: entier,
  propose: z.boolean(),
  /** Faux quand nos données ne suffisent pas : à l'organisme de décider. */
  certain: z.boolean(),
  motif: texte,
  article: texte,
  retenu: z.boolean(),
});

export const operationsTerritoires = {
  /** `decide` : l'organisme a fixé la liste (`options/territoires-ps1`) ; sinon les proposés valent. */
  'territoires.ps1': { input: rien, output: z.object({ decide: z.boolean(), territoires: z.array(TerritoirePs1) }) },
} as const;
