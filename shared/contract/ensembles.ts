/** Les ensembles immobiliers (R445-3) et les opérations en bloc. */
import { z } from 'zod';
import { CRITERES, CRITERES_MAXIMUM, NIVEAUX_MAXIMUM } from '../domain/ensembles/regle.ts';
import { chemin, comptes, entier, rien, texte } from './base.ts';
import { Surface } from './commun.ts';
import { Observation } from './echanges.ts';
import { LigneLoyers } from './loyers.ts';

export const EnsembleImmobilier = z.object({
  id: texte,
  nom: texte,
  adresse: texte,
  commune: texte,
  nomCommune: texte,
  logements: entier,
  financements: comptes,
  /** « n sur N » (R445-3) : n logements en QPV sur `logements`. */
  qpv: entier,
  qpvInconnu: entier,
});

/** Ce qu'une décision sur les ensembles a fait : l'opération à annuler, les ensembles qui en sortent. */
export const DecisionEnsembles = z.object({
  operation: entier,
  libelle: texte,
  ensembles: z.array(EnsembleImmobilier),
  /** Ce qui mérite d'être su (communes différentes, ensemble vidé), sans rien empêcher. */
  remarques: z.array(texte),
  enregistreA: texte,
});

export const OperationBloc = z.object({
  id: entier,
  nature: texte,
  libelle: texte,
  quand: texte,
  qui: texte,
  annuleeLe: texte.nullable(),
  annulable: z.boolean(),
  /** Pourquoi elle ne s'annule pas ; vide si elle s'annule. */
  raison: texte,
  /** Vrai si « refaire » la remettrait : la dernière annulée de celles qui ont quelque chose de commun. */
  refaisable: z.boolean(),
  /** Le champ simple que l'opération a saisi, et lui seul ; `null` pour toute autre. */
  champ: texte.nullable(),
});

/** Une somme et le nombre de logements qui la font : une surface ou un prix absent n'est pas zéro. */
const cumul = z.object({ logements: entier, total: z.number() });

/** La fiche d'un ensemble : ce que R445-3 demande d'abord, puis ce que le RPLS en dit. */
export const FicheEnsemble = z.object({
  ensemble: EnsembleImmobilier,
  /** Ce que l'organisme a décidé lui-même ; le reste suit la proposition. */
  decide: z.object({ nom: z.boolean(), composition: z.boolean() }),
  epci: z.object({ code: texte, nom: texte }).nullable(),
  departement: texte,
  /** Communes du parc de l'ensemble, la plus nombreuse d'abord. */
  communes: z.array(z.object({ code: texte, nom: texte })),
  /** Place dans la liste des ensembles. */
  rang: entier,
  total: entier,
  precedent: texte.nullable(),
  suivant: texte.nullable(),
  pieces: comptes,
  types: comptes,
  annees: comptes,
  modes: comptes,
  vacants: entier,
  sortis: entier,
  /** Surfaces du parc en m², loué ou non ; SH, SU et SC ne s'additionnent pas. */
  surfaces: z.object({ SH: cumul, SU: cumul, SC: cumul }),
  /** Loyers accessoires (€ par mois) des logements loués qui en portent un : hors du loyer principal et de ses moyennes. */
  accessoires: cumul,
  /** Par classe, selon que le diagnostic date d'avant ou d'après le changement de méthode du 1er juillet 2021. */
  dpe: z.array(z.object({ classe: texte, avant: entier, depuis: entier, sansDate: entier })),
  conventions: z.object({ oui: entier, non: entier, inconnu: entier, liste: z.array(z.object({ numero: texte, date: texte, logements: entier })) }),
  /** Les mêmes lignes que `loyers.lire`, par surface. */
  loyers: z.array(LigneLoyers.extend({ sorte: Surface })),
  /** `sorties` : hors du parc, par motif ; prix et produits en euros, de tous les logements qui en portent. */
  ventes: z.object({ sorties: comptes, commercialises: entier, acquereurs: comptes, prix: cumul, produit: cumul }),
  observations: z.array(Observation),
  /** Journal de l'ensemble, le plus récent d'abord. */
  historique: z.array(z.object({ quand: texte, qui: texte, champ: texte, avant: texte.nullable(), apres: texte.nullable() })),
});

/** Niveaux, et critères de chacun : voir shared/domain/ensembles/regle.ts. */
export const RegleEnsembles = z.array(z.array(z.enum(CRITERES)).min(1).max(CRITERES_MAXIMUM)).min(1).max(NIVEAUX_MAXIMUM);

/** Ce qu'une règle donnerait ; tout se compte en logements du parc. */
export const EssaiRegle = z.object({
  ensembles: entier,
  logements: entier,
  /** Logements par ensemble ; `null` sans ensemble. */
  moyenne: z.number().nullable(),
  maximum: entier,
  /** Ensembles d'un seul logement. */
  seuls: entier,
  /** Logements que prend chaque niveau de la règle, puis le reste de la commune. */
  parNiveau: z.array(entier),
  /** Ensembles d'aujourd'hui ; ceux dont les logements changeraient ; ceux qui ne seraient plus ; ceux qui viendraient. */
  actuels: entier,
  changes: entier,
  disparus: entier,
  nouveaux: entier,
  /** Ensembles d'aujourd'hui qui gardent leurs logements parce que l'organisme l'a décidé. */
  compositionsGardees: entier,
  /** Ensembles nommés que la règle aurait réunis à un autre ensemble nommé : gardés à part. */
  nomsGardesAPart: z.array(z.object({ id: texte, nom: texte })),
  dureeMs: z.number(),
});

export const operationsEnsembles = {
  /**
   * `nomsDecides` : codes des ensembles que l'organisme a nommés ; `compositionsDecidees` : de ceux qu'il a
   * fusionnés, scindés ou complétés (R445-3). Les autres suivent la proposition.
   */
  'ensembles.lister': { input: rien, output: z.object({ ensembles: z.array(EnsembleImmobilier), nomsDecides: z.array(texte), compositionsDecidees: z.array(texte) }) },
  /** La règle de la proposition : celle du dossier, et celles qu'on propose. */
  'ensembles.regle': {
    input: rien,
    output: z.object({ regle: RegleEnsembles, texte, prereglages: z.array(z.object({ cle: texte, libelle: texte, aide: texte, regle: RegleEnsembles })) }),
  },
  /** Ce qu'une règle donnerait, sans rien changer. */
  'ensembles.essayerRegle': { input: z.strictObject({ regle: RegleEnsembles }), output: EssaiRegle },
  /** Change la règle et refait les ensembles proposés, en une opération qui s'annule ; les imports suivants la suivent. */
  'ensembles.appliquerRegle': { input: z.strictObject({ regle: RegleEnsembles }), output: z.object({ operation: entier, libelle: texte, essai: EssaiRegle, enregistreA: texte }) },
  /** Logements d'un ensemble, rangés par adresse, bâtiment et entrée : de quoi choisir ceux qui en sortent. */
  'ensembles.composition': {
    input: z.strictObject({ id: texte }),
    output: z.object({
      groupes: z.array(
        z.object({
          adresse: texte,
          batiment: texte,
          entree: texte,
          logements: z.array(z.object({ identifiant: texte, situation: texte, parc: z.boolean() })),
        }),
      ),
      /** Ensembles que donnerait une scission entière, selon ce qui les sépare. */
      parts: z.object({ adresse: entier, batiment: entier, entree: entier }),
    }),
  },
  'ensembles.fiche': { input: z.strictObject({ id: texte }), output: FicheEnsemble },
  'ensembles.renommer': { input: z.strictObject({ id: texte, nom: texte }), output: DecisionEnsembles },
  'ensembles.fusionner': { input: z.strictObject({ ids: z.array(texte).max(20_000), nom: texte.optional() }), output: DecisionEnsembles },
  /** `identifiants` : les logements qui sortent, dans un ensemble nommé `nom` ; `par` : une part par adresse, bâtiment ou entrée. */
  'ensembles.scinder': {
    input: z.strictObject({
      id: texte,
      identifiants: z.array(texte).optional(),
      par: z.enum(['adresse', 'batiment', 'entree']).optional(),
      nom: texte.optional(),
    }),
    output: DecisionEnsembles,
  },
  'ensembles.deplacer': { input: z.strictObject({ identifiants: z.array(texte), vers: texte }), output: DecisionEnsembles },
  'ensembles.exporter': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte, lignes: entier }) },
  /** Opérations en bloc, la plus récente d'abord ; seule la dernière non annulée s'annule. */
  'operations.lister': { input: rien, output: z.object({ operations: z.array(OperationBloc) }) },
  'operations.annuler': { input: z.strictObject({ operation: entier }), output: z.object({ operation: OperationBloc, enregistreA: texte }) },
  /** Remet la dernière opération annulée ; une opération nouvelle l'empêche. */
  'operations.refaire': { input: z.strictObject({ operation: entier }), output: z.object({ operation: OperationBloc, enregistreA: texte }) },
} as const;
