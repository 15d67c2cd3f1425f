import { addProtocol } from 'maplibre-gl';
import type { DemandeGlyphes, ReponseGlyphes } from './ouvrier.ts';

const SCHEMA = 'glyphes';
/** Adresse à donner à la carte : ses lettres viennent alors du fil des glyphes, sans rien demander au réseau. */
export const ADRESSE_GLYPHES = `${SCHEMA}://{fontstack}/{range}`;

/** Une plage déjà tracée sert à toutes les cartes de la fenêtre. */
const plages = new Map<string, Promise<ArrayBuffer>>();
const attentes = new Map<number, { tenir: (octets: ArrayBuffer) => void; rompre: (cause: Error) => void }>();
let ouvrier: Worker | null = null;
let demandes = 0;

function demarrer(): Worker {
  const fil = new Worker(new URL('ouvrier.ts', import.meta.url), { type: 'module', name: 'glyphes' });
  fil.addEventListener('message', (e: MessageEvent<ReponseGlyphes>) => {
    const attente = attentes.get(e.data.numero);
    attentes.delete(e.data.numero);
    if ('panne' in e.data) attente?.rompre(new Error(e.data.panne));
    else attente?.tenir(e.data.octets);
  });
  // La carte trace alors elle-même : plus lente, mais lisible.
  fil.addEventListener('error', () => {
    for (const { rompre } of attentes.values()) rompre(new Error('le fil des glyphes s’est arrêté'));
    attentes.clear();
    fil.terminate();
    ouvrier = null;
  });
  return fil;
}

function tracer(police: string, plage: string): Promise<ArrayBuffer> {
  const numero = ++demandes;
  return new Promise((tenir, rompre) => {
    attentes.set(numero, { tenir, rompre });
    ouvrier ??= demarrer();
    ouvrier.postMessage({ numero, police, plage } satisfies DemandeGlyphes);
  });
}

addProtocol(SCHEMA, async ({ url }) => {
  const [police = '', plage = ''] = url.slice(SCHEMA.length + 3).split('/');
  let octets = plages.get(url);
  if (octets === undefined) {
    plages.set(url, (octets = tracer(decodeURIComponent(police), plage)));
    // Une plage manquée se redemande : une autre carte peut la réussir.
    octets.catch(() => plages.delete(url));
  }
  return { data: (await octets).slice(0) };
});
