import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Écrit un fichier qui n'apparaît qu'entier : fichier voisin, vidé sur le disque, puis renommé. */
export async function writeAtomic(chemin: string, octets: Uint8Array | string): Promise<void> {
  const provisoire = join(dirname(chemin), `.${randomUUID()}.partiel`);
  try {
    const fichier = await open(provisoire, 'wx');
    try {
      await fichier.writeFile(octets);
      await fichier.sync();
    } finally {
      await fichier.close();
    }
    await rename(provisoire, chemin);
  } finally {
    await rm(provisoire, { force: true });
  }
}
