/** Les règles dont un dossier relève, et le passage à d'autres. */
import { z } from 'zod';
import { entier, rien, texte } from './base.ts';

const Passage = z.object({
  de: texte,
  vers: texte,
  gardes: z.array(texte),
  deplaces: z.array(z.object({ de: texte, vers: texte })),
  /** Gardés dans le dossier, que le nouveau millésime ne demande plus. */
  perdus: z.array(z.object({ champ: texte, raison: texte })),
  indicateurs: z.object({ ajoutes: z.array(texte), retires: z.array(texte), renommes: z.array(z.object({ de: texte, vers: texte })), libelles: z.array(texte) }),
  /** Ce qui change de qui signe ; vide si rien ne change. */
  signature: texte,
  /** Les champs ci-dessus comme on les dit : les premiers gardés, tous les déplacés et les perdus. */
  noms: z.record(texte, texte),
});

export const operationsMillesime = {
  'millesime.lister': { input: rien, output: z.object({ actuel: texte, millesimes: z.array(z.object({ nom: texte, libelle: texte, texte, enVigueurDepuis: texte })) }) },
  'millesime.comparer': { input: z.strictObject({ vers: texte }), output: Passage },
  /** Applique le passage, en une opération qui s'annule. */
  'millesime.changer': { input: z.strictObject({ vers: texte }), output: Passage.extend({ /** L'opération à annuler ; `null` : les règles étaient déjà celles-là. */ operation: entier.nullable(), enregistreA: texte }) },
} as const;
