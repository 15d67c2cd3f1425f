import { homedir, hostname, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

type Environnement = Readonly<Record<string, string | undefined>>;

/**
 * Où l'application garde ce qui est propre à cet ordinateur (récents, fonds de carte) : le même
 * répertoire que la fenêtre, pour qu'un dossier fait au terminal se retrouve à l'accueil.
 */
export function repertoireDonnees(env: Environnement, plateforme: NodeJS.Platform, maison: string = homedir()): string {
  if (env['ATELIER_CUS_DONNEES']) return resolve(env['ATELIER_CUS_DONNEES']);
  return join(repertoireApplications(env, plateforme, maison), 'Atelier CUS', 'donnees');
}

function repertoireApplications(env: Environnement, plateforme: NodeJS.Platform, maison: string): string {
  switch (plateforme) {
    case 'win32':
      return env['APPDATA'] ?? join(maison, 'AppData', 'Roaming');
    case 'darwin':
      return join(maison, 'Library', 'Application Support');
    default:
      // La norme XDG ignore un chemin relatif.
      return env['XDG_CONFIG_HOME']?.startsWith('/') ? env['XDG_CONFIG_HOME'] : join(maison, '.config');
  }
}

/**
 * Répertoire où la commande a été tapée. npm se place à la racine du projet et garde le répertoire
 * d'origine dans INIT_CWD ; lancée autrement, la commande est dans le sien.
 */
export function repertoireDeDepart(env: Environnement, courant: string): string {
  const parNpm = env['npm_lifecycle_event'] === 'cus';
  return parNpm && env['INIT_CWD'] ? env['INIT_CWD'] : courant;
}

/** Comment la commande se tape ici : par npm dans un clone, par son nom une fois installée. */
export function nomProgramme(env: Environnement): string {
  const parNpm = ['cus', 'demo'].includes(env['npm_lifecycle_event'] ?? '');
  return parNpm ? 'npm run --silent cus --' : 'cus';
}

export function identifyPersonne(env: Environnement): { utilisateur: string; ordinateur: string } {
  return { utilisateur: nomUtilisateur(env), ordinateur: hostname() };
}

function nomUtilisateur(env: Environnement): string {
  try {
    return userInfo().username;
  } catch {
    // Un identifiant sans entrée dans la base des comptes (conteneur) n'a pas de nom.
    return env['USER'] ?? env['USERNAME'] ?? 'inconnu';
  }
}
