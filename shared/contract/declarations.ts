/** Les déclarations gardées par le dossier, et ce qui change de l'une à l'autre. */
import { z } from 'zod';
import { chemin, comptes, entier, rien, texte } from './base.ts';
import { LigneLoyers } from './loyers.ts';

export const DeclarationGardee = z.object({
  id: entier,
  annee: entier.nullable(),
  fichier: texte,
  importeLe: texte,
  /** Bailleur de la déclaration. */
  siren: texte,
  nom: texte,
  enVigueur: z.boolean(),
  logements: entier,
  sortis: entier,
});

const loyers = LigneLoyers.omit({ code: true, nom: true });

export const PointTendance = z.object({
  annee: entier.nullable(),
  libelle: texte,
  /** « paquet » : chiffres du paquet de la convention précédente, sans les logements. */
  source: z.enum(['declarations', 'paquet']),
  /** `reportee` : le bailleur n'a pas de déclaration de cette année, la précédente en tient lieu. */
  declarations: z.array(z.object({ id: entier, siren: texte, nom: texte, annee: entier.nullable(), enVigueur: z.boolean(), reportee: z.boolean() })),
  logements: entier,
  sortis: entier,
  qpv: entier,
  /**
   * `vacants` : MODE 2 ; `proposes` : MODE 1 et 2 ; `plusDeTroisMois` : vacants dont la dernière mise en location (champ 62)
   * précède de plus de trois mois le 1er janvier de la déclaration. `null` : les données ne le disent pas.
   */
  vacance: z.object({ vacants: entier, proposes: entier.nullable(), plusDeTroisMois: entier.nullable(), dureeInconnue: entier.nullable() }),
  dpe: comptes,
  /** Selon la méthode : DPE d'avant ou depuis le 1er juillet 2021, sans date. */
  dpeAvant: comptes,
  dpeDepuis: comptes,
  dpeSansDate: comptes,
  loyers: z.object({ SH: loyers, SU: loyers, SC: loyers }),
});

export const Tendances = z.object({
  territoire: texte,
  nomTerritoire: texte,
  points: z.array(PointTendance),
  /** Entre deux points voisins faits de déclarations : logements entrés et sortis du parc, par motif. */
  mouvements: z.array(z.object({ de: texte, a: texte, entrees: comptes, sorties: comptes })),
});

const choix = { territoire: texte.optional(), /** SIREN d'un seul bailleur ; absent : tous. */ origine: texte.optional() };

export const operationsDeclarations = {
  'declarations.lister': { input: rien, output: z.object({ declarations: z.array(DeclarationGardee) }) },
  'declarations.tendances': { input: z.strictObject(choix), output: Tendances },
  /** Met en vigueur une autre déclaration du même bailleur : tous les chiffres du dossier la suivent. Opération annulable. */
  'declarations.vigueur': { input: z.strictObject({ declaration: entier }), output: z.object({ operation: entier, libelle: texte, enregistreA: texte }) },
  'declarations.exporter': { input: z.strictObject({ destination: chemin, ...choix }), output: z.object({ chemin: texte, lignes: entier }) },
} as const;
