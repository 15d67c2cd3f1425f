import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invalide } from '../../shared/erreurs.ts';
import type { Base } from './base.ts';
import { APPLICATION_ID, openConnexion, readVersion } from './connexion.ts';
import { migrate } from './migrer.ts';
import { VERSION_FICHIER } from './migrations/index.ts';
import { endommage, explain, pasUnDossier, tropRecent } from './ouverture.ts';
import { dossierTenu, readPorteur } from './verrou.ts';
import type { Porteur } from './verrou.ts';

/**
 * Copie un dossier qu'on ne fera que lire dans un fichier temporaire, mis au schéma d'aujourd'hui ; le
 * dossier lui-même n'est ni ouvert ni touché. `ouverte` : sa base, quand c'est celui que ce service tient.
 * Rend ce que `faire` rend ; la copie disparaît ensuite.
 */
export async function withAncien<T>(chemin: string, ouverte: Base | null, ordinateur: string, faire: (copie: string) => T | Promise<T>): Promise<T> {
  const repertoire = mkdtempSync(join(tmpdir(), 'atelier-cus-ancien-'));
  const copie = join(repertoire, 'ancien.cus');
  try {
    if (ouverte !== null) await ouverte.backup(copie);
    else copyFerme(chemin, copie, ordinateur);
    prepare(chemin, copie);
    return await faire(copie);
  } finally {
    rmSync(repertoire, { recursive: true, force: true });
  }
}

/** Ouvre la copie, le temps d'y lire. */
export function readAncien<T>(copie: string, lire: (base: Base) => T): T {
  const base = openConnexion(copie);
  try {
    return lire(base);
  } finally {
    base.close();
  }
}

/** Un dossier tenu ailleurs se copierait au milieu d'une écriture : refusé. */
function copyFerme(chemin: string, copie: string, ordinateur: string): void {
  const etat = statSync(chemin, { throwIfNoEntry: false });
  if (etat === undefined) throw invalide('dossier-absent', `Le dossier « ${chemin} » n’existe pas.`, 'Vérifier le nom et l’emplacement du fichier .cus.');
  if (!etat.isFile()) throw invalide('repertoire', `« ${chemin} » est un répertoire, non un dossier Atelier CUS.`, 'Donner un fichier .cus.');
  const tenu = (): Porteur | null => {
    const porteur = readPorteur(chemin);
    return porteur !== null && (porteur.ordinateur !== ordinateur || isVivant(porteur.pid)) ? porteur : null;
  };
  const porteur = tenu();
  if (porteur !== null) throw dossierTenu(chemin, porteur);
  const avant = signature(chemin);
  for (const suffixe of ['', '-wal']) if (existsSync(chemin + suffixe)) copyFileSync(chemin + suffixe, copie + suffixe);
  if (tenu() !== null || signature(chemin) !== avant) throw dossierTenu(chemin, tenu());
}

/** Un processus de cet ordinateur tourne encore sous ce numéro ; un nom laissé par une coupure n'en a plus. */
function isVivant(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const signature = (chemin: string): string =>
  ['', '-wal'].map((s) => statSync(chemin + s, { throwIfNoEntry: false })).map((e) => (e === undefined ? '' : `${e.size} ${e.mtimeMs}`)).join(';');

function prepare(chemin: string, copie: string): void {
  let base: Base | undefined;
  try {
    base = openConnexion(copie);
    const { applicationId, version } = readVersion(base);
    if (applicationId !== APPLICATION_ID) throw pasUnDossier(chemin);
    if (version > VERSION_FICHIER) throw tropRecent(chemin, version);
    if (base.pragma('integrity_check', { simple: true }) !== 'ok') throw endommage(chemin);
    migrate(base, version);
    // Un seul fichier, que le nouveau dossier pourra attacher.
    base.pragma('journal_mode = DELETE');
  } catch (e) {
    throw explain(e, chemin);
  } finally {
    base?.close();
  }
}
