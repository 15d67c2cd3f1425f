/** Les attributions de logements (R445-5, R445-5-1, L441-1). */
import { z } from 'zod';
import { chemin, entier, rien, texte } from './base.ts';
import { ResultatImport } from './imports.ts';

export const MailleAttributions = z.enum(['organisme', 'region', 'departement', 'epci', 'commune']);

/**
 * `nombre` sur `base` ; `inconnu` : de la base, valeur inconnue ; `baseInconnue` : peut-être de la base, dont `baseInconnueOui`
 * qui y compteraient au nombre et `baseInconnueNon` qui n'y compteraient pas (absents d'un paquet d'avant qu'ils soient dits).
 */
export const CompteAttributions = z.object({ nombre: entier, base: entier, inconnu: entier, baseInconnue: entier, baseInconnueOui: entier.default(0), baseInconnueNon: entier.default(0) });

export const LigneAttributions = z.object({
  /** `organisme`, `dep-13`, `epci-…`, `ept-…` ; `inconnu` : commune inconnue. */
  territoire: texte,
  nom: texte,
  /** Une année, `reference` (les années de référence ensemble) ou `toutes`. */
  periode: texte,
  attributions: entier,
  qpv: entier,
  horsQpv: entier,
  qpvInconnu: entier,
  mesures: z.record(texte, CompteAttributions),
});

/** Un minimum de L441-1 et ce que les attributions d'une période en montrent. */
export const SeuilAttributions = z.object({
  code: texte, libelle: texte, article: texte, texte, mesure: texte, incertitude: texte,
  /** Un autre objectif peut remplacer le minimum, territoire par territoire. */
  objectif: texte.nullable(),
  minimum: z.object({ n: entier, d: entier }),
  /** Territoires où il s'apprécie. */
  territoires: z.array(z.object({ code: texte, nom: texte, objectif: z.object({ saisie: texte, source: texte }).nullable() })),
});

export const EtatAttributions = z.object({
  par: MailleAttributions,
  /** Années civiles importées, et le fichier d'où chacune vient. */
  annees: z.array(z.object({ annee: entier, fichier: texte, importeLe: texte, attributions: entier })),
  /** Années de référence : celles qui précèdent la convention ; vide sans date d'effet. */
  reference: z.array(entier),
  reserve: texte,
  mesures: z.array(z.object({ code: texte, libelle: texte, sur: texte, formule: texte, somme: z.boolean(), indicateurs: z.array(texte) })),
  seuils: z.array(SeuilAttributions),
  lignes: z.array(LigneAttributions),
  /** L'organisme entier, période par période. */
  organisme: z.array(LigneAttributions),
});

export const operationsAttributions = {
  'attributions.resultats': { input: z.strictObject({ par: MailleAttributions.default('organisme') }), output: EtatAttributions },
  /** Les attributions derrière un chiffre, une page à la fois ; `etat` : ce que la mesure en dit. */
  'attributions.lister': {
    input: z.strictObject({
      territoire: texte.default('organisme'), periode: texte.default('toutes'), mesure: texte.optional(), etat: z.enum(['compte', 'autre', 'inconnu', 'base', 'base-inconnue']).optional(),
      decalage: entier.min(0).default(0), nombre: entier.min(1).max(1000).default(100),
    }),
    output: z.object({
      total: entier,
      lignes: z.array(
        z.object({
          annee: entier, ligne: entier, fichier: texte, jour: texte, logement: texte.nullable(), commune: texte.nullable(), nomCommune: texte, qpv: texte, bail: texte, quartile: texte, reloge: texte, prioritaire: texte,
          categorie: texte, dalo: texte, reserve: texte, mutation: texte, mutationRu: texte, venant: texte, refus: entier.nullable(),
        }),
      ),
    }),
  },
  'attributions.dernier': { input: rien, output: z.object({ import: ResultatImport.nullable() }) },
  'attributions.anomalies': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte, lignes: entier, rejets: texte.optional() }) },
  /** Objectif qui remplace le minimum de la loi dans un territoire, et d'où il vient ; vide, il s'efface. */
  'attributions.definirObjectif': {
    input: z.strictObject({ seuil: texte, territoire: texte, saisie: texte.max(80), source: texte.max(300) }),
    output: z.object({ seuil: texte, territoire: texte, saisie: texte, source: texte, enregistreA: texte }),
  },
} as const;
