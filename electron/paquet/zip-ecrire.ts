/** ZIP aux octets stables : ordre donné, dates fixes, même compression. */
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { ZipFile } from 'yazl';
import { MIMETYPE } from '../../shared/paquet/noms.ts';
import { LIMITES } from './zip-lire.ts';

export type Fichier = { nom: string; octets: Uint8Array };

const NIVEAU = 9;
/**
 * En dessous, ou quand le gain est faible, le fichier est rangé tel quel : le moindre bit y est alors
 * couvert par l'empreinte (un flux compressé a des bits qui ne changent pas le contenu).
 */
const TAILLE_MIN = 65_536;
const GAIN_MIN = 0.8;

/** Octets du ZIP ; `mimetype`, s'il est donné, doit être le premier. */
export async function* zipFichiers(fichiers: readonly Fichier[]): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  // yazl lit la date en heure locale : la construire de même donne les mêmes octets partout. Pas le
  // premier janvier, borne que yazl calcule une fois pour toutes dans le fuseau de son chargement.
  const fixe = { mtime: new Date(1980, 1, 1), mode: 0o100644, forceDosTimestamp: true };
  for (const { nom, octets } of fichiers) {
    const compress = await shouldCompress(nom, octets);
    zip.addBuffer(Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength), nom, { ...fixe, compressionLevel: compress ? NIVEAU : 0 });
  }
  zip.end();
  for await (const morceau of zip.outputStream) {
    if (typeof morceau === 'string') throw new Error('octets attendus');
    yield morceau;
  }
}

async function shouldCompress(nom: string, octets: Uint8Array): Promise<boolean> {
  if (nom === MIMETYPE || octets.length < TAILLE_MIN) return false;
  const compresse = (await promisify(deflateRaw)(octets, { level: NIVEAU })).length;
  // Un rapport que le lecteur refuserait ne doit pas être écrit.
  const refuse = octets.length > LIMITES.seuilRatio && octets.length > LIMITES.ratio * compresse;
  return compresse < GAIN_MIN * octets.length && !refuse;
}
