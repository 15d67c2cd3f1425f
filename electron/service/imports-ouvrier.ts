/** Fil à part où un fichier est lu, ou un masque calculé : il n'ouvre que la base de préparation, jamais le dossier. */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import type { DemandeEssai } from './imports-essai.ts';
import type { DemandeMasques } from './occupation-masques.ts';
import type { Demande, MessageOuvrier } from './imports-fil.ts';
import type { DemandeApercu, DemandeRangees, MessageRangees } from './rangees.ts';
import { reprendreMesure } from '../import/tableau/mesure.ts';
import type { Mesure } from '../import/tableau/mesure.ts';
import { toErreur } from './erreurs.ts';

const port = parentPort;
if (port === null) throw new Error('à lancer dans un fil de travail');
const envoyer = (message: MessageOuvrier | MessageRangees): void => port.postMessage(message);
const demande = workerData as ((Demande & { quoi: 'lecture' }) | DemandeApercu | DemandeRangees | DemandeEssai | DemandeMasques) & { mesure: Mesure | null };
reprendreMesure(demande.mesure);

try {
  switch (demande.quoi) {
    case 'lecture': {
      const { lireFichier } = await import('./imports-lecture.ts');
      envoyer({ fini: await lireFichier(demande, (progres) => envoyer({ progres }), async () => undefined) });
      break;
    }
    case 'apercu': {
      const { apercuTableau } = await import('../import/tableau/apercu.ts');
      envoyer({ apercu: await apercuTableau(demande.chemin, demande.encodage, demande.separateur) });
      break;
    }
    case 'essai': {
      const { lireEssai } = await import('./imports-essai.ts');
      envoyer({ essai: await lireEssai(demande, () => undefined) });
      break;
    }
    case 'masques': {
      const { computeMasques } = await import('../../shared/domain/occupation/tableau.ts');
      envoyer({ masques: computeMasques(demande.variables, demande.atomes) });
      break;
    }
    case 'rangees':
      await envoyerRangees(demande);
  }
} catch (e) {
  envoyer({ erreur: toErreur(e, new AbortController().signal) });
}

/** Un lot, puis l'attente de celui qui lit : ce qui n'est pas encore lu ne s'accumule pas. */
async function envoyerRangees({ chemin, ouverture, lot: taille, brut: avecBrut }: DemandeRangees): Promise<void> {
  const { ouvrirTableau } = await import('../import/tableau/ouvrir.ts');
  let fait = 0;
  const { rangees } = await ouvrirTableau(chemin, { ...ouverture, suivre: (n) => void (fait = n) });
  let lot: (Extract<MessageRangees, { lot: unknown }>)['lot'] = [];
  const vider = async (): Promise<void> => {
    const suite = once(port ?? new EventTarget(), 'message');
    envoyer({ lot, fait });
    lot = [];
    await suite;
  };
  for await (const { brut, ...rangee } of rangees) {
    lot.push({ ...rangee, brut: avecBrut ? brut() : null });
    if (lot.length >= taille) await vider();
  }
  if (lot.length > 0) await vider();
  envoyer({ finRangees: true });
}
