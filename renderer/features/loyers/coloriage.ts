import { useMemo } from 'react';
import type { Methode } from '../../../shared/domain/carte/classes.ts';
import { useMeme } from '../../ui/meme.ts';
import { classer, classerLignes, legende, type Classes, type GrilleService, type Ligne, type LigneClassee, type LigneLegende, type LigneLoyers, type Mesure } from './mesures.ts';

/** Ce qu'une carte colorie : une mesure, ses classes, et la classe de chaque ligne, de même rang que `lignes`. */
export type Coloriage = { mesure: Mesure; classes: Classes; classees: LigneClassee[]; legende: LigneLegende[] };
type Reglage = { methode: Methode; posees: readonly number[] | null; grille: GrilleService | null; nombre: number };

/**
 * Le coloriage d'une mesure. Il ne change que si ses valeurs changent : les autres mesures, qui arrivent ensuite, ne
 * font redessiner ni la carte ni sa légende. `mesure` nulle : rien n'est colorié.
 */
export function useColoriage(base: readonly LigneLoyers[], lignes: readonly Ligne[], mesure: Mesure | null, { methode, posees, grille, nombre }: Reglage): Coloriage | null {
  const valeurs = useMeme(useMemo(() => (mesure === null ? [] : lignes.map((l) => l[mesure])), [lignes, mesure]));
  const classes = useMemo(() => (mesure === null ? null : classer(valeurs, mesure, methode, posees, grille, nombre)), [valeurs, mesure, methode, posees, grille, nombre]);
  const classees = useMemo(() => (classes === null ? [] : classerLignes(base, valeurs, classes)), [base, valeurs, classes]);
  return useMemo(
    () => (mesure === null || classes === null ? null : { mesure, classes, classees, legende: legende(base, valeurs, mesure, classes) }),
    [mesure, classes, classees, base, valeurs],
  );
}
