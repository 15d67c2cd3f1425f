import type { Base } from './base.ts';

/** Un dossier ouvert par ce processus. */
export type DossierOuvert = {
  chemin: string;
  base: Base;
  lectureSeule: boolean;
  /** Dossier de travail temporaire de ce dossier (préparation des imports), effacé à la fermeture. */
  temporaire: string;
  avertissements: string[];
  fermer(): void;
};
