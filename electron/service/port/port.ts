import type { Progres } from '../../../shared/contract.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import type { ReponseAppel } from '../../../shared/pont.ts';

/** Un bout d'un tuyau de messages entre deux processus, quel que soit le tuyau. */
export type Port<Recu, Envoye> = {
  /** Lève une erreur si le message ne peut être copié (fonction, classe à poignée native…). */
  postMessage(message: Envoye): void;
  onMessage(cb: (message: Recu) => void): void;
  close(): void;
};

/** De main vers le service. */
export type VersService = { id: string; nom: string; entree: unknown } | { annuler: string } | { fermer: true };

/** Du service vers main. `pret` une fois ouvert, `echec` s'il n'a pas pu l'être ; sa fin propre est la fin du processus. */
export type DuService =
  | { id: string; reponse: ReponseAppel }
  | { id: string; progres: Progres }
  | { pret: true }
  | { echec: Erreur };

/** Ce que main tient d'un service en marche : son port, et de quoi savoir et provoquer sa fin. */
export type ProcessusService = Port<DuService, VersService> & {
  onExit(cb: () => void): void;
  kill(): void;
  readonly pid: number | undefined;
};

/** Ce que le service doit savoir pour s'ouvrir ; passe en JSON dans les arguments du processus. */
export type OptionsProcessus = {
  repertoireDonnees: string;
  utilisateur: string;
  ordinateur: string;
  /** Horloge fixée (instant ISO), pour les essais et les démonstrations. */
  maintenant?: string;
};

/** Le service tel que le processus le voit (`electron/service/index.ts`). */
export type ServiceOuvert = {
  appeler(
    nom: string,
    entree: unknown,
    options?: { signal?: AbortSignal; progres?: (progres: Progres) => void },
  ): Promise<ReponseAppel>;
  fermer(): Promise<void>;
};
