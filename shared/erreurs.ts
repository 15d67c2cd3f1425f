/**
 * Une erreur dite à l'utilisateur : ce qui ne va pas, puis que faire. Le code traverse les
 * processus (une classe ne le peut pas) ; `sortie` est le code de retour du terminal.
 */
export type Erreur = {
  code: string;
  /** Ce qui ne va pas, en français, phrase complète. */
  message: string;
  /** Que faire, en français, phrase complète. */
  action: string;
  /** 1 : la réponse est non (constat bloquant, paquet modifié, retour refusé). 2 : entrée invalide. */
  sortie: 1 | 2;
  details?: unknown;
};

/** Porteur d'une `Erreur` à l'intérieur d'un processus ; à la frontière seul `erreur` passe. */
export class ErreurCus extends Error {
  readonly erreur: Erreur;
  constructor(erreur: Erreur) {
    super(`${erreur.message} ${erreur.action}`);
    this.name = 'ErreurCus';
    this.erreur = erreur;
  }
}

/** Entrée invalide ou illisible (sortie 2). */
export function invalide(code: string, message: string, action: string, details?: unknown): ErreurCus {
  return new ErreurCus({ code, message, action, sortie: 2, ...(details === undefined ? {} : { details }) });
}

/** Demande comprise, réponse non (sortie 1). */
export function refus(code: string, message: string, action: string, details?: unknown): ErreurCus {
  return new ErreurCus({ code, message, action, sortie: 1, ...(details === undefined ? {} : { details }) });
}

/** Fin d'un aiguillage exhaustif : le compilateur refuse un cas oublié. */
export function missingCase(x: never): never {
  throw new Error(`cas non traité : ${JSON.stringify(x)}`);
}
