import { Worker } from 'node:worker_threads';
import type { Progres } from '../../shared/contract.ts';
import { ErreurCus } from '../../shared/erreurs.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import { annule } from '../import/erreurs.ts';
import { derniereMesure } from '../import/tableau/mesure.ts';
import type { DemandeLecture, Lecture } from './imports-lecture.ts';
import type { Suivi } from './contexte.ts';
import { LIMITES_FIL, explainFil, isSurPlace, urlOuvrier } from './rangees.ts';

export type Demande = DemandeLecture & { arret: SharedArrayBuffer };
export type MessageOuvrier = { progres: Progres } | { fini: Lecture } | { erreur: Erreur };

/**
 * Lit un fichier sans retenir le service : un petit fichier sur place, en rendant la main entre deux
 * blocs ; le reste dans un fil à part. Une annulation arrête la lecture et lève l'erreur « annule ».
 */
export async function lireSansRetenir(demande: DemandeLecture, suivi: Suivi): Promise<Lecture> {
  if (suivi.signal.aborted) throw annule();
  const arret = new SharedArrayBuffer(4);
  const arreter = (): void => void Atomics.store(new Int32Array(arret), 0, 1);
  suivi.signal.addEventListener('abort', arreter, { once: true });
  try {
    if (!isSurPlace(demande.chemin)) return await lireDansUnFil({ ...demande, arret }, suivi);
    const { lireFichier } = await import('./imports-lecture.ts');
    return await lireFichier({ ...demande, arret }, suivi.progres, () => new Promise((resolve) => void setImmediate(resolve)));
  } finally {
    suivi.signal.removeEventListener('abort', arreter);
  }
}

async function lireDansUnFil(demande: Demande, suivi: Suivi): Promise<Lecture> {
  const fil = new Worker(urlOuvrier(), {
    workerData: { ...demande, quoi: 'lecture', mesure: derniereMesure() },
    // Peu de mémoire vive pour les objets qui ne vivent qu'une ligne.
    resourceLimits: LIMITES_FIL,
  });
  try {
    return await new Promise<Lecture>((resolve, reject) => {
      fil.on('message', (message: MessageOuvrier) => {
        if ('progres' in message) suivi.progres(message.progres);
        else if ('fini' in message) resolve(message.fini);
        else reject(new ErreurCus(message.erreur));
      });
      fil.on('error', (e) => reject(explainFil(e)));
      fil.on('exit', (code) => reject(new Error(`le fil de lecture s’est arrêté (${code})`)));
    });
  } finally {
    // Sa mémoire est rendue avant que la transaction ne demande la sienne.
    await fil.terminate();
  }
}
