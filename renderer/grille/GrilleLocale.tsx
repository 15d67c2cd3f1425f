import { useCallback, useMemo, useState, type ReactNode, type Ref } from 'react';
import { inspecter, suivre } from '../app/inspecteur.ts';
import { useMeme } from '../ui/meme.ts';
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
  const valeurDe = colonnes.find((c) => c.cle === tri?.colonne)?.valeur;
  const sens = valeurDe === undefined ? undefined : tri?.sens;
  // Chaque valeur est lue une fois, non à chaque comparaison ; tant qu'aucune ne change, l'ordre est le même.
  const valeurs = useMeme(useMemo(() => (valeurDe === undefined ? [] : lignes.map(valeurDe)), [lignes, valeurDe]));
  const ordre = useMemo(() => (sens === undefined ? null : valeurs.map((_, i) => i).sort((a, b) => comparer(valeurs[a] ?? null, valeurs[b] ?? null, sens))), [valeurs, sens]);
  const triees = useMemo(() => (ordre === null ? lignes : ordre.flatMap((i) => lignes[i] ?? [])), [lignes, ordre]);
  const { choisie = null } = props;
  const rangChoisi = useMemo(() => {
    const rang = choisie === null ? -1 : triees.findIndex((l) => cleDe(l) === choisie);
    return rang < 0 ? null : rang;
  }, [triees, choisie, cleDe]);
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
      choisie={rangChoisi}
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
