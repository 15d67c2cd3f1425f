import { statfsSync } from 'node:fs';
import { dirname, sep } from 'node:path';

// Nombres magiques de statfs(2) : NFS, SMB, SMB2, FUSE (sshfs, clients de nuage), 9p.
const RESEAU = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997]);
const NUAGES = /^(onedrive|dropbox|google ?drive|icloud ?drive|mobile documents|nextcloud|owncloud|kdrive|box ?sync)/iu;

/** Ce qui rend un emplacement peu sûr pour le mode WAL de SQLite ; vide si rien. */
export function warnEmplacement(chemin: string): string[] {
  const dossier = dirname(chemin);
  const avertissements: string[] = [];
  if (dossier.startsWith('\\\\') || onNetwork(dossier)) {
    avertissements.push(
      'Ce dossier est sur un disque du réseau, où une coupure peut l’abîmer. Travailler sur une copie locale est plus sûr.',
    );
  }
  const nuage = dossier.split(sep).find((partie) => NUAGES.test(partie));
  if (nuage !== undefined) {
    avertissements.push(
      `Ce dossier est synchronisé (« ${nuage} ») : la synchronisation peut copier un fichier en cours d’écriture. Travailler sur une copie locale est plus sûr.`,
    );
  }
  return avertissements;
}

function onNetwork(dossier: string): boolean {
  try {
    return process.platform === 'linux' && RESEAU.has(statfsSync(dossier).type >>> 0);
  } catch {
    return false;
  }
}
