/** Types que plusieurs domaines se partagent. */
import { z } from 'zod';
import { entier, texte } from './base.ts';

export const Nature = z.enum(['OPH', 'ESH', 'COOP', 'SEM']);

export const NatureObservation = z.enum(['a-corriger', 'a-completer', 'question', 'proposition', 'favorable']);

export const Avis = z.enum(['favorable', 'reserve', 'defavorable']);

export const Maille = z.enum(['ensemble', 'commune', 'epci', 'departement', 'organisme']);

export const Surface = z.enum(['SH', 'SU', 'SC']);

export const Organisme = z.object({ siren: texte, nom: texte, nature: Nature.nullable() });

export const EtatEtape = z.enum(['a-faire', 'entame', 'a-verifier', 'complet']);

export const Etape = z.object({
  etape: texte,
  libelle: texte,
  etat: EtatEtape,
  /** Ce qui manque, en une phrase ; vide si rien. */
  manque: texte,
  bloquants: entier,
});

export const Echeance = z.object({ champ: texte, libelle: texte, date: texte, jours: entier, article: texte });

/** Un filtre de la table des logements ; ce qui est donné s'ajoute (« et »), comme les filtres entre eux. */
export const FiltreLogements = z.strictObject({
  colonne: texte,
  /** Vide = inconnu (null). Plusieurs valeurs = l'une d'elles. */
  valeurs: z.array(texte).optional(),
  /** Sans égard aux majuscules ni aux accents. */
  contient: texte.optional(),
  /** Bornes comprises, dans l'unité montrée (euros, m², année, `AAAA-MM`, `AAAA-MM-JJ`) ; l'inconnu n'y est jamais. */
  de: texte.optional(),
  a: texte.optional(),
  /** Vrai : les inconnus seulement ; faux : les renseignés seulement. */
  vide: z.boolean().optional(),
});

export const Cible = z.object({
  champ: texte,
  saisie: texte.nullable(),
  reference: texte.nullable(),
  valeur: z.number().nullable(),
  pourcentage: z.number().nullable(),
  numerateur: z.number().nullable(),
  denominateur: z.number().nullable(),
  commentaire: texte.nullable(),
});

export const Constat = z.object({
  code: texte,
  message: texte,
  article: texte,
  champ: texte.nullable(),
  /** Étape du rail où le constat se corrige. */
  etape: texte,
  justification: texte.nullable(),
});

export const Constats = z.object({
  bloquants: z.array(Constat),
  aJustifier: z.array(Constat),
  informations: z.array(Constat),
});
