/**
 * donnees.json : tous les chiffres, cibles et textes d'un dépôt. Son empreinte (SHA-256) nomme le
 * dépôt ; les autres documents du paquet sont écrits d'après lui, jamais d'après autre chose.
 */
import { z } from 'zod';
import { AssociationPaquet, BaremesNpl, Champ, Cible, Consolidation, Constats, ConsultationVente, EnsembleImmobilier, Etat, EtatAttributions, EtatOccupation, GrilleService, LigneCommuneVente, LigneLoyers, LigneService, LigneTerritoireVentes, LigneVente, Organisme, Origine, ResultatNpl, ResumeVentes } from '../contract.ts';

const texte = z.string();

export const DonneesPaquet = z.object({
  schema: z.literal('atelier-cus/donnees/1'),
  organisme: Organisme,
  millesime: texte,
  version: z.number().int().positive(),
  /** Instant du dépôt, ISO. */
  date: texte,
  dateEffet: texte.nullable(),
  periode: texte,
  /** Passé outre des constats bloquants : le motif, écrit dans le paquet. */
  malgre: texte.nullable(),
  /** Champs d'identité et de calendrier, dans l'ordre du millésime. */
  champs: z.array(Champ.pick({ champ: true, libelle: true, valeur: true, article: true, groupe: true })),
  etat: Etat,
  ensembles: z.array(EnsembleImmobilier),
  /** Les bailleurs réunis, avec leurs logements ; absent quand l'organisme n'en a repris aucun. */
  origines: z.array(Origine.omit({ fichier: true, importeLe: true, retirable: true })).optional(),
  /** Loyers par surface puis par maille. */
  loyers: z.array(z.object({ surface: texte, par: texte, lignes: z.array(LigneLoyers), exclus: z.record(texte, z.number()) })),
  /** Où sont les ensembles, pour la carte des loyers ; absent d'un paquet d'avant, ou sans loyer ni position. */
  carte: z
    .object({
      annee: z.number().int().nullable(),
      lieux: z.array(z.object({ id: texte, lon: z.number(), lat: z.number(), precision: z.enum(['adresse', 'repere', 'voie', 'commune', 'departement']) })),
      attribution: texte,
    })
    .optional(),
  /** Occupation sociale (L442-5, R445-3), maille par maille, sans rien de masqué ; absente d'un paquet d'avant. */
  occupation: z.array(EtatOccupation).optional(),
  /** Attributions importées (R445-5, L441-1), réunies par territoire, jamais par commune ni une à une ; absentes quand rien n'est importé, ou d'un paquet d'avant. */
  attributions: z.array(EtatAttributions).optional(),
  /** Nouvelle politique des loyers que la convention fixe (L445-2) ; absente quand elle n'en fixe pas. */
  npl: z.object({ resultat: ResultatNpl, baremes: BaremesNpl }).optional(),
  /** Plan de mise en vente (L445-1), sans les notes ; absent quand il est vide, ou d'un paquet d'avant. */
  ventes: z
    .object({
      resume: ResumeVentes,
      lignes: z.array(LigneVente.omit({ note: true })),
      territoires: z.array(z.object({ par: z.enum(['epci', 'commune']), lignes: z.array(LigneTerritoireVentes) })),
      communes: z.array(LigneCommuneVente),
      consultations: z.array(ConsultationVente.omit({ note: true, aVerifier: true })),
    })
    .optional(),
  /** Service rendu (R445-3) ; absent d'un paquet d'avant, sans grille quand rien n'est renseigné. */
  serviceRendu: z
    .object({
      grille: GrilleService.nullable(),
      mailles: z.array(z.object({ par: texte, lignes: z.array(LigneService) })),
      qpv: z.array(LigneService),
      /** Notes telles que tapées, dans l'ordre des critères ; les ensembles sans note n'y sont pas. */
      saisies: z.array(z.object({ ensemble: texte, notes: z.array(texte) })),
      notes: z.number().int(),
      illisibles: z.number().int(),
    })
    .optional(),
  engagements: z.array(
    Cible.extend({
      indicateur: texte,
      libelle: texte,
      article: texte,
      /** Absent d'un paquet d'avant. */
      surDemande: z.boolean().optional(),
      unite: texte,
      territoire: texte,
      nomTerritoire: texte,
      ventilation: texte,
      libelleVentilation: texte,
      horizon: texte,
      obligatoire: z.boolean(),
    }),
  ),
  /** Ce que valent pour l'organisme les engagements pris territoire par territoire ; absent d'un paquet d'avant, ou sans territoires à réunir. */
  consolidation: z.array(Consolidation.extend({ pourcentage: z.number().nullable() })).optional(),
  /** Personnes publiques, échanges, concertation locative ; absent d'un paquet d'avant. */
  association: AssociationPaquet.optional(),
  constats: Constats,
  /** Empreinte du dépôt précédent ; `null` pour la v1. */
  precedent: texte.nullable(),
});
export type DonneesPaquet = z.output<typeof DonneesPaquet>;

export const ModificationsPaquet = z.object({
  schema: z.literal('atelier-cus/modifications/1'),
  de: z.number().int(),
  a: z.number().int(),
  empreintePrecedente: texte,
  modifications: z.array(
    z.object({ champ: texte, libelle: texte, avant: texte.nullable(), apres: texte.nullable(), quand: texte.nullable() }),
  ),
  reponses: z.array(
    z.object({
      observation: texte,
      champ: texte,
      nature: texte,
      texte,
      etat: texte,
      reponses: z.array(z.object({ texte, auteur: texte, date: texte })),
    }),
  ),
});
export type ModificationsPaquet = z.output<typeof ModificationsPaquet>;

/** Le contenu d'un Retour : ce que l'instructeur dit d'un dépôt, nommé par son empreinte. */
export const DonneesRetour = z.object({
  schema: z.literal('atelier-cus/retour/1'),
  siren: texte,
  nomOrganisme: texte,
  version: z.number().int().positive(),
  empreinte: texte,
  avis: z.enum(['favorable', 'reserve', 'defavorable']).nullable(),
  auteur: texte,
  date: texte,
  observations: z.array(
    z.object({
      champ: texte,
      nature: z.enum(['a-corriger', 'a-completer', 'question', 'proposition', 'favorable']),
      texte,
      valeurProposee: texte.nullable(),
      /** Ligne d'origine (1 = première de la liste), pour nommer un refus. */
      ligne: z.number().int(),
    }),
  ),
});
export type DonneesRetour = z.output<typeof DonneesRetour>;
