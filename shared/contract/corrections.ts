/** Les corrections faites à la main sur les logements. */
import { z } from 'zod';
import { entier, texte } from './base.ts';
import { FiltreLogements } from './commun.ts';

const motif = texte.max(2000).optional();
/** Une case, par l'identifiant public du logement et le nom de la colonne. */
const laCase = { identifiant: texte, colonne: texte };

/** Ce qu'une correction a fait ; rien n'est changé quand `operation` est `null`. */
export const BilanCorrection = z.object({
  operation: entier.nullable(),
  libelle: texte,
  changees: entier,
  /** Cases qui avaient déjà cette valeur. */
  inchangees: entier,
  logements: entier,
  nombreRefusees: entier,
  /** Les premières cases refusées, avec leur raison. */
  refusees: z.array(z.object({ ...laCase, texte, message: texte })),
  nombreRemarques: entier,
  remarques: z.array(z.object({ identifiant: texte, message: texte })),
  enregistreA: texte,
});

export const operationsCorrections = {
  /** Cases tapées ou collées. Si l'une est illisible, rien n'est changé, sauf `partiel` : les autres le sont. */
  'corrections.saisir': {
    input: z.strictObject({ cases: z.array(z.strictObject({ ...laCase, texte })).max(200_000), partiel: z.boolean().default(false), motif }),
    output: BilanCorrection,
  },
  /** La même valeur dans toute une sélection. `attendus` : le nombre de logements que la personne a vu avant de confirmer. */
  'corrections.appliquer': {
    input: z.strictObject({ filtres: z.array(FiltreLogements).default([]), colonne: texte, texte, attendus: entier.min(0), motif }),
    output: BilanCorrection,
  },
  /** Rend à ces cases la valeur que l'import leur donnait. */
  'corrections.revenir': { input: z.strictObject({ cases: z.array(z.strictObject(laCase)).max(200_000) }), output: BilanCorrection },
} as const;
