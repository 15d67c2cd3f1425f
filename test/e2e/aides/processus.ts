import { readFile } from 'node:fs/promises';
import type { ElectronApplication } from 'playwright-core';

/** Numéro du processus de service, enfant de main : utilitaire, ou Node à part (Linux seulement). */
export async function pidService(application: ElectronApplication): Promise<number> {
  const utilitaire = await application.evaluate(
    ({ app }) => app.getAppMetrics().find((m) => m.type === 'Utility' && m.name?.startsWith('Atelier CUS'))?.pid ?? null,
  );
  if (utilitaire !== null) return utilitaire;
  const main = application.process().pid;
  for (const enfant of (await readFile(`/proc/${main}/task/${main}/children`, 'utf8')).trim().split(' '))
    if ((await readFile(`/proc/${enfant}/cmdline`, 'utf8')).includes('processus.mjs')) return Number(enfant);
  throw new Error('le processus de service ne se trouve pas');
}
