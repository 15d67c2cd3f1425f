import { invalide } from '../../shared/erreurs.ts';

/** Laisse passer les demandes arrivées pendant un long travail : une saisie, une annulation. */
export const rendreLaMain = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

export const interrompue = (): Error => invalide('annule', 'L’opération a été annulée.', 'Rien n’a été changé ; la relancer si besoin.');
