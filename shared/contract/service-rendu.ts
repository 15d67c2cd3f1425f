/** Le service rendu (R445-3) : la grille de l'organisme, les notes de ses ensembles, les résultats. */
import { z } from 'zod';
import { chemin, entier, rien, texte } from './base.ts';
import { Maille } from './commun.ts';

/** Poids, valeurs et bornes : décimaux exacts, en texte (`0.5`). */
const CritereGrille = z.object({ code: texte, libelle: texte, aide: texte, poids: texte });

export const GrilleService = z.object({
  proposee: z.boolean(),
  echelle: z.discriminatedUnion('genre', [
    z.object({ genre: z.literal('nombres'), min: texte, max: texte, decimales: entier }),
    z.object({ genre: z.literal('niveaux'), niveaux: z.array(z.object({ code: texte, libelle: texte, valeur: texte })) }),
  ]),
  sens: z.enum(['croissant', 'decroissant']),
  seuil: entier,
  familles: z.array(
    z.object({
      code: texte,
      libelle: texte,
      aspect: z.enum(['construction', 'prestations', 'localisation', 'environnement']).nullable(),
      poids: texte,
      criteres: z.array(CritereGrille),
    }),
  ),
  classes: z.array(z.object({ libelle: texte, de: texte })),
});

/** Ce que devient chaque critère, et ses notes, quand une grille en remplace une autre. */
export const PassageGrille = z.object({
  criteres: z.array(
    z.object({
      code: texte,
      libelle: texte,
      quoi: z.enum(['garde', 'deplace', 'perdu', 'ajoute']),
      notes: entier,
      illisibles: entier,
      relues: entier,
      changements: z.array(texte),
    }),
  ),
  gardees: entier,
  deplacees: entier,
  perdues: entier,
  illisibles: entier,
  relues: entier,
  changements: z.array(texte),
});

/** `resultat` : arrondi une fois, à deux décimales ; `classe` : son rang dans la grille. */
export const LigneService = z.object({
  code: texte,
  nom: texte,
  commune: texte,
  logements: entier,
  ensembles: entier,
  /** Ceux qui ont un résultat, donc entrent dans la moyenne. */
  ensemblesNotes: entier,
  logementsNotes: entier,
  resultat: z.number().nullable(),
  classe: entier.nullable(),
  /** Notes données et notes à donner, parmi les critères qui comptent. */
  notes: entier,
  criteres: entier,
  familles: z.array(z.object({ code: texte, resultat: z.number().nullable(), ensemblesNotes: entier, logementsNotes: entier })),
  /** Par classe de la grille, dans son ordre. */
  classes: z.array(z.object({ ensembles: entier, logements: entier })),
});

const NoteSaisie = z.strictObject({ ensemble: texte, critere: texte, saisie: texte.max(200) });

export const operationsServiceRendu = {
  'serviceRendu.grille': {
    input: rien,
    output: z.object({
      grille: GrilleService.nullable(),
      proposee: GrilleService,
      /** Ce qui mérite d'être su de la grille (aspect de R445-3 qu'aucun critère n'apprécie…). */
      remarques: z.array(texte),
      notes: entier,
    }),
  },
  /** Dit ce qu'une grille changerait, sans rien changer. */
  'serviceRendu.examinerGrille': {
    input: z.strictObject({ grille: GrilleService }),
    output: z.object({ fautes: z.array(texte), remarques: z.array(texte), passage: PassageGrille.nullable(), change: z.boolean() }),
  },
  'serviceRendu.definirGrille': {
    input: z.strictObject({ grille: GrilleService }),
    output: z.object({ operation: entier, libelle: texte, passage: PassageGrille, enregistreA: texte }),
  },
  'serviceRendu.exporterGrille': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte }) },
  'serviceRendu.lireGrille': { input: z.strictObject({ chemin }), output: z.object({ grille: GrilleService }) },
  'serviceRendu.notes': {
    input: rien,
    output: z.object({
      criteres: z.array(z.object({ code: texte, libelle: texte, aide: texte, famille: texte, poids: texte })),
      /** `saisies` : dans l'ordre des critères, telles que tapées ; vide, pas de note. */
      ensembles: z.array(z.object({ id: texte, nom: texte, commune: texte, nomCommune: texte, logements: entier, qpv: entier, saisies: z.array(texte) })),
      /** Notes gardées d'ensembles qui n'ont plus de logement au parc : elles reviennent avec lui. */
      horsParc: entier,
    }),
  },
  'serviceRendu.noter': {
    /** Une opération, qui s'annule d'un coup ; `geste` : son nom dans la liste (sinon la note, ou leur nombre). */
    input: z.strictObject({ notes: z.array(NoteSaisie).min(1).max(400_000), geste: texte.max(300).optional() }),
    output: z.object({
      changees: entier,
      operation: entier.nullable(),
      enregistreA: texte,
      /** Gardées telles que tapées, mais illisibles ; ou refusées (`gardee` faux) : ensemble ou critère inconnu. */
      signalees: z.array(z.object({ ensemble: texte, critere: texte, saisie: texte, message: texte, gardee: z.boolean() })),
    }),
  },
  'serviceRendu.lire': {
    input: z.strictObject({ par: Maille.default('ensemble') }),
    output: z.object({
      grille: GrilleService.nullable(),
      par: Maille,
      lignes: z.array(LigneService),
      /** L'organisme entier, puis ses logements en QPV, hors QPV, et ceux dont la situation est inconnue. */
      organisme: LigneService.nullable(),
      qpv: z.array(LigneService),
      /** Notes tapées, celles qui ne se lisent pas sur l'échelle, celles d'ensembles sortis du parc. */
      notes: entier,
      illisibles: entier,
      horsParc: entier,
    }),
  },
  'serviceRendu.exporter': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte, lignes: entier }) },
} as const;
