import { openPromise } from 'yauzl';

/** Texte de la première entrée d'une archive dont le nom convient ; `null` s'il n'y en a pas. À mesurer d'abord. */
export async function lireEntree(chemin: string, nom: RegExp): Promise<string | null> {
  const zip = await openPromise(chemin, { autoClose: false });
  try {
    for await (const entree of zip.eachEntry()) {
      if (!nom.test(entree.fileName)) continue;
      const morceaux: Uint8Array[] = [];
      for await (const m of await zip.openReadStreamPromise(entree)) morceaux.push(m as Uint8Array);
      return Buffer.concat(morceaux).toString('utf8');
    }
    return null;
  } finally {
    zip.close();
  }
}
