import { statSync } from 'node:fs';
import { openPromise } from 'yauzl';
import type { Entry } from 'yauzl';
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

let mesure = '';

/**
 * Refuse un classeur dont le contenu décompressé ne tiendrait pas en mémoire : d'après les tailles
 * qu'il annonce, puis d'après celles qu'il a, en décompressant sans rien garder. Un classeur déjà
 * mesuré ne l'est pas deux fois de suite. Erreurs : « classeur-refuse », « classeur-illisible ».
 */
export async function assertMesure(chemin: string): Promise<void> {
  const { size, mtimeMs } = statSync(chemin);
  const cle = `${chemin}|${size}|${mtimeMs}`;
  if (mesure === cle) return;
  try {
    await mesurer(chemin);
  } catch (e) {
    if (e instanceof Error && e.name === 'ErreurCus') throw e;
    throw classeurIllisible();
  }
  mesure = cle;
}

async function mesurer(chemin: string): Promise<void> {
  const zip = await openPromise(chemin, { strictFileNames: true, autoClose: false, validateEntrySizes: false });
  try {
    if (zip.entryCount > ENTREES_MAX) throw trop(`plus de ${ENTREES_MAX} entrées`);
    const entrees: Entry[] = [];
    for await (const entree of zip.eachEntry()) entrees.push(entree);
    if (new Set(entrees.map((e) => e.fileName)).size < entrees.length) throw trop('deux entrées de même nom');
    verifier(entrees.map((e) => ({ nom: e.fileName, taille: e.uncompressedSize, comprimee: e.compressedSize })));
    // Ce qui est annoncé peut être faux : seul ce qui sort de la décompression compte.
    const reelles: Taille[] = [];
    for (const e of entrees) {
      if (e.fileName.endsWith('/')) continue;
      // Le lecteur chercherait ailleurs une taille annoncée nulle.
      if (e.compressedSize === 0 && e.uncompressedSize > 0) throw trop('une taille annoncée fausse');
      const reelle: Taille = { nom: e.fileName, taille: 0, comprimee: e.compressedSize };
      reelles.push(reelle);
      for await (const morceau of await zip.openReadStreamPromise(e)) {
        reelle.taille += (morceau as Uint8Array).length;
        if (reelle.taille > e.uncompressedSize) throw trop('une taille annoncée fausse');
        verifier(reelles);
      }
    }
  } finally {
    zip.close();
  }
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

const trop = (raison: string): Error =>
  invalide('classeur-refuse', `Ce classeur est refusé : ${raison}.`, 'L’ouvrir dans un tableur, enregistrer la seule feuille utile en CSV ou dans un nouveau XLSX, puis l’importer.');
