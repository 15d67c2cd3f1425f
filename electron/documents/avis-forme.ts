/** La forme d'avis.xlsx, commune à qui l'écrit et à qui le lit. */
import { createHash } from 'node:crypto';
import type { DonneesRetour } from '../../shared/paquet/donnees.ts';

export type NatureObservation = DonneesRetour['observations'][number]['nature'];
export type AvisRetour = NonNullable<DonneesRetour['avis']>;

export const FEUILLE_AVIS = 'Avis';
export const FEUILLE_OBSERVATIONS = 'Observations';

/** Libellés de la première feuille, qui servent à retrouver leurs valeurs. */
export const LIGNES_AVIS = {
  siren: 'SIREN', organisme: 'Organisme', version: 'Version du dépôt', empreinte: 'Empreinte du dépôt', lignes: 'Nombre de lignes', controle: 'Contrôle',
  avis: 'Avis', auteur: 'Auteur', date: 'Date',
} as const;

export const COLONNES_OBSERVATIONS = ['N°', 'champ', 'Rubrique', 'Libellé', 'Valeur déposée', 'Nature', 'Texte', 'Valeur proposée', 'Contrôle'] as const;
export type ColonneObservation = (typeof COLONNES_OBSERVATIONS)[number];

/** Court résumé qui lie un identifiant à sa place et à son dépôt : détecte l'erreur, pas la malveillance. */
export function controle(...parts: (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 10);
}

/** Pourquoi une remarque n'est pas recevable, en une phrase ; `null` si elle l'est. */
export function refusRemarque(o: { nature: NatureObservation; texte: string; valeurProposee: string | null }): string | null {
  if (o.nature === 'proposition' && (o.valeurProposee ?? '').trim() === '') return 'Une proposition doit porter une valeur proposée.';
  if (o.texte.trim() === '' && o.nature !== 'favorable' && o.nature !== 'proposition') return 'Le texte de la remarque est vide.';
  return null;
}
