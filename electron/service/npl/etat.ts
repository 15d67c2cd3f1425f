import type { Sortie } from '../../../shared/contract.ts';
import type { ChoixEnsemble, Scenario } from '../../../shared/domain/loyers/npl/types.ts';
import type { Base } from '../../store/base.ts';
import { readParc } from '../../store/npl/parc.ts';
import type { ParcNpl } from '../../store/npl/parc.ts';
import { isRevision, readRevision } from '../../store/npl/revision.ts';
import type { RevisionNpl } from '../../store/npl/revision.ts';
import { readChoix } from '../../store/npl/scenarios.ts';
import type { ScenarioGarde } from '../../store/npl/scenarios.ts';
import { createScenario, readDonneesDe } from './donnees.ts';
import type { DonneesNpl } from './donnees.ts';
import { calculer, createMemoire, describeCalcul } from './resultat.ts';
import type { Calcul, MemoireCalcul } from './resultat.ts';
import { millesimeDe } from '../millesime.ts';

/** Un scénario gardé, ses choix, et son calcul tant que rien n'a changé. */
type Tenu = { garde: ScenarioGarde; scenario: Scenario; memoire: MemoireCalcul; calcul: Calcul | null; resultat: Sortie<'npl.lire'> | null };
export type EtatNpl = { revision: RevisionNpl; parc: ParcNpl; donnees: DonneesNpl; tenus: Map<number, Tenu> };

/** Par dossier ouvert ; part avec lui. */
const ETATS = new WeakMap<Base, EtatNpl>();

/**
 * Le parc, les barèmes et les calculs du dossier dans son état présent : relus et refaits seulement quand ils
 * ont pu changer. Dans une transaction, que l'on peut encore défaire, rien n'est gardé ni repris.
 */
export function readEtat(base: Base): EtatNpl {
  const revision = readRevision(base);
  const garde = base.inTransaction ? undefined : ETATS.get(base);
  if (garde !== undefined && isRevision(garde.revision, revision) && garde.donnees.regles === millesimeDe(base).npl) return garde;
  const parc = garde !== undefined && garde.revision.parc === revision.parc ? garde.parc : readParc(base);
  const etat: EtatNpl = { revision, parc, donnees: readDonneesDe(base, parc), tenus: new Map() };
  if (!base.inTransaction) ETATS.set(base, etat);
  return etat;
}

export const readDonnees = (base: Base): DonneesNpl => readEtat(base).donnees;

export type ScenarioCalcule = { donnees: DonneesNpl; scenario: Scenario; calcul: Calcul; memoire: MemoireCalcul };

function tenir(base: Base, { donnees, tenus }: EtatNpl, garde: ScenarioGarde): Tenu {
  const deja = tenus.get(garde.id);
  if (deja !== undefined) return deja;
  const tenu: Tenu = { garde, scenario: createScenario(donnees, garde, readChoix(base, garde.id)), memoire: createMemoire(), calcul: null, resultat: null };
  tenus.set(garde.id, tenu);
  return tenu;
}

/** Le calcul d'un scénario gardé : un seul par état du dossier, pour l'écran, les contrôles et les documents. */
export function readCalcul(base: Base, s: ScenarioGarde): ScenarioCalcule {
  const etat = readEtat(base);
  const tenu = tenir(base, etat, s);
  tenu.calcul ??= calculer(etat.donnees, tenu.scenario, s.annee, tenu.memoire);
  return { donnees: etat.donnees, scenario: tenu.scenario, calcul: tenu.calcul, memoire: tenu.memoire };
}

/** Tout ce que dit un scénario gardé. À lire seulement : il est gardé. */
export function readResultat(base: Base, s: ScenarioGarde): Sortie<'npl.lire'> {
  const { donnees, scenario, calcul, memoire } = readCalcul(base, s);
  const tenu = tenir(base, readEtat(base), s);
  tenu.resultat ??= describeCalcul(donnees, scenario, calcul, { id: s.id, annee: s.annee }, memoire);
  return tenu.resultat;
}

/**
 * Écrit des choix d'un scénario et garde tout ce qu'ils ne changent pas. `ecrire` fait une opération qui ne
 * touche que les choix de ces ensembles, et rend son numéro : le reste de l'état vaut donc encore.
 */
export function carryChoix<T extends { operation: number }>(base: Base, s: ScenarioGarde, ensembles: readonly string[], ecrire: () => T): T {
  const etat = readEtat(base);
  const tenu = tenir(base, etat, s);
  const ecrit = ecrire();
  const revision = readRevision(base);
  if (base.inTransaction || revision.tout !== ecrit.operation || revision.parc !== etat.revision.parc) return ecrit;
  const neufs = new Map(readChoix(base, s.id, ensembles).map((c) => [c.ensemble, c]));
  tenu.scenario = { ...tenu.scenario, choix: replaceChoix(tenu.scenario.choix, neufs) };
  tenu.calcul = null;
  tenu.resultat = null;
  etat.revision = revision;
  return ecrit;
}

/** Les mêmes choix, dans l'ordre des codes, où ceux-ci remplacent ou complètent les anciens. */
function replaceChoix(choix: readonly ChoixEnsemble[], neufs: ReadonlyMap<string, ChoixEnsemble>): ChoixEnsemble[] {
  const restants = new Map(neufs);
  const suite = choix.map((c) => {
    const neuf = restants.get(c.ensemble);
    restants.delete(c.ensemble);
    return neuf ?? c;
  });
  return restants.size === 0 ? suite : [...suite, ...restants.values()].sort((a, b) => (a.ensemble < b.ensemble ? -1 : 1));
}
