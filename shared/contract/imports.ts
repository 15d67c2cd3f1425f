/** La lecture des fichiers du patrimoine. */
import { z } from 'zod';
import { chemin, comptes, entier, rien, texte } from './base.ts';

/** Natures de tableaux lus suivant un profil ; voir `shared/domain/tableaux/natures.ts`. */
export const TypeTableau = z.enum(['logements', 'ops', 'service-rendu', 'attributions']);
export const TypeImport = z.enum(['rpls', ...TypeTableau.options]);

export const Anomalie = z.object({ ligne: entier, champ: texte, valeur: texte, code: texte, message: texte });

/** Une valeur qu'un champ n'a pas comprise, et en combien de lignes ; les plus fréquentes d'abord. */
export const ValeurIllisible = z.object({ champ: texte, valeur: texte, nombre: entier });

export const CibleImport = z.object({
  nom: texte,
  libelle: texte,
  genre: z.enum(['texte', 'code', 'annee', 'mois', 'jour', 'surface', 'euros', 'nombre', 'pourcentage', 'oui-non']),
  obligatoire: z.boolean(),
  /** Codes et libellés d'un champ fermé. */
  codes: z.record(texte, texte).nullable(),
});

export const ProfilImport = z.object({
  version: z.literal(1),
  type: TypeTableau,
  entete: entier.min(0).default(1),
  separateur: texte.default(';'),
  encodage: z.enum(['windows-1252', 'utf-8', 'utf-16le', 'utf-16be', 'auto']).default('auto'),
  feuille: texte.optional(),
  /** Nombre de lignes de notes sous les titres, passées à la lecture. */
  notes: entier.min(0).default(0),
  /** Champ → code que chaque ligne reçoit (« Surface utile » dit le mode de surface de toutes). */
  constantes: z.record(texte, texte).default({}),
  /** Nom de colonne du fichier → nom RPLS. */
  colonnes: z.record(texte, texte),
  /** Nom RPLS → valeur du fichier → code RPLS. */
  valeurs: z.record(texte, z.record(texte, texte)).default({}),
});

export type Profil = z.output<typeof ProfilImport>;

export const DecisionConflit = z.enum(['correction', 'fichier']);

export const ResultatImport = z.object({
  lignes: entier,
  acceptees: entier,
  rejetees: entier,
  signalees: entier,
  ajoutes: entier,
  modifies: entier,
  disparus: entier,
  inchanges: entier,
  applique: z.boolean(),
  anomalies: z.array(Anomalie),
  logements: entier,
  ensembles: entier,
  dureeMs: z.number(),
  type: TypeImport,
  fichier: texte,
  importeLe: texte,
  annee: entier.nullable(),
  /** Présent quand une comparaison attend d'être appliquée ou abandonnée. */
  comparaison: texte.nullable(),
  colonnesIgnorees: z.array(texte),
  /** Valeurs tenues pour inconnues, faute d'être comprises. */
  illisibles: z.array(ValeurIllisible).optional(),
  comptesAnomalies: comptes,
  /** Cases corrigées à la main que le fichier contredit ; absent d'un import d'avant les corrections. */
  conflits: entier.optional(),
  /** `conservees` et `remplacees` font `conflits` ; `confirmees` : le fichier dit comme la correction ; `sansLogement` : le fichier n'a plus le logement. */
  corrections: z.object({ conservees: entier, remplacees: entier, confirmees: entier, sansLogement: entier }).optional(),
  /** Bailleur repris d'où viennent les logements ; absent : l'organisme du dossier. */
  origine: z.object({ siren: texte, nom: texte }).optional(),
  /** Fichier des lignes rejetées à corriger, quand le rapport vient d'en écrire un. */
  rejets: texte.optional(),
});

export const operationsImports = {
  'import.analyser': {
    /** Ce qui est donné n'est pas deviné : pour relire un tableau autrement (autre feuille, autre en-tête…). */
    input: z.strictObject({
      chemin,
      /** Nature demandée ; sans elle, celle que le fichier montre. */
      type: TypeTableau.optional(),
      entete: entier.min(0).optional(),
      separateur: texte.min(1).optional(),
      encodage: ProfilImport.shape.encodage.removeDefault().optional(),
      feuille: texte.optional(),
    }),
    output: z.object({
      type: TypeImport,
      encodage: texte,
      separateur: texte,
      entete: entier,
      feuilles: z.array(texte),
      /** Feuille regardée ; `null` pour un texte. */
      feuille: texte.nullable(),
      /** Premières lignes du fichier, telles quelles, à partir de la ligne 1. */
      lignes: z.array(z.array(texte)),
      /** `refusee` : rien de cette colonne ne peut être gardé (noms, numéros de sécurité sociale). */
      colonnes: z.array(z.object({ nom: texte, exemple: z.array(texte), cible: texte.nullable(), refusee: z.boolean() })),
      cibles: z.array(CibleImport),
      /** Les natures de tableaux qui se lisent. */
      natures: z.array(z.object({ type: TypeTableau, nom: texte })),
      /** Groupes de champs dont l'un au moins doit avoir une colonne. */
      exigences: z.array(z.array(texte)),
      profil: ProfilImport.nullable(),
      /** Vrai quand le profil a été retrouvé par les colonnes du fichier. */
      profilRetrouve: z.boolean(),
    }),
  },
  /** Ce que l'import ferait de ce tableau avec ce profil ; ne touche pas au dossier, et arrête l'essai précédent. */
  'import.essayer': {
    input: z.strictObject({ chemin, profil: ProfilImport }),
    output: z.object({
      lignes: entier,
      acceptees: entier,
      signalees: entier,
      rejetees: entier,
      /** Faux quand seules les premières lignes d'un grand fichier ont été essayées. */
      complet: z.boolean(),
      anomalies: z.array(z.object({ code: texte, rejet: z.boolean(), nombre: entier, premieres: z.array(Anomalie) })),
      illisibles: z.array(ValeurIllisible).optional(),
      /** Colonnes dont la plupart des valeurs ne peuvent pas être celles de leur champ. */
      colonnes: z.array(z.object({ colonne: texte, champ: texte, phrase: texte })),
    }),
  },
  /** L'organisme que nomme la première ligne d'une déclaration ; `null` quand le fichier n'en est pas une. */
  'import.entete': {
    input: z.strictObject({ chemin }),
    output: z.object({ organisme: z.object({ siren: texte.nullable(), nom: texte, annee: entier }).nullable() }),
  },
  'import.lire': {
    input: z.strictObject({
      chemin,
      /** SIREN de l'organisme du fichier, quand il ne le dit pas lui-même : celui du dossier ou d'un bailleur repris. */
      origine: texte.optional(),
      type: TypeImport.optional(),
      profil: ProfilImport.optional(),
      anomalies: chemin.optional(),
      appliquer: z.boolean().default(false),
      /** Ce que garde une case corrigée à la main que le fichier contredit. */
      conflits: DecisionConflit.default('correction'),
    }),
    output: ResultatImport,
  },
  'import.appliquer': { input: z.strictObject({ comparaison: texte }), output: ResultatImport },
  'import.abandonner': { input: z.strictObject({ comparaison: texte }), output: rien },
  'import.comparaison': {
    input: z.strictObject({
      comparaison: texte,
      volet: z.enum(['ajoutes', 'modifies', 'disparus']),
      decalage: entier.min(0),
      nombre: entier.min(1).max(1000),
    }),
    output: z.object({
      total: entier,
      lignes: z.array(
        z.object({
          identifiant: texte,
          adresse: texte,
          commune: texte,
          changements: z.array(z.object({ champ: texte, avant: texte.nullable(), apres: texte.nullable() })),
        }),
      ),
    }),
  },
  /** Cases corrigées à la main que le fichier contredit, à trancher. `redite` : il redit la valeur qui avait été corrigée. */
  'import.conflits': {
    input: z.strictObject({ comparaison: texte, decalage: entier.min(0), nombre: entier.min(1).max(1000) }),
    output: z.object({
      total: entier,
      lignes: z.array(
        z.object({
          id: entier,
          identifiant: texte,
          adresse: texte,
          commune: texte,
          champ: texte,
          importee: texte.nullable(),
          corrigee: texte.nullable(),
          fichier: texte.nullable(),
          redite: z.boolean(),
          decision: DecisionConflit,
          qui: texte,
          quand: texte,
        }),
      ),
    }),
  },
  /** Tranche ces conflits, ou tous ; la comparaison est refaite en conséquence. */
  'import.trancher': {
    input: z.strictObject({ comparaison: texte, conflits: z.array(entier).max(100_000).optional(), decision: DecisionConflit }),
    output: ResultatImport,
  },
  'import.dernier': { input: rien, output: z.object({ import: ResultatImport.nullable() }) },
  'import.anomalies': {
    input: z.strictObject({ destination: chemin, comparaison: texte.optional() }),
    output: z.object({ chemin: texte, lignes: entier, rejets: texte.optional() }),
  },
} as const;
