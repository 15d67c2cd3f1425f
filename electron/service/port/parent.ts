import type { DuService, Port, VersService } from './port.ts';

declare const __ADAPTATEUR__: 'spawn' | 'utilityProcess';

/** Port utilitaire d'Electron : une propriété de `process`, absente ailleurs. */
function utilitaire(): Port<VersService, DuService> {
  const { parentPort } = process;
  return {
    postMessage: (message) => {
      // Un message incopiable confié à ce port-ci fait tomber main : il est refusé avant.
      structuredClone(message);
      parentPort.postMessage(message);
    },
    onMessage: (cb) => {
      parentPort.on('message', ({ data }: { data: VersService }) => cb(data));
    },
    // Rien à fermer : la fin du processus ferme le port.
    close: () => undefined,
  };
}

/** Canal IPC de Node, à sérialisation « advanced » (Date, Map, Uint8Array et BigInt y survivent). */
function noeud(): Port<VersService, DuService> {
  return {
    postMessage: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (cb) => {
      process.on('message', (message: VersService) => cb(message));
      // Main disparu sans prévenir : le service se ferme proprement de lui-même.
      process.on('disconnect', () => cb({ fermer: true }));
    },
    close: () => {
      if (process.connected) process.disconnect();
    },
  };
}

/** Port vers le processus qui a lancé celui-ci. Hors d'un paquet construit, celui de Node. */
export function openParentPort(): Port<VersService, DuService> {
  return typeof __ADAPTATEUR__ !== 'undefined' && __ADAPTATEUR__ === 'utilityProcess' ? utilitaire() : noeud();
}
