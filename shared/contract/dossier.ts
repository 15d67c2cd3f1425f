/** Le dossier, ses champs simples, son calendrier, son journal. */
import { z } from 'zod';
import { chemin, entier, rien, texte } from './base.ts';
import { Echeance, Etape, Nature, Organisme } from './commun.ts';

export const DossierInfo = z.object({
  chemin: texte,
  organisme: Organisme,
  millesime: texte,
  dateEffet: texte.nullable(),
  /** `2026-2031` ; vide sans date d'effet. */
  periode: texte,
  etapes: z.array(Etape),
  prochaineEcheance: Echeance.nullable(),
  enregistreA: texte.nullable(),
  lectureSeule: z.boolean(),
  /** Dernier dépôt du dossier ; pour une copie figée, le dépôt dont elle est la copie. Absent sans dépôt. */
  version: entier.optional(),
  /** Ex. dossier réseau ou synchronisé : ce qui est risqué, que faire. */
  avertissements: z.array(texte),
});

export const DossierRecent = z.object({
  chemin: texte,
  nom: texte,
  siren: texte,
  periode: texte,
  modifieLe: texte.nullable(),
  present: z.boolean(),
  /** Comme `DossierInfo` : une copie figée dit « lecture seule » et sa version. */
  version: entier.optional(),
  lectureSeule: z.boolean().optional(),
  etapes: z.array(Etape),
  prochaineEcheance: Echeance.nullable(),
});

export const Champ = z.object({
  champ: texte,
  libelle: texte,
  valeur: texte.nullable(),
  obligatoire: z.boolean(),
  type: z.enum(['texte', 'date', 'siren', 'choix', 'oui-non', 'nombre', 'nombres', 'cible', 'liste', 'paragraphe']),
  choix: z.array(z.object({ valeur: texte, libelle: texte })).optional(),
  article: texte,
  aide: texte,
  groupe: texte,
});

/** Ce qu'une convention précédente apporterait à un nouveau dossier, et ce qu'elle n'apporte pas. */
export const Precedent = z.object({
  chemin: texte,
  nature: z.enum(['dossier', 'paquet']),
  /** Pour un paquet : vérifié avant tout ; modifié, il est refusé. */
  verdict: z.object({ verdict: z.enum(['signe', 'non-signe']), signataires: z.array(z.object({ nom: texte, date: texte.nullable(), autorite: z.enum(['verifiee', 'inconnue']) })) }).nullable(),
  organisme: Organisme,
  millesime: texte,
  periode: texte,
  /** Version du dépôt que porte le paquet. */
  version: entier.nullable(),
  /** Dernier jour de cette convention, d'après sa date d'effet. */
  echeance: texte.nullable(),
  repris: z.array(z.object({ libelle: texte, nombre: entier.nullable(), precision: texte })),
  /** `nombre` : ce qu'elle tient et qui n'est pas repris ; `null` quand cela ne se compte pas. */
  laisses: z.array(z.object({ libelle: texte, nombre: entier.nullable(), raison: texte })),
});

export const operationsDossier = {
  /** Lit une convention précédente (dossier .cus ou paquet) sans rien y changer. */
  'dossier.precedent': { input: z.strictObject({ chemin }), output: Precedent },
  'dossier.creer': {
    input: z.strictObject({
      chemin,
      /** Convention précédente (dossier .cus ou paquet) d'où partir. */
      depuis: chemin.optional(),
      /** Facultatifs avec `depuis` : ceux de la convention précédente. */
      siren: texte.optional(),
      nom: texte.optional(),
      nature: Nature.optional(),
      effet: texte.optional(),
      millesime: texte.optional(),
    }),
    output: DossierInfo,
  },
  'dossier.ouvrir': { input: z.strictObject({ chemin }), output: DossierInfo },
  'dossier.fermer': { input: rien, output: rien },
  'dossier.info': { input: rien, output: DossierInfo },
  'dossier.recents': { input: rien, output: z.object({ dossiers: z.array(DossierRecent) }) },
  'dossier.oublier': { input: z.strictObject({ chemin }), output: rien },
  'dossier.copier': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte }) },
  /** Met de côté le fichier endommagé et remet la sauvegarde à sa place. */
  'dossier.restaurer': {
    input: z.strictObject({ chemin, sauvegarde: chemin }),
    output: z.object({ chemin: texte, misDeCote: texte }),
  },
  'dossier.demonstration': { input: z.strictObject({ repertoire: chemin }), output: DossierInfo },
  'champs.lister': { input: rien, output: z.object({ champs: z.array(Champ) }) },
  'champs.definir': {
    input: z.strictObject({ champ: texte.min(1), valeur: texte }),
    output: z.object({ champ: texte, avant: texte.nullable(), apres: texte.nullable(), enregistreA: texte }),
  },
  'journal.lire': {
    /** `cherche` : dans le nom stable du champ, la personne, la valeur d'avant ou d'après. */
    input: z.strictObject({ decalage: entier.min(0), nombre: entier.min(1).max(500), cherche: texte.optional() }),
    output: z.object({
      total: entier,
      lignes: z.array(
        z.object({ quand: texte, qui: texte, champ: texte, libelle: texte, avant: texte.nullable(), apres: texte.nullable() }),
      ),
    }),
  },
  /** Relit la chaîne d'empreintes : `rupture` est la première ligne qui n'est plus celle qui fut écrite. */
  'journal.verifier': {
    input: rien,
    output: z.object({ lignes: entier, rupture: z.object({ quand: texte, libelle: texte }).nullable() }),
  },
  'journal.exporter': { input: z.strictObject({ destination: chemin }), output: z.object({ chemin: texte, lignes: entier }) },
} as const;
