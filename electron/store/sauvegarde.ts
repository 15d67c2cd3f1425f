import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, copyFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { invalide } from '../../shared/erreurs.ts';
import type { Base } from './base.ts';
import { APPLICATION_ID, openReadOnly, readVersion } from './connexion.ts';

const GARDEES = 10;

const dossierSauvegardes = (dossier: string): string => join(dirname(dossier), `${basename(dossier)}.sauvegardes`);

/** Sauvegardes d'un dossier, de la plus récente à la plus ancienne. */
export function listSauvegardes(dossier: string): string[] {
  const repertoire = dossierSauvegardes(dossier);
  if (!existsSync(repertoire)) return [];
  return readdirSync(repertoire)
    .filter((f) => f.endsWith('.cus'))
    .sort()
    .reverse()
    .map((f) => join(repertoire, f));
}

/**
 * Copie le dossier ouvert par la sauvegarde de SQLite (copier le fichier vivant l'abîme), puis
 * ouvre la copie pour la vérifier. Garde les dix dernières. Rend le chemin de la copie.
 */
export async function backupDossier(base: Base, dossier: string, instant: Date): Promise<string> {
  const repertoire = dossierSauvegardes(dossier);
  mkdirSync(repertoire, { recursive: true });
  const nom = instant.toISOString().replaceAll(':', '').replace('T', ' ').slice(0, 17);
  const chemin = join(repertoire, `${nom}.cus`);
  await copyBase(base, chemin);
  for (const ancienne of listSauvegardes(dossier).slice(GARDEES)) rmSync(ancienne, { force: true });
  return chemin;
}

/** Copie vérifiée d'une base ouverte vers `destination`, qui n'apparaît qu'une fois entière. */
export async function copyBase(base: Base, destination: string): Promise<void> {
  const provisoire = `${destination}.partiel`;
  rmSync(provisoire, { force: true });
  try {
    await base.backup(provisoire);
    verifyCopie(provisoire);
    renameSync(provisoire, destination);
  } finally {
    rmSync(provisoire, { force: true });
    for (const suffixe of ['-wal', '-shm']) rmSync(provisoire + suffixe, { force: true });
  }
}

function verifyCopie(chemin: string): void {
  const copie = openReadOnly(chemin);
  try {
    const bon = copie.pragma('quick_check', { simple: true }) === 'ok';
    if (!bon || readVersion(copie).applicationId !== APPLICATION_ID) {
      throw invalide(
        'sauvegarde-invalide',
        'La copie du dossier ne se relit pas.',
        'Vérifier la place et l’état du disque, puis recommencer ; le dossier lui-même n’a pas été changé.',
      );
    }
  } finally {
    copie.close();
  }
}

/**
 * Met de côté un dossier endommagé (`.endommage-<date>`, jamais détruit) et remet la sauvegarde à
 * sa place. Rend le nom du fichier mis de côté.
 */
export function restoreSauvegarde(dossier: string, sauvegarde: string, instant: Date): string {
  verifyCopie(sauvegarde);
  const cote = `${dossier}.endommage-${instant.toISOString().slice(0, 19).replaceAll(':', '')}`;
  if (existsSync(dossier)) renameSync(dossier, cote);
  for (const suffixe of ['-wal', '-shm']) {
    if (existsSync(dossier + suffixe)) renameSync(dossier + suffixe, cote + suffixe);
  }
  copyFileSync(sauvegarde, dossier);
  return cote;
}
