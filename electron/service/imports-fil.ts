import { existsSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Progres } from '../../shared/contract.ts';
import { ErreurCus } from '../../shared/erreurs.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import { annule } from '../import/erreurs.ts';
import { isClasseur } from '../import/fichier.ts';
import type { DemandeLecture, Lecture } from './imports-lecture.ts';
import type { Suivi } from './contexte.ts';

export type Demande = DemandeLecture & { arret: SharedArrayBuffer };
export type MessageOuvrier = { progres: Progres } | { fini: Lecture } | { erreur: Erreur };

/** Le fil, à côté de ce module dans les sources, à côté du service une fois construit. */
function urlOuvrier(): URL {
  const source = new URL('./imports-ouvrier.ts', import.meta.url);
  return existsSync(source) ? source : new URL('./imports-ouvrier.mjs', import.meta.url);
}

/** Jusqu'à cette taille (une trentaine de milliers de logements), lancer un fil coûte plus que lire sur place. */
const SUR_PLACE = 8 * 1024 * 1024;

/**
 * Lit un fichier sans retenir le service : un petit texte sur place, en rendant la main entre deux
 * blocs ; le reste dans un fil à part. Une annulation arrête la lecture et lève l'erreur « annule ».
 */
export async function lireSansRetenir(demande: DemandeLecture, suivi: Suivi): Promise<Lecture> {
  if (suivi.signal.aborted) throw annule();
  const arret = new SharedArrayBuffer(4);
  const arreter = (): void => void Atomics.store(new Int32Array(arret), 0, 1);
  suivi.signal.addEventListener('abort', arreter, { once: true });
  try {
    if (statSync(demande.chemin).size > SUR_PLACE || isClasseur(demande.chemin)) return await lireDansUnFil({ ...demande, arret }, suivi);
    const { lireFichier } = await import('./imports-lecture.ts');
    return await lireFichier({ ...demande, arret }, suivi.progres, () => new Promise((resolve) => void setImmediate(resolve)));
  } finally {
    suivi.signal.removeEventListener('abort', arreter);
  }
}

async function lireDansUnFil(demande: Demande, suivi: Suivi): Promise<Lecture> {
  const fil = new Worker(urlOuvrier(), {
    workerData: demande,
    // Peu de mémoire vive pour les objets qui ne vivent qu'une ligne.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  try {
    return await new Promise<Lecture>((resolve, reject) => {
      fil.on('message', (message: MessageOuvrier) => {
        if ('progres' in message) suivi.progres(message.progres);
        else if ('fini' in message) resolve(message.fini);
        else reject(new ErreurCus(message.erreur));
      });
      fil.on('error', reject);
      fil.on('exit', (code) => reject(new Error(`le fil de lecture s’est arrêté (${code})`)));
    });
  } finally {
    // Sa mémoire est rendue avant que la transaction ne demande la sienne.
    await fil.terminate();
  }
}
