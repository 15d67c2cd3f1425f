import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Progres } from '../../shared/contract.ts';
import { ErreurCus } from '../../shared/erreurs.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import { annule } from '../import/erreurs.ts';
import type { DemandeLecture, Lecture } from './imports-lecture.ts';
import type { Suivi } from './contexte.ts';

export type Demande = DemandeLecture & { arret: SharedArrayBuffer };
export type MessageOuvrier = { progres: Progres } | { fini: Lecture } | { erreur: Erreur };

/** Le fil, à côté de ce module dans les sources, à côté du service une fois construit. */
function urlOuvrier(): URL {
  const source = new URL('./imports-ouvrier.ts', import.meta.url);
  return existsSync(source) ? source : new URL('./imports-ouvrier.mjs', import.meta.url);
}

/** Lit un fichier dans un fil à part. Une annulation arrête la lecture et lève l'erreur « annule ». */
export function lireDansUnFil(demande: DemandeLecture, suivi: Suivi): Promise<Lecture> {
  if (suivi.signal.aborted) return Promise.reject(annule());
  const arret = new SharedArrayBuffer(4);
  const fil = new Worker(urlOuvrier(), {
    workerData: { ...demande, arret } satisfies Demande,
    // Peu de mémoire vive pour les objets qui ne vivent qu'une ligne.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const arreter = (): void => void Atomics.store(new Int32Array(arret), 0, 1);
  suivi.signal.addEventListener('abort', arreter, { once: true });
  return new Promise<Lecture>((resolve, reject) => {
    fil.on('message', (message: MessageOuvrier) => {
      if ('progres' in message) suivi.progres(message.progres);
      else if ('fini' in message) resolve(message.fini);
      else reject(new ErreurCus(message.erreur));
    });
    fil.on('error', reject);
    fil.on('exit', (code) => reject(new Error(`le fil de lecture s’est arrêté (${code})`)));
  }).finally(async () => {
    suivi.signal.removeEventListener('abort', arreter);
    // Sa mémoire est rendue avant que la transaction ne demande la sienne.
    await fil.terminate();
  });
}
