import { parseNote } from '../../../shared/domain/service-rendu/echelle.ts';
import type { Echelle } from '../../../shared/domain/service-rendu/types.ts';
import type { Bloc } from '../engagements/selection.ts';
import type { CritereNote, EnsembleNote, Pose, RefusNote } from './magasin.ts';

export type Planche = { ensembles: readonly EnsembleNote[]; criteres: readonly CritereNote[]; echelle: Echelle };

const nommer = (e: EnsembleNote, c: CritereNote): string => `${e.nom}, ${c.libelle}`;

function* cases({ ensembles, criteres }: Planche, bloc: Bloc): Generator<{ e: EnsembleNote; c: CritereNote; rang: number; colonne: number }> {
  for (let rang = bloc.haut; rang <= bloc.bas; rang += 1) {
    for (let colonne = bloc.gauche; colonne <= bloc.droite; colonne += 1) {
      const [e, c] = [ensembles[rang], criteres[colonne]];
      if (e && c) yield { e, c, rang, colonne };
    }
  }
}

export const planifierEffacement = (planche: Planche, bloc: Bloc): Pose[] =>
  [...cases(planche, bloc)].map(({ e, c }) => ({ ensemble: e.id, critere: c.code, saisie: '', nom: nommer(e, c) }));

/** Recopie vers le bas : la première rangée du bloc dans les suivantes ; une rangée seule reprend celle du dessus. */
export function planifierRecopie(planche: Planche, bloc: Bloc, texteDe: (ensemble: string, critere: string) => string): Pose[] {
  const source = bloc.haut === bloc.bas ? bloc.haut - 1 : bloc.haut;
  const modele = planche.ensembles[source];
  if (!modele) return [];
  return [...cases(planche, bloc)].filter(({ rang }) => rang !== source).map(({ e, c }) => ({ ensemble: e.id, critere: c.code, saisie: texteDe(modele.id, c.code), nom: nommer(e, c) }));
}

/**
 * Où va chaque valeur collée : une valeur seule remplit toute la sélection, un bloc se pose à partir de son coin.
 * Rien n'est perdu en silence : ce qui tombe dehors est nommé, ce qui n'est pas sur l'échelle est posé tel quel et
 * nommé aussi.
 */
export function planifierCollage(planche: Planche, bloc: Bloc, tableau: readonly (readonly string[])[]): { poses: Pose[]; refus: RefusNote[] } {
  const poses: Pose[] = [];
  const refus: RefusNote[] = [];
  const poser = (rang: number, colonne: number, brut: string): void => {
    const saisie = brut.trim();
    const [e, c] = [planche.ensembles[rang], planche.criteres[colonne]];
    if (!e || !c) {
      if (saisie !== '') refus.push({ nom: e ? `${e.nom}, après le dernier critère` : `ligne ${rang + 1}, sous le dernier ensemble`, saisie, message: 'Cette valeur tombe hors du tableau.' });
      return;
    }
    poses.push({ ensemble: e.id, critere: c.code, saisie, nom: nommer(e, c) });
    const lue = parseNote(planche.echelle, saisie);
    if (!lue.ok) refus.push({ nom: nommer(e, c), saisie, message: lue.message });
  };
  const seule = tableau.length === 1 && tableau[0]?.length === 1 ? (tableau[0][0] ?? '') : null;
  if (seule !== null) for (const { rang, colonne } of cases(planche, bloc)) poser(rang, colonne, seule);
  else for (const [i, valeurs] of tableau.entries()) for (const [j, valeur] of valeurs.entries()) poser(bloc.haut + i, bloc.gauche + j, valeur);
  return { poses, refus };
}
