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
  /** Ce que les contrôles disent de sa référence. */
  constatsReference: z.array(texte),
  reference: texte.nullable(),
  /** Champ du dossier à remplir pour qu'une référence soit proposée ; `null` : rien n'y manque. */
  aNommer: texte.nullable(),
  cellules: z.array(CelluleMatrice),
});

export const Matrice = z.object({
  colonnes: z.array(z.object({ horizon: texte, libelle: texte })),
  lignes: z.array(LigneMatrice),
  /** Textes des développements qualitatifs écrits, par indicateur. */
  developpements: z.record(texte, texte),
  attendus: entier,
  renseignes: entier,
});

/** Numéro d'un scénario de cibles ; absent : les cibles du dossier. */
const scenario = entier.optional();
const lignes = z.array(texte).max(500).optional();
const filtre = z.object({ colonne: texte, valeurs: z.array(texte) });

/** Ce que les données proposent pour une case, à côté de ce qu'elle porte. */
export const PropositionCible = z.object({
  champ: texte,
  libelle: texte,
  /** Ce que la case porte ; `null` : elle est vide. */
  actuelle: texte.nullable(),
  proposee: texte,
  formule: texte,
  source: texte,
  article: texte,
  /** Pourquoi le rapprochement est de nous, ou incertain ; `null` : rien à en dire. */
  reserve: texte.nullable(),
  /** Ce qui manque à cette valeur-ci (attributions inconnues, année absente) ; `null` : rien. */
  prudence: texte.nullable(),
  lignes: z.object({ vue: z.enum(['logements', 'attributions', 'ventes']), nombre: entier, filtres: z.array(filtre) }).nullable(),
});

export const Consolidation = z.object({
  indicateur: texte,
  ventilation: texte,
  horizon: texte,
  nombre: entier.nullable(),
  denominateur: entier.nullable(),
  pourcentage: texte.nullable(),
  /** `somme` : tout est compté. `ponderee` : un taux seul est pondéré par le dénominateur connu. */
  methode: z.enum(['somme', 'ponderee', 'incomplete']),
  territoires: entier,
  manquants: z.array(texte),
  /** Territoires non comptés : un autre, compté, les recouvre. */
  recouverts: z.array(texte),
  /** Le calcul, en une phrase. */
  explication: texte,
});

const PartCible = z.object({
  territoire: texte,
  nom: texte,
  champ: texte,
  poids: texte,
  part: entier,
  actuelle: texte.nullable(),
  apres: texte,
});

export const ScenarioCibles = z.object({ id: entier, nom: texte, creeLe: texte, saisies: entier, /** Cases qui diffèrent de celles du dossier. */ differences: entier });
const Difference = z.object({ champ: texte, libelle: texte, avant: texte.nullable(), apres: texte.nullable() });
const fait = { operation: entier.nullable(), enregistreA: texte };

export const operationsEngagements = {
  /** `lignes` : celles de ces couples `indicateur/territoire` seulement, pour relire ce qui vient de changer. */
  'engagements.matrice': { input: z.strictObject({ scenario, lignes }), output: Matrice },
  /** Ce que les données du dossier proposent, case par case. `champ` : une case seulement. */
  'engagements.propositions': {
    input: z.strictObject({ scenario, lignes, champ: texte.optional() }),
    output: z.object({
      propositions: z.array(PropositionCible),
      /** Les cases dont les données parlent sans assez en dire, et pourquoi. */
      sansProposition: z.array(z.object({ champ: texte, libelle: texte, actuelle: texte.nullable(), raison: texte })),
    }),
  },
  /** Reprend des propositions d'un geste. `vides` : toutes celles des cases vides ; une case nommée dans `champs` est remplacée. */
  'engagements.reprendre': {
    input: z.strictObject({ scenario, champs: z.array(texte).max(20_000).optional(), vides: z.boolean().optional() }),
    output: z.object({ ...fait, reprises: entier, ecartees: z.array(z.object({ champ: texte, raison: texte })) }),
  },
  /** Répartit un nombre entre des territoires, sommes exactes. Sans `appliquer` : montre seulement. */
  'engagements.repartir': {
    input: z.strictObject({
      scenario, indicateur: texte, ventilation: texte, horizon: texte, total: texte,
      /** Absent : le découpage de la loi. */
      territoires: z.array(texte).min(1).max(2_000).optional(),
      selon: z.enum(['stock', 'reference', 'poids']),
      poids: z.record(texte, texte).optional(),
      appliquer: z.boolean().optional(),
    }),
    output: z.object({ operation: entier.nullable(), enregistreA: texte.nullable(), explication: texte, remarques: z.array(texte), total: entier, parts: z.array(PartCible) }),
  },
  /** Ce que valent pour l'organisme les engagements pris territoire par territoire. */
  'engagements.consolidation': {
    input: z.strictObject({ scenario, indicateur: texte.optional(), ventilation: texte.optional() }),
    output: z.object({ lignes: z.array(Consolidation) }),
  },
  'engagements.scenarios': { input: rien, output: z.object({ scenarios: z.array(ScenarioCibles) }) },
  /** Un scénario part des cibles du dossier, ou d'un autre scénario (`depuis`). */
  'engagements.creerScenario': { input: z.strictObject({ nom: texte, depuis: entier.optional() }), output: ScenarioCibles.extend(fait) },
  'engagements.renommerScenario': { input: z.strictObject({ scenario: entier, nom: texte }), output: ScenarioCibles.extend(fait) },
  'engagements.supprimerScenario': { input: z.strictObject({ scenario: entier }), output: z.object(fait) },
  /** Ce qui diffère d'un jeu de cibles à l'autre ; `null` : celui du dossier. */
  'engagements.comparer': {
    input: z.strictObject({ de: entier.nullable(), a: entier.nullable() }),
    output: z.object({ de: texte, a: texte, identiques: entier, differences: z.array(Difference) }),
  },
  /** Écrit dans le dossier les cibles et références d'un scénario, d'un geste qui s'annule. */
  'engagements.adopter': { input: z.strictObject({ scenario: entier }), output: z.object({ ...fait, ecrites: entier, videes: entier }) },
  'engagements.definir': {
    /** `geste` : le nom de l'opération, quand ce n'est pas une frappe ou un collage. */
    input: z.strictObject({ scenario, cellules: z.array(z.strictObject({ champ: texte, valeur: texte })).min(1).max(20_000), geste: texte.max(200).optional() }),
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
      /** `garde` : ce que le dossier garde quand même de la ligne (pour une référence, de toutes celles qui la disent) ; absent : rien. */
      refusees: z.array(z.object({ ligne: entier, champ: texte, raison: texte, garde: texte.optional() })),
    }),
  },
} as const;
