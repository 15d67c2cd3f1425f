/**
 * Lecture d'un conteneur, le nôtre ou celui d'un autre : jamais extrait sur le disque, lu en mémoire
 * une seule fois (le fichier peut changer ensuite), décompressé sous limites comptées en lisant.
 */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { crc32, createInflateRaw } from 'node:zlib';
import { invalide } from '../../shared/erreurs.ts';
import { codeSysteme, illisible } from './erreurs.ts';
import { showNom } from './noms-entrees.ts';
import { LIMITES, readEntrees, type EntreeZip, type Limites } from './zip-lire.ts';

export type OptionsLecture = {
  /** Nom du fichier quand la source est en mémoire : son extension dit s'il devrait être signé. */
  nom?: string;
  limites?: Partial<Limites>;
  signal?: AbortSignal;
};

/** Conteneur ouvert : son répertoire est vérifié, son contenu ne l'est pas encore (`verifyPaquet`). */
export type Paquet = {
  nom: string | null;
  /** Par nom exact, dossiers exclus, dans l'ordre de l'archive. */
  entrees: ReadonlyMap<string, EntreeZip>;
  octets: Buffer;
  limites: Limites;
};

/** Contenu qui n'est pas celui que l'archive annonce (somme de contrôle, longueur, décompression). */
export class EntreeAlteree extends Error {
  readonly fichier: string;
  constructor(fichier: string) {
    super(fichier);
    this.fichier = fichier;
  }
}

/**
 * Ouvre un conteneur par chemin ou par octets. Erreurs : « fichier-absent », « fichier-illisible » (droits),
 * « paquet-illisible » (pas un ZIP, ZIP hostile ou abîmé, trop grand).
 */
export async function openPaquet(source: string | Uint8Array, options: OptionsLecture = {}): Promise<Paquet> {
  const limites = { ...LIMITES, ...options.limites };
  options.signal?.throwIfAborted();
  const octets = typeof source === 'string' ? await readFichier(source, limites) : Buffer.from(source);
  if (octets.length > maxArchive(limites)) throw tropGrand();
  const entrees = await readEntrees(octets, limites);
  const nom = typeof source === 'string' ? basename(source) : (options.nom ?? null);
  return { nom, octets, limites, entrees: new Map(entrees.filter((e) => !e.nom.endsWith('/')).map((e) => [e.nom, e])) };
}

/** Octets d'une entrée, par nom exact. Erreurs : « entree-absente », « paquet-illisible » (limites), « entree-alteree ». */
export async function readEntry(paquet: Paquet, nom: string, signal?: AbortSignal): Promise<Uint8Array> {
  const entree = paquet.entrees.get(nom);
  if (!entree) throw invalide('entree-absente', `Le fichier ${showNom(nom)} n’est pas dans ce paquet.`, 'Choisir le paquet complet, tel qu’il a été reçu.');
  const morceaux: Buffer[] = [];
  try {
    await scanEntree(paquet, entree, (m) => morceaux.push(m), { octets: paquet.limites.octets, echeance: echeance(paquet.limites) }, signal);
  } catch (cause) {
    if (!(cause instanceof EntreeAlteree)) throw cause;
    throw invalide('entree-alteree', `Le contenu de ${showNom(nom)} est abîmé.`, 'Demander à l’expéditeur de transmettre à nouveau le fichier d’origine.');
  }
  return Buffer.concat(morceaux);
}

/** Ce qui reste à dépenser pour une lecture : octets décompressés et instant limite (ms de `performance.now`). */
export type Budget = { octets: number; echeance: number };

export function echeance(limites: Limites): number {
  return performance.now() + limites.delaiMs;
}

/**
 * Décompresse une entrée morceau par morceau et contrôle longueurs et CRC. `EntreeAlteree` si le
 * contenu n'est pas celui annoncé ; « paquet-illisible » si une limite est atteinte.
 */
export async function scanEntree(
  paquet: Paquet,
  entree: EntreeZip,
  onMorceau: (morceau: Buffer) => void,
  budget: Budget,
  signal?: AbortSignal,
): Promise<void> {
  const donnees = paquet.octets.subarray(entree.debut, entree.debut + entree.compresse);
  const { ratio, seuilRatio } = paquet.limites;
  let lus = 0;
  let somme = 0;
  const take = (morceau: Buffer): void => {
    signal?.throwIfAborted();
    if (performance.now() >= budget.echeance) throw illisible('La lecture du conteneur dépasse le temps permis.');
    lus += morceau.length;
    budget.octets -= morceau.length;
    if (budget.octets < 0) throw illisible(`Le contenu décompressé dépasse la limite de ${paquet.limites.octets} octets.`);
    if (lus > seuilRatio && lus > ratio * entree.compresse) throw illisible(`${showNom(entree.nom)} grossit plus de ${ratio} fois en se décompressant.`);
    if (lus > entree.annonce) throw new EntreeAlteree(entree.nom);
    somme = crc32(morceau, somme);
    onMorceau(morceau);
  };
  if (entree.deflate) {
    const inflate = createInflateRaw({ chunkSize: 65_536 });
    inflate.end(donnees);
    try {
      for await (const morceau of inflate) take(morceau as Buffer);
    } catch (cause) {
      if (codeSysteme(cause)?.startsWith('Z_')) throw new EntreeAlteree(entree.nom);
      throw cause;
    }
    // Des octets après la fin du flux compressé seraient un contenu caché.
    if (inflate.bytesWritten !== donnees.length) throw new EntreeAlteree(entree.nom);
  } else {
    for (let p = 0; p < donnees.length || p === 0; p += 1_048_576) take(donnees.subarray(p, p + 1_048_576));
  }
  if (lus !== entree.annonce || somme !== entree.crc) throw new EntreeAlteree(entree.nom);
}

async function readFichier(chemin: string, limites: Limites): Promise<Buffer> {
  try {
    const fichier = await open(chemin, 'r');
    try {
      const { size } = await fichier.stat();
      if (size > maxArchive(limites)) throw tropGrand();
      return await fichier.readFile();
    } finally {
      await fichier.close();
    }
  } catch (cause) {
    const code = codeSysteme(cause);
    if (code === null) throw cause;
    const message = code === 'ENOENT' ? `Le fichier ${chemin} n’existe pas.` : code === 'EISDIR' ? `« ${chemin} » est un dossier, non un paquet.` : `Le fichier ${chemin} ne peut pas être lu (${code}).`;
    throw invalide(code === 'ENOENT' ? 'fichier-absent' : 'fichier-illisible', message, 'Vérifier le chemin et les droits de lecture, puis recommencer.');
  }
}

/** Une archive saine n'est guère plus grande que son contenu ; la marge couvre en-têtes et répertoire. */
function maxArchive(limites: Limites): number {
  return limites.octets + 2_000_000;
}

function tropGrand() {
  return illisible('Le fichier est trop grand pour un paquet (200 Mo au plus).');
}
