/** Retours de l’État, modifications, explication des chiffres. */
import { z } from 'zod';
import { chemin, entier, rien, texte } from './base.ts';
import { Avis, FiltreLogements, NatureObservation } from './commun.ts';

export const EtatObservation = z.enum(['ouverte', 'repondue', 'levee']);

export const Reponse = z.object({ texte, auteur: texte, date: texte });

export const Observation = z.object({
  id: texte,
  champ: texte,
  libelleChamp: texte,
  etape: texte,
  nature: NatureObservation,
  etat: EtatObservation,
  texte,
  valeurProposee: texte.nullable(),
  valeurActuelle: texte.nullable(),
  auteur: texte,
  date: texte,
  version: entier,
  reponses: z.array(Reponse),
});

export const RetourRecu = z.object({
  version: entier,
  avis: Avis.nullable(),
  auteur: texte,
  date: texte,
  fichier: texte,
  observations: entier,
});

export const Modification = z.object({
  champ: texte,
  libelle: texte,
  avant: texte.nullable(),
  apres: texte.nullable(),
  quand: texte.nullable(),
});

/** Ce que l'inspecteur dit d'un chiffre ou d'un champ. */
export const Explication = z.object({
  sujet: texte,
  titre: texte,
  valeur: texte,
  formule: texte,
  articles: z.array(texte),
  sources: z.array(z.object({ libelle: texte, nombre: entier.nullable(), filtres: z.array(FiltreLogements), /** Ce qu'il faut ouvrir, quand ces lignes ne sont pas des logements. */ champ: texte.optional() })),
  historique: z.array(z.object({ quand: texte, qui: texte, avant: texte.nullable(), apres: texte.nullable() })),
  observations: z.array(Observation),
  incertitude: texte,
  /** Ce que la convention précédente disait de la même ligne. */
  precedent: z.object({ convention: texte, valeurs: z.array(z.object({ libelle: texte, valeur: texte })) }).optional(),
  /** La case de logement est corrigée à la main : ce que l'import disait, par qui et quand elle l'a été. */
  correction: z
    .object({ identifiant: texte, colonne: texte, importee: texte.nullable(), corrigee: texte.nullable(), quand: texte, qui: texte, motif: texte.nullable() })
    .optional(),
});

export const operationsEchanges = {
  'retour.lire': {
    input: z.strictObject({ chemin }),
    output: z.object({
      version: entier,
      nouvelles: entier,
      dejaConnues: entier,
      refusees: z.array(z.object({ ligne: entier, raison: texte })),
    }),
  },
  'observations.lister': {
    input: rien,
    output: z.object({ avis: Avis.nullable(), retours: z.array(RetourRecu), observations: z.array(Observation) }),
  },
  'observations.repondre': { input: z.strictObject({ id: texte, texte: texte.min(1) }), output: Observation },
  'observations.accepter': { input: z.strictObject({ id: texte }), output: Observation },
  'modifications.lister': {
    input: z.strictObject({ de: entier.min(1).optional(), a: entier.min(1).optional() }),
    output: z.object({ modifications: z.array(Modification) }),
  },
  /**
   * D'où vient un chiffre. `sujet` : un nom de champ (`organisme/psp/date`, `engagement/…`, `reference/…`) ;
   * `etat/<logements|ensembles|qpv|horsQpv|qpvInconnu|sortis|vacants>` ou `etat/<famille|financement|dpe|annee|type|pieces|commune|epci|departement>/<clé>` ;
   * `occupation/<maille>/<code>/<total|qpv|horsQpv|qpvInconnu>/<repondants|concernes|occupants|vacance|vacance3|rotation|VARIABLE-RANG>` ;
   * `attributions/<territoire>/<année|reference|toutes>/<attributions|MESURE>` ;
   * `loyers/<maille>/<code>/<SH|SU|SC>/<loyerM2|loyerMaxM2|ecartM2|loues|surface|loyerMensuel>` ; `ensemble/<id>` ou un chiffre de sa fiche
   * (`ensemble/<id>/financement/13`, `…/pieces/3`, `…/dpe/D/avant`, `…/surface/SH`).
   */
  'explication.lire': { input: z.strictObject({ sujet: texte }), output: Explication },
} as const;
