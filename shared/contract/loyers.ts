/** Les loyers et leur carte. */
import { z } from 'zod';
import { chemin, comptes, entier, rien, texte } from './base.ts';
import { Maille, Surface } from './commun.ts';

export const LigneLoyers = z.object({
  code: texte,
  nom: texte,
  logements: entier,
  loues: entier,
  surface: z.number(),
  loyerMensuel: z.number(),
  loyerM2: z.number().nullable(),
  avecMaximum: entier,
  loyerMaxM2: z.number().nullable(),
  ecartM2: z.number().nullable(),
});

export const operationsLoyers = {
  'loyers.lire': {
    input: z.strictObject({ par: Maille.default('ensemble'), surface: Surface.default('SH') }),
    output: z.object({
      surface: Surface,
      lignes: z.array(LigneLoyers),
      /** Logements exclus de la moyenne, par raison. */
      exclus: comptes,
    }),
  },
  'carte.lire': {
    input: z.strictObject({ surface: Surface.default('SH') }),
    output: z.object({
      ensembles: z.array(
        z.object({
          id: texte,
          commune: texte,
          /** EPCI de la commune ; vide si elle n'en a pas. */
          epci: texte,
          lon: z.number(),
          lat: z.number(),
          /** `adresse` (coordonnées du fichier ou BAN) et `repere` sont de vrais points ; les autres sont approchées. */
          precision: z.enum(['adresse', 'repere', 'voie', 'commune', 'departement']),
          logements: entier,
          loyerM2: z.number().nullable(),
          loyerMaxM2: z.number().nullable(),
          ecartM2: z.number().nullable(),
        }),
      ),
      /** Centre des communes qui ont des ensembles, et leurs logements : où placer ce qui se compte par territoire. */
      communes: z.array(z.object({ code: texte, epci: texte, lon: z.number(), lat: z.number(), logements: entier })),
      sansPosition: entier,
      attribution: texte,
    }),
  },
  'carte.fond': {
    input: rien,
    output: z.object({
      /** GeoJSON FeatureCollection ; propriétés `code`, `nom`, `niveau` (commune|epci|departement|region). */
      geojson: z.unknown(),
      origine: z.enum(['fourni', 'charge']),
      nom: texte,
      attribution: texte,
    }),
  },
  'carte.chargerFond': { input: z.strictObject({ chemin }), output: z.object({ nom: texte, niveaux: comptes, ignores: entier }) },
  'carte.retirerFond': { input: rien, output: rien },
} as const;
