/** Écriture d'un paquet scellé : ASiC-E signé (`.asice`), ou ZIP avec empreintes (`.zip`). */
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { EMPREINTES, MANIFESTE, META_INF, MIME_ASICE, MIMETYPE, SIGNATURE, extensionPaquet } from '../../shared/paquet/noms.ts';
import { invalide } from '../../shared/erreurs.ts';
import { writeAtomically } from './atomique.ts';
import { signCades, type CleSignature } from './cades-ecrire.ts';
import type { Disque } from './disque.ts';
import { writeEmpreintes } from './empreintes.ts';
import { writeManifeste } from './manifeste.ts';
import { findDefautNoms } from './noms-entrees.ts';
import { zipFichiers, type Fichier } from './zip-ecrire.ts';
import { LIMITES } from './zip-lire.ts';

export type PaquetAEcrire = {
  /** Documents, dans l'ordre où ils seront rangés (`sortFichiers`). */
  fichiers: readonly Fichier[];
  /** Chemin du fichier : `.asice` avec une clé, `.zip` sans. */
  destination: string;
  /** Date de signature déclarée. */
  instant: Date;
  cle?: CleSignature;
};

export type PaquetEcrit = {
  chemin: string;
  /** Noms des documents, sans `mimetype` ni `META-INF`. */
  fichiers: string[];
  /** Fichier de même nom qui était là, gardé sous ce chemin. */
  precedent: string | null;
};

/**
 * Écrit le paquet d'un seul coup. Mêmes fichiers et même instant : mêmes octets, signature à part.
 * Erreurs : celles de `writeAtomically`, « paquet-extension », « paquet-noms », « paquet-trop-grand ».
 */
export async function writePaquet(paquet: PaquetAEcrire, options: { signal?: AbortSignal; disque?: Disque } = {}): Promise<PaquetEcrit> {
  const { fichiers, destination, instant, cle } = paquet;
  checkDestination(destination, cle !== undefined);
  checkFichiers(fichiers);
  const references = fichiers.map(({ nom, octets }) => ({ nom, empreinte: createHash('sha256').update(octets).digest() }));
  const precedent = await writeAtomically(destination, zipFichiers(cle ? seal(fichiers, references, cle, instant) : list(fichiers, references)), options);
  return { chemin: destination, fichiers: fichiers.map((f) => f.nom), precedent };
}

type References = { nom: string; empreinte: Buffer }[];

function seal(fichiers: readonly Fichier[], references: References, cle: CleSignature, instant: Date): Fichier[] {
  const manifeste = writeManifeste(references);
  return [
    { nom: MIMETYPE, octets: Buffer.from(MIME_ASICE) },
    ...fichiers,
    { nom: MANIFESTE, octets: manifeste },
    { nom: SIGNATURE, octets: signCades(manifeste, cle, instant) },
  ];
}

function list(fichiers: readonly Fichier[], references: References): Fichier[] {
  return [...fichiers, { nom: EMPREINTES, octets: writeEmpreintes(references) }];
}

function checkDestination(destination: string, signe: boolean): void {
  const attendue = extensionPaquet(signe);
  if (extname(destination).toLowerCase() === attendue) return;
  throw invalide(
    'paquet-extension',
    signe ? 'Un paquet signé porte l’extension .asice.' : 'Un paquet sans signature porte l’extension .zip.',
    `Choisir un nom de fichier qui finit par ${attendue}.`,
  );
}

/** Ce que le lecteur refuserait ne s'écrit pas. */
function checkFichiers(fichiers: readonly Fichier[]): void {
  const reserve = fichiers.find((f) => f.nom === MIMETYPE || f.nom.toUpperCase().startsWith(META_INF) || f.nom.endsWith('/'));
  const defaut = reserve ? `Le nom « ${reserve.nom} » est réservé.` : findDefautNoms(fichiers.map((f) => f.nom));
  if (defaut) throw invalide('paquet-noms', defaut, 'Renommer le fichier joint, puis recommencer.');
  const total = fichiers.reduce((s, f) => s + f.octets.length, 0);
  if (fichiers.length === 0) throw invalide('paquet-noms', 'Le paquet n’a aucun fichier.', 'Ajouter au moins un fichier.');
  // La marge couvre mimetype, manifeste et signature.
  if (total > LIMITES.octets - 2_000_000 || fichiers.length > LIMITES.entrees - 3) {
    throw invalide('paquet-trop-grand', 'Le paquet dépasse 200 Mo ou 1 000 fichiers.', 'Retirer des pièces jointes ou réduire leur taille.');
  }
}
