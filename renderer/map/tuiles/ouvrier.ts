/** Le fil de la carte : il découpe et cherche, pendant que celui de la fenêtre répond à la personne. */
import { AtelierTuiles, type Etat, type Question, type Questions } from './atelier.ts';

export type Message = { etat: Etat } | { [Q in Question]: { numero: number; question: Q; demande: Questions[Q]['demande'] } }[Question];
export type Reponse = { numero: number; valeur: Questions[Question]['reponse'] } | { numero: number; panne: string };

const atelier = new AtelierTuiles();

addEventListener('message', (e: MessageEvent<Message>) => {
  const m = e.data;
  if ('etat' in m) {
    atelier.donner(m.etat);
    return;
  }
  try {
    const valeur = atelier.repondre(m.question, m.demande);
    postMessage({ numero: m.numero, valeur } satisfies Reponse, { transfer: valeur instanceof ArrayBuffer ? [valeur] : [] });
  } catch (cause) {
    postMessage({ numero: m.numero, panne: cause instanceof Error ? cause.message : String(cause) } satisfies Reponse);
  }
});
