import { hasard } from './hasard.ts';

export type NoteDemonstration = { ensemble: string; critere: string; saisie: string };

function graineDe(texte: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < texte.length; i++) h = Math.imul(h ^ texte.charCodeAt(i), 0x01000193);
  return h;
}

/**
 * Notes fictives de 1 à 4, toujours les mêmes pour les mêmes ensembles : un ensemble bien tenu l'est partout,
 * à un point près. Un ensemble sur douze n'est pas encore noté, un autre l'est à peine ; sans ascenseur, pas de note.
 */
export function notesServiceRendu(ensembles: readonly string[], criteres: readonly string[]): NoteDemonstration[] {
  return ensembles.flatMap((ensemble) => {
    const h = hasard(graineDe(ensemble));
    const rang = h.entier(0, 11);
    if (rang === 0) return [];
    const niveau = h.pondere([[1, 1], [2, 3], [3, 5], [4, 2]]);
    return criteres.flatMap((critere, i) => {
      if ((rang === 1 && i > 3) || (critere === 'ascenseurs' && h.chance(0.5))) return [];
      const note = Math.max(1, Math.min(4, niveau + h.pondere([[-1, 2], [0, 5], [1, 2]])));
      return [{ ensemble, critere, saisie: String(note) }];
    });
  });
}
