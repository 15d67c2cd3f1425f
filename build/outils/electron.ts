import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cache, racine } from './chemins.ts';
import { moteurEssai, moteurEssaiPossible } from './electron-essai.ts';
import { programme } from './executer.ts';
import { arreter } from './messages.ts';
import { sousVerrou } from './verrou.ts';

/** `reel` : celui qui est livré. `essai` : un Electron plus ancien venu de npm, pour les essais seulement. */
export type Moteur = { genre: 'reel' | 'essai'; dossier: string; executable: string };

const UN_JOUR_MS = 86_400_000;
const paquet = join(racine, 'node_modules', 'electron');

/** Moteur Electron de cette machine : le vrai s'il est là ou s'obtient, sinon celui d'essai. */
export function assurerElectron(): Promise<Moteur> {
  return sousVerrou('electron', async () => {
    const reel = moteurReel() ?? ((await telecharger()) ? moteurReel() : null);
    if (reel) return reel;
    if (moteurEssaiPossible()) return moteurEssai();
    return arreter(
      'Electron n’a pas pu être téléchargé.',
      'Vérifiez l’accès à github.com (ou indiquez un miroir par ELECTRON_MIRROR), puis lancez : npx install-electron',
    );
  });
}

function moteurReel(): Moteur | null {
  const nom = join(paquet, 'path.txt');
  if (!existsSync(nom)) return null;
  const dossier = join(paquet, 'dist');
  const relatif = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ?? 'electron';
  const executable = join(dossier, relatif);
  return existsSync(executable) ? { genre: 'reel', dossier, executable } : null;
}

/** Télécharge le vrai moteur. Un échec est retenu un jour : chaque commande n'a pas à l'attendre. */
async function telecharger(): Promise<boolean> {
  const version = versionElectron();
  const note = join(cache, 'electron-reel.json');
  if (await echecRecent(note, version)) return false;
  console.error(`Téléchargement d’Electron ${version}…`);
  const raison = (await joignable(version)) ?? installer();
  if (raison === null) return true;
  await mkdir(cache, { recursive: true });
  await writeFile(note, JSON.stringify({ version, quand: Date.now(), raison }));
  console.error(`Electron ${version} n’a pas pu être téléchargé (${raison}) ; nouvel essai dans un jour, ou en effaçant ${note}`);
  return false;
}

async function echecRecent(note: string, version: string): Promise<boolean> {
  try {
    const lu = JSON.parse(await readFile(note, 'utf8')) as { version: string; quand: number };
    return lu.version === version && Date.now() - lu.quand < UN_JOUR_MS;
  } catch {
    return false;
  }
}

/** Pourquoi le dépôt des versions ne répond pas, ou `null` s'il répond. */
async function joignable(version: string): Promise<string | null> {
  const depot = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/';
  try {
    const reponse = await fetch(`${depot}v${version}/SHASUMS256.txt`, { method: 'HEAD', signal: AbortSignal.timeout(5000) });
    return reponse.ok ? null : `réponse ${reponse.status}`;
  } catch {
    return 'dépôt injoignable';
  }
}

function installer(): string | null {
  const { status } = spawnSync(process.execPath, [programme('electron', 'install-electron')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: 600_000,
  });
  return status === 0 ? null : 'installation interrompue';
}

export function versionElectron(): string {
  return (createRequire(import.meta.url)(join(paquet, 'package.json')) as { version: string }).version;
}
