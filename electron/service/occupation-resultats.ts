import type { Sortie } from '../../shared/contract.ts';
import { BORNES_USUELLES, bandesDe, bornesDe } from '../../shared/domain/occupation/bandes.ts';
import { BANDES_USUELLES } from '../../shared/domain/occupation/champs.ts';
import { addMenage, addReunis, cumulVide } from '../../shared/domain/occupation/comptes.ts';
import type { Regles } from '../../shared/domain/occupation/comptes.ts';
import { situationDe, variablesDe } from '../../shared/domain/occupation/modalites.ts';
import type { Situation } from '../../shared/domain/occupation/modalites.ts';
import { computeVacance, ordonnerExclus } from '../../shared/domain/occupation/rpls.ts';
import { TableauOccupation } from '../../shared/domain/occupation/tableau.ts';
import type { Atome } from '../../shared/domain/occupation/tableau.ts';
import { findCommune, nomTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import type { Suivi } from './contexte.ts';
import { readChamp } from '../store/champs.ts';
import { revision } from '../store/imports.ts';
import { enqueteEnVigueur, menageDe, readEnsemblesParc, readReunis, readTrancheParc } from '../store/occupation.ts';
import type { Enquete, LigneParc } from '../store/occupation.ts';
import { listTranchesLogements } from '../store/tranches.ts';
import { readVersionParc } from '../store/version.ts';
import { parTours } from './tours.ts';
import type { Tour } from './tours.ts';

export type Lu = Sortie<'occupation.lire'>;
type Ligne = Lu['lignes'][number];
export type Par = Lu['par'];

const CHAMP_REFERENCE = 'occupation/date-reference';
export const CHAMP_BANDES = 'occupation/bandes';
const MAILLES = ['ensemble', 'commune', 'epci', 'departement', 'organisme'] as const;

type Compte = {
  tableau: TableauOccupation;
  noms: ReadonlyMap<string, string>;
  annees: number[];
  exclus: Lu['exclus'];
  horsParc: number;
  regles: Regles;
  bornes: readonly number[];
  enquete: Enquete | null;
};

/** L'occupation sociale par maille : la seule fonction d'où viennent écran, terminal, documents et paquet. */
export function readOccupation(base: Base, par: Par, options: { masquer?: boolean; code?: string | undefined } = {}): Lu {
  const { masquer = false, code } = options;
  const c = compte.lire(base);
  const ligne = (maille: Par, unite: string): Ligne => {
    const lire = (s: Situation) => c.tableau.lire(`${maille}/${unite}`, s, masquer);
    return { code: unite, nom: nomDe(maille, unite, c.noms), total: lire('total'), qpv: lire('qpv'), horsQpv: lire('horsQpv'), qpvInconnu: lire('qpvInconnu') };
  };
  const unites = c.tableau.unites(par).filter((u) => code === undefined || u === code).sort();
  const lignes = unites.map((u) => ligne(par, u));
  const organisme = c.tableau.unites('organisme').length === 0 ? null : ligne('organisme', 'organisme');
  return {
    par, masque: masquer,
    masques: lignes.reduce((s, l) => s + l.total.masques + l.qpv.masques + l.horsQpv.masques + l.qpvInconnu.masques, 0),
    enquete: c.enquete === null ? null : { fichier: c.enquete.fichier, importeLe: c.enquete.importeLe, maille: c.enquete.maille, lignes: (JSON.parse(c.enquete.resultat) as { acceptees: number }).acceptees },
    dateReference: c.regles.reference, bornes: [...c.bornes], bornesUsuelles: c.bornes.join() === BORNES_USUELLES.join(),
    variables: c.regles.variables.map((v) => ({ ...v, modalites: [...v.modalites] })),
    annees: c.annees, lignes, organisme, exclus: c.exclus, horsParc: c.horsParc,
  };
}

type Totaux = Pick<Lu, 'bornes' | 'variables'> & { enquete: boolean; lignes: { code: string; total: Ligne['total'] }[] };

/** Les mêmes lignes, leur total seul et sans masque : ce que la carte en lit. */
export function readTotaux(base: Base, par: Par): Totaux {
  const { tableau, enquete, bornes, regles } = compte.lire(base);
  return { enquete: enquete !== null, bornes: [...bornes], variables: regles.variables.map((v) => ({ ...v, modalites: [...v.modalites] })), lignes: tableau.unites(par).map((code) => ({ code, total: tableau.lire(`${par}/${code}`, 'total', false) })) };
}

function nomDe(maille: Par, code: string, noms: ReadonlyMap<string, string>): string {
  switch (maille) {
    case 'ensemble': return noms.get(code) ?? code;
    case 'commune': return nomTerritoire(`com-${code}`);
    case 'epci': return code === '' ? 'Hors EPCI' : nomTerritoire(`epci-${code}`);
    case 'departement': return nomTerritoire(`dep-${code}`);
    case 'organisme': return nomTerritoire('organisme');
  }
}

/** Le tableau de l'état présent du dossier. */
export const tableauOccupation = (base: Base): TableauOccupation => compte.lire(base).tableau;

// Un seul parcours du parc sert toutes les mailles, tant que le dossier ne change pas.
const cleDe = (base: Base): string => JSON.stringify([revision(base), readChamp(base, CHAMP_BANDES), readChamp(base, CHAMP_REFERENCE), readVersionParc(base)]);
const compte = parTours('Occupation sociale', cleDe, computeCompte);

/** Rend `readOccupation` immédiat, sans retenir le service pendant qu'il parcourt le parc. Erreur « annule ». */
export const prepareOccupation = (base: Base, suivi: Suivi): Promise<void> => compte.preparer(base, suivi);

function* computeCompte(base: Base): Generator<Tour, Compte> {
  const date = readChamp(base, CHAMP_REFERENCE);
  const [bornes, reference] = [bornesDe(readChamp(base, CHAMP_BANDES)), /^\d{4}-\d{2}-\d{2}$/u.test(date ?? '') ? date : null];
  const regles: Regles = { variables: variablesDe(bornes), bandes: bandesDe(bornes), reference };
  const enquete = enqueteEnVigueur(base);
  const ensembles = readEnsemblesParc(base);
  const codes = new Map(ensembles.map((e) => [e.id, e.code]));
  const atomes = new Map<string, Atome & { loues: number }>();
  const exclus: Lu['exclus'] = { vacance: {}, duree: {}, rotation: {} };
  const annees = new Set<number>();
  const plus = (comptes: Record<string, number>, raison: string): void => {
    if (raison !== '') comptes[raison] = (comptes[raison] ?? 0) + 1;
  };
  let trouves = 0;
  const tranches = listTranchesLogements(base);
  const compter = (l: LigneParc): void => {
    const a = atomeDe(atomes, codes.get(l.ensemble) ?? '', l.commune, situationDe(l.qpv), regles);
    const c = a.cumul;
    c.logements++;
    if (l.annee !== null) annees.add(l.annee);
    if (l.mode === 1) a.loues++;
    if (l.mode === 1 || l.repondant !== null) c.concernes++;
    if (l.repondant !== null) {
      trouves++;
      addMenage(c, menageDe(l), regles);
    }
    const v = computeVacance({ mode: l.mode, bail: l.bailRpls, locat: l.locat, remlocdate: l.remlocdate, annee: l.annee });
    if (v.offert) c.offerts++;
    if (v.vacant) c.vacants++;
    if (v.vacantTroisMois) c.vacantsTroisMois++;
    if (v.baseRotation) c.baseRotation++;
    if (v.rotation) c.rotation++;
    plus(exclus.vacance, v.horsVacance);
    plus(exclus.duree, v.horsDuree);
    plus(exclus.rotation, v.horsRotation);
  };
  for (const [i, tranche] of tranches.entries()) {
    for (const l of readTrancheParc(base, enquete?.maille === 'logement' ? enquete.id : null, tranche)) compter(l);
    yield { fait: i + 1, total: tranches.length };
  }
  if (enquete?.maille === 'ensemble') trouves = addEnsembles(base, enquete.id, atomes, regles);
  const total = enquete === null ? 0 : (JSON.parse(enquete.resultat) as { acceptees: number }).acceptees;
  // Ranger ces parts par ligne est un tour à soi.
  yield { fait: tranches.length, total: tranches.length };
  return {
    tableau: new TableauOccupation(regles.variables, [...atomes.values()]), noms: new Map(ensembles.map((e) => [e.code, e.nom])),
    annees: [...annees].sort((a, b) => a - b), horsParc: total - trouves, regles, bornes, enquete,
    exclus: { vacance: ordonnerExclus(exclus.vacance), duree: ordonnerExclus(exclus.duree), rotation: ordonnerExclus(exclus.rotation) },
  };
}

/** Ajoute les lignes déjà réunies à l'atome de leur ensemble ; rend combien ont trouvé le leur. */
function addEnsembles(base: Base, enquete: number, atomes: ReadonlyMap<string, Atome & { loues: number }>, regles: Regles): number {
  const parEnsemble = new Map<string, (Atome & { loues: number })[]>();
  for (const a of atomes.values()) {
    const code = a.unites[0]?.slice('ensemble/'.length) ?? '';
    parEnsemble.set(code, [...(parEnsemble.get(code) ?? []), a]);
  }
  let trouves = 0;
  for (const { ensemble, qpv, reunis } of readReunis(base, enquete)) {
    const tous = parEnsemble.get(ensemble) ?? [];
    const couverts = qpv === 0 ? tous : tous.filter((a) => a.situation === situationDe(qpv));
    const [premier] = couverts;
    if (premier === undefined) continue;
    trouves++;
    const seule = couverts.every((a) => a.situation === premier.situation);
    const loues = couverts.reduce((s, a) => s + a.loues, 0);
    for (const a of couverts) a.cumul.concernes = 0;
    const vers = seule ? premier : atomeDe(atomes as Map<string, Atome & { loues: number }>, ensemble, communeDe(premier), 'qpvInconnu', regles);
    vers.cumul.concernes += Math.max(reunis.enquetes ?? loues, reunis.repondants);
    addReunis(vers.cumul, reunis, regles, BANDES_USUELLES);
  }
  return trouves;
}

const communeDe = (a: Atome): string => a.unites.find((u) => u.startsWith('commune/'))?.slice('commune/'.length) ?? '';

function atomeDe(atomes: Map<string, Atome & { loues: number }>, ensemble: string, commune: string, situation: Atome['situation'], regles: Regles): Atome & { loues: number } {
  const cle = `${ensemble} ${commune} ${situation}`;
  let a = atomes.get(cle);
  if (a === undefined) {
    const c = findCommune(commune);
    const unites = [`ensemble/${ensemble}`, `commune/${commune}`, `epci/${c?.epci ?? ''}`, `departement/${c?.departement ?? ''}`, 'organisme/organisme'];
    atomes.set(cle, (a = { unites, situation, cumul: cumulVide(regles.variables), loues: 0 }));
  }
  return a;
}

export const MAILLES_OCCUPATION: readonly Par[] = MAILLES;
