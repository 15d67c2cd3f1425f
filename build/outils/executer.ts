import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { racine } from './chemins.ts';

const require = createRequire(import.meta.url);

/** Chemin du programme d'un paquet npm, lancé par Node : marche aussi sous Windows, sans `.cmd`. */
export function programme(paquet: string, nom: string): string {
  const manifeste = join(racine, 'node_modules', paquet, 'package.json');
  const { bin } = require(manifeste) as { bin: string | Record<string, string> };
  const relatif = typeof bin === 'string' ? bin : bin[nom];
  if (relatif === undefined) throw new Error(`le paquet ${paquet} n’a pas de programme ${nom}`);
  return join(dirname(manifeste), relatif);
}

/** Lance une commande à l'écran ; rend son code de sortie (1 si elle a été tuée). */
export function executer(commande: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const enfant = spawn(commande, args, { cwd: racine, stdio: 'inherit', ...options });
    enfant.once('error', reject);
    enfant.once('close', (code) => resolve(code ?? 1));
  });
}

/** Même chose pour le programme d'un paquet npm, dans ce Node. */
export function executerNpm(paquet: string, nom: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return executer(process.execPath, [programme(paquet, nom), ...args], options);
}

/** Sortie d'une commande, ou `null` si elle échoue ou manque. */
export function lire(commande: string, args: readonly string[]): string | null {
  const resultat = spawnSync(commande, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return resultat.status === 0 ? resultat.stdout : null;
}
