import type { Progres } from '../../shared/contract.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import { nombre } from './tableau.ts';

/** Lecteur parti avant la fin (`cus … | head`) : ce n'est pas une erreur de la commande. */
const isLecteurParti = (e: NodeJS.ErrnoException): boolean => e.code === 'EPIPE' || e.code === 'ERR_STREAM_DESTROYED';

/** Écrit et attend que ce soit parti. Rend `false` si la sortie n'a pas pu tout prendre (disque plein). */
export function write(flux: NodeJS.WriteStream, texte: string): Promise<boolean> {
  return new Promise((fini) => {
    flux.write(texte, (e) => {
      fini(!e || isLecteurParti(e));
    });
  });
}

/** Sans cet écouteur, un lecteur parti ferait tomber le processus avec une trace. */
export function guardSorties(): void {
  for (const flux of [process.stdout, process.stderr]) flux.on('error', () => undefined);
}

export const linesErreur = (e: Erreur): string => `${e.message}\n${e.action}\n`;

export type Progression = { suivre(p: Progres): void; effacer(): void };

/** Progression sur stderr, seulement devant une personne. */
export function openProgression(flux: NodeJS.WriteStream): Progression {
  if (!flux.isTTY) return { suivre: () => undefined, effacer: () => undefined };
  let montre = false;
  return {
    suivre(p) {
      montre = true;
      const part = p.total === null ? nombre(p.fait) : `${nombre(p.fait)} sur ${nombre(p.total)}`;
      flux.write(`\r\u001b[K${p.etape} : ${part}`);
    },
    effacer() {
      if (montre) flux.write('\r\u001b[K');
      montre = false;
    },
  };
}
