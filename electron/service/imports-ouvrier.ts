/** Fil à part où un fichier est lu : il n'ouvre que la base de préparation, jamais le dossier. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Demande, MessageOuvrier } from './imports-fil.ts';
import { lireFichier } from './imports-lecture.ts';
import { toErreur } from './erreurs.ts';

const port = parentPort;
if (port === null) throw new Error('à lancer dans un fil de travail');
const envoyer = (message: MessageOuvrier): void => port.postMessage(message);
const demande = workerData as Demande;

try {
  envoyer({ fini: await lireFichier(demande, (progres) => envoyer({ progres }), async () => undefined) });
} catch (e) {
  envoyer({ erreur: toErreur(e, new AbortController().signal) });
}
