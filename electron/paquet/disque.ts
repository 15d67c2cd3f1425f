/** Opérations de fichier d'une écriture atomique ; les tests y mettent des pannes. */
import { constants } from 'node:fs';
import { copyFile, link, open, readdir, rename, unlink } from 'node:fs/promises';
import { codeSysteme } from './erreurs.ts';

export type Ecriture = {
  write(octets: Uint8Array): Promise<void>;
  /** Jusqu'au disque (fsync). */
  sync(): Promise<void>;
  close(): Promise<void>;
};

export type Disque = {
  /** Nouveau fichier ; échoue s'il existe. */
  create(chemin: string): Promise<Ecriture>;
  /** Second nom d'un fichier, sans jamais remplacer ; `false` si `vers` existe déjà. */
  duplicate(de: string, vers: string): Promise<boolean>;
  rename(de: string, vers: string): Promise<void>;
  remove(chemin: string): Promise<void>;
  exists(dossier: string, nom: string): Promise<boolean>;
  list(dossier: string): Promise<string[]>;
  syncDossier(dossier: string): Promise<void>;
};

export const disqueReel: Disque = {
  async create(chemin) {
    const fichier = await open(chemin, 'wx');
    return {
      write: async (octets) => {
        // Une écriture peut être partielle sans échouer : reprendre où elle s'est arrêtée.
        for (let p = 0; p < octets.length; ) p += (await fichier.write(octets, p)).bytesWritten;
      },
      sync: () => fichier.sync(),
      close: () => fichier.close(),
    };
  },
  async duplicate(de, vers) {
    try {
      await link(de, vers);
      return true;
    } catch (cause) {
      if (codeSysteme(cause) === 'EEXIST') return false;
    }
    // Sans liens durs (FAT, certains réseaux) : copie.
    try {
      await copyFile(de, vers, constants.COPYFILE_EXCL);
      return true;
    } catch (cause) {
      if (codeSysteme(cause) === 'EEXIST') return false;
      await unlink(vers).catch(() => undefined);
      throw cause;
    }
  },
  rename,
  remove: unlink,
  exists: async (dossier, nom) => (await readdir(dossier)).includes(nom),
  list: (dossier) => readdir(dossier),
  async syncDossier(dossier) {
    // Windows n'ouvre pas les dossiers ; son renommage est journalisé.
    if (process.platform === 'win32') return;
    const ouvert = await open(dossier, 'r');
    try {
      await ouvert.sync();
    } finally {
      await ouvert.close();
    }
  },
};
