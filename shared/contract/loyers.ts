/** Les loyers et leur carte. */
import { z } from 'zod';
import { chemin, comptes, entier, rien, texte } from './base.ts';
import { METHODES } from '../domain/carte/classes.ts';
import { MESURES_CARTE } from '../domain/carte/mesures.ts';
import { SOMMES_NPL } from '../domain/carte/npl.ts';
import { SOMMES_MAX } from '../domain/carte/totaux.ts';
import { Maille, Surface } from './commun.ts';

export const LigneLoyers = z.object({
  code: texte,
  nom: texte,
  logements: entier,
  loues: entier,
  surface: z.number(),
  loyerMensuel: z.number(),
  loyerM2: z.number().nullable(),
  avecMaximum: entier,
  loyerMaxM2: z.number().nullable(),
  ecartM2: z.number().nullable(),
});

export const MesureCarte = z.enum(MESURES_CARTE);

/** Les mesures d'une ligne de `loyers.lire`, même code ; `sur` : logements (ou ménages) dont la valeur est faite. */
export const LigneMesures = z.object({
  code: texte,
  valeurs: z.partialRecord(MesureCarte, z.number().nullable()),
  sur: z.partialRecord(MesureCarte, entier),
  /** Sur les logements qui ont un maximum : surface (centièmes de m²), loyer et maximum (centimes par mois) ; de quoi totaliser des lignes. */
  sommesMax: z.object({ surface: entier, loyer: entier, maximum: entier }),
  /** Du scénario de politique des loyers, pour totaliser de même (shared/domain/carte/npl.ts) ; nulles hors de lui. */
  sommesNpl: z.record(z.enum(SOMMES_NPL), z.number()),
});

const ScenarioCarte = z.object({ id: entier, nom: texte, annee: entier, retenu: z.boolean() });

/** Niveaux d'un fond de carte. */
const NiveauFond = z.enum(['commune', 'epci', 'departement', 'region']);
/** Un fichier gardé sur l'ordinateur pour un niveau du fond. */
const FondGarde = z.object({ niveau: NiveauFond, nom: texte, traces: entier });

/** Ce qu'une feuille montre ; `territoire` ou `etendue` ([ouest, sud, est, nord]) la cadrent, sinon tout le parc. */
const Feuille = z.strictObject({
  par: Maille.default('ensemble'),
  surface: Surface.default('SH'),
  mesure: MesureCarte.default('loyerM2'),
  methode: z.enum(METHODES).default('quantiles'),
  nombre: entier.min(2).max(7).default(5),
  bornes: z.array(z.number()).min(2).max(8).optional(),
  annee: entier.optional(),
  scenario: entier.optional(),
  format: z.enum(['A4', 'A3']).default('A4'),
  territoire: texte.optional(),
  etendue: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  /** Une seconde mesure, sur une seconde carte à côté. */
  comparee: MesureCarte.optional(),
  /** Le scénario de politique des loyers d'où vient la seconde mesure ; celui de la première par défaut. */
  scenarioCompare: entier.optional(),
  /** Codes des lignes à cerner, avec leurs totaux. */
  selection: z.array(texte).optional(),
  /** Classes seules montrées ; `null` : sans valeur. */
  retenues: z.array(entier.nullable()).optional(),
});

/** Les champs chiffrés d'une ligne des loyers. */
export const CHAMPS_LOYERS = ['logements', 'loues', 'surface', 'loyerMensuel', 'loyerM2', 'avecMaximum', 'loyerMaxM2', 'ecartM2'] as const;
export const PRECISIONS = ['adresse', 'repere', 'voie', 'commune', 'departement'] as const;
const Colonne = z.instanceof(Float64Array);

export const operationsLoyers = {
  'loyers.lire': {
    input: z.strictObject({ par: Maille.default('ensemble'), surface: Surface.default('SH') }),
    output: z.object({
      surface: Surface,
      lignes: z.array(LigneLoyers),
      /** Logements exclus de la moyenne, par raison. */
      exclus: comptes,
    }),
  },
  /** Toutes les mesures de la carte, à une maille ; `annee` : celle des plafonds de loyer, sinon celle de la déclaration ; `scenario` : celui de politique des loyers, sinon le retenu, sinon le dernier. */
  'carte.mesures': {
    input: z.strictObject({ par: Maille.default('ensemble'), surface: Surface.default('SH'), annee: entier.optional(), scenario: entier.optional() }),
    output: z.object({
      annee: entier.nullable(),
      /** Années dont des plafonds de loyer sont saisis, la plus récente d'abord. */
      annees: z.array(entier),
      /** Scénarios de politique des loyers, et celui qui est montré. */
      scenarios: z.array(ScenarioCarte),
      scenario: entier.nullable(),
      lignes: z.array(LigneMesures),
      /** Pourquoi une mesure n'a aucune valeur, en une phrase. */
      absences: z.partialRecord(MesureCarte, texte),
      /** Ce qu'il faut savoir d'une mesure, en une phrase. */
      precisions: z.partialRecord(MesureCarte, texte),
    }),
  },
  /** `loyers.lire`, en colonnes (shared/domain/carte/colonnes.ts) : ce que lit l'écran. */
  'carte.loyers': {
    input: z.strictObject({ par: Maille.default('ensemble'), surface: Surface.default('SH') }),
    output: z.object({ surface: Surface, codes: texte, noms: texte, nombre: entier, champs: z.record(z.enum(CHAMPS_LOYERS), Colonne), exclus: comptes }),
  },
  /** `carte.mesures`, en colonnes ; `sur`, `max` et `npl` : de quoi totaliser des lignes (shared/domain/carte/totaux.ts). */
  'carte.valeurs': {
    input: z.strictObject({ par: Maille.default('ensemble'), surface: Surface.default('SH'), annee: entier.optional(), scenario: entier.optional() }),
    output: z.object({
      annee: entier.nullable(), annees: z.array(entier), scenarios: z.array(ScenarioCarte), scenario: entier.nullable(), codes: texte, nombre: entier, champs: z.record(MesureCarte, Colonne), sur: z.record(MesureCarte, Colonne), max: z.record(z.enum(SOMMES_MAX), Colonne), npl: z.record(z.enum(SOMMES_NPL), Colonne),
      absences: z.partialRecord(MesureCarte, texte), precisions: z.partialRecord(MesureCarte, texte),
    }),
  },
  /** `carte.lire`, en colonnes, sans les loyers ; `precision` : rang dans `PRECISIONS`, `commune` : rang dans `communes`. */
  'carte.lieux': {
    input: rien,
    output: z.object({
      codes: texte, nombre: entier, champs: z.record(z.enum(['lon', 'lat', 'precision', 'commune']), Colonne),
      /** Celles qui ont des ensembles ; sans centre connu, `null`. */
      communes: z.array(z.object({ code: texte, nom: texte, epci: texte, lon: z.number().nullable(), lat: z.number().nullable(), logements: entier })),
      sansPosition: entier, attribution: texte,
    }),
  },
  /** La feuille imprimée, en SVG ; `echelle` : son dénominateur ; `hors` : cercles hors du cadre. */
  'carte.dessiner': { input: Feuille, output: z.object({ svg: texte, echelle: z.number(), hors: entier, titre: texte }) },
  /** La même, en PDF ou SVG selon l'extension. */
  'carte.imprimer': { input: Feuille.extend({ destination: chemin }), output: z.object({ chemin: texte, echelle: z.number(), hors: entier, titre: texte }) },
  /** Un lieu par son nom : ce qu'il désigne à chaque maille, et son point s'il n'est qu'une adresse. */
  'carte.chercher': {
    input: z.strictObject({ texte: texte.max(200) }),
    output: z.object({
      banChargee: z.boolean(),
      trouves: z.array(
        z.object({
          nature: z.enum(['commune', 'epci', 'ensemble', 'programme', 'adresse']),
          libelle: texte,
          detail: texte,
          ensembles: z.array(texte),
          communes: z.array(texte),
          epci: z.array(texte),
          point: z.object({ lon: z.number(), lat: z.number() }).nullable(),
        }),
      ),
    }),
  },
  /** L'image PNG que la fenêtre en a faite, en base 64. */
  'carte.ecrireImage': { input: z.strictObject({ destination: chemin, format: z.enum(['A4', 'A3']), png: texte.max(80_000_000) }), output: z.object({ chemin: texte }) },
  'carte.lire': {
    input: z.strictObject({ surface: Surface.default('SH') }),
    output: z.object({
      ensembles: z.array(
        z.object({
          id: texte,
          commune: texte,
          /** EPCI de la commune ; vide si elle n'en a pas. */
          epci: texte,
          lon: z.number(),
          lat: z.number(),
          /** `adresse` (coordonnées du fichier ou BAN) et `repere` sont de vrais points ; les autres sont approchées. */
          precision: z.enum(PRECISIONS),
          logements: entier,
          loyerM2: z.number().nullable(),
          loyerMaxM2: z.number().nullable(),
          ecartM2: z.number().nullable(),
        }),
      ),
      /** Centre des communes qui ont des ensembles, et leurs logements : où placer ce qui se compte par territoire. */
      communes: z.array(z.object({ code: texte, nom: texte, epci: texte, lon: z.number(), lat: z.number(), logements: entier })),
      sansPosition: entier,
      attribution: texte,
    }),
  },
  'carte.fond': {
    input: rien,
    output: z.object({
      /** GeoJSON FeatureCollection ; propriétés `code`, `nom`, `niveau` (commune|epci|departement|region). */
      geojson: z.unknown(),
      fonds: z.array(FondGarde),
      attribution: texte,
    }),
  },
  /** Le fond entier, tel que la carte de l'écran le découpe : des tableaux de nombres (shared/domain/carte/plan.ts). */
  'carte.plan': {
    input: rien,
    output: z.object({
      plan: z.object({
        codes: texte,
        noms: texte,
        niveaux: z.instanceof(Uint8Array),
        sommets: z.instanceof(Int32Array),
        anneaux: z.instanceof(Uint32Array),
        polygones: z.instanceof(Uint32Array),
        objets: z.instanceof(Uint32Array),
        boites: z.instanceof(Int32Array),
      }),
      fonds: z.array(FondGarde),
      attribution: texte,
    }),
  },
  /** Chaque niveau du fichier remplace celui qui était gardé, et lui seul ; des contours de QPV vont avec ceux de QPV (`qpv.charger`). */
  'carte.chargerFond': {
    input: z.strictObject({ chemin }),
    output: z.object({ nom: texte, niveaux: comptes, ignores: entier, quartiers: z.object({ generation: texte, contours: entier }).nullable() }),
  },
  /** Retire un niveau ; sans niveau, tous. */
  'carte.retirerFond': { input: z.strictObject({ niveau: NiveauFond.optional() }), output: rien },
} as const;
