import { decodeCellule } from './cellule.ts';
import type { Champ } from './champs.ts';
import { ecrireCentiemes } from './controler.ts';
import { ILLISIBLE } from './decoder.ts';
import type { Valeur } from './decoder.ts';

/** Une valeur dans l'écriture du terminal et du journal : décimales à point, mois et jours ISO ; `null` si inconnue. */
export function ecrireValeur(champ: Champ, valeur: Valeur): string | null {
  if (valeur === null) return null;
  return (champ.type === 'surface' || champ.type === 'euros') && typeof valeur === 'number' ? ecrireCentiemes(valeur).replace(',', '.') : String(valeur);
}

/** L'inverse d'`ecrireValeur`, pour montrer ce que le journal a gardé ; `null` si le texte n'est pas une valeur du champ. */
export function relireValeur(champ: Champ, texte: string | null): Valeur {
  if (texte === null || champ.type === 'texte') return texte;
  const { valeur } = decodeCellule(champ, texte);
  return valeur === ILLISIBLE ? null : valeur;
}

/** Le texte qu'une case propose à la modification et à la copie : ce que `parseCase` relit sans rien perdre. */
export function texteSaisie(champ: Champ, valeur: Valeur): string {
  if (valeur === null) return '';
  switch (champ.type) {
    case 'surface':
    case 'euros':
      return typeof valeur === 'number' ? ecrireCentiemes(valeur) : valeur;
    case 'mois':
    case 'jour':
      return String(valeur).split('-').reverse().join('/');
    default:
      return String(valeur);
  }
}
