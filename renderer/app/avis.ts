import { create } from 'zustand';
import type { Erreur } from '../../shared/erreurs.ts';

/** Ce qui échoue hors d'un écran précis (ouvrir un fichier déposé) : dit sous la barre, jusqu'à ce qu'on le ferme. */
export const useAvis = create<{ erreur: Erreur | null; info: string | null }>(() => ({ erreur: null, info: null }));

export function dire(erreur: Erreur): void {
  useAvis.setState({ erreur, info: null });
}

export function informer(info: string): void {
  useAvis.setState({ info, erreur: null });
}

export function fermerAvis(): void {
  useAvis.setState({ erreur: null, info: null });
}
