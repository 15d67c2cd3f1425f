import type { z } from 'zod';
import type { Avis as AvisContrat } from '../../contract.ts';
import type { Etat, Nature } from './etats.ts';

type Avis = z.output<typeof AvisContrat>;

/** Les mots des remarques, les mêmes à l'écran, au terminal et dans avis.xlsx. */
export const NATURES: Readonly<Record<Nature, string>> = {
  'a-corriger': 'À corriger', 'a-completer': 'À compléter', question: 'Question', proposition: 'Proposition de valeur', favorable: 'Favorable',
};
export const AVIS: Readonly<Record<Avis, string>> = { favorable: 'Favorable', reserve: 'Réservé', defavorable: 'Défavorable' };
export const ETATS: Readonly<Record<Etat, string>> = { ouverte: 'Ouverte', repondue: 'Répondue', levee: 'Levée' };

/** Casse, accents, tirets et espaces ne comptent pas dans un choix de liste. */
export function simplify(texte: string): string {
  return texte.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
}

/** Cherche une clé par son libellé ou par elle-même. */
export function findChoice<K extends string>(table: Readonly<Record<K, string>>, texte: string): K | null {
  const cherche = simplify(texte);
  for (const cle in table) if (simplify(table[cle]) === cherche || simplify(cle) === cherche) return cle;
  return null;
}
