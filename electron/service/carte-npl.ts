import type { Sortie } from '../../shared/contract.ts';
import { mesurerNpl, MESURES_NPL, sommerNpl } from '../../shared/domain/carte/npl.ts';
import type { MesureNpl, SommesNpl } from '../../shared/domain/carte/npl.ts';
import type { MasseEnsemble } from '../../shared/domain/loyers/npl/masse.ts';
import { pluriel } from '../../shared/domain/nombres/accord.ts';
import { anneeEnVigueur } from '../store/carte.ts';
import type { Base } from '../store/base.ts';
import { listScenarios } from '../store/npl/scenarios.ts';
import { codeDe, readSommes } from './loyers.ts';
import type { Par } from './loyers.ts';
import { readCalcul } from './npl/etat.ts';
import { requireScenario } from './npl/scenario.ts';

type Valeur = { valeur: number | null; sur: number };
export type CarteNpl = {
  scenarios: Sortie<'carte.mesures'>['scenarios'];
  /** Le scénario montré : demandé, sinon retenu, sinon le dernier créé. */
  scenario: number | null;
  sources: [MesureNpl, { valeurs: ReadonlyMap<string, Valeur>; absence?: string; precision?: string }][];
  sommes: ReadonlyMap<string, SommesNpl>;
};

/** Les mesures d'un scénario de politique des loyers, du même calcul que son tableau. */
export function readNplCarte(base: Base, par: Par, surface: 'SH' | 'SU' | 'SC', voulu?: number): CarteNpl {
  const scenarios = listScenarios(base).map(({ id, nom, annee, retenu }) => ({ id, nom, annee, retenu }));
  const choisi = voulu === undefined ? (scenarios.find((s) => s.retenu) ?? scenarios.at(-1)) : requireScenario(base, voulu);
  const rien = (absence: string): CarteNpl => ({ scenarios, scenario: choisi?.id ?? null, sommes: new Map(), sources: MESURES_NPL.map((m) => [m, { valeurs: new Map(), absence }]) });
  if (choisi === undefined) return rien('Aucun scénario de politique des loyers : il se crée dans la nouvelle politique des loyers.');
  if (surface === 'SH') return rien('Un scénario s’exprime au m² de surface utile ou corrigée : choisir la surface utile (SU) ou corrigée (SC).');
  const { calcul, donnees } = readCalcul(base, choisi);
  const communes = new Map(donnees.ensembles.map((e) => [e.ensemble, e.commune]));
  const loyers = new Map(readSommes(base, 'ensemble', surface).map((s) => [s.code, s]));
  const groupes = new Map<string, { masse: MasseEnsemble; loyers: ReturnType<typeof loyers.get> }[]>();
  for (const masse of calcul.masse.ensembles) {
    if (masse.base !== surface) continue;
    const code = par === 'ensemble' ? masse.ensemble : codeDe(communes.get(masse.ensemble) ?? '', par);
    const groupe = groupes.get(code);
    const sien = { masse, loyers: loyers.get(masse.ensemble) };
    if (groupe === undefined) groupes.set(code, [sien]);
    else groupe.push(sien);
  }
  if (groupes.size === 0) return rien(`Le scénario « ${choisi.nom} » ne compte aucun ensemble en surface ${surface === 'SU' ? 'utile' : 'corrigée'}.`);
  const valeurs: Record<MesureNpl, Map<string, Valeur>> = { maximumNpl: new Map(), ecartNpl: new Map(), hausseNpl: new Map() };
  const sommes = new Map<string, SommesNpl>();
  let sansLoyer = 0;
  for (const [code, groupe] of groupes) {
    const ligne = sommerNpl(groupe);
    const lues = mesurerNpl(ligne.sommes);
    sansLoyer += ligne.sansLoyer;
    sommes.set(code, ligne.sommes);
    for (const m of MESURES_NPL) valeurs[m].set(code, { valeur: lues[m], sur: m === 'ecartNpl' ? ligne.logementsLoue : ligne.logements });
  }
  const { anneeMontants } = calcul.masse;
  const montants = anneeMontants === null ? 'chaque montant restant dans l’année où il est écrit' : `montants en valeur de ${anneeMontants}`;
  const dite = `Scénario « ${choisi.nom} » (${choisi.annee}), ${montants}.`;
  const ecart = `${dite} Loyers de la déclaration de ${anneeEnVigueur(base) ?? 'date inconnue'}.${sansLoyer === 0 ? '' : ` ${pluriel(sansLoyer, 'ensemble sans logement loué dont cette surface est déclarée', 'ensembles sans logement loué dont cette surface est déclarée')} : hors de l’écart.`}`;
  return { scenarios, scenario: choisi.id, sommes, sources: MESURES_NPL.map((m) => [m, { valeurs: valeurs[m], precision: m === 'ecartNpl' ? ecart : dite }]) };
}
