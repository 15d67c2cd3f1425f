/** L’état des lieux et la table des logements. */
import { z } from 'zod';
import { comptes, entier, rien, texte } from './base.ts';
import { FiltreLogements } from './commun.ts';

export const Etat = z.object({
  territoire: texte,
  logements: entier,
  ensembles: entier,
  qpv: entier,
  horsQpv: entier,
  qpvInconnu: entier,
  financements: comptes,
  familles: comptes,
  dpe: comptes,
  /** Par année de construction, `inconnu` compris. */
  annees: comptes,
  /** Par type de construction : C, I, E, inconnu. */
  types: comptes,
  /** Par nombre de pièces : 1…9, inconnu. */
  pieces: comptes,
  communes: comptes,
  epci: comptes,
  departements: comptes,
  /** Libellés des codes de communes, EPCI, départements ci-dessus. */
  noms: z.record(texte, texte),
  /** Lignes conservées mais hors du parc (vendues, démolies…). */
  sortis: entier,
  vacants: entier,
});

/** Valeur brute d'une case de logement : texte, nombre (euros, m², années) ou rien. */
const valeurCase = z.union([texte, z.number(), z.null()]);

export const operationsPatrimoine = {
  'etat.lire': { input: z.strictObject({ territoire: texte.optional() }), output: Etat },
  'logements.page': {
    input: z.strictObject({
      decalage: entier.min(0),
      nombre: entier.min(1).max(1000),
      tri: z.strictObject({ colonne: texte, sens: z.enum(['asc', 'desc']) }).optional(),
      filtres: z.array(FiltreLogements).default([]),
    }),
    output: z.object({
      total: entier,
      lignes: z.array(z.record(texte, valeurCase)),
      /**
       * Totaux de toute la sélection filtrée ; `loyerMensuel` : somme des loyers que ses lignes montrent,
       * loués ou non ; `loues` : celles d'entre elles qui sont louées.
       */
      totaux: z.object({ logements: entier, surfaceHabitable: z.number(), loyerMensuel: z.number(), loues: entier }),
    }),
  },
  'logements.colonnes': {
    input: rien,
    output: z.object({
      colonnes: z.array(
        z.object({
          nom: texte,
          libelle: texte,
          groupe: texte,
          type: z.enum(['texte', 'nombre', 'euros', 'surface', 'code']),
          codes: z.record(texte, texte).optional(),
        }),
      ),
    }),
  },
} as const;
