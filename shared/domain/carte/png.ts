/** Le bloc `pHYs` d'une image PNG : sans lui, un logiciel l'imprime à la taille qu'il veut, et l'échelle qu'elle porte est fausse. */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Signature, puis longueur, genre, treize octets et somme du bloc IHDR, toujours le premier. */
const FIN_IHDR = 8 + 12 + 13;

export const isPng = (octets: Uint8Array): boolean => octets.length > FIN_IHDR && SIGNATURE.every((o, i) => octets[i] === o);

function crc32(octets: Uint8Array): number {
  let c = 0xffffffff;
  for (const o of octets) {
    c ^= o;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

/**
 * La même image, que ses points par mètre mettent à cette taille (en mètres) sur le papier. L'arrondi à un point par
 * mètre fait moins d'un dix-millième. Un `pHYs` déjà là est remplacé.
 */
export function sizePng(octets: Uint8Array, [largeur, hauteur]: readonly [number, number]): Uint8Array {
  const vue = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const bloc = new Uint8Array(12 + 9);
  const ecrit = new DataView(bloc.buffer);
  ecrit.setUint32(0, 9);
  bloc.set([0x70, 0x48, 0x59, 0x73], 4);
  ecrit.setUint32(8, Math.round(vue.getUint32(16) / largeur));
  ecrit.setUint32(12, Math.round(vue.getUint32(20) / hauteur));
  // L'unité : le mètre.
  bloc[16] = 1;
  ecrit.setUint32(17, crc32(bloc.subarray(4, 17)));
  const morceaux = [octets.subarray(0, FIN_IHDR), bloc];
  for (let i = FIN_IHDR; i + 12 <= octets.length; ) {
    const fin = i + 12 + vue.getUint32(i);
    const genre = String.fromCharCode(...octets.subarray(i + 4, i + 8));
    if (genre !== 'pHYs') morceaux.push(octets.subarray(i, fin));
    i = fin;
  }
  const image = new Uint8Array(morceaux.reduce((n, m) => n + m.length, 0));
  let ici = 0;
  for (const m of morceaux) {
    image.set(m, ici);
    ici += m.length;
  }
  return image;
}
