import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as attendre } from 'node:timers/promises';
import { cache } from './chemins.ts';

/** Fait une chose à la fois entre plusieurs scripts du même clone (construire, préparer Electron). */
export async function sousVerrou<T>(nom: string, faire: () => Promise<T>): Promise<T> {
  const verrou = join(cache, `${nom}.verrou`);
  await mkdir(cache, { recursive: true });
  while (!(await prendre(verrou))) await attendre(100);
  try {
    return await faire();
  } finally {
    await rm(verrou, { force: true });
  }
}

async function prendre(verrou: string): Promise<boolean> {
  try {
    await writeFile(verrou, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const pid = Number(await readFile(verrou, 'utf8').catch(() => ''));
    // Laissé par un script mort : il ne protège plus rien.
    if (pid > 0 && !vivant(pid)) await rm(verrou, { force: true });
    return false;
  }
}

function vivant(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (erreur) {
    return erreur instanceof Error && 'code' in erreur && erreur.code === 'EPERM';
  }
}
