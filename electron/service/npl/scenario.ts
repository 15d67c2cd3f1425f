import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { writeTaux } from '../../../shared/domain/loyers/npl/quantites.ts';
import type { ChoixEnsemble } from '../../../shared/domain/loyers/npl/types.ts';
import { findScenario } from '../../store/npl/scenarios.ts';
import type { ScenarioGarde } from '../../store/npl/scenarios.ts';
import type { Base } from '../../store/base.ts';
import type { DonneesNpl } from './donnees.ts';
import { eurosM2, mergeChoix, readTaux } from './lecture.ts';

type Ecrit = EntreeLue<'npl.calculer'>['scenario'];

export function requireScenario(base: Base, id: number): ScenarioGarde {
  const s = findScenario(base, id);
  if (s === null) throw invalide('scenario-inconnu', `Le scénario n° ${id} n’existe pas.`, 'Choisir un scénario de la liste.');
  return s;
}

const illisible = (quoi: string) => invalide('scenario-illisible', `Le scénario ne se lit pas : ${quoi}`, 'Corriger le fichier ; rien n’a été changé.');

function tauxOuErreur(v: string | number, quoi: string): bigint {
  const t = readTaux(v);
  if (t === null) throw illisible(`« ${String(v)} » n’est pas ${quoi}.`);
  return t;
}

/** Choix d'un scénario écrit dans un fichier ; erreur « scenario-illisible » à la première valeur fausse. */
export function readChoixEcrits(ecrit: Ecrit): ChoixEnsemble[] {
  return ecrit.choix.map((c) => {
    const { choix, refus } = mergeChoix(null, c, 'SU');
    const [premier] = refus;
    if (premier !== undefined || choix === null) throw illisible(`ensemble « ${c.ensemble} », ${premier?.raison ?? ''}`);
    return choix;
  });
}

/** Les barèmes qu'un fichier donne priment sur ceux du dossier, nature par nature. */
export function withBaremes(donnees: DonneesNpl, ecrit: Ecrit): DonneesNpl {
  const zones = ecrit.zones;
  return {
    ...donnees,
    ensembles: zones === undefined ? donnees.ensembles : donnees.ensembles.map((e) => ({ ...e, zones: zones[e.commune] ?? [] })),
    plafonds: ecrit.plafonds === undefined ? donnees.plafonds : ecrit.plafonds.map((p) => ({ annee: p.annee, produit: p.produit, zone: p.zone, source: p.source, taux: tauxOuErreur(p.maximum, 'un plafond de loyer') })),
    limites: ecrit.limites === undefined ? donnees.limites : ecrit.limites.map((l) => ({ base: l.base, source: l.source, taux: tauxOuErreur(l.maximum, 'une limite') })),
    irl: ecrit.irl === undefined ? donnees.irl : ecrit.irl.map((i) => ({ annee: i.annee, source: i.source, indice: Number(tauxOuErreur(i.indice, 'un indice') / 100n) })),
  };
}

/** Le scénario gardé, tel qu'un fichier l'écrit : relu, il donne le même calcul dans le même dossier. */
export function writeScenario(s: ScenarioGarde, choix: readonly ChoixEnsemble[]): Sortie<'npl.ecrire'>['scenario'] {
  return {
    version: 1, nom: s.nom, annee: s.annee,
    choix: choix.map((c) => ({
      ensemble: c.ensemble, base: c.base,
      ...(c.surface === undefined ? {} : { surface: c.surface / 100 }),
      ...(c.connu === undefined ? {} : { connu: { maximum: eurosM2(c.connu.taux), base: c.connu.base, source: c.connu.source } }),
      plafonds: c.plafonds.map((p) => ({
        plafond: p.plafond, maximum: writeTaux(p.maximum), ...(p.moyenne === undefined ? {} : { moyenne: writeTaux(p.moyenne) }),
        ...(p.logements === undefined ? {} : { logements: p.logements }), ...(p.surface === undefined ? {} : { surface: p.surface / 100 }),
      })),
    })),
  };
}

