import type { Profil, Sortie } from '../../shared/contract.ts';
import type { TypeTableau } from '../../shared/domain/tableaux/natures.ts';
import type { Contexte, Suivi } from './contexte.ts';

export type DemandeTableau = { chemin: string; profil: Profil; /** Où écrire le rapport des anomalies. */ anomalies: string | undefined; appliquer: boolean };

/** Lit un tableau d'une nature et rend ce que `import.lire` répond ; rien n'est changé s'il lève. */
export type LecteurTableau = (contexte: Contexte, demande: DemandeTableau, suivi: Suivi) => Promise<Sortie<'import.lire'>>;

/** Les lecteurs des natures autres que les logements ; une nature sans lecteur est refusée avec son nom. */
export const LECTEURS: Partial<Record<Exclude<TypeTableau, 'logements'>, LecteurTableau>> = {
  ops: async (...demande) => (await import('./occupation-import.ts')).importOps(...demande),
  'service-rendu': async (...demande) => (await import('./service-rendu-import.ts')).importNotes(...demande),
};
