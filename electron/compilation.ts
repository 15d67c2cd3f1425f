import { lstatSync, mkdirSync } from 'node:fs';
import * as module from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * Garde le code compilé d'un démarrage à l'autre, dans le répertoire temporaire. Sans effet là où le
 * moteur ne sait pas le faire, ou si ce répertoire n'est pas à la personne seule : du code compilé
 * par un autre serait exécuté.
 */
export function keepCompiled(): void {
  if (typeof module.enableCompileCache !== 'function') return;
  try {
    const { uid } = userInfo();
    const repertoire = join(tmpdir(), `atelier-cus-compile-${uid}`);
    mkdirSync(repertoire, { recursive: true, mode: 0o700 });
    const { mode, uid: proprietaire } = lstatSync(repertoire);
    // Sous Windows le répertoire temporaire est déjà propre à chacun, sans droits à lire ici.
    const sien = process.platform === 'win32' || ((mode & 0o170077) === 0o040000 && proprietaire === uid);
    if (sien) module.enableCompileCache(repertoire);
  } catch {
    // Démarrer plus lentement vaut mieux que ne pas démarrer.
  }
}
