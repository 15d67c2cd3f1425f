import { spawn } from 'node:child_process';
import type { DuService, OptionsProcessus, ProcessusService } from '../../service/port/port.ts';

/**
 * Le service dans un Node à part : pour le moteur d'essai seulement, trop ancien pour le lien
 * natif de SQLite. Absent du paquet livré (un essai l'y cherche).
 */
export function lancerNoeud(fichier: string, options: OptionsProcessus): ProcessusService {
  const noeud = process.env['ATELIER_NOEUD'] ?? 'node';
  const enfant = spawn(noeud, [fichier, JSON.stringify(options)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  return {
    postMessage: (message) => {
      if (enfant.connected) enfant.send(message);
    },
    onMessage: (cb) => {
      enfant.on('message', (message) => cb(message as DuService));
    },
    onExit: (cb) => {
      let dit = false;
      const dire = (): void => {
        if (!dit) cb();
        dit = true;
      };
      // « error » : le programme n'a pas pu être lancé, « exit » ne viendra pas.
      enfant.once('exit', dire);
      enfant.once('error', dire);
    },
    kill: () => {
      enfant.kill('SIGKILL');
    },
    close: () => {
      if (enfant.connected) enfant.disconnect();
    },
    get pid() {
      return enfant.pid;
    },
  };
}
