import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fichierVide, octetsNuls } from './erreurs.ts';

export const TAILLE_BLOC = 1024 * 1024;

export type Encodage = 'windows-1252' | 'utf-8' | 'utf-16le' | 'utf-16be';
export type NatureFichier = 'texte' | 'zip' | 'utf-16le' | 'utf-16be';

export type Examen = {
  octets: number;
  sha256: string;
  /** Encodage du texte ; sans objet pour une archive. */
  encodage: Encodage;
  /** Longueur de la marque d'ordre des octets. */
  marque: number;
};

/** Ouvre un fichier en lecture le temps d'un appel. */
export function withFichier<T>(chemin: string, faire: (descripteur: number, octets: number) => T): T {
  const descripteur = openSync(chemin, 'r');
  try {
    return faire(descripteur, fstatSync(descripteur).size);
  } finally {
    closeSync(descripteur);
  }
}

/** Remplit le tampon autant que le fichier le permet ; rend le nombre d'octets lus. */
export function readPlein(descripteur: number, tampon: Uint8Array, position: number): number {
  let lus = 0;
  while (lus < tampon.length) {
    const n = readSync(descripteur, tampon, lus, tampon.length - lus, position + lus);
    if (n === 0) break;
    lus += n;
  }
  return lus;
}

/** Ce que les premiers octets disent du fichier. */
export function natureFichier(debut: Uint8Array): NatureFichier {
  const [a, b, c, d] = debut;
  if (a === 0x50 && b === 0x4b && (c === 3 || c === 5 || c === 7) && d === c + 1) return 'zip';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  // Sans marque : un octet nul sur deux dans les premiers caractères.
  if (debut.length >= 8) {
    const nul = (reste: number): boolean => [0, 2, 4, 6].every((i) => debut[i + reste] === 0);
    if (nul(1) && !nul(0)) return 'utf-16le';
    if (nul(0) && !nul(1)) return 'utf-16be';
  }
  return 'texte';
}

export const marqueUtf8 = (debut: Uint8Array): number => (debut[0] === 0xef && debut[1] === 0xbb && debut[2] === 0xbf ? 3 : 0);

/**
 * Lit tout le fichier une fois : empreinte, encodage (UTF-8 s'il l'est entièrement, Windows-1252
 * sinon). Refuse un fichier vide ou contenant un octet nul. `suivre` est appelé à chaque bloc et peut lever.
 */
export function examinerTexte(chemin: string, suivre: (octets: number) => void): Examen {
  return withFichier(chemin, (descripteur, octets) => {
    if (octets === 0) throw fichierVide(chemin);
    const tampon = Buffer.allocUnsafe(TAILLE_BLOC);
    const empreinte = createHash('sha256');
    let position = 0;
    let reste = 0;
    let utf8 = true;
    let marque = 0;
    for (;;) {
      // `reste` : début d'un caractère UTF-8 coupé par la fin du bloc précédent.
      const lus = readPlein(descripteur, tampon.subarray(reste), position);
      if (lus === 0) break;
      const neufs = tampon.subarray(reste, reste + lus);
      if (position === 0) marque = marqueUtf8(neufs);
      empreinte.update(neufs);
      const nul = neufs.indexOf(0);
      if (nul >= 0) throw octetsNuls(chemin, position + nul);
      position += lus;
      if (utf8) {
        const fin = reste + lus;
        const coupe = position < octets ? coupeUtf8(tampon, fin) : fin;
        utf8 = isUtf8(tampon.subarray(0, coupe));
        reste = utf8 ? fin - coupe : 0;
        if (reste > 0) tampon.copyWithin(0, coupe, fin);
      }
      suivre(position);
    }
    if (reste > 0) utf8 = false;
    return { octets: position, sha256: empreinte.digest('hex'), encodage: utf8 ? 'utf-8' : 'windows-1252', marque };
  });
}

/** Où couper un bloc pour n'y laisser que des caractères UTF-8 entiers. */
function coupeUtf8(tampon: Uint8Array, fin: number): number {
  for (let recul = 1; recul <= 3 && recul < fin; recul++) {
    const octet = tampon[fin - recul] ?? 0;
    if (octet < 0x80) return fin;
    if (octet >= 0xc0) return fin - recul;
  }
  return fin;
}

/** Empreinte d'un fichier dont le contenu n'est pas un texte à examiner (classeur, UTF-16). */
export function examinerOctets(chemin: string, encodage: Encodage, suivre: (octets: number) => void): Examen {
  return withFichier(chemin, (descripteur, octets) => {
    const tampon = Buffer.allocUnsafe(TAILLE_BLOC);
    const empreinte = createHash('sha256');
    let position = 0;
    for (let lus = readPlein(descripteur, tampon, 0); lus > 0; lus = readPlein(descripteur, tampon, position)) {
      empreinte.update(tampon.subarray(0, lus));
      position += lus;
      suivre(position);
    }
    return { octets, sha256: empreinte.digest('hex'), encodage, marque: 0 };
  });
}

/** Vrai pour un XLSX : son répertoire, en fin d'archive, nomme le classeur. */
export const isClasseur = (chemin: string): boolean => repertoireZip(chemin).includes('xl/workbook');

/** Vrai pour un OpenDocument sans déclaration de sorte. */
export function isOpenDocument(chemin: string): boolean {
  const repertoire = repertoireZip(chemin);
  return repertoire.includes('META-INF/manifest.xml') && repertoire.includes('content.xml');
}

function repertoireZip(chemin: string): Buffer {
  return withFichier(chemin, (descripteur, octets) => {
    const fin = Buffer.alloc(Math.min(octets, 256 * 1024));
    readPlein(descripteur, fin, octets - fin.length);
    return fin;
  });
}
