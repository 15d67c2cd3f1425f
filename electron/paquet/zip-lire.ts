/**
 * Répertoire d'un ZIP hostile : yauzl lit le répertoire central et les en-têtes locaux ; ce fichier
 * vérifie ce qu'il ne vérifie pas (accord des deux, aucun octet avant, entre ou après les entrées).
 */
import { fromBufferPromise, getFileNameLowLevel, type Entry, type LocalFileHeader } from 'yauzl';
import { illisible } from './erreurs.ts';
import { findDefautNoms, showNom } from './noms-entrees.ts';
import { findDefautExtra } from './zip-extras.ts';

export type Limites = {
  entrees: number;
  /** Octets décompressés, réellement lus, toutes entrées confondues. */
  octets: number;
  /** Rapport décompressé / compressé admis au-delà de `seuilRatio` octets. */
  ratio: number;
  seuilRatio: number;
  delaiMs: number;
};

export const LIMITES: Limites = { entrees: 1000, octets: 200_000_000, ratio: 100, seuilRatio: 1_000_000, delaiMs: 60_000 };

export type EntreeZip = {
  nom: string;
  /** Position des données compressées dans l'archive. */
  debut: number;
  compresse: number;
  annonce: number;
  deflate: boolean;
  crc: number;
};

const SIGNATURE_FIN = 0x06054b50;
const SIGNATURE_DESCRIPTEUR = 0x08074b50;
const TAILLE_FIN = 22;
const CHIFFRE = 0x2041;
const DESCRIPTEUR = 0x0008;
const UTF8 = 0x0800;

/** Entrées d'un ZIP, dossiers compris, dans l'ordre des données. Erreur « paquet-illisible » au premier désaccord. */
export async function readEntrees(octets: Buffer, limites: Limites): Promise<EntreeZip[]> {
  const debutCentral = checkFin(octets);
  try {
    const zip = await fromBufferPromise(octets, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true });
    if (zip.entryCount > limites.entrees) throw illisible(`Il contient ${zip.entryCount} fichiers, et ${limites.entrees} au plus sont lus.`);
    const lues: { entree: Entry; local: LocalFileHeader; nom: string }[] = [];
    for await (const entree of zip.eachEntry()) {
      const nom = decodeNom(entree);
      if (lues.length >= limites.entrees) throw illisible(`Il contient plus de ${limites.entrees} fichiers.`);
      lues.push({ entree, local: await zip.readLocalFileHeaderPromise(entree), nom });
    }
    const defaut = findDefautNoms(lues.map((l) => l.nom));
    if (defaut) throw illisible(defaut);
    lues.sort((a, b) => a.entree.relativeOffsetOfLocalHeader - b.entree.relativeOffsetOfLocalHeader);
    let attendu = 0;
    for (const { entree, local, nom } of lues) {
      checkAccord(entree, local, nom);
      if (entree.relativeOffsetOfLocalHeader !== attendu) throw illisible(`Des octets n’appartiennent à aucun fichier avant ${showNom(nom)}.`);
      attendu = findFinEntree(octets, entree, local, nom);
    }
    if (attendu !== debutCentral) throw illisible('Des octets n’appartiennent à aucun fichier après la dernière entrée.');
    const total = lues.reduce((s, l) => s + l.entree.uncompressedSize, 0);
    if (total > limites.octets) throw illisible(`Le contenu annoncé (${total} octets) dépasse la limite de ${limites.octets} octets.`);
    return lues.map(({ entree, local, nom }) => ({
      nom,
      debut: local.fileDataStart,
      compresse: entree.compressedSize,
      annonce: entree.uncompressedSize,
      deflate: entree.compressionMethod === 8,
      crc: entree.crc32,
    }));
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'ErreurCus') throw cause;
    throw illisible('Le fichier est abîmé ou n’est pas un ZIP (son répertoire est incohérent).');
  }
}

/** Début du répertoire central ; l'enregistrement de fin doit clore exactement le fichier. */
function checkFin(octets: Buffer): number {
  const fin = octets.length - TAILLE_FIN;
  if (fin < 0 || octets.readUInt32LE(fin) !== SIGNATURE_FIN || octets.readUInt16LE(fin + 20) !== 0) {
    throw illisible('Le fichier n’est pas un ZIP, est tronqué, ou porte des octets après sa fin.');
  }
  const disques = octets.readUInt16LE(fin + 4) + octets.readUInt16LE(fin + 6);
  const nombres = octets.readUInt16LE(fin + 8) - octets.readUInt16LE(fin + 10);
  const [taille, debut] = [octets.readUInt32LE(fin + 12), octets.readUInt32LE(fin + 16)];
  if (disques !== 0 || nombres !== 0 || debut + taille !== fin) throw illisible('La fin du ZIP contredit son répertoire.');
  return debut;
}

function decodeNom(entree: Entry): string {
  const brut = entree.fileNameRaw;
  // La page de code 437 donne un dessin aux octets de contrôle ; un autre outil les jouerait.
  if (brut.some((octet) => octet < 0x20)) throw illisible('Un nom d’entrée contient un caractère de contrôle.');
  if ((entree.generalPurposeBitFlag & UTF8) === 0) return getFileNameLowLevel(0, brut, [], true);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(brut);
  } catch {
    throw illisible('Un nom d’entrée se dit en UTF-8 et ne l’est pas.');
  }
}

function checkAccord(entree: Entry, local: LocalFileHeader, nom: string): void {
  const descripteur = (entree.generalPurposeBitFlag & DESCRIPTEUR) !== 0;
  // Avec un descripteur, tailles et somme locales valent zéro ou répètent celles du répertoire.
  const same = (l: number, c: number): boolean => l === c || (descripteur && l === 0);
  const accord =
    entree.fileNameRaw.equals(local.fileName) &&
    entree.generalPurposeBitFlag === local.generalPurposeBitFlag &&
    entree.compressionMethod === local.compressionMethod &&
    entree.versionNeededToExtract === local.versionNeededToExtract &&
    entree.lastModFileTime === local.lastModFileTime &&
    entree.lastModFileDate === local.lastModFileDate &&
    same(local.crc32, entree.crc32) &&
    same(local.compressedSize, entree.compressedSize) &&
    same(local.uncompressedSize, entree.uncompressedSize);
  if (!accord) throw illisible(`L’en-tête de ${showNom(nom)} contredit le répertoire du ZIP.`);
  if ((entree.generalPurposeBitFlag & CHIFFRE) !== 0) throw illisible(`${showNom(nom)} est chiffré.`);
  if (entree.compressionMethod !== 0 && entree.compressionMethod !== 8) throw illisible(`${showNom(nom)} est compressé par un procédé qui n’est pas lu.`);
  if (entree.compressionMethod === 0 && entree.compressedSize !== entree.uncompressedSize) throw illisible(`Les deux tailles de ${showNom(nom)} se contredisent.`);
  if (nom.endsWith('/') && (entree.compressedSize !== 0 || entree.uncompressedSize !== 0)) throw illisible(`Le dossier ${showNom(nom)} porte un contenu.`);
  for (const extra of [local.extraField, entree.extraFieldRaw]) {
    const defaut = findDefautExtra(extra, entree.fileNameRaw);
    if (defaut !== null) throw illisible(`${showNom(nom)} ${defaut}.`);
  }
}

/** Octet qui suit l'entrée, descripteur compris (avec ou sans sa signature). */
function findFinEntree(octets: Buffer, entree: Entry, local: LocalFileHeader, nom: string): number {
  const fin = local.fileDataStart + entree.compressedSize;
  if ((entree.generalPurposeBitFlag & DESCRIPTEUR) === 0) return fin;
  const valeurs = fin + 4 <= octets.length && octets.readUInt32LE(fin) === SIGNATURE_DESCRIPTEUR ? fin + 4 : fin;
  const accord =
    valeurs + 12 <= octets.length &&
    octets.readUInt32LE(valeurs) === entree.crc32 &&
    octets.readUInt32LE(valeurs + 4) === entree.compressedSize &&
    octets.readUInt32LE(valeurs + 8) === entree.uncompressedSize;
  if (!accord) throw illisible(`La description de ${showNom(nom)} contredit le répertoire du ZIP.`);
  return valeurs + 12;
}
