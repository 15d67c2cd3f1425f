import { utilityProcess } from 'electron';
import type { OptionsProcessus, ProcessusService } from '../../service/port/port.ts';

/** Le service dans un processus utilitaire d'Electron : ce qui est livré. */
export function lancerUtilitaire(fichier: string, options: OptionsProcessus): ProcessusService {
  const enfant = utilityProcess.fork(fichier, [JSON.stringify(options)], {
    serviceName: 'Atelier CUS (dossier)',
    stdio: 'inherit',
  });
  return {
    postMessage: (message) => enfant.postMessage(message),
    onMessage: (cb) => {
      enfant.on('message', cb);
    },
    onExit: (cb) => {
      enfant.once('exit', cb);
    },
    kill: () => {
      enfant.kill();
    },
    close: () => undefined,
    get pid() {
      return enfant.pid;
    },
  };
}
