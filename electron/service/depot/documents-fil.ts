import { Worker } from 'node:worker_threads';
import { ErreurCus } from '../../../shared/erreurs.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import type { Fichier } from '../../paquet/index.ts';
import { urlFil } from '../fils.ts';
import type { DonneesPack } from '../../../shared/paquet/pack.ts';
import type { Matiere } from './documents.ts';

export type DemandeDocuments = Matiere | { packs: DonneesPack[] };
export type MessageDocuments = { fait: number; total: number } | { fichiers: Fichier[] } | { erreur: Erreur };

/**
 * Écrit tous les documents d'un dépôt dans un fil à part, dans l'ordre du paquet : le service répond
 * pendant ce temps. L'annulation arrête le fil et lève la raison du signal.
 */
export const buildDocumentsInThread = (matiere: Matiere, suivre: (fait: number, total: number) => void, signal: AbortSignal): Promise<Fichier[]> => runDocuments(matiere, suivre, signal);

/** De même, des documents d'un dépôt ou des packs (PDF puis XLSX de chacun). */
export function runDocuments(matiere: DemandeDocuments, suivre: (fait: number, total: number) => void, signal: AbortSignal): Promise<Fichier[]> {
  signal.throwIfAborted();
  const fil = new Worker(urlFil('documents-ouvrier'), { workerData: matiere });
  return new Promise<Fichier[]>((resolve, reject) => {
    const annuler = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', annuler, { once: true });
    fil.on('message', (message: MessageDocuments) => {
      if ('fichiers' in message) resolve(message.fichiers);
      else if ('erreur' in message) reject(new ErreurCus(message.erreur));
      else suivre(message.fait, message.total);
    });
    fil.on('error', reject);
    fil.on('exit', (code) => reject(new Error(`le fil des documents s’est arrêté (${code})`)));
  }).finally(() => void fil.terminate());
}
