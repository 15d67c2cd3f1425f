import type { Entree, Operation, Sortie } from '../../shared/contract.ts';

export type Option = {
  type: 'texte' | 'drapeau';
  /** Nom de la valeur dans l'aide : `N`, `FICHIER`. */
  valeur?: string;
  choix?: readonly string[];
  /** Peut être donnée plusieurs fois. */
  repetable?: boolean;
  aide: string;
};

/** Ce qu'un verbe reçoit : ses arguments lus, le service, et de quoi parler sans toucher à stdout. */
export type Appel = {
  /** Argument à sa place ; l'aide du verbe garantit qu'il est là. */
  argument(rang: number): string;
  /** Argument ou texte donné, en chemin absolu. */
  chemin(donne: string): string;
  texte(option: string): string | undefined;
  /** Toutes les valeurs d'une option répétable, dans l'ordre. */
  textes(option: string): string[];
  /** Option qui nomme un fichier, en chemin absolu. */
  fichier(option: string): string | undefined;
  drapeau(option: string): boolean;
  /** Exécute une opération du contrat ; lève l'erreur du service. */
  appeler<O extends Operation>(operation: O, entree: Entree<O>): Promise<Sortie<O>>;
  /** Message en cours de route (stderr en `--json`, stdout sinon). */
  dire(texte: string): void;
  /** Remarque, toujours sur stderr. */
  avertir(texte: string): void;
};

export type Reponse = {
  json: Record<string, unknown>;
  /** Ce qui est dit à la personne, sans `--json`. */
  texte: string;
  sortie?: 0 | 1 | 2;
};

export type Verbe = {
  nom: string;
  resume: string;
  arguments: readonly { nom: string; aide: string }[];
  options: Readonly<Record<string, Option>>;
  /** Lignes de commande, sans le nom du programme. */
  exemples: readonly string[];
  /** Précisions, après les options. */
  notes?: string;
  run(appel: Appel): Promise<Reponse>;
};

/** Le dossier nommé par le premier argument, ouvert ; son chemin absolu. */
export async function openDossierDe(appel: Appel): Promise<string> {
  const chemin = appel.chemin(appel.argument(0));
  const { avertissements } = await appel.appeler('dossier.ouvrir', { chemin });
  for (const a of avertissements) appel.avertir(a);
  return chemin;
}
