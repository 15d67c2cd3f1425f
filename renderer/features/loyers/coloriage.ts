import { useMemo } from 'react';
import type { Methode } from '../../../shared/domain/carte/classes.ts';
import { classerEnsemble } from '../../../shared/domain/carte/classer.ts';
import { useMeme } from '../../ui/meme.ts';
import { classer, classerLignes, legende, type Classes, type GrilleService, type Ligne, type LigneClassee, type LigneLegende, type LigneLoyers, type Mesure } from './mesures.ts';

/** Ce qu'une carte colorie : une mesure, ses classes, et la classe de chaque ligne, de même rang que `lignes`. */
export type Coloriage = { mesure: Mesure; classes: Classes; classees: LigneClassee[]; legende: LigneLegende[] };
type Reglage = { methode: Methode; posees: readonly number[] | null; grille: GrilleService | null; nombre: number };

const useValeurs = (lignes: readonly Ligne[], mesure: Mesure | null): readonly (number | null)[] =>
  useMeme(useMemo(() => (mesure === null ? [] : lignes.map((l) => l[mesure])), [lignes, mesure]));

function useColoriage(base: readonly LigneLoyers[], valeurs: readonly (number | null)[], mesure: Mesure | null, classes: Classes | null): Coloriage | null {
  const classees = useMemo(() => (classes === null ? [] : classerLignes(base, valeurs, classes)), [base, valeurs, classes]);
  return useMemo(
    () => (mesure === null || classes === null ? null : { mesure, classes, classees, legende: legende(base, valeurs, mesure, classes) }),
    [mesure, classes, classees, base, valeurs],
  );
}

/**
 * Le coloriage de la carte, et celui de la seconde (`null` : il n'y en a pas), dont les lignes ont le même rang. Il ne
 * change que si ses valeurs changent : les autres mesures, qui arrivent ensuite, ne font redessiner ni la carte ni sa
 * légende. Deux fois la même mesure a les mêmes classes sur les deux cartes.
 */
export function useColoriages(
  base: readonly LigneLoyers[], lignes: readonly Ligne[], mesure: Mesure,
  autre: { lignes: readonly Ligne[]; mesure: Mesure | null },
  { methode, posees, grille, nombre }: Reglage,
): [Coloriage | null, Coloriage | null] {
  const valeurs = useValeurs(lignes, mesure);
  const autres = useValeurs(autre.lignes, autre.mesure);
  const memes = autre.mesure === mesure;
  const aCouvrir = memes && autre.lignes !== lignes ? autres : null;
  const classes = useMemo(
    () => (aCouvrir === null ? classer(valeurs, mesure, methode, posees, grille, nombre) : classerEnsemble(valeurs, aCouvrir, { mesure, methode, posees, grille, nombre })),
    [valeurs, aCouvrir, mesure, methode, posees, grille, nombre],
  );
  const siennes = useMemo(() => (autre.mesure === null || memes ? null : classer(autres, autre.mesure, methode, null, grille, nombre)), [autres, autre.mesure, memes, methode, grille, nombre]);
  return [useColoriage(base, valeurs, mesure, classes), useColoriage(base, autres, autre.mesure, memes ? classes : siennes)];
}
