import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { racine } from '../../../build/outils/chemins.ts';
import { MAINTENANT } from './matiere.ts';

/** La commande `cus` en vrai processus, à l'instant des deux chaînes. Rend son objet JSON ; lève ce qu'elle a dit si elle refuse. */
export async function cus(dossier: string, ...args: string[]): Promise<Record<string, unknown>> {
  const enfant = spawn(process.execPath, [join(racine, 'electron/cli/cus.ts'), ...args, '--json', '--maintenant', MAINTENANT], {
    cwd: dossier,
    env: { PATH: process.env['PATH'] ?? '', HOME: dossier, LANG: 'C.UTF-8', ATELIER_CUS_DONNEES: join(dossier, '.donnees') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const fini = new Promise<number | null>((resolve, reject) => enfant.once('error', reject).once('close', resolve));
  const [sortie, erreurs, code] = await Promise.all([text(enfant.stdout), text(enfant.stderr), fini]);
  if (code !== 0) throw new Error(`cus ${args.join(' ')} : sortie ${code}\n${erreurs}${sortie}`);
  return JSON.parse(sortie) as Record<string, unknown>;
}
