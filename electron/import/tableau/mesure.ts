import { statSync } from 'node:fs';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { invalide } from '../../../shared/erreurs.ts';
import { classeurIllisible } from '../erreurs.ts';

const ENTREES_MAX = 1_000;
/** Un demi-million de logements et leurs 63 colonnes tiennent dans la moitié. */
const TOTAL_MAX = 2 * 2 ** 30;
/** Tout ce qui n'est pas une feuille (textes partagés, styles) est lu d'un bloc. */
const BLOC_MAX = 256 * 2 ** 20;
/** Un ODS se lit d'un bloc : une vingtaine de milliers de logements de 63 colonnes, en un gigaoctet de mémoire. */
const ODS_MAX = 160 * 2 ** 20;
const RAPPORT_MAX = 200;
const RAPPORT_DES = 4 * 2 ** 20;

export type Mesure = { cle: string };

let mesure: Mesure | null = null;

/** La dernière mesure faite, à donner à un autre fil ; et celle qu'un autre fil a faite. */
export const derniereMesure = (): Mesure | null => mesure;
export const reprendreMesure = (faite: Mesure | null): void => void (mesure = faite ?? mesure);

/**
 * Refuse un ODS dont le contenu décompressé ne tiendrait pas en mémoire : d'après les tailles qu'il annonce,
 * puis d'après celles qu'il a, en décompressant sans rien garder. Un classeur déjà mesuré ne l'est pas deux
 * fois de suite. Erreurs : « classeur-refuse », « classeur-illisible ».
 */
export async function assertMesure(chemin: string): Promise<void> {
  const { size, mtimeMs } = statSync(chemin);
  const cle = `${chemin}|${size}|${mtimeMs}`;
  if (mesure?.cle === cle) return;
  try {
    await mesurer(chemin);
    mesure = { cle };
  } catch (e) {
    if (e instanceof Error && e.name === 'ErreurCus') throw e;
    throw classeurIllisible();
  }
}

async function mesurer(chemin: string): Promise<void> {
  const zip = await openPromise(chemin, { strictFileNames: true, autoClose: false, validateEntrySizes: false });
  try {
    for (const e of await entreesMesurees(zip)) {
      if (e.fileName.endsWith('/')) continue;
      // Ce qui est annoncé peut être faux : seul ce qui sort de la décompression compte.
      let taille = 0;
      for await (const morceau of await zip.openReadStreamPromise(e)) {
        taille += (morceau as Uint8Array).length;
        if (taille > e.uncompressedSize) throw trop('une taille annoncée fausse');
      }
    }
  } finally {
    zip.close();
  }
}

/**
 * Les entrées d'une archive, quand les tailles qu'elle annonce sont acceptables. Ce qui est ensuite
 * décompressé ne doit pas les dépasser. Erreur : « classeur-refuse ».
 */
export async function entreesMesurees(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > ENTREES_MAX) throw trop(`plus de ${ENTREES_MAX} entrées`);
  const entrees: Entry[] = [];
  for await (const entree of zip.eachEntry()) entrees.push(entree);
  if (new Set(entrees.map((e) => e.fileName)).size < entrees.length) throw trop('deux entrées de même nom');
  verifier(entrees.map((e) => ({ nom: e.fileName, taille: e.uncompressedSize, comprimee: e.compressedSize })));
  // Un lecteur chercherait ailleurs une taille annoncée nulle.
  if (entrees.some((e) => e.compressedSize === 0 && e.uncompressedSize > 0)) throw trop('une taille annoncée fausse');
  return entrees;
}

type Taille = { nom: string; taille: number; comprimee: number };

function verifier(tailles: readonly Taille[]): void {
  let total = 0;
  for (const { nom, taille, comprimee } of tailles) {
    total += taille;
    if (total > TOTAL_MAX) throw trop('plus de 2 Go une fois décompressé');
    if (taille > RAPPORT_DES && taille > RAPPORT_MAX * comprimee) throw trop('un contenu comprimé à l’excès');
    if (nom === 'content.xml' && taille > ODS_MAX) throw trop('un ODS de plus de 160 Mo une fois décompressé');
    if (taille > BLOC_MAX && !/^xl\/worksheets\//i.test(nom)) throw trop('plus de 256 Mo de textes partagés ou de styles');
  }
}

export const trop = (raison: string): Error =>
  invalide('classeur-refuse', `Ce classeur est refusé : ${raison}.`, 'L’ouvrir dans un tableur, enregistrer la seule feuille utile en CSV ou dans un nouveau XLSX, puis l’importer.');
