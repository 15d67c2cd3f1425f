import { useCallback, useMemo, useState, type ReactNode, type Ref } from 'react';
import { inspecter, suivre } from '../app/inspecteur.ts';
import { comparer, triSuivant, type ColonneGrille, type Tri } from './colonnes.ts';
import { Grille } from './Grille.tsx';
import { appliquerGeste, type Geste, type Retenues } from './retenues.ts';

export type ColonneLocale<L> = ColonneGrille<L> & { valeur: (ligne: L) => string | number | null };

/** Grille dont toutes les lignes sont là : triée ici. `choisie` est une clé, pas un rang. */
export function GrilleLocale<L>(props: {
  nom: string;
  colonnes: readonly ColonneLocale<L>[];
  lignes: readonly L[];
  cleDe: (ligne: L) => string;
  choisie?: string | null;
  surChoix?: (cle: string) => void;
  retenues?: Retenues;
  surRetenues?: (retenues: Retenues) => void;
  surRenommer?: (cle: string) => void;
  totaux?: Record<string, ReactNode>;
  vide?: ReactNode;
  className?: string;
  racine?: Ref<HTMLDivElement>;
  triInitial?: Tri | null;
  occupe?: boolean;
}) {
  const { lignes, colonnes, cleDe, surChoix, retenues, surRetenues, surRenommer } = props;
  const [tri, setTri] = useState<Tri | null>(props.triInitial ?? null);
  const triees = useMemo(() => {
    const colonne = colonnes.find((c) => c.cle === tri?.colonne);
    if (!tri || !colonne) return lignes;
    // Chaque valeur est lue une fois, non à chaque comparaison.
    return lignes.map((ligne) => ({ ligne, valeur: colonne.valeur(ligne) })).toSorted((a, b) => comparer(a.valeur, b.valeur, tri.sens)).map(({ ligne }) => ligne);
  }, [lignes, colonnes, tri]);
  const rangs = useMemo(() => new Map(triees.map((l, i) => [cleDe(l), i])), [triees, cleDe]);
  const ligneA = useCallback((i: number) => triees[i] ?? null, [triees]);
  const surTri = useCallback((c: string) => setTri((t) => triSuivant(t, c)), []);
  const surChoixRang = useCallback(
    (i: number) => {
      const ligne = triees[i];
      if (ligne !== undefined) surChoix?.(cleDe(ligne));
    },
    [triees, cleDe, surChoix],
  );
  const estRetenue = (i: number) => {
    const ligne = triees[i];
    return ligne !== undefined && retenues?.retenues.has(cleDe(ligne)) === true;
  };
  const surRetenir = (geste: Geste) => {
    if (retenues && surRetenues) surRetenues(appliquerGeste(retenues, geste, (de, a) => triees.slice(de, a + 1).map(cleDe), triees.length));
  };
  return (
    <Grille
      nom={props.nom}
      colonnes={colonnes}
      total={triees.length}
      ligneA={ligneA}
      tri={tri}
      surTri={surTri}
      {...(props.totaux ? { totaux: props.totaux } : {})}
      choisie={props.choisie == null ? null : (rangs.get(props.choisie) ?? null)}
      surChoix={surChoixRang}
      {...(retenues && surRetenues ? { estRetenue, surRetenir, retient: retenues.retenues.size > 0 } : {})}
      {...(surRenommer
        ? {
            surRenommer: (i: number) => {
              const ligne = triees[i];
              if (ligne !== undefined) surRenommer(cleDe(ligne));
            },
          }
        : {})}
      surSujet={(sujet, demande) => (demande ? inspecter(sujet) : suivre(sujet))}
      vide={props.vide}
      {...(props.className ? { className: props.className } : {})}
      {...(props.racine ? { racine: props.racine } : {})}
      occupe={props.occupe ?? false}
    />
  );
}
