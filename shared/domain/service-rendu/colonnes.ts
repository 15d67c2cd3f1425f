import { normaliser } from '../ensembles/cle.ts';
import { listCriteres } from './types.ts';
import type { Grille } from './types.ts';

/** Critère que désigne un texte (son code ou son nom, aux accents et à la casse près) ; `null` si aucun. */
export function findCritere(grille: Grille, texte: string): string | null {
  const cherche = normaliser(texte);
  const criteres = listCriteres(grille);
  return criteres.find((c) => c.code === texte.trim())?.code ?? (cherche === '' ? null : (criteres.find((c) => normaliser(c.libelle) === cherche || normaliser(c.code) === cherche)?.code ?? null));
}

/** Colonnes de l'export qui ne se relisent pas : elles se déduisent du dossier. */
export const COLONNES_DEDUITES: readonly string[] = ['nom_commune', 'logements', 'Résultat', 'Classe'];
