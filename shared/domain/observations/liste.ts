import type { Nature } from './etats.ts';
import { NATURES, findChoice } from './libelles.ts';

export type Remarque = { champ: string; nature: Nature; texte: string; valeurProposee: string | null; ligne: number };
export type Refusee = { ligne: number; raison: string };

/** Une ligne d'une liste de remarques, telle que lue : texte de chaque colonne, vide si absente. */
export type LigneRemarque = { ligne: number; champ: string; nature: string; texte: string; valeurProposee: string };

/**
 * Trie les lignes d'une liste : celles qui sont des remarques sur un champ de `connus`, et les autres
 * avec leur raison. Une ligne entièrement vide n'est rien.
 */
export function readRemarques(lignes: readonly LigneRemarque[], connus: ReadonlySet<string>): { remarques: Remarque[]; refusees: Refusee[] } {
  const remarques: Remarque[] = [];
  const refusees: Refusee[] = [];
  for (const l of lignes) {
    if ([l.champ, l.nature, l.texte, l.valeurProposee].every((t) => t.trim() === '')) continue;
    const nature = findChoice(NATURES, l.nature);
    const champ = l.champ.trim();
    const valeurProposee = l.valeurProposee.trim() === '' ? null : l.valeurProposee.trim();
    if (nature === null) refusees.push({ ligne: l.ligne, raison: `« ${l.nature} » n’est pas une nature (${Object.keys(NATURES).join(', ')}).` });
    else {
      const remarque = { champ, nature, texte: l.texte.trim(), valeurProposee, ligne: l.ligne };
      const raison = refusalOf(remarque, connus);
      if (raison === null) remarques.push(remarque);
      else refusees.push({ ligne: l.ligne, raison });
    }
  }
  return { remarques, refusees };
}

/** Pourquoi une remarque n'est pas recevable, en une phrase ; `null` si elle l'est. */
export function refusalOf(r: Omit<Remarque, 'ligne'>, connus: ReadonlySet<string>): string | null {
  if (r.champ === '') return 'Le champ n’est pas nommé.';
  if (!connus.has(r.champ)) return `Le champ « ${r.champ} » n’existe pas dans ce dépôt.`;
  if (r.nature === 'proposition' && r.valeurProposee === null) return 'Une proposition doit porter une valeur proposée.';
  if (r.texte === '' && r.nature !== 'favorable' && r.nature !== 'proposition') return 'Le texte de la remarque est vide.';
  return null;
}
