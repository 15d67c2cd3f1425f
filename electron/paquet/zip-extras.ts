/**
 * Champs supplémentaires d'une entrée de ZIP. Ceux qui ne disent que des dates et un propriétaire (UT, ux,
 * UX, NTFS : tout outil ordinaire en écrit) n'ont pas de sens ici et passent ; ceux qui changeraient ce
 * qu'un autre outil lirait sont refusés.
 */
import { crc32 } from 'node:zlib';

const SECOND_NOM = 0x7075;

const REFUSES: ReadonlyMap<number, string> = new Map([
  [0x0001, 'est écrit pour de très gros fichiers (ZIP64), ce qu’aucun paquet ne demande'],
  [0x0017, 'est chiffré'],
  [0x6375, 'porte un commentaire caché'],
  [0x9901, 'est chiffré'],
]);

/** Pourquoi ces champs sont refusés (fin de phrase), ou `null`. `brut` : le nom tel qu'écrit dans l'en-tête. */
export function findDefautExtra(extra: Buffer, brut: Buffer): string | null {
  let p = 0;
  while (p + 4 <= extra.length) {
    const code = extra.readUInt16LE(p);
    const fin = p + 4 + extra.readUInt16LE(p + 2);
    if (fin > extra.length) return 'porte une description abîmée';
    const refus = REFUSES.get(code);
    if (refus !== undefined) return refus;
    if (code === SECOND_NOM && !repeatsNom(extra.subarray(p + 4, fin), brut)) return 'porte un second nom, qui n’est pas le premier';
    p = fin;
  }
  // Quelques zéros de bourrage ne disent rien ; autre chose serait caché.
  return extra.subarray(p).some((octet) => octet !== 0) ? 'porte une description abîmée' : null;
}

/** Un nom répété à l'identique (l'outil zip le fait) ne trompe personne, s'il s'écrit partout de même. */
function repeatsNom(champ: Buffer, brut: Buffer): boolean {
  const ascii = brut.every((octet) => octet < 0x80);
  return ascii && champ.length >= 5 && champ[0] === 1 && champ.readUInt32LE(1) === crc32(brut) && champ.subarray(5).equals(brut);
}
