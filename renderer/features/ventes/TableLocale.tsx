import { useCallback, useMemo, useState } from 'react';
import { inspecter, suivre } from '../../app/inspecteur.ts';
import { comparer, triSuivant, type Tri } from '../../grille/colonnes.ts';
import { Grille } from '../../grille/Grille.tsx';
import type { ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { editionDe } from './edition.ts';
import type { Ecrire } from './gestes.ts';

const AUCUN: ReadonlySet<string> = new Set();

/** Une courte table modifiable, dont toutes les lignes sont là. `choisie` est une clé. */
export function TableLocale<L>(props: {
  nom: string;
  colonnes: readonly ColonneLocale<L>[];
  lignes: readonly L[];
  cleDe: (l: L) => string;
  nomDe: (l: L) => string;
  modifiables: ReadonlySet<string>;
  texte: (l: L, colonne: string) => string;
  options?: (colonne: string) => readonly { valeur: string; libelle: string }[] | null;
  ecrire: Ecrire;
  lectureSeule: boolean;
  choisie: string | null;
  surChoix: (cle: string) => void;
  vide: string;
  lignesTexte?: 1 | 2 | 3;
}) {
  const { lignes, colonnes, cleDe, surChoix } = props;
  const [tri, setTri] = useState<Tri | null>(null);
  const triees = useMemo(() => {
    const colonne = colonnes.find((c) => c.cle === tri?.colonne);
    return tri && colonne ? lignes.toSorted((a, b) => comparer(colonne.valeur(a), colonne.valeur(b), tri.sens)) : [...lignes];
  }, [lignes, colonnes, tri]);
  const ligneA = useCallback((i: number) => triees[i] ?? null, [triees]);
  const rang = props.choisie === null ? null : triees.findIndex((l) => cleDe(l) === props.choisie);
  const edition = editionDe<L>({
    total: triees.length, ligneA, lire: (de, n) => Promise.resolve(triees.slice(de, de + n)), colonnes, retenus: AUCUN, cleDe, nomDe: props.nomDe, modifiables: props.modifiables, texte: props.texte,
    ...(props.options ? { options: props.options } : {}), ecrire: props.ecrire,
  });
  return (
    <Grille
      nom={props.nom}
      colonnes={colonnes}
      total={triees.length}
      ligneA={ligneA}
      tri={tri}
      surTri={(c) => setTri((t) => triSuivant(t, c))}
      choisie={rang === null || rang < 0 ? null : rang}
      surChoix={(i) => {
        const l = triees[i];
        if (l !== undefined) surChoix(cleDe(l));
      }}
      {...(props.lectureSeule ? {} : { edition })}
      surSujet={(sujet, demande) => (demande ? inspecter(sujet) : suivre(sujet))}
      vide={props.vide}
      {...(props.lignesTexte === undefined ? {} : { lignesTexte: props.lignesTexte })}
    />
  );
}
