/** Les personnes publiques associées à la convention, ce qui leur est transmis, ce qu'elles répondent ; la concertation locative. */
import { z } from 'zod';
import { chemin, entier, rien, texte } from './base.ts';

export const NaturePersonne = z.enum(['epci', 'ept', 'paris', 'metropole-lyon', 'departement', 'commune', 'autre', 'etat']);
export const GroupePersonne = z.enum(['etat', 'signataire', 'associee', 'a-confirmer', 'ecartee']);
const date = texte.nullable();

export const PersonnePublique = z.object({
  code: texte,
  nom: texte,
  nature: NaturePersonne,
  libelleNature: texte,
  natureCourte: texte,
  territoire: texte.nullable(),
  /** Logements du parc sur son territoire. */
  logements: entier,
  presente: z.boolean(),
  propose: z.boolean(),
  /** Faux quand nos données ne suffisent pas : à l'organisme de confirmer. */
  certain: z.boolean(),
  pourquoi: texte,
  article: texte,
  retenue: z.boolean(),
  decidee: z.boolean(),
  motif: texte,
  groupe: GroupePersonne,
  /** En quelle qualité elle signe ; `null` : elle ne signe pas. `certain` faux : rattachement reconnu à son seul nom. */
  qualite: z.object({ code: z.enum(['rattachement', 'aoh', 'demande']), libelle: texte, article: texte, texte, certain: z.boolean() }).nullable(),
  rattachement: z.boolean(),
  /** Autorité organisatrice de l'habitat (L301-5-1-3), décidée par l'organisme ; faux : jamais proposée. */
  aoh: z.boolean(),
  aohPossible: z.boolean(),
  parcSocial: entier.nullable(),
  parcSource: texte,
  /** Comparaison exacte au seuil : `logements × dénominateur ≥ numérateur × parcSocial`. */
  part: z.object({ logements: entier, parcSocial: entier, atteinte: z.boolean(), seuil: z.object({ numerateur: entier, denominateur: entier }) }).nullable(),
  contact: texte,
  orientations: texte,
  deliberationLe: date, elementsLe: date, reunionLe: date, demandeLe: date, renonciationLe: date, accordLe: date,
  limiteDemande: date, limiteRenonciation: date, reunionDes: date,
  demandeTardive: z.boolean(), renonciationTardive: z.boolean(), reunionTropTot: z.boolean(),
  prochaine: z.object({ libelle: texte, date: texte }).nullable(),
});

export const EchangeAssociation = z.object({
  id: entier, personne: texte, objet: texte, libelle: texte, sens: z.enum(['envoi', 'recu', 'reunion']), article: texte,
  date: texte, mode: texte, texte,
});
export const ActeurConcertation = z.object({ id: entier, nom: texte, qualite: texte, libelleQualite: texte, affiliation: texte, note: texte });
export const ReunionConcertation = z.object({ id: entier, date: texte, objets: z.array(texte), participants: texte, texte });
/** Ce qu'un paquet en porte : ni contact, ni prochaine date. */
export const AssociationPaquet = z.object({
  personnes: z.array(PersonnePublique.omit({ contact: true, prochaine: true })),
  echanges: z.array(EchangeAssociation),
  concertation: z.object({ acteurs: z.array(ActeurConcertation), reunions: z.array(ReunionConcertation.extend({ libellesObjets: z.array(texte) })), bilan: texte }),
});
const Code = z.object({ code: texte, libelle: texte });

export const EtatAssociation = z.object({
  personnes: z.array(PersonnePublique),
  echanges: z.array(EchangeAssociation),
  concertation: z.object({ acteurs: z.array(ActeurConcertation), reunions: z.array(ReunionConcertation), bilan: texte }),
});

const fait = z.object({ operation: entier.nullable(), enregistreA: texte });

export const operationsAssociation = {
  'associes.lire': {
    input: rien,
    output: EtatAssociation.extend({
      /** Ce que le millésime prévoit : objets des échanges, qualités des acteurs, objets de la concertation. */
      objets: z.array(z.object({ code: texte, libelle: texte, sens: z.enum(['envoi', 'recu', 'reunion']), article: texte, avec: z.array(z.enum(['etat', 'personnes'])), champ: texte.nullable() })),
      acteurs: z.array(Code),
      objetsConcertation: z.array(Code),
      texteConcertation: texte,
      articleConcertation: texte,
      texteAoh: texte,
      /** Date que le calendrier donne à un échange, par objet : elle vaut pour toutes tant qu'aucun n'est enregistré. */
      calendrier: z.record(texte, texte),
      /** Dernière transmission enregistrée, et date du calendrier quand elles ne s'accordent pas. */
      ecarts: z.array(z.object({ champ: texte, libelle: texte, calendrier: date, enregistree: texte })),
    }),
  },
  /** Un champ absent ne change pas. `retenue` : `null` revient à la proposition. Écarter ou retenir contre elle demande un motif. */
  'associes.definir': {
    input: z.strictObject({
      code: texte.min(1),
      retenue: z.boolean().nullable().optional(),
      motif: texte.optional(),
      rattachement: z.boolean().optional(),
      aoh: z.boolean().optional(),
      /** Nombre entier, tel que tapé (`12 500`) ; vide : efface. */
      parcSocial: texte.optional(),
      parcSource: texte.optional(),
      contact: texte.optional(),
      orientations: texte.optional(),
    }),
    /** `remplace` : la personne à laquelle l'office n'est plus rattaché, quand c'est celle-ci qui en prend la place. */
    output: fait.extend({ remplace: z.object({ code: texte, nom: texte }).nullable() }),
  },
  /** Ajoute une personne publique que le parc ne désigne pas, avec son territoire s'il en a un de connu. */
  'associes.ajouter': {
    input: z.strictObject({ nom: texte.optional(), territoire: texte.optional(), motif: texte }),
    output: fait.extend({ code: texte }),
  },
  /** Note le même envoi, la même réunion ou la même réponse pour chacune de ces personnes. */
  'associes.noter': {
    input: z.strictObject({ personnes: z.array(texte.min(1)).min(1).max(2_000), objet: texte, date: texte, mode: texte.default(''), texte: texte.default('') }),
    output: fait.extend({ echanges: z.array(entier) }),
  },
  /** Corrige un échange ; `retirer` : l'efface. */
  'associes.corriger': {
    input: z.strictObject({ id: entier, date: texte.optional(), mode: texte.optional(), texte: texte.optional(), retirer: z.boolean().default(false) }),
    output: fait,
  },
  /** Les dossiers de chaque personne (PDF et XLSX), à leur territoire seul, dans un répertoire ; `personnes` : celles-là seulement. */
  'associes.packs': {
    input: z.strictObject({ repertoire: chemin, personnes: z.array(texte).optional() }),
    output: z.object({
      repertoire: texte,
      packs: z.array(z.object({ personne: texte, nom: texte, pdf: texte, xlsx: texte, logements: entier, ensembles: entier, engagements: entier, masques: entier })),
      /** Personnes retenues pour lesquelles rien n'est écrit, et pourquoi. */
      sans: z.array(z.object({ personne: texte, nom: texte, raison: texte })),
    }),
  },
  /** Ajoute (sans `id`), change ou retire (`retirer`) une association de locataires ou un administrateur élu. */
  'concertation.acteur': {
    input: z.strictObject({ id: entier.optional(), nom: texte.optional(), qualite: texte.optional(), affiliation: texte.optional(), note: texte.optional(), retirer: z.boolean().default(false) }),
    output: fait.extend({ id: entier }),
  },
  'concertation.reunion': {
    input: z.strictObject({ id: entier.optional(), date: texte.optional(), objets: z.array(texte).optional(), participants: texte.optional(), texte: texte.optional(), retirer: z.boolean().default(false) }),
    output: fait.extend({ id: entier }),
  },
} as const;
