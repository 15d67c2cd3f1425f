import type { SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { executer, lire } from './executer.ts';
import { arreter } from './messages.ts';

type Besoin = { paquet: string; present(): boolean };

/** Ce qu'il faut à une fenêtre Electron sur Linux. */
const fenetre: Besoin[] = [
  { paquet: 'libgtk-3-0', present: () => bibliotheque('libgtk-3.so.0') },
  { paquet: 'libnss3', present: () => bibliotheque('libnss3.so') },
  { paquet: 'libasound2', present: () => bibliotheque('libasound.so.2') },
  { paquet: 'libgbm1', present: () => bibliotheque('libgbm.so.1') },
];

const ecranVirtuel: Besoin[] = [
  { paquet: 'xvfb', present: () => commande('Xvfb') },
  { paquet: 'xauth', present: () => commande('xauth') },
];

/** Les juges indépendants des essais : ils relisent ce que le produit écrit. */
const juges: Besoin[] = [
  { paquet: 'openssl', present: () => commande('openssl') },
  { paquet: 'sqlite3', present: () => commande('sqlite3') },
  { paquet: 'unzip', present: () => commande('unzip') },
  { paquet: 'qpdf', present: () => commande('qpdf') },
  { paquet: 'poppler-utils', present: () => commande('pdfsig') && commande('pdftoppm') },
  { paquet: 'libreoffice-calc-nogui', present: () => commande('soffice') && existsSync('/usr/lib/libreoffice/program/libsclo.so') },
];

let connues: string | null | undefined;

const groupes = { fenetre, ecranVirtuel, juges };

/**
 * Installe ce qui manque sur Debian quand c'est permis (racine et apt-get), sinon le dit.
 * Sans effet hors de Linux.
 */
export async function assurerBibliotheques(...voulus: (keyof typeof groupes)[]): Promise<void> {
  if (process.platform !== 'linux') return;
  const manquants = (): string[] => voulus.flatMap((g) => groupes[g].filter((b) => !b.present()).map((b) => b.paquet));
  const avant = manquants();
  if (avant.length === 0) return;
  if (process.getuid?.() === 0 && commande('apt-get')) {
    console.error(`Installation de ce qui manque au système : ${avant.join(' ')}…`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options: SpawnOptions = { env, stdio: ['ignore', 'ignore', 'inherit'] };
    await executer('apt-get', ['update', '-qq'], options);
    await executer('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...avant], options);
    connues = undefined;
  }
  const apres = manquants();
  if (apres.length > 0)
    arreter(
      `Il manque au système : ${apres.join(', ')}.`,
      `Installez-le, par exemple : sudo apt-get install --no-install-recommends ${apres.join(' ')}`,
    );
}

function commande(nom: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((dossier) => existsSync(join(dossier, nom)));
}



/** Connue de l'éditeur de liens. Sans `ldconfig` on ne peut pas savoir : on ne bloque pas. */
function bibliotheque(nom: string): boolean {
  connues ??= lire('/sbin/ldconfig', ['-p']);
  return connues === null || connues.split(/\s+/).includes(nom);
}
