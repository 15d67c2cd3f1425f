import { openPaquet, readEntry } from '../../../electron/paquet/index.ts';

/** Les fichiers déposés d'un paquet, par nom ; ni manifeste ni signature, qui changent d'une signature à l'autre. */
export async function lireContenu(chemin: string): Promise<Map<string, Buffer>> {
  const paquet = await openPaquet(chemin);
  const noms = [...paquet.entrees.keys()].filter((nom) => nom !== 'mimetype' && !nom.startsWith('META-INF/'));
  return new Map(await Promise.all(noms.map(async (nom): Promise<[string, Buffer]> => [nom, Buffer.from(await readEntry(paquet, nom))])));
}

/** Un fichier JSON du paquet. */
export function enJson(contenu: ReadonlyMap<string, Buffer>, nom: string): unknown {
  return JSON.parse(contenu.get(nom)?.toString('utf8') ?? 'null');
}
