import { accessSync, constants, existsSync, linkSync, mkdtempSync, renameSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ErreurCus, invalide } from '../../shared/erreurs.ts';
import { abandonPrepares, removePrepares } from './attributions.ts';
import type { Base } from './base.ts';
import { readChamp } from './champs.ts';
import { APPLICATION_ID, codeSqlite, openConnexion, readVersion, setWritingMode } from './connexion.ts';
import { warnEmplacement } from './emplacement.ts';
import { createSchema, migrate } from './migrer.ts';
import { VERSION_FICHIER } from './migrations/index.ts';
import { backupDossier, listSauvegardes } from './sauvegarde.ts';
import { dossierTenu, readPorteur, removePorteur, writePorteur } from './verrou.ts';

/** Un dossier ouvert par ce processus. */
export type DossierOuvert = {
  chemin: string;
  base: Base;
  lectureSeule: boolean;
  /** Dossier de travail temporaire de ce dossier (préparation des imports), effacé à la fermeture. */
  temporaire: string;
  avertissements: string[];
  fermer(): void;
};

/** Présent dans la copie figée d'un dépôt, extraite en fichier : elle se lit, elle ne se modifie pas. */
export const CHAMP_GEL = 'gel/version';

export type QuiOuvre = { utilisateur: string; ordinateur: string; maintenant: Date };

/**
 * Crée un dossier vide. Le fichier n'apparaît à sa place qu'une fois complet, et jamais par-dessus
 * un autre. `remplir` écrit les premiers champs dans la même transaction ; `ancien` : un dossier d'où il
 * peut lire, attaché sous ce nom.
 */
export function createDossier(chemin: string, remplir: (base: Base) => void, ancien?: string): void {
  if (existsSync(chemin)) throw dejaLa(chemin);
  const provisoire = `${chemin}.creation-${process.pid}`;
  let base: Base | undefined;
  try {
    base = openConnexion(provisoire);
    createSchema(base);
    if (ancien !== undefined) base.prepare('ATTACH DATABASE ? AS ancien').run(ancien);
    base.transaction(remplir)(base);
    if (ancien !== undefined) base.exec('DETACH DATABASE ancien');
    base.pragma('wal_checkpoint(TRUNCATE)');
    base.close();
    publish(provisoire, chemin);
  } catch (e) {
    base?.close();
    throw isRefusEcriture(e) ? cannotWrite(chemin) : e;
  } finally {
    for (const suffixe of ['', '-wal', '-shm', '-journal']) rmSync(provisoire + suffixe, { force: true });
  }
}

function publish(provisoire: string, chemin: string): void {
  try {
    // Un lien échoue si le nom est pris : pas d'écrasement, même par deux créations à la fois.
    linkSync(provisoire, chemin);
    unlinkSync(provisoire);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'EEXIST') throw dejaLa(chemin);
    // Système de fichiers sans liens : la vérification d'existence est tout ce qu'il y a.
    if (existsSync(chemin)) throw dejaLa(chemin);
    renameSync(provisoire, chemin);
  }
}

const dejaLa = (chemin: string): ErreurCus =>
  invalide('fichier-existant', `Le fichier « ${chemin} » existe déjà.`, 'Choisir un autre nom, ou ouvrir ce dossier.');

const cannotWrite = (chemin: string): ErreurCus =>
  invalide(
    'emplacement-invalide',
    `Le fichier « ${chemin} » ne peut pas être écrit à cet endroit.`,
    'Vérifier que le dossier existe et que l’écriture y est permise.',
  );

/**
 * Ouvre un dossier : verrou, identité et version, intégrité, sauvegarde avant migration, migration
 * en une transaction, liens. Rien n'est changé tant que ces vérifications n'ont pas passé.
 */
export async function openDossier(chemin: string, qui: QuiOuvre): Promise<DossierOuvert> {
  assertOuvrable(chemin);
  const porteur = readPorteur(chemin);
  if (porteur && porteur.ordinateur !== qui.ordinateur) throw dossierTenu(chemin, porteur);
  let base: Base | undefined;
  let porte = false;
  try {
    base = openConnexion(chemin);
    const { applicationId, version } = readVersion(base);
    if (applicationId !== APPLICATION_ID) throw pasUnDossier(chemin);
    if (version > VERSION_FICHIER) throw tropRecent(chemin, version);
    // Prend le verrou exclusif de SQLite, gardé jusqu'à la fermeture.
    base.exec('BEGIN IMMEDIATE; ROLLBACK');
    setWritingMode(base);
    base.exec('BEGIN IMMEDIATE; ROLLBACK');
    porte = writePorteur(chemin, {
      utilisateur: qui.utilisateur,
      ordinateur: qui.ordinateur,
      pid: process.pid,
      depuis: qui.maintenant.toISOString(),
    });
    if (base.pragma('integrity_check', { simple: true }) !== 'ok') throw endommage(chemin);
    if (version < VERSION_FICHIER) {
      await backupDossier(base, chemin, qui.maintenant);
      migrate(base, version);
    }
    if ((base.pragma('foreign_key_check') as unknown[]).length > 0) throw endommage(chemin);
    const gele = readChamp(base, CHAMP_GEL) !== null;
    // Ce qu'un arrêt brutal au milieu d'un import a laissé.
    if (!gele) removePrepares(base);
    return hold(chemin, base, gele);
  } catch (e) {
    base?.close();
    if (porte) removePorteur(chemin);
    throw explain(e, chemin);
  }
}

/** Un fichier, et de quoi écrire à côté : SQLite y tient son journal, même pour lire. */
function assertOuvrable(chemin: string): void {
  const etat = statSync(chemin, { throwIfNoEntry: false });
  if (etat === undefined) {
    throw invalide('dossier-absent', `Le dossier « ${chemin} » n’existe pas.`, 'Vérifier le nom et l’emplacement du fichier .cus.');
  }
  if (!etat.isFile()) {
    throw invalide('repertoire', `« ${chemin} » est un répertoire, non un dossier Atelier CUS.`, 'Donner un fichier .cus.');
  }
  if (!isInscriptible(chemin) || !isInscriptible(dirname(chemin))) throw lectureSeule(chemin);
}

function isInscriptible(chemin: string): boolean {
  try {
    accessSync(chemin, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const lectureSeule = (chemin: string): ErreurCus =>
  invalide(
    'lecture-seule',
    `Le dossier « ${chemin} » ne peut pas être ouvert en écriture : le fichier, son répertoire ou le disque ne le permet pas.`,
    'Le copier dans un répertoire où l’écriture est permise, puis ouvrir la copie ; il n’a pas été changé.',
  );

function hold(chemin: string, base: Base, gele: boolean): DossierOuvert {
  const temporaire = mkdtempSync(join(tmpdir(), 'atelier-cus-'));
  return {
    chemin,
    base,
    lectureSeule: gele,
    temporaire,
    avertissements: warnEmplacement(chemin),
    fermer() {
      try {
        if (!gele) abandonPrepares(base);
        base.pragma('optimize');
        base.pragma('wal_checkpoint(TRUNCATE)');
      } finally {
        base.close();
        removePorteur(chemin);
        rmSync(temporaire, { recursive: true, force: true });
      }
    },
  };
}

/** Ce que SQLite dit d'un fichier, d'un répertoire ou d'un disque où il ne peut pas écrire. */
const isRefusEcriture = (e: unknown): boolean => /^SQLITE_(?:CANTOPEN|READONLY|IOERR_LOCK)(?:_|$)/u.test(codeSqlite(e) ?? '');

export function explain(e: unknown, chemin: string): unknown {
  if (e instanceof ErreurCus) return e;
  switch (codeSqlite(e)) {
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return dossierTenu(chemin, readPorteur(chemin));
    case 'SQLITE_NOTADB':
      return pasUnDossier(chemin);
    case 'SQLITE_CORRUPT':
    case 'SQLITE_IOERR_SHORT_READ':
      return endommage(chemin);
    default:
      return isRefusEcriture(e) ? lectureSeule(chemin) : e;
  }
}

export const pasUnDossier = (chemin: string): ErreurCus =>
  invalide(
    'pas-un-dossier',
    `Le fichier « ${chemin} » n’est pas un dossier Atelier CUS.`,
    'Choisir un fichier .cus fait par l’application ; celui-ci n’a pas été changé.',
  );

export const tropRecent = (chemin: string, version: number): ErreurCus =>
  invalide(
    'dossier-trop-recent',
    `Le dossier « ${chemin} » est de la version ${version} ; cette application connaît jusqu’à la version ${VERSION_FICHIER}.`,
    'Mettre l’application à jour, puis rouvrir ; le fichier n’a pas été changé.',
  );

export function endommage(chemin: string): ErreurCus {
  const sauvegardes = listSauvegardes(chemin);
  const derniere = sauvegardes[0];
  return invalide(
    'dossier-endommage',
    `Le dossier « ${chemin} » est endommagé (copie interrompue, disque ou réseau défaillant).`,
    derniere === undefined
      ? 'Reprendre une copie du fichier faite ailleurs ; celui-ci n’a pas été changé.'
      : `Restaurer la dernière sauvegarde, « ${derniere} » ; le fichier endommagé sera mis de côté, jamais détruit.`,
    { sauvegardes },
  );
}
