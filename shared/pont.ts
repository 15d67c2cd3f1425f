import type { Progres } from './contract.ts';
import type { Erreur } from './erreurs.ts';

/**
 * Le pont entre l'écran et le reste : tout ce que `window.atelier` offre, et ce qui y passe.
 * Il ne connaît le nom d'aucune opération : ajouter une opération ne le change jamais.
 */

/** Réponse d'un appel : une valeur, ou une erreur dite en français (code, message, action). */
export type ReponseAppel = { ok: true; value: unknown } | { ok: false; error: Erreur };

export type ProgresAppel = Progres & { id: string };

/** `redemarrage` : le service s'est interrompu et revient ; `arrete` : il ne reviendra pas seul. */
export type EtatService = { etat: 'demarrage' | 'pret' | 'redemarrage' | 'arrete'; erreur: Erreur | null };

export type FiltreFichier = { nom: string; extensions: string[] };
export type OptionsChoix = { titre?: string; filtres?: FiltreFichier[]; defaut?: string };

/** Ce que le menu demande à l'écran de faire. */
export type Commande =
  | 'accueil'
  | 'nouvelle-convention'
  | 'ouvrir'
  | 'importer'
  | 'fermer-dossier'
  | 'rechercher'
  | 'annuler'
  | 'refaire'
  | 'basculer-inspecteur'
  | 'basculer-rail'
  | 'a-propos';

export type Desabonner = () => void;

export type Pont = {
  /** Appelle une opération du service. `id` sert à l'annuler et à reconnaître son avancement. */
  appeler(nom: string, entree: unknown, id?: string): Promise<ReponseAppel>;
  /** Demande l'arrêt d'un appel en cours ; sans effet s'il est déjà fini. */
  annuler(id: string): void;
  surProgres(cb: (progres: ProgresAppel) => void): Desabonner;
  /** Le dernier état connu est donné aussitôt, puis chaque changement. */
  surEtatService(cb: (etat: EtatService) => void): Desabonner;
  /** Chemin choisi, ou `null` si la personne a renoncé. */
  choisirFichier(options?: OptionsChoix): Promise<string | null>;
  choisirDestination(options?: OptionsChoix): Promise<string | null>;
  choisirRepertoire(options?: OptionsChoix): Promise<string | null>;
  /** Chemin d'un fichier déposé sur la fenêtre ; chaîne vide s'il n'en a pas. */
  cheminDe(fichier: unknown): string;
  /** Montre un fichier dans le gestionnaire de fichiers du système. */
  montrerFichier(chemin: string): void;
  surCommande(cb: (commande: Commande) => void): Desabonner;
  /** Fichiers que le système demande d'ouvrir ; ceux arrivés avant l'abonnement sont gardés. */
  surOuvrir(cb: (chemin: string) => void): Desabonner;
};

/** Noms des canaux entre main et preload. */
export const canaux = {
  appeler: 'atelier:appeler',
  annuler: 'atelier:annuler',
  progres: 'atelier:progres',
  etatService: 'atelier:etat-service',
  lireEtatService: 'atelier:lire-etat-service',
  choisirFichier: 'atelier:choisir-fichier',
  choisirDestination: 'atelier:choisir-destination',
  choisirRepertoire: 'atelier:choisir-repertoire',
  montrerFichier: 'atelier:montrer-fichier',
  commande: 'atelier:commande',
  ouvrir: 'atelier:ouvrir',
} as const;
