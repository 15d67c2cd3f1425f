/** Contrôles, dépôt, signature, lecture des paquets. */
import { z } from 'zod';
import { chemin, entier, rien, texte } from './base.ts';
import { Avis, Constats, NatureObservation, Organisme } from './commun.ts';

export const Depot = z.object({
  version: entier,
  date: texte,
  empreinte: texte,
  paquet: texte,
  signe: z.boolean(),
  signataire: texte.nullable(),
  malgre: texte.nullable(),
  fichiers: z.array(texte),
});

export const Verdict = z.object({
  verdict: z.enum(['signe', 'non-signe', 'modifie', 'illisible']),
  signataires: z.array(z.object({ nom: texte, date: texte.nullable(), autorite: z.enum(['verifiee', 'inconnue']) })),
  fichiers: z.array(texte),
  ecarts: z.array(z.object({ fichier: texte, quoi: z.enum(['change', 'absent', 'en-trop']) })),
  raison: texte.nullable(),
});

export const Certificat = z.object({
  nom: texte,
  emetteur: texte,
  serie: texte,
  du: texte,
  au: texte,
  autosigne: z.boolean(),
  algorithme: texte,
});

const signature = {
  p12: chemin.optional(),
  motDePasse: texte.optional(),
};

export const operationsDepot = {
  'controles.lister': { input: rien, output: Constats },
  'controles.justifier': {
    input: z.strictObject({ code: texte, champ: texte.nullable(), motif: texte }),
    output: z.object({ enregistreA: texte }),
  },
  'depot.apercu': {
    input: rien,
    output: z.object({ version: entier, nomPaquet: texte, fichiers: z.array(z.object({ nom: texte, role: texte })), bloquants: entier }),
  },
  /** Écrit un document du paquet tel qu'il serait déposé, pour le regarder avant de signer. */
  'depot.previsualiser': {
    input: z.strictObject({ fichier: texte, destination: chemin }),
    output: z.object({ chemin: texte }),
  },
  'depot.deposer': {
    input: z.strictObject({ repertoire: chemin, sansSignature: z.boolean().default(false), malgre: texte.optional(), ...signature }),
    output: z.object({
      paquet: texte,
      version: entier,
      empreinte: texte,
      fichiers: z.array(texte),
      certificat: Certificat.nullable(),
    }),
  },
  'depot.lister': { input: rien, output: z.object({ depots: z.array(Depot) }) },
  /** Extrait la copie figée d'un dépôt dans un nouveau fichier .cus, en lecture seule. */
  'depot.extraire': { input: z.strictObject({ version: entier.min(1), destination: chemin }), output: z.object({ chemin: texte }) },
  'certificat.creer': {
    input: z.strictObject({ destination: chemin, nom: texte.min(1), motDePasse: texte.min(1) }),
    output: z.object({ p12: texte, certificat: texte, description: Certificat }),
  },
  'certificat.lire': { input: z.strictObject({ p12: chemin, motDePasse: texte }), output: Certificat },
  'paquet.verifier': { input: z.strictObject({ chemin, autorites: chemin.optional() }), output: Verdict },
  'paquet.lire': {
    input: z.strictObject({ chemin }),
    output: z.object({
      verdict: Verdict,
      organisme: Organisme.nullable(),
      version: entier.nullable(),
      empreinte: texte.nullable(),
      /** Champs sur lesquels une remarque peut porter, dans l'ordre du dépôt. */
      champs: z.array(z.object({ champ: texte, libelle: texte, valeur: texte.nullable(), etape: texte })),
    }),
  },
  'paquet.annoter': {
    input: z.strictObject({
      paquet: chemin,
      sortie: chemin,
      avis: Avis.optional(),
      auteur: texte.optional(),
      fichierObservations: chemin.optional(),
      observations: z
        .array(z.strictObject({ champ: texte, nature: NatureObservation, texte, valeurProposee: texte.optional() }))
        .optional(),
      ...signature,
    }),
    output: z.object({ retour: texte, observations: entier }),
  },
} as const;
