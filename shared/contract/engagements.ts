/** La matrice des cibles. */
import { z } from 'zod';
import { chemin, entier, rien, texte } from './base.ts';
import { Cible } from './commun.ts';

export const CelluleMatrice = Cible.extend({
  horizon: texte,
  obligatoire: z.boolean(),
  /** Dénominateur connu par les données, avec son origine ; `null` quand elles ne le disent pas. */
  denominateurPropose: z.object({ valeur: entier, formule: texte, source: texte }).nullable(),
  observations: entier,
  constats: z.array(texte),
});

export const LigneMatrice = z.object({
  indicateur: texte,
  politique: texte,
  libelle: texte,
  article: texte,
  /** Indicateur que la convention ne porte qu'à la demande du préfet signataire (R445-5-1). */
  surDemande: z.boolean(),
  unite: texte,
  territoire: texte,
  nomTerritoire: texte,
  ventilation: texte,
  libelleVentilation: texte,
  champReference: texte,
  reference: texte.nullable(),
  cellules: z.array(CelluleMatrice),
});

export const Matrice = z.object({
  colonnes: z.array(z.object({ horizon: texte, libelle: texte })),
  lignes: z.array(LigneMatrice),
  attendus: entier,
  renseignes: entier,
});

export const operationsEngagements = {
  'engagements.matrice': { input: rien, output: Matrice },
  'engagements.definir': {
    /** `geste` : le nom de l'opération, quand ce n'est pas une frappe ou un collage. */
    input: z.strictObject({ cellules: z.array(z.strictObject({ champ: texte, valeur: texte })).min(1).max(20_000), geste: texte.max(200).optional() }),
    output: z.object({
      enregistreA: texte,
      /** L'opération à annuler ; `null` quand rien n'a changé. */
      operation: entier.nullable(),
      cellules: z.array(z.object({ champ: texte, ok: z.boolean(), message: texte, cible: Cible.nullable() })),
    }),
  },
  'engagements.exporter': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte, lignes: entier }) },
  'engagements.importer': {
    input: z.strictObject({ chemin }),
    output: z.object({
      lignes: entier,
      enregistrees: entier,
      vides: entier,
      refusees: z.array(z.object({ ligne: entier, champ: texte, raison: texte })),
    }),
  },
} as const;
