import { Worker } from 'node:worker_threads';
import { ErreurCus } from '../../../shared/erreurs.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import type { Fichier } from '../../paquet/index.ts';
import { urlFil } from '../fils.ts';
import type { DonneesPack } from '../../../shared/paquet/pack.ts';
import type { Matiere } from './documents.ts';

export type DemandeDocuments = Matiere | { packs: DonneesPack[] };
export type MessageDocuments = { fait: number; total: number } | { fichiers: Fichier[] } | { erreur: Erreur };

const REPOS_MS = 60_000;
/** Fil qui a fini sans faute, gardé un moment : les documents suivants n'attendent pas que tout s'y recharge. */
let repos: { fil: Worker; minuterie: NodeJS.Timeout } | null = null;

/**
 * Écrit tous les documents d'un dépôt dans un fil à part, dans l'ordre du paquet : le service répond
 * pendant ce temps. L'annulation arrête le fil et lève la raison du signal.
 */
export const buildDocumentsInThread = (matiere: Matiere, suivre: (fait: number, total: number) => void, signal: AbortSignal): Promise<Fichier[]> => runDocuments(matiere, suivre, signal);

/** De même, des documents d'un dépôt ou des packs (PDF puis XLSX de chacun). */
export async function runDocuments(demande: DemandeDocuments, suivre: (fait: number, total: number) => void, signal: AbortSignal): Promise<Fichier[]> {
  signal.throwIfAborted();
  const fil = takeFil();
  let detacher = (): void => undefined;
  const fini = await new Promise<Fichier[]>((resolve, reject) => {
    const annuler = (): void => reject(signal.reason as Error);
    const finir = (code: number): void => reject(new Error(`le fil des documents s’est arrêté (${code})`));
    const entendre = (message: MessageDocuments): void => {
      if ('fichiers' in message) resolve(message.fichiers);
      else if ('erreur' in message) reject(new ErreurCus(message.erreur));
      else suivre(message.fait, message.total);
    };
    // Un à un : les retirer tous ôterait aussi ceux par lesquels Node suit le fil.
    detacher = () => {
      signal.removeEventListener('abort', annuler);
      fil.off('message', entendre).off('error', reject).off('exit', finir);
    };
    signal.addEventListener('abort', annuler, { once: true });
    fil.on('message', entendre).on('error', reject).on('exit', finir);
    fil.postMessage(demande);
  }).catch((e: unknown) => {
    void fil.terminate();
    throw e;
  }).finally(() => detacher());
  restFil(fil);
  return fini;
}

function takeFil(): Worker {
  if (repos === null) {
    const fil = new Worker(urlFil('documents-ouvrier'));
    const quitter = (): void => leaveRepos(fil);
    return fil.on('error', quitter).on('exit', quitter);
  }
  const { fil } = repos;
  leaveRepos(fil);
  fil.ref();
  return fil;
}

/** Ne retient pas le processus ; s'arrête seul s'il ne sert plus. Un seul attend. */
function restFil(fil: Worker): void {
  if (repos !== null) return void fil.terminate();
  fil.unref();
  const arreter = (): void => {
    // Avant l'arrêt : un fil qui s'arrête ne se prend plus.
    leaveRepos(fil);
    void fil.terminate();
  };
  repos = { fil, minuterie: setTimeout(arreter, REPOS_MS).unref() };
}

function leaveRepos(fil: Worker): void {
  if (repos?.fil !== fil) return;
  clearTimeout(repos.minuterie);
  repos = null;
}
