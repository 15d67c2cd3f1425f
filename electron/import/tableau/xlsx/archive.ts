import { pipeline } from 'node:stream';
import { createInflateRaw, crc32 } from 'node:zlib';
import { openPromise } from 'yauzl';
import type { Entry } from 'yauzl';
import { classeurIllisible } from '../../erreurs.ts';
import { entreesMesurees, trop } from '../mesure.ts';

/** Un XLSX ouvert : ses entrées, d'après son répertoire, dont les tailles annoncées tiennent en mémoire. */
export type Archive = { chemin: string; entrees: ReadonlyMap<string, Entry> };

const BLOC = 256 * 1024;

/** Erreurs : « classeur-refuse » (bombe, trop d'entrées), « classeur-illisible ». */
export async function ouvrirArchive(chemin: string): Promise<Archive> {
  return lisible(async () => {
    const zip = await openPromise(chemin, OPTIONS);
    try {
      return { chemin, entrees: new Map((await entreesMesurees(zip)).map((e) => [e.fileName, e])) };
    } finally {
      zip.close();
    }
  });
}

const OPTIONS = { strictFileNames: true, autoClose: false, validateEntrySizes: false };

/** Le contenu d'une entrée, d'un bloc ; `null` s'il n'y en a pas de ce nom. */
export async function lireEntier(archive: Archive, nom: string): Promise<string | null> {
  const entree = archive.entrees.get(nom);
  if (entree === undefined) return null;
  const morceaux: Buffer[] = [];
  for await (const m of lireFlux(archive, entree)) morceaux.push(m);
  return Buffer.concat(morceaux).toString('utf8');
}

/**
 * Le contenu d'une entrée, par blocs ; `suivre` reçoit le nombre d'octets lus dans le fichier, et peut lever.
 * Refuse ce qui dépasse la taille annoncée, et ce que sa somme de contrôle dit abîmé.
 */
export async function* lireFlux({ chemin }: Archive, entree: Entry, suivre: (octets: number) => void = () => undefined): AsyncGenerator<Buffer> {
  const zip = await openPromise(chemin, OPTIONS);
  try {
    const comprime = entree.compressionMethod === 8;
    const source = await zip.openReadStreamPromise(entree, comprime ? { decompress: false } : {});
    let lus = 0;
    source.on('data', (m: Buffer) => void (lus += m.length));
    const sortie = comprime ? pipeline(source, createInflateRaw({ chunkSize: BLOC }), () => undefined) : source;
    let taille = 0;
    let somme = 0;
    for await (const morceau of sortie) {
      const octets = morceau as Buffer;
      taille += octets.length;
      // Ce qui est annoncé peut être faux : seul ce qui sort de la décompression compte.
      if (taille > entree.uncompressedSize) throw trop('une taille annoncée fausse');
      somme = crc32(octets, somme);
      suivre(lus);
      yield octets;
    }
    if (taille !== entree.uncompressedSize || somme !== entree.crc32) throw classeurIllisible();
  } finally {
    zip.close();
  }
}

/** Toute panne de lecture est un classeur illisible ; un refus garde sa raison. */
export async function lisible<T>(faire: () => Promise<T>): Promise<T> {
  try {
    return await faire();
  } catch (e) {
    throw e instanceof Error && e.name === 'ErreurCus' ? e : classeurIllisible();
  }
}
