import { invalide } from '../../shared/erreurs.ts';
import type { Base } from '../store/base.ts';
import type { Suivi } from './contexte.ts';

/** Laisse passer les demandes arrivées pendant un long travail : une saisie, une annulation. */
export const rendreLaMain = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

export const interrompue = (): Error => invalide('annule', 'L’opération a été annulée.', 'Rien n’a été changé ; la relancer si besoin.');

export type Tour = { fait: number; total: number };
export type ParTours<T> = {
  /** Le résultat de l'état présent du dossier, calculé d'un bloc s'il n'est pas prêt. */
  lire(base: Base): T;
  /** Le rend prêt tour par tour : entre deux, le service répond aux autres demandes. Erreur « annule ». */
  preparer(base: Base, suivi: Suivi): Promise<void>;
};

/** Un changement pendant le calcul le fait reprendre ; au-delà, `lire` le fera d'un bloc. */
const REPRISES = 3;

/**
 * Un calcul qui parcourt tout le parc, gardé par dossier ouvert tant que `cle` ne change pas. `calculer` cède après
 * chaque tour. Dans une transaction, qui peut être défaite, rien n'est gardé. Deux demandes n'en font qu'un.
 */
export function parTours<T>(etape: string, cle: (base: Base) => string, calculer: (base: Base) => Generator<Tour, T>): ParTours<T> {
  const gardes = new WeakMap<Base, { cle: string; valeur: T }>();
  const enCours = new WeakMap<Base, Promise<unknown>>();
  const garde = (base: Base): { valeur: T } | null => {
    const g = gardes.get(base);
    return g !== undefined && g.cle === cle(base) ? g : null;
  };

  async function parcourir(base: Base, suivi: Suivi): Promise<void> {
    const depart = cle(base);
    const tours = calculer(base);
    for (let tour = tours.next(); ; tour = tours.next()) {
      if (base.inTransaction || cle(base) !== depart) return;
      if (tour.done) return void gardes.set(base, { cle: depart, valeur: tour.value });
      suivi.progres({ etape, ...tour.value });
      await rendreLaMain();
      if (!base.open || suivi.signal.aborted) throw interrompue();
    }
  }

  return {
    lire(base) {
      const deja = base.inTransaction ? null : garde(base);
      if (deja !== null) return deja.valeur;
      const depart = cle(base);
      const tours = calculer(base);
      let tour = tours.next();
      while (!tour.done) tour = tours.next();
      if (!base.inTransaction) gardes.set(base, { cle: depart, valeur: tour.value });
      return tour.value;
    },
    async preparer(base, suivi) {
      for (let reprise = 0; reprise < REPRISES && garde(base) === null; ) {
        const autre = enCours.get(base);
        if (autre !== undefined) await Promise.race([autre, abandon(suivi.signal)]);
        else {
          reprise += 1;
          const sien = parcourir(base, suivi);
          // Qui attend n'a pas à souffrir de l'abandon d'un autre : il reprend le calcul.
          enCours.set(base, sien.catch(() => undefined));
          await sien.finally(() => enCours.delete(base));
        }
        if (!base.open || suivi.signal.aborted) throw interrompue();
      }
    },
  };
}

const abandon = (signal: AbortSignal): Promise<void> => new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
