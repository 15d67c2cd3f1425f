import type { Entree, EntreeLue, Operation, Progres, Sortie } from '../../shared/contract.ts';
import type { DossierOuvert } from '../store/ouverture.ts';

/** Suivi d'un appel long : annulation demandée, progression dite. */
export type Suivi = { signal: AbortSignal; progres(p: Progres): void };

/** Ce qu'un cas d'usage reçoit : l'horloge, la personne, le dossier ouvert. Rien n'est global. */
export type Contexte = {
  maintenant(): Date;
  utilisateur: string;
  ordinateur: string;
  /** Dossier de l'application sur cet ordinateur (récents, fonds de carte, profils). */
  repertoireDonnees: string;
  /** Vrai dans la fenêtre : une sauvegarde à la première ouverture du jour. */
  sauvegardeQuotidienne: boolean;
  /** Le dossier ouvert ; erreur « aucun-dossier » sinon. */
  dossier(): DossierOuvert;
  /** Le dossier ouvert en écriture ; erreur « lecture-seule » sinon. */
  dossierEcriture(): DossierOuvert;
  ouvrir(dossier: DossierOuvert): Promise<void>;
  fermer(): Promise<void>;
  aucunDossierOuvert(): boolean;
  /** Appelle une autre opération du service, avec le même suivi. */
  appeler<O extends Operation>(operation: O, entree: Entree<O>): Promise<Sortie<O>>;
  /** Notes de la session du service (comparaisons en attente…), vidées à la fermeture du dossier. */
  session: Map<string, unknown>;
  /** À faire à la fermeture du dossier (fichiers temporaires…). */
  aLaFermeture(faire: () => void): void;
};

export type Handler<O extends Operation> = (
  contexte: Contexte,
  entree: EntreeLue<O>,
  suivi: Suivi,
) => Sortie<O> | Promise<Sortie<O>>;

export type Handlers = { [O in Operation]: Handler<O> };

/** Décalage de La Réunion : la date du jour la plus avancée où un organisme peut être. */
const AVANCE_MS = 4 * 3_600_000;

/** Dernier jour, date ISO, où une chose dite faite a pu l'être. */
export const jourAvance = (contexte: Contexte): string => new Date(contexte.maintenant().getTime() + AVANCE_MS).toISOString().slice(0, 10);
