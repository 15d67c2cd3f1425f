import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { execute as runIci } from '../../../../electron/cli/executer.ts';
import { openReadOnly } from '../../../../electron/store/connexion.ts';
import { openService } from '../../../../electron/service/index.ts';
import type { Entree, Operation, Sortie } from '../../../../shared/contract.ts';

export const MAINTENANT = '2026-03-01T09:00:00Z';
export const RACINE = join(import.meta.dirname, '../../../..');
const ENTREE = join(RACINE, 'electron/cli/cus.ts');

export type Fin = { code: number | null; stdout: string; stderr: string };

export type OptionsCus = { cwd: string; env?: Record<string, string>; lance?: (p: ChildProcess) => void };

/** Le vrai processus de la commande, dans un environnement sans rien de celui de l'essai. */
export function cus(args: readonly string[], { cwd, env = {}, lance }: OptionsCus): Promise<Fin> {
  return execute(process.execPath, [ENTREE, ...args], { cwd, env, ...(lance === undefined ? {} : { lance }) });
}

export function execute(programme: string, args: readonly string[], { cwd, env = {}, lance }: OptionsCus): Promise<Fin> {
  return new Promise((fini, rate) => {
    const processus = spawn(programme, args, {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: cwd, LANG: 'C.UTF-8', ATELIER_CUS_DONNEES: join(cwd, '.donnees'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    processus.stdout.setEncoding('utf8').on('data', (t: string) => (stdout += t));
    processus.stderr.setEncoding('utf8').on('data', (t: string) => (stderr += t));
    processus.on('error', rate);
    processus.on('close', (code) => fini({ code, stdout, stderr }));
    lance?.(processus);
  });
}

/** La commande en `--json`, à l'instant de l'essai : code de sortie, et le seul objet de stdout. */
export async function json(args: readonly string[], options: OptionsCus): Promise<{ code: number | null; objet: unknown; stderr: string }> {
  const { code, stdout, stderr } = await cus([...args, '--json', '--maintenant', MAINTENANT], options);
  return { code, objet: JSON.parse(stdout), stderr };
}

/** La même commande dans le processus de l'essai : pour les longues listes de refus. */
export async function jsonIci(args: readonly string[], cwd: string): Promise<{ code: number; objet: unknown; stderr: string }> {
  const { sortie, stdout, stderr } = await runIci([...args, '--json', '--maintenant', MAINTENANT], {
    cwd, env: { ATELIER_CUS_DONNEES: join(cwd, '.donnees') }, signal: new AbortController().signal, progression: { suivre: () => undefined, effacer: () => undefined },
  });
  return { code: sortie, objet: JSON.parse(stdout), stderr };
}

/** Ce que le dossier contient, table par table, en une empreinte : deux états égaux ont la même. */
export function digestDossier(chemin: string): string {
  const base = openReadOnly(chemin);
  try {
    const tables = base.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").all();
    const hash = createHash('sha256');
    for (const { name } of tables) {
      const lignes = base.prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`).all();
      hash.update(name).update(JSON.stringify(lignes.map((l) => JSON.stringify(l)).toSorted()));
    }
    return hash.digest('hex');
  } finally {
    base.close();
  }
}

/** Le service, en une fois : prépare la matière d'un essai plus vite que la commande. */
export async function preparer<T>(repertoire: string, faire: (appeler: <O extends Operation>(o: O, e: Entree<O>) => Promise<Sortie<O>>) => Promise<T>): Promise<T> {
  const service = openService({
    repertoireDonnees: join(repertoire, '.donnees'), utilisateur: 'Ada', ordinateur: hostname(), maintenant: () => new Date(MAINTENANT), verifierSorties: true,
  });
  try {
    return await faire(async (operation, entree) => {
      const reponse = await service.appeler(operation, entree);
      if (!reponse.ok) throw new Error(`${operation} : ${reponse.error.message} ${JSON.stringify(reponse.error.details)}`);
      return reponse.value;
    });
  } finally {
    await service.fermer();
  }
}

/** Copie un dossier fermé. */
export function copier(de: string, vers: string): string {
  copyFileSync(de, vers);
  return vers;
}

/** Fichiers d'un répertoire, cachés compris, hors données de l'application. */
export const contenu = (repertoire: string): string[] => readdirSync(repertoire).filter((f) => f !== '.donnees' && !f.endsWith('.sauvegardes')).toSorted();
