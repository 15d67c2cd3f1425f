import { parentPort, workerData } from 'node:worker_threads';
import { ErreurCus } from '../../shared/erreurs.ts';
import { buildDocuments } from './depot/documents.ts';
import type { Matiere } from './depot/documents.ts';
import type { MessageDocuments } from './depot/documents-fil.ts';

// Mettre un grand parc en PDF et en classeurs prend des secondes : ce fil les prend au service.
const dire = (message: MessageDocuments): void => parentPort?.postMessage(message);
try {
  const fichiers = await buildDocuments(workerData as Matiere, (fait, total) => dire({ fait, total }));
  dire({ fichiers });
} catch (e) {
  if (!(e instanceof ErreurCus)) throw e;
  dire({ erreur: e.erreur });
}
