/** L'occupation sociale (L442-5, R442-14, R445-3), la vacance et la rotation. */
import { z } from 'zod';
import { chemin, comptes, entier, rien, texte } from './base.ts';
import { Maille } from './commun.ts';
import { ResultatImport } from './imports.ts';

/** Un effectif ; `null` : masqué, parce que l'export est pour d'autres que l'État (R411-5). */
const effectif = entier.nullable();

const CumulOccupation = z.object({
  /** Logements du parc : jamais masqués (R445-3). */
  logements: entier,
  /** Loués au RPLS, ou présents dans l'enquête. */
  concernes: effectif,
  repondants: effectif,
  /** Personnes des ménages dont le nombre d'occupants est connu. */
  occupants: effectif,
  majeurs: effectif,
  mineurs: effectif,
  /** Ménages répondants, par variable puis par modalité, dans l'ordre de `variables`. */
  variables: z.array(z.array(effectif)),
  /** Logements loués ou proposés (MODE 1 et 2) ; vacants (MODE 2) ; depuis plus de trois mois. */
  offerts: effectif,
  vacants: effectif,
  vacantsTroisMois: effectif,
  baseRotation: effectif,
  rotation: effectif,
  /** Nombre d'effectifs masqués de cette ligne. */
  masques: entier,
});

const LigneOccupation = z.object({
  code: texte,
  nom: texte,
  total: CumulOccupation,
  qpv: CumulOccupation,
  horsQpv: CumulOccupation,
  qpvInconnu: CumulOccupation,
});

const VariableOccupation = z.object({ code: texte, libelle: texte, modalites: z.array(texte) });

const EnqueteOccupation = z.object({ fichier: texte, importeLe: texte, maille: z.enum(['logement', 'ensemble']), lignes: entier });

export const EtatOccupation = z.object({
  par: Maille,
  /** Vrai : ce qui est montré est ce que d'autres que l'État verraient. */
  masque: z.boolean(),
  masques: entier,
  /** `null` : aucune enquête n'a été importée. */
  enquete: EnqueteOccupation.nullable(),
  /** Date de référence donnée par l'organisme ; `null` : pas donnée. */
  dateReference: texte.nullable(),
  /** Bornes des bandes de ressources, en pour cent des plafonds du PLUS ; `usuelles` : celles proposées. */
  bornes: z.array(entier),
  bornesUsuelles: z.boolean(),
  variables: z.array(VariableOccupation),
  /** Année des déclarations en vigueur. */
  annees: z.array(entier),
  lignes: z.array(LigneOccupation),
  organisme: LigneOccupation.nullable(),
  /** Logements du parc hors de chaque calcul, par raison. */
  exclus: z.object({ vacance: comptes, duree: comptes, rotation: comptes }),
  /** Réponses gardées de logements ou d'ensembles qui ne sont plus au parc. */
  horsParc: entier,
});

export const operationsOccupation = {
  'occupation.lire': {
    /** `masquer` : pour d'autres que l'État ; `code` : une seule ligne. */
    input: z.strictObject({ par: Maille.default('organisme'), masquer: z.boolean().default(false), code: texte.optional() }),
    output: EtatOccupation,
  },
  /** Bornes tapées (« 20, 40, 60 ») ; vide : les usuelles. */
  'occupation.definirBandes': { input: z.strictObject({ bornes: texte }), output: z.object({ bornes: z.array(entier), enregistreA: texte }) },
  /** XLSX, ODS ou CSV ; pour d'autres que l'État sauf si `destinataire` est « etat ». */
  'occupation.exporter': {
    input: z.strictObject({ destination: chemin, par: Maille.optional(), destinataire: z.enum(['etat', 'autres']).default('autres') }),
    output: z.object({ chemin: texte, lignes: entier, masques: entier }),
  },
  'occupation.anomalies': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte, lignes: entier, rejets: texte.optional() }) },
  'occupation.dernier': { input: rien, output: z.object({ import: ResultatImport.nullable() }) },
} as const;
