import { texteMois } from '../../../shared/domain/rpls/affichage-colonne.ts';
import type { Colonne } from './cases.tsx';

/** `1 234,56` ou `1234.56` → 1234.56 ; `null` si ce n'est pas un nombre. */
export function lireNombre(texte: string): number | null {
  const propre = texte.replace(/[\s\u00a0\u202f€]/gu, '').replace('m²', '').replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(propre) ? Number(propre) : null;
}

/** Colonnes dont les valeurs se rangent : un intervalle y a un sens. */
export const aIntervalle = (c: Colonne): boolean => c.type === 'nombre' || c.type === 'euros' || c.type === 'surface' || c.type === 'mois' || c.type === 'jour' || c.nom === 'nbpiece';

/** Une borne telle que tapée (`07/2021`, `1 234,5`), dans la forme du filtre ; `null` si elle ne se lit pas. */
export function lireBorne(colonne: Colonne, texte: string): string | null {
  const t = texte.trim();
  if (colonne.type === 'mois') {
    const [, mois = '', annee = ''] = /^(0?[1-9]|1[0-2])\/(\d{4})$/.exec(t) ?? [];
    if (annee !== '') return `${annee}-${mois.padStart(2, '0')}`;
    return /^\d{4}-(0[1-9]|1[0-2])$/.test(t) ? t : null;
  }
  if (colonne.type === 'jour') {
    const [, j = '', m = '', a = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(t) ?? [];
    const iso = a === '' ? t : `${a}-${m.padStart(2, '0')}-${j.padStart(2, '0')}`;
    return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(iso) ? iso : null;
  }
  const n = lireNombre(t);
  return n === null ? null : String(n);
}

/** La même borne, comme on l'écrit. */
export function ecrireBorne(colonne: Colonne, borne: string): string {
  if (colonne.type === 'mois' || colonne.type === 'jour') return texteMois(borne);
  return borne.replace('.', ',');
}

/** Exemple montré dans un champ vide. */
export function exempleBorne(colonne: Colonne): string {
  switch (colonne.type) {
    case 'mois': return 'mm/aaaa';
    case 'jour': return 'jj/mm/aaaa';
    case 'euros': return '0,00 €';
    case 'surface': return '0,00 m²';
    default: return '';
  }
}
