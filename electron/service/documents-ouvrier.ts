import { parentPort, workerData } from 'node:worker_threads';
import { ErreurCus } from '../../shared/erreurs.ts';
import { buildDocuments } from './depot/documents.ts';
import { buildPacks } from './association/pack-documents.ts';
import type { DemandeDocuments, MessageDocuments } from './depot/documents-fil.ts';

// Mettre un grand parc en PDF et en classeurs prend des secondes : ce fil les prend au service.
const dire = (message: MessageDocuments): void => parentPort?.postMessage(message);
try {
  const demande = workerData as DemandeDocuments;
  const suivre = (fait: number, total: number): void => dire({ fait, total });
  const fichiers = 'packs' in demande ? await buildPacks(demande.packs, suivre) : await buildDocuments(demande, suivre);
  dire({ fichiers });
} catch (e) {
  if (!(e instanceof ErreurCus)) throw e;
  dire({ erreur: e.erreur });
}
