import { readFile } from 'node:fs/promises';
import { invalide } from '../../../shared/erreurs.ts';
import { readP12 } from '../../paquet/index.ts';
import type { CleSignature } from '../../paquet/index.ts';

export type DemandeSignature = { p12?: string | undefined; motDePasse?: string | undefined };

/** La clé de signature demandée, valable à `instant`, ou `null` si aucune ne l'est. */
export async function readCle({ p12, motDePasse }: DemandeSignature, instant: Date): Promise<CleSignature | null> {
  if (p12 === undefined) return null;
  if (motDePasse === undefined) throw invalide('mot-de-passe-absent', 'Le mot de passe du certificat manque.', 'Le donner pour signer.');
  return readP12(await readFile(p12), motDePasse, instant);
}
