import type { Sortie } from '../../shared/contract.ts';
import { invalide } from '../../shared/erreurs.ts';
import { familleDe } from '../../shared/domain/rpls/familles.ts';
import { communesDe, findCommune, nomDepartement, nomTerritoire, parseTerritoire } from '../../shared/territoires/index.ts';
import type { Base } from '../store/base.ts';
import { countByCommune, countEnsembles, readParc } from '../store/etat.ts';
import type { Handlers } from './contexte.ts';

type Etat = Sortie<'etat.lire'>;
type Comptes = Record<string, number>;

const COMPTES = { finan: 'financements', dpe: 'dpe', annee: 'annees', type: 'types', pieces: 'pieces' } as const satisfies Record<string, keyof Etat>;

const ajouter = (comptes: Comptes, cle: string, n: number): void => void (comptes[cle] = (comptes[cle] ?? 0) + n);

/** L'état des lieux d'un territoire : la seule fonction d'où viennent écran, terminal, documents et paquet. */
export function readEtat(base: Base, territoire = 'organisme'): Etat {
  const communes = communesDuTerritoire(territoire);
  const etat: Etat = {
    territoire, logements: 0, ensembles: countEnsembles(base, communes), qpv: 0, horsQpv: 0, qpvInconnu: 0, financements: {}, familles: {}, dpe: {},
    annees: {}, types: {}, pieces: {}, communes: {}, epci: {}, departements: {}, noms: {}, sortis: 0, vacants: 0,
  };
  for (const { commune, logements } of countByCommune(base, communes)) compterCommune(etat, commune, logements);
  for (const { dimension, cle, logements } of readParc(base, communes)) {
    switch (dimension) {
      case 'sortis': etat.sortis += logements; break;
      case 'vacants': etat.vacants += logements; break;
      case 'qpv': etat[cle === '1' ? 'qpv' : cle === '2' ? 'horsQpv' : 'qpvInconnu'] += logements; break;
      case 'finan':
        ajouter(etat.familles, familleDe(cle), logements);
        ajouter(etat.financements, cle, logements);
        break;
      case 'dpe':
      case 'annee':
      case 'type':
      case 'pieces':
        ajouter(etat[COMPTES[dimension]], cle, logements);
        break;
    }
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
  if (commune.epci === null) return;
  ajouter(etat.epci, commune.epci, n);
  etat.noms[commune.epci] = nomTerritoire(`epci-${commune.epci}`);
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
} satisfies Partial<Handlers>;
