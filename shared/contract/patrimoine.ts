/** L’état des lieux et la table des logements. */
import { z } from 'zod';
import { chemin, comptes, entier, rien, texte } from './base.ts';
import { FiltreLogements } from './commun.ts';

/** Ce que l'état des lieux compte d'un ensemble de logements, quel qu'il soit : parc, territoire, sélection. */
const repartitions = {
  qpv: entier,
  horsQpv: entier,
  qpvInconnu: entier,
  financements: comptes,
  familles: comptes,
  dpe: comptes,
  /** Classes connues par un DPE d'avant le 1er juillet 2021, d'après, ou sans date : la méthode a changé. */
  dpeAvant: comptes.default({}),
  dpeDepuis: comptes.default({}),
  dpeSansDate: comptes.default({}),
  /** Par année de construction, `inconnu` compris. */
  annees: comptes,
  /** Les mêmes, par classe d'âge proposée par l'application. */
  ages: comptes.default({}),
  /** Par type de construction : C, I, E, inconnu. */
  types: comptes,
  /** Par nombre de pièces : 1…9, inconnu. */
  pieces: comptes,
  /** Par classe de surface habitable proposée par l'application. */
  surfaces: comptes.default({}),
  vacants: entier,
};

export const Etat = z.object({
  territoire: texte,
  logements: entier,
  ensembles: entier,
  ...repartitions,
  communes: comptes,
  epci: comptes,
  departements: comptes,
  regions: comptes.default({}),
  /** Libellés des codes de communes, EPCI, départements ci-dessus ; ceux des régions sous `reg-…`. */
  noms: z.record(texte, texte),
  /** Lignes conservées mais hors du parc (vendues, démolies…). */
  sortis: entier,
});

/** Ce que compte une sélection de logements ; celle du parc entier est celle de l'état des lieux. */
export const Repartition = z.object({ logements: entier, ...repartitions });

/** Un territoire de l'état des lieux, avec toutes ses répartitions. */
export const EtatTerritoire = z.object({ code: texte, nom: texte, ensembles: entier, ...Repartition.shape }).omit({ annees: true });

export const MailleTerritoire = z.enum(['commune', 'epci', 'departement', 'region']);

/** Valeur brute d'une case de logement : texte, nombre (euros, m², années) ou rien. */
const valeurCase = z.union([texte, z.number(), z.null()]);

const filtres = z.array(FiltreLogements).max(200).default([]);

export const TriLogements = z.strictObject({ colonne: texte, sens: z.enum(['asc', 'desc']) });

/**
 * Totaux d'une sélection ; `loyerMensuel` : somme des loyers que ses lignes montrent, loués ou non ;
 * `loues` : celles d'entre elles qui sont louées.
 */
export const TotauxLogements = z.object({ logements: entier, surfaceHabitable: z.number(), loyerMensuel: z.number(), loues: entier });

const groupe = {
  /** Valeur de la colonne, telle qu'un filtre la prend ; vide si inconnue. */
  cle: texte,
  libelle: texte,
  ...TotauxLogements.shape,
};

export const GroupeLogements = z.object({ ...groupe, sous: z.array(z.object(groupe)) });

export const CleTriGroupes = z.enum(['cle', 'logements', 'surfaceHabitable', 'loyerMensuel', 'loues']);

export const operationsPatrimoine = {
  'etat.lire': { input: z.strictObject({ territoire: texte.optional() }), output: Etat },
  /** Une ligne par territoire du parc, de la plus nombreuse à la moins nombreuse ; `hors` : logements d’aucun territoire de cette sorte (commune sans EPCI). */
  'etat.territoires': {
    input: z.strictObject({ par: MailleTerritoire }),
    output: z.object({ lignes: z.array(EtatTerritoire), hors: entier }),
  },
  'logements.page': {
    input: z.strictObject({
      decalage: entier.min(0),
      nombre: entier.min(1).max(1000),
      tri: TriLogements.optional(),
      filtres,
    }),
    output: z.object({
      total: entier,
      /** `corrigees` : les colonnes corrigées à la main, séparées par une espace. */
      lignes: z.array(z.record(texte, valeurCase)),
      /** De toute la sélection filtrée, pas de la page. */
      totaux: TotauxLogements,
    }),
  },
  /** Totaux de ces seuls logements, par leur identifiant. */
  'logements.totaux': { input: z.strictObject({ identifiants: z.array(texte).max(20_000) }), output: TotauxLogements },
  'logements.repartition': { input: z.strictObject({ filtres }), output: Repartition },
  /** Sous-totaux par valeur d'une colonne, ou de deux ; leur somme est celle de la sélection. */
  'logements.groupes': {
    input: z.strictObject({
      par: z.array(texte).min(1).max(2),
      filtres,
      tri: z.strictObject({ colonne: CleTriGroupes, sens: z.enum(['asc', 'desc']) }).default({ colonne: 'cle', sens: 'asc' }),
    }),
    output: z.object({ groupes: z.array(GroupeLogements), totaux: TotauxLogements }),
  },
  /** Valeurs d'une colonne sous les autres filtres ; `distinctes` : leur nombre, avant la limite. */
  'logements.valeurs': {
    input: z.strictObject({ colonne: texte, filtres, cherche: texte.default(''), limite: entier.min(1).max(1000).default(200) }),
    output: z.object({ valeurs: z.array(z.object({ valeur: texte, libelle: texte, logements: entier })), distinctes: entier }),
  },
  /** Écrit les lignes filtrées et triées, dans ces colonnes, en CSV, XLSX ou ODS selon l'extension. */
  'logements.exporter': {
    input: z.strictObject({ destination: chemin, filtres, tri: TriLogements.optional(), colonnes: z.array(texte).min(1).max(200) }),
    output: z.object({ chemin: texte, lignes: entier, precedent: texte.nullable() }),
  },
  'logements.colonnes': {
    input: rien,
    output: z.object({
      colonnes: z.array(
        z.object({
          nom: texte,
          libelle: texte,
          groupe: texte,
          type: z.enum(['texte', 'nombre', 'euros', 'surface', 'code', 'mois', 'jour']),
          codes: z.record(texte, texte).optional(),
          /** Tirée d'autres colonnes (EPCI, famille, âge…) : proposée, jamais montrée d'office. */
          derivee: z.boolean().optional(),
        }),
      ),
    }),
  },
} as const;
