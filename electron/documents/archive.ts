import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { invalide } from '../../shared/erreurs.ts';

const ENTREES_MAX = 1_000;
const TOTAL_MAX = 200 * 2 ** 20;
const RAPPORT_MAX = 100;
const RAPPORT_DES = 2 ** 20;

/** Heure fixe des entrées, en heure locale : le format ZIP ne connaît qu’elle. Le 2 : la veille, selon le fuseau, serait hors limites. */
export const heureFixe = (): Date => new Date(1980, 0, 2);

export type EntreeZip = { nom: string; octets: Uint8Array; stocke?: boolean };

/** ZIP aux mêmes octets pour les mêmes entrées, dans l'ordre donné. */
export async function writeZip(entrees: EntreeZip[]): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const { nom, octets, stocke } of entrees)
    zip.addBuffer(Buffer.from(octets), nom, { mtime: heureFixe(), mode: 0o100644, compress: !stocke, forceDosTimestamp: true });
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}

/**
 * Contenu d'un classeur venu d'ailleurs, entièrement en mémoire et sous limites : nombre d'entrées,
 * taille réellement décompressée, rapport de compression, XML sans DOCTYPE.
 */
export async function readZip(octets: Uint8Array): Promise<Map<string, Uint8Array>> {
  const contenu = new Map<string, Uint8Array>();
  let total = 0;
  try {
    const zip = await fromBufferPromise(Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength), { strictFileNames: true });
    if (zip.entryCount > ENTREES_MAX) throw trop(`plus de ${ENTREES_MAX} entrées`);
    for await (const entree of zip.eachEntry()) {
      if (entree.fileName.endsWith('/')) continue;
      if (contenu.has(entree.fileName)) throw trop(`l’entrée « ${entree.fileName} » y est deux fois`);
      const morceaux: Uint8Array[] = [];
      let taille = 0;
      for await (const morceau of await zip.openReadStreamPromise(entree)) {
        if (!(morceau instanceof Uint8Array)) continue;
        taille += morceau.length;
        total += morceau.length;
        if (total > TOTAL_MAX) throw trop('plus de 200 Mo une fois décompressé');
        if (taille > RAPPORT_DES && taille > RAPPORT_MAX * entree.compressedSize) throw trop('un contenu comprimé à l’excès');
        morceaux.push(morceau);
      }
      const fichier = Buffer.concat(morceaux);
      if (/\.(xml|rels)$/i.test(entree.fileName) && hasDoctype(fichier)) throw trop('un XML avec DOCTYPE');
      contenu.set(entree.fileName, fichier);
    }
  } catch (erreur) {
    if (erreur instanceof Error && erreur.name === 'ErreurCus') throw erreur;
    throw invalide(
      'classeur-illisible',
      'Ce fichier n’est pas un classeur lisible.',
      'Enregistrer le classeur au format XLSX depuis un tableur, puis recommencer.',
    );
  }
  return contenu;
}

function hasDoctype(xml: Buffer): boolean {
  const texte = xml[0] === 0xff || xml[0] === 0xfe ? xml.toString('utf16le') : xml.toString('latin1');
  return /<!DOCTYPE/i.test(texte);
}

function trop(raison: string): Error {
  return invalide(
    'classeur-refuse',
    `Ce classeur est refusé : ${raison}.`,
    'L’ouvrir dans un tableur, l’enregistrer à nouveau au format XLSX, puis recommencer.',
  );
}
