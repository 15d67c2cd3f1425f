import { lancerNoeud } from './noeud.ts';
import { lancerUtilitaire } from './utilitaire.ts';

/** Fixé à la construction (`build/vite`) : l'autre lanceur disparaît du fichier produit. */
declare const __ADAPTATEUR__: 'spawn' | 'utilityProcess';

export const lancerService = __ADAPTATEUR__ === 'spawn' ? lancerNoeud : lancerUtilitaire;
