import type { Sortie } from '../../shared/contract.ts';
import { invalide } from '../../shared/erreurs.ts';
import { AGES, classeDe } from '../../shared/domain/rpls/classes.ts';
import { INCONNU } from '../../shared/domain/rpls/comptes.ts';
import { familleDe } from '../../shared/domain/rpls/familles.ts';
import { communesDe, findCommune, nomDepartement, nomTerritoire, parseTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { countByCommune, countEnsembles, listEnsemblesCommunes, readParc, readParcCommunes } from '../store/etat.ts';
import type { LigneParc } from '../store/etat.ts';
import type { Handlers } from './contexte.ts';

type Etat = Sortie<'etat.lire'>;
type Repartition = Sortie<'logements.repartition'>;
type Territoires = Sortie<'etat.territoires'>;
type Comptes = Record<string, number>;

const COMPTES: Readonly<Record<string, 'financements' | 'dpe' | 'dpeAvant' | 'dpeDepuis' | 'dpeSansDate' | 'annees' | 'types' | 'pieces' | 'surfaces'>> = {
  finan: 'financements', dpe: 'dpe', 'dpe-avant': 'dpeAvant', 'dpe-depuis': 'dpeDepuis', 'dpe-sans-date': 'dpeSansDate', annee: 'annees', type: 'types', pieces: 'pieces',
  surface: 'surfaces',
};

const ajouter = (comptes: Comptes, cle: string, n: number): void => void (comptes[cle] = (comptes[cle] ?? 0) + n);

const emptyRepartition = (): Repartition => ({
  logements: 0, qpv: 0, horsQpv: 0, qpvInconnu: 0, financements: {}, familles: {}, dpe: {}, dpeAvant: {}, dpeDepuis: {}, dpeSansDate: {}, annees: {}, ages: {},
  types: {}, pieces: {}, surfaces: {}, vacants: 0,
});

/** Ajoute un compte à une répartition : le parc, un territoire ou une sélection, par la même règle. */
function addCompte(r: Repartition, { dimension, cle, logements }: LigneParc): void {
  if (dimension === 'qpv') r[cle === '1' ? 'qpv' : cle === '2' ? 'horsQpv' : 'qpvInconnu'] += logements;
  else if (dimension === 'vacants') r.vacants += logements;
  const champ = COMPTES[dimension];
  if (champ === undefined) return;
  ajouter(r[champ], cle, logements);
  if (dimension === 'finan') ajouter(r.familles, familleDe(cle), logements);
  if (dimension === 'annee') ajouter(r.ages, cle === INCONNU ? INCONNU : (classeDe(AGES, Number(cle)) ?? INCONNU), logements);
}

/** La répartition d'une sélection, d'après ses comptes par dimension. */
export function buildRepartition({ logements, comptes }: { logements: number; comptes: readonly LigneParc[] }): Repartition {
  const r = { ...emptyRepartition(), logements };
  for (const c of comptes) {
    addCompte(r, c);
    // Vacant : mode 2, comme dans les comptes du parc.
    if (c.dimension === 'mode' && c.cle === '2') r.vacants += c.logements;
  }
  return r;
}

/** L'état des lieux d'un territoire : la seule fonction d'où viennent écran, terminal, documents et paquet. */
export const readEtat = (base: Base, territoire = 'organisme'): Etat => readEtatCommunes(base, territoire, communesDuTerritoire(territoire));

/** Le même, sur ces communes seulement (`null` : toutes). */
export function readEtatCommunes(base: Base, territoire: string, communes: readonly string[] | null): Etat {
  const etat: Etat = { territoire, ensembles: countEnsembles(base, communes), ...emptyRepartition(), communes: {}, epci: {}, departements: {}, regions: {}, noms: {}, sortis: 0 };
  for (const { commune, logements } of countByCommune(base, communes)) compterCommune(etat, commune, logements);
  for (const l of readParc(base, communes)) {
    if (l.dimension === 'sortis') etat.sortis += l.logements;
    else addCompte(etat, l);
  }
  return etat;
}

function compterCommune(etat: Etat, code: string, n: number): void {
  etat.logements += n;
  ajouter(etat.communes, code, n);
  const commune = findCommune(code);
  if (commune === null) return;
  etat.noms[code] = commune.nom;
  ajouter(etat.departements, commune.departement, n);
  etat.noms[commune.departement] = nomDepartement(commune.departement) ?? commune.departement;
  ajouter(etat.regions, commune.region, n);
  etat.noms[`reg-${commune.region}`] = nomTerritoire(`reg-${commune.region}`);
  if (commune.epci === null) return;
  ajouter(etat.epci, commune.epci, n);
  etat.noms[commune.epci] = nomTerritoire(`epci-${commune.epci}`);
}

const PREFIXES = { commune: 'com', epci: 'epci', departement: 'dep', region: 'reg' } as const;

/** Le parc par territoire, avec toutes ses répartitions : les mêmes comptes que l'état des lieux, regroupés. */
function readTerritoires(base: Base, par: keyof typeof PREFIXES): Territoires {
  const codeDe = (code: string): string | null => {
    const commune = findCommune(code);
    return par === 'commune' ? code : (commune?.[par] ?? null);
  };
  const lignes = new Map<string, Repartition>();
  let hors = 0;
  for (const l of readParcCommunes(base)) {
    if (l.dimension === 'sortis') continue;
    const code = codeDe(l.commune);
    if (code === null) {
      if (l.dimension === 'logements') hors += l.logements;
      continue;
    }
    let ligne = lignes.get(code);
    if (ligne === undefined) lignes.set(code, (ligne = emptyRepartition()));
    if (l.dimension === 'logements') ligne.logements += l.logements;
    else addCompte(ligne, l);
  }
  const ensembles = new Map<string, Set<number>>();
  for (const { commune, ensemble } of listEnsemblesCommunes(base)) {
    const code = codeDe(commune);
    if (code !== null) ensembles.set(code, (ensembles.get(code) ?? new Set<number>()).add(ensemble));
  }
  return {
    lignes: [...lignes]
      .map(([code, { annees: _, ...ligne }]) => ({ code, nom: nomTerritoire(`${PREFIXES[par]}-${code}`), ensembles: ensembles.get(code)?.size ?? 0, ...ligne }))
      .filter((l) => l.logements > 0)
      .sort((a, b) => b.logements - a.logements || (a.code < b.code ? -1 : 1)),
    hors,
  };
}

/** Communes d'aujourd'hui du territoire ; `null` : toutes. */
function communesDuTerritoire(territoire: string): string[] | null {
  if (parseTerritoire(territoire) === null) {
    throw invalide(
      'territoire-inconnu',
      `« ${territoire} » n’est pas un territoire connu.`,
      'Donner « organisme », ou un code comme « dep-13 », « epci-200054807 », « com-13055 », « reg-93 ».',
    );
  }
  return territoire === 'organisme' ? null : communesDe(territoire);
}

export const handlers = {
  'etat.lire': (contexte, { territoire }) => readEtat(contexte.dossier().base, territoire),
  'etat.territoires': (contexte, { par }) => readTerritoires(contexte.dossier().base, par),
} satisfies Partial<Handlers>;
