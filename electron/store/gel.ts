import { createReadStream, createWriteStream, openSync, closeSync, readSync, rmSync, existsSync, linkSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { invalide } from '../../shared/erreurs.ts';
import type { Base } from './base.ts';
import { APPLICATION_ID, openConnexion, openReadOnly, readVersion } from './connexion.ts';
import { iterateCopie } from './depots.ts';
import { CHAMP_GEL } from './ouverture.ts';

const MORCEAU = 1024 * 1024;

/**
 * Copie compressée du dossier tel qu'il est, sans les copies figées qu'il contient déjà. Rend le
 * chemin du fichier, dans `temporaire` ; à effacer par l'appelant.
 */
export async function freezeDossier(base: Base, version: number, temporaire: string, signal?: AbortSignal): Promise<string> {
  const copie = join(temporaire, `gel-v${version}.cus`);
  const compressee = `${copie}.gz`;
  try {
    await base.backup(copie);
    signal?.throwIfAborted();
    markCopie(copie, version);
    await pipeline(createReadStream(copie), createGzip({ level: 5 }), createWriteStream(compressee), ...(signal === undefined ? [] : [{ signal }]));
    return compressee;
  } catch (e) {
    rmSync(compressee, { force: true });
    throw e;
  } finally {
    removeBase(copie);
  }
}

/** La marque qui fera ouvrir la copie en lecture seule, et un fichier seul, sans journal WAL à côté. */
function markCopie(chemin: string, version: number): void {
  const base = openConnexion(chemin);
  try {
    base.pragma('journal_mode = DELETE');
    // Le fichier est jetable tant qu'il n'est pas entier : rien à protéger d'une coupure.
    base.pragma('synchronous = OFF');
    const { changes } = base.prepare('DELETE FROM depot_copie').run();
    base.prepare('INSERT OR REPLACE INTO champ (nom, valeur) VALUES (?, ?)').run(CHAMP_GEL, String(version));
    if (changes > 0) base.exec('VACUUM');
  } finally {
    base.close();
  }
}

/** Morceaux d'un fichier, un seul en mémoire à la fois. */
export function* readMorceaux(chemin: string): Generator<Buffer> {
  const fichier = openSync(chemin, 'r');
  try {
    const tampon = Buffer.alloc(MORCEAU);
    for (;;) {
      const lus = readSync(fichier, tampon, 0, MORCEAU, null);
      if (lus === 0) return;
      yield tampon.subarray(0, lus);
    }
  } finally {
    closeSync(fichier);
  }
}

/**
 * Écrit la copie figée d'un dépôt dans un nouveau fichier, en lecture seule. Il n'apparaît qu'une
 * fois entier et relu, jamais par-dessus un autre. Erreurs : « fichier-existant », « copie-absente »,
 * « copie-abimee ».
 */
export async function thawDepot(base: Base, version: number, destination: string, signal?: AbortSignal): Promise<void> {
  if (existsSync(destination)) throw dejaLa(destination);
  if (iterateCopie(base, version).next().done === true) {
    throw invalide('copie-absente', `Le dossier ne garde pas de copie du dépôt v${version}.`, 'Ouvrir le paquet du dépôt : il en porte tous les chiffres.');
  }
  const provisoire = `${destination}.${process.pid}.partiel`;
  try {
    const options = signal === undefined ? [] : [{ signal }];
    try {
      await pipeline(Readable.from(iterateCopie(base, version)), createGunzip(), createWriteStream(provisoire, { flush: true }), ...options);
    } catch (e) {
      if (e instanceof Error && 'code' in e && String(e.code).startsWith('Z_')) throw abimee(version);
      throw e;
    }
    verify(provisoire, version);
    publish(provisoire, destination);
  } finally {
    removeBase(provisoire);
  }
}

function verify(chemin: string, version: number): void {
  const base = openReadOnly(chemin);
  try {
    const gel = base.prepare<[string], { valeur: string }>('SELECT valeur FROM champ WHERE nom = ?').get(CHAMP_GEL);
    const entier = base.pragma('quick_check', { simple: true }) === 'ok';
    if (!entier || readVersion(base).applicationId !== APPLICATION_ID || gel?.valeur !== String(version)) throw abimee(version);
  } finally {
    base.close();
  }
}

/** Un lien échoue si le nom est pris ; sans liens, la vérification d'existence est tout ce qu'il y a. */
function publish(provisoire: string, destination: string): void {
  try {
    linkSync(provisoire, destination);
    unlinkSync(provisoire);
  } catch {
    if (existsSync(destination)) throw dejaLa(destination);
    renameSync(provisoire, destination);
  }
}

function removeBase(chemin: string): void {
  for (const suffixe of ['', '-wal', '-shm', '-journal']) rmSync(chemin + suffixe, { force: true });
}

const dejaLa = (chemin: string) => invalide('fichier-existant', `Le fichier « ${chemin} » existe déjà.`, 'Choisir un autre nom.');

const abimee = (version: number) =>
  invalide('copie-abimee', `La copie figée du dépôt v${version} ne se relit pas.`, 'Ouvrir le paquet du dépôt, ou une sauvegarde du dossier ; rien n’a été changé.');
