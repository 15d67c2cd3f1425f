/** Arrêt d'un script avec un message en deux parties : ce qui ne va pas, que faire. */
export class Arret extends Error {}

export function arreter(message: string, action: string): never {
  throw new Arret(`${message}\n${action}`);
}

/** Lance un script : ses arrêts sont dits sans trace, ses défauts avec. */
export async function lancer(script: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await script();
  } catch (erreur) {
    console.error(erreur instanceof Arret ? erreur.message : erreur);
    process.exitCode = 1;
  }
}
