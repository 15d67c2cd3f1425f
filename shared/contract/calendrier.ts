/** Les délais légaux, calculés des dates du dossier, et leur export vers un agenda. */
import { z } from 'zod';
import { chemin, entier, rien, texte } from './base.ts';

const Consequence = z.object({ texte, article: texte });

export const EcheanceLegale = z.object({
  code: texte,
  libelle: texte,
  article: texte,
  aide: texte,
  genre: z.enum(['limite', 'au-plus-tot', 'repere']),
  calculee: texte.nullable(),
  date: texte.nullable(),
  remplacement: z.object({ date: texte, motif: texte }).nullable(),
  realisee: texte.nullable(),
  /** La date de réalisation est encore à venir. */
  prevue: z.boolean(),
  etat: z.enum(['inconnue', 'a-venir', 'passee', 'en-retard', 'trop-tot']),
  jours: entier.nullable(),
  /** Champ à ouvrir pour agir ; champs qui remplacent la date légale et disent pourquoi. */
  champ: texte,
  champDate: texte,
  champMotif: texte,
  /** Champ dont le délai part, et son libellé. */
  depuis: texte,
  libelleDepuis: texte,
  /** Ce que la loi dit d'un retard ; `null` : les textes lus n'en disent rien. */
  consequence: Consequence.nullable(),
});

/** Une transmission que le texte demande sans fixer de jour ; `date` : celui que l'organisme s'est donné. */
export const ObligationAnnuelle = z.object({ code: texte, libelle: texte, article: texte, aide: texte, date: texte.nullable(), champDate: texte });

export const operationsCalendrier = {
  /** Les échéances légales du dossier, dans l'ordre du millésime. */
  'calendrier.lire': { input: rien, output: z.object({ echeances: z.array(EcheanceLegale), obligations: z.array(ObligationAnnuelle) }) },
  /** Écrit les échéances datées en .ics, et, annulées, celles d'un export précédent qui ne sont plus au calendrier (`annules`) ; `sansDate` : celles qu'il manque une date pour calculer. */
  'calendrier.exporter': {
    input: z.strictObject({ destination: chemin }),
    output: z.object({ chemin: texte, evenements: entier, annules: entier, sansDate: z.array(z.object({ libelle: texte, champ: texte, libelleDepuis: texte })) }),
  },
} as const;
