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

/** Formules sans résultat enregistré : au-delà, elles ne tiendraient pas en mémoire. */
const FORMULES_MAX = 1_000_000;

/** Par feuille (nom de l'entrée) : les cases (ligne × 16384 + rang, à partir de 0) dont la formule n'a pas de résultat. */
export type SansResultat = ReadonlyMap<string, ReadonlySet<number>>;

export type Mesure = { cle: string; sansResultat: SansResultat };

let mesure: Mesure | null = null;

/** La dernière mesure faite, à donner à un autre fil ; et celle qu'un autre fil a faite. */
export const derniereMesure = (): Mesure | null => mesure;
export const reprendreMesure = (faite: Mesure | null): void => void (mesure = faite ?? mesure);

/**
 * Refuse un classeur dont le contenu décompressé ne tiendrait pas en mémoire : d'après les tailles
 * qu'il annonce, puis d'après celles qu'il a, en décompressant sans rien garder. Un classeur déjà
 * mesuré ne l'est pas deux fois de suite. Rend ses formules sans résultat. Erreurs : « classeur-refuse », « classeur-illisible ».
 */
export async function assertMesure(chemin: string): Promise<SansResultat> {
  const { size, mtimeMs } = statSync(chemin);
  const cle = `${chemin}|${size}|${mtimeMs}`;
  if (mesure?.cle === cle) return mesure.sansResultat;
  try {
    const sansResultat = await mesurer(chemin);
    mesure = { cle, sansResultat };
    return sansResultat;
  } catch (e) {
    if (e instanceof Error && e.name === 'ErreurCus') throw e;
    throw classeurIllisible();
  }
}

async function mesurer(chemin: string): Promise<SansResultat> {
  const formules = new Map<string, Set<number>>();
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
      const chercher = /^xl\/worksheets\//i.test(e.fileName) ? chercheurFormules(formules, e.fileName) : null;
      for await (const morceau of await zip.openReadStreamPromise(e)) {
        reelle.taille += (morceau as Uint8Array).length;
        chercher?.(morceau as Buffer);
        if (reelle.taille > e.uncompressedSize) throw trop('une taille annoncée fausse');
        verifier(reelles);
      }
    }
    return formules;
  } finally {
    zip.close();
  }
}

const FIN_CASE = Buffer.from('</c>');

/**
 * Trouve, dans l'XML d'une feuille donné morceau par morceau, les cases qui ont une formule (`<f`) et pas
 * de résultat (`<v`) : ce que le lecteur en flux ne sait pas dire.
 */
function chercheurFormules(formules: Map<string, Set<number>>, feuille: string): (morceau: Buffer) => void {
  let reste: Buffer = Buffer.alloc(0);
  return (morceau) => {
    const texte = reste.length === 0 ? morceau : Buffer.concat([reste, morceau]);
    for (let fin = texte.indexOf('f></c>'); fin >= 0; fin = texte.indexOf('f></c>', fin + 6)) noter(texte, fin);
    for (let fin = texte.indexOf('/></c>'); fin >= 0; fin = texte.indexOf('/></c>', fin + 6)) noter(texte, fin);
    // Une case coupée par la fin du morceau est reprise avec le suivant.
    reste = texte.subarray(Math.max(texte.lastIndexOf(FIN_CASE) + 1, texte.length - 65_536));
  };
  function noter(texte: Buffer, fin: number): void {
    const debut = texte.lastIndexOf('<c ', fin);
    if (debut < 0 || fin - debut > 65_536) return;
    const xml = texte.toString('latin1', debut, fin + 2);
    const m = /^<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*><f[\s>/]/.exec(xml);
    if (m?.[1] === undefined || m[2] === undefined || xml.includes('<v')) return;
    let cases = formules.get(feuille);
    if (cases === undefined) formules.set(feuille, (cases = new Set()));
    if (cases.size >= FORMULES_MAX) throw trop('plus d’un million de formules sans résultat enregistré');
    cases.add((Number(m[2]) - 1) * 16_384 + rangDe(m[1]));
  }
}

const rangDe = (colonne: string): number => Array.from(colonne).reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;

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
