import { parentPort } from 'node:worker_threads';
import { ErreurCus } from '../../shared/erreurs.ts';
import { buildDocuments } from './depot/documents.ts';
import { buildPacks } from './association/pack-documents.ts';
import type { DemandeDocuments, MessageDocuments } from './depot/documents-fil.ts';

// Mettre un grand parc en PDF et en classeurs prend des secondes : ce fil les prend au service, une demande après l'autre.
const port = parentPort;
if (port === null) throw new Error('à lancer dans un fil de travail');
const dire = (message: MessageDocuments): void => port.postMessage(message);

port.on('message', (demande: DemandeDocuments) => {
  void repondre(demande);
});

/** Une erreur qui n'est pas pour la personne arrête le fil : celui qui l'a demandé la reçoit. */
async function repondre(demande: DemandeDocuments): Promise<void> {
  try {
    const suivre = (fait: number, total: number): void => dire({ fait, total });
    const fichiers = 'packs' in demande ? await buildPacks(demande.packs, suivre) : await buildDocuments(demande, suivre);
    dire({ fichiers });
  } catch (e) {
    if (!(e instanceof ErreurCus)) throw e;
    dire({ erreur: e.erreur });
  }
}
