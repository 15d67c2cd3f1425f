import type { Profil, Sortie } from '../../shared/contract.ts';
import type { TypeTableau } from '../../shared/domain/tableaux/natures.ts';
import type { Essai } from './imports-essai.ts';
import type { Contexte, Suivi } from './contexte.ts';

export type DemandeTableau = { chemin: string; profil: Profil; /** Où écrire le rapport des anomalies. */ anomalies: string | undefined; appliquer: boolean };

/** Lit un tableau d'une nature et rend ce que `import.lire` répond ; rien n'est changé s'il lève. */
export type LecteurTableau = (contexte: Contexte, demande: DemandeTableau, suivi: Suivi) => Promise<Sortie<'import.lire'>>;

export type DemandeEssaiTableau = { chemin: string; profil: Profil; /** Nombre de lignes au-delà duquel la lecture s'arrête ; `null` : tout. */ limite: number | null };

/** Une anomalie vue à l'essai ; `rejet` : sa ligne ne sera pas gardée. */
export type VueTableau = { ligne: number; champ: string; valeur: string; code: string; message: string; rejet: boolean };
export type EssaiTableau = Pick<Essai, 'lignes' | 'acceptees' | 'signalees' | 'rejetees' | 'complet'> & { vues: readonly VueTableau[] };

/** Lit un tableau comme son lecteur le lirait, par la même lecture, sans rien écrire. */
export type EssayeurTableau = (contexte: Contexte, demande: DemandeEssaiTableau, suivi: Suivi) => Promise<EssaiTableau>;

/** Les lecteurs des natures autres que les logements ; une nature sans lecteur est refusée avec son nom. */
export const LECTEURS: Partial<Record<Exclude<TypeTableau, 'logements'>, LecteurTableau>> = {
  ops: async (...demande) => (await import('./occupation-import.ts')).importOps(...demande),
  'service-rendu': async (...demande) => (await import('./service-rendu-import.ts')).importNotes(...demande),
  attributions: async (...demande) => (await import('./attributions-import.ts')).importAttributions(...demande),
};

export const ESSAYEURS: Partial<Record<Exclude<TypeTableau, 'logements'>, EssayeurTableau>> = {
  ops: async (...demande) => (await import('./occupation-import.ts')).essayerOps(...demande),
  'service-rendu': async (...demande) => (await import('./service-rendu-import.ts')).essayerNotes(...demande),
  attributions: async (...demande) => (await import('./attributions-import.ts')).essayerAttributions(...demande),
};
