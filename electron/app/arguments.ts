import { isAbsolute, resolve } from 'node:path';

export type Arguments = {
  /** Dossier des données de l'application, au lieu de celui du système (`--donnees=`). */
  donnees: string | null;
  /** Horloge fixée, instant ISO (`--maintenant=`). */
  maintenant: string | null;
  /** Fichiers à ouvrir, en chemins absolus. */
  fichiers: string[];
};

/**
 * Lit la ligne de commande. `premiers` : nombre d'arguments sans tiret qui désignent le programme
 * (l'exécutable, et le programme lui-même quand il n'est pas empaqueté).
 */
export function lireArguments(argv: readonly string[], repertoire: string, premiers: number): Arguments {
  const absolu = (chemin: string): string => (isAbsolute(chemin) ? chemin : resolve(repertoire, chemin));
  const option = (nom: string): string | null => {
    const trouve = argv.find((a) => a.startsWith(`--${nom}=`));
    return trouve === undefined ? null : trouve.slice(nom.length + 3);
  };
  const donnees = option('donnees');
  const maintenant = option('maintenant');
  return {
    donnees: donnees === null ? null : absolu(donnees),
    maintenant: maintenant === null || Number.isNaN(Date.parse(maintenant)) ? null : maintenant,
    fichiers: argv
      .filter((a) => !a.startsWith('-'))
      .slice(premiers)
      .map(absolu),
  };
}
