import { useCallback, useEffect, useMemo, useState, type Ref } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { inspecter, suivre } from '../../app/inspecteur.ts';
import { appeler } from '../../app/service.ts';
import { comparer, triSuivant, type Tri } from '../../grille/colonnes.ts';
import { Grille } from '../../grille/Grille.tsx';
import { appliquerGeste, type Geste } from '../../grille/retenues.ts';
import { accord, deuxDecimales, nombre } from '../../ui/format.ts';
import { useColonnes } from './colonnes.tsx';
import { editionNpl } from './edition.ts';
import type { Rangee } from './lignes.ts';
import { useNpl, type Resultat } from './magasin.ts';

const expliquer = (sujet: string, demande: boolean): void => (demande ? inspecter(sujet) : suivre(sujet));

/** Le tableau par ensemble et plafond de ressources : se trie, se filtre, se saisit comme un tableur. */
export function TableNpl(props: { scenario: number; resultat: Resultat; toutes: readonly Rangee[]; montrees: readonly Rangee[]; lectureSeule: boolean; racine: Ref<HTMLDivElement> }) {
  const { scenario, toutes, montrees, lectureSeule } = props;
  const retenues = useNpl((s) => s.retenues);
  const choisie = useNpl((s) => s.choisie);
  const colonnes = useColonnes(toutes, props.resultat.scenario);
  const [tri, setTri] = useState<Tri | null>(null);
  const ordre = useOrdre(montrees, colonnes, tri);
  const rangs = useMemo(() => new Map(ordre.map((r, i) => [r.cle, i])), [ordre]);
  const totaux = useTotaux(props.resultat, scenario, ordre, retenues.retenues);
  const edition = lectureSeule ? undefined : editionNpl({ scenario, lignes: ordre, retenues: retenues.retenues, colonnes });
  const ligneA = useCallback((i: number) => ordre[i] ?? null, [ordre]);
  return (
    <Grille
      nom="Maximums par ensemble"
      className="npl-table"
      colonnes={colonnes}
      total={ordre.length}
      ligneA={ligneA}
      tri={tri}
      surTri={(c) => setTri((t) => triSuivant(t, c))}
      choisie={choisie === null ? null : (rangs.get(choisie) ?? null)}
      surChoix={(i) => useNpl.setState({ choisie: ordre[i]?.cle ?? null })}
      estRetenue={(i) => retenues.retenues.has(ordre[i]?.cle ?? '')}
      surRetenir={(geste: Geste) => useNpl.setState((s) => ({ retenues: appliquerGeste(s.retenues, geste, (de, a) => ordre.slice(de, a + 1).map((r) => r.cle), ordre.length) }))}
      retient={retenues.retenues.size > 0}
      {...(edition ? { edition } : {})}
      surSujet={expliquer}
      totaux={totaux}
      racine={props.racine}
      vide="Aucune ligne ne répond à ces filtres."
    />
  );
}

/** L'ordre montré ; une saisie ne déplace pas la ligne qu'on vient de remplir : le tri se refait quand on le demande. */
function useOrdre(montrees: readonly Rangee[], colonnes: ReturnType<typeof useColonnes>, tri: Tri | null): readonly Rangee[] {
  const cles = montrees.map((r) => r.cle).join(' ');
  const rang = useMemo(() => {
    const colonne = colonnes.find((c) => c.cle === tri?.colonne);
    if (!tri || !colonne) return null;
    return new Map(montrees.toSorted((a, b) => comparer(colonne.valeur(a), colonne.valeur(b), tri.sens)).map((r, i) => [r.cle, i]));
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [cles, tri]);
  return useMemo(() => (rang === null ? montrees : montrees.toSorted((a, b) => (rang.get(a.cle) ?? 0) - (rang.get(b.cle) ?? 0))), [montrees, rang]);
}

type Totaux = Pick<Sortie<'npl.totaliser'>, 'logements' | 'avant' | 'apres' | 'parBase'>;

/** Les sommes de la sélection, sinon de ce qui est montré : comptées par le service, comme la masse ; tout montré, c'est la masse elle-même. */
function useTotaux(resultat: Resultat, scenario: number, montrees: readonly Rangee[], retenues: ReadonlySet<string>): Record<string, string> {
  const cibles = useMemo(
    () => montrees.filter((r) => retenues.size === 0 || retenues.has(r.cle)).flatMap((r) => (r.ligne === null ? [] : [{ ensemble: r.ensemble, plafond: r.ligne.plafond }])),
    [montrees, retenues],
  );
  const [lus, setLus] = useState<{ cibles: typeof cibles; totaux: Totaux } | null>(null);
  const tout = cibles.length === resultat.lignes.length;
  useEffect(() => {
    if (tout) return undefined;
    let quitte = false;
    appeler('npl.totaliser', { scenario, cibles }).then((totaux) => !quitte && setLus({ cibles, totaux }), () => undefined);
    return () => {
      quitte = true;
    };
  }, [tout, scenario, cibles]);
  const t: Totaux | null = tout ? resultat : lus?.cibles === cibles ? lus.totaux : null;
  const lignes = retenues.size > 0 ? accord(retenues.size, 'ligne choisie', 'lignes choisies') : accord(montrees.length, 'ligne');
  if (!t) return { nom: lignes };
  const [seule, autre] = t.parBase;
  const uneBase = seule !== undefined && autre === undefined ? seule : null;
  return {
    nom: lignes,
    comptes: nombre(t.logements),
    // Surfaces utile et corrigée ne s'additionnent pas : sans base commune, ni surface ni taux.
    surface: uneBase === null ? '' : deuxDecimales(uneBase.surface),
    avantM2: uneBase?.avantM2 == null ? '' : formatTaux(uneBase.avantM2),
    maximum: uneBase?.apresM2 == null ? '' : formatTaux(uneBase.apresM2),
    avant: deuxDecimales(t.avant),
    apres: deuxDecimales(t.apres),
  };
}
