import { useDeferredValue, useEffect, useMemo } from 'react';
import { isMesureNpl } from '../../../shared/domain/carte/npl.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { useRequete } from '../../app/requetes.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import type { ScenarioCarte } from './Classement.tsx';
import { joindre, lignesLoyers, type Ligne, type LigneLoyers, type Maille, type Mesure, type Surface } from './mesures.ts';
import { useReglages } from './reglages.ts';
import type { AutreSurface } from './TableLoyers.tsx';

/** L'année des plafonds et le scénario demandés ; le service choisit ce qui ne l'est pas. */
export const options = (annee: number | null, scenario: number | null) => ({ ...(annee === null ? {} : { annee }), ...(scenario === null ? {} : { scenario }) });

/** La ligne de l'organisme entier, pour les totaux du tableau. */
export function useOrganisme(surface: Surface, annee: number | null, scenario: number | null, actif: boolean): Ligne | null {
  const loyers = useRequete('carte.loyers', { par: 'organisme', surface }, actif).donnees;
  const mesures = useRequete('carte.valeurs', { par: 'organisme', surface, ...options(annee, scenario) }, actif).donnees;
  return useMemo(() => joindre(lignesLoyers(loyers), mesures)[0] ?? null, [loyers, mesures]);
}

/** Les loyers des deux autres surfaces, pour les lire à côté. */
export function useAutresSurfaces(par: Maille, surface: Surface, actif: boolean): AutreSurface[] {
  const sh = useAutreSurface(par, 'SH', actif && surface !== 'SH');
  const su = useAutreSurface(par, 'SU', actif && surface !== 'SU');
  const sc = useAutreSurface(par, 'SC', actif && surface !== 'SC');
  return useMemo(() => [sh, su, sc].filter((a): a is AutreSurface => a !== null && a.surface !== surface), [sh, su, sc, surface]);
}

function useAutreSurface(par: Maille, surface: Surface, actif: boolean): AutreSurface | null {
  const lu = useDeferredValue(useRequete('carte.loyers', { par, surface }, actif).donnees);
  return useMemo(() => (lu === undefined ? null : { surface, lignes: new Map(lignesLoyers(lu).map((l) => [l.code, { loyerM2: l.loyerM2, loues: l.loues }])) }), [lu, surface]);
}

/** Vrai si cette réponse est celle de ce scénario : gardée, elle peut être d'avant qu'il change de nom ou d'année, ou d'un autre qui avait son numéro. */
export const repondPour = (donnees: Pick<Sortie<'carte.valeurs'>, 'scenario' | 'scenarios'> | undefined, scenario: ScenarioCarte | null): boolean =>
  scenario !== null && donnees?.scenario === scenario.id && donnees.scenarios.some((s) => s.id === scenario.id && s.nom === scenario.nom && s.annee === scenario.annee);

/** Les mêmes lignes, de même rang, d'un autre scénario que celui de la première carte. */
export type Seconde = { scenario: ScenarioCarte; lignes: Ligne[]; absence: string | undefined; precision: string | undefined };

/**
 * Ce que montre la seconde carte quand sa mesure vient d'un autre scénario ; `null` : du même, ou d'aucun. Tant que
 * ses valeurs ne sont pas lues, elle n'en a aucune : jamais celles du premier scénario sous le nom du second.
 */
export function useSeconde(base: readonly LigneLoyers[], { maille, surface, annee, premier, voulu, comparee, scenarios, actif }: {
  maille: Maille; surface: Surface; annee: number | null;
  /** Le scénario de la première carte, et celui voulu pour la seconde (`null` : le même). */
  premier: number | null; voulu: number | null;
  comparee: Mesure | null;
  scenarios: readonly ScenarioCarte[];
  actif: boolean;
}): { seconde: Seconde | null; erreur: Erreur | null; recharger: () => void } {
  const autre = comparee !== null && isMesureNpl(comparee) && voulu !== null && voulu !== premier;
  const { donnees, erreur, recharger } = useRequete('carte.valeurs', { par: maille, surface, ...options(annee, voulu) }, actif && autre);
  const scenario = autre ? (scenarios.find((s) => s.id === voulu) ?? null) : null;
  const lu = useDeferredValue(repondPour(donnees, scenario) ? donnees : undefined);
  const inconnu = autre && erreur?.code === 'scenario-inconnu';
  useEffect(() => {
    if (inconnu) useReglages.setState({ scenarioCompare: null });
  }, [inconnu]);
  const valeurs = repondPour(lu, scenario) ? lu : undefined;
  const lignes = useMemo(() => (autre ? joindre(base, valeurs) : []), [autre, base, valeurs]);
  const seconde = useMemo(
    () => (scenario === null || comparee === null ? null : { scenario, lignes, absence: valeurs?.absences[comparee], precision: valeurs?.precisions[comparee] }),
    [scenario, lignes, valeurs, comparee],
  );
  return { seconde, erreur: autre && !inconnu ? erreur : null, recharger };
}
