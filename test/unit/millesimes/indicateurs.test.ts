import { describe, expect, test } from 'vitest';
import type { Indicateur } from '../../../shared/millesimes/types.ts';
import { buildMatrice } from '../../../shared/domain/engagements/matrice.ts';
import { findMillesime } from '../../../shared/millesimes/index.ts';

const millesime = findMillesime('2019');

/** Ce que l'article fixe d'un indicateur : unité, dénominateur, temps, territoires, ventilations, données d'accompagnement. */
type Attendu = {
  unite: string;
  denominateur: string | null;
  /** Donnée du parc qui le connaît. */
  donnee: 'parc' | 'parcFG' | null;
  temps: '3 et 6 ans' | 'par année';
  base: string;
  surDemande: boolean;
  exigees: string[];
  facultatives: string[];
  accompagnement: string[];
  developpement: boolean;
  cumul: string | null;
};

const total = { exigees: ['total'], facultatives: [], accompagnement: [], developpement: false, cumul: null };
const PP1 = ['plai', 'plus', 'pls'].flatMap((m) => [m, `${m}.hors-qpv`, `${m}.hors-ru`]);

const ATTENDUS: Record<string, Attendu> = {
  'PP-1': { ...total, unite: 'logements', denominateur: null, donnee: null, temps: '3 et 6 ans', base: 'departements', surDemande: true, exigees: PP1, facultatives: ['total'], developpement: true, cumul: 'bloquant' },
  'PP-2': { ...total, unite: 'logements', denominateur: 'Parc de logements de classe énergétique F et G', donnee: 'parcFG', temps: 'par année', base: 'departements', surDemande: true, accompagnement: ['gain-etiquette'], developpement: true },
  'PP-3': { ...total, unite: 'logements', denominateur: 'Parc total de logements', donnee: 'parc', temps: 'par année', base: 'departements', surDemande: true },
  'PP-4': {
    ...total, unite: 'logements', denominateur: 'Parc total de logements', donnee: 'parc', temps: '3 et 6 ans', base: 'departements', surDemande: true, developpement: true, cumul: 'a-justifier',
    accompagnement: ['vendus', 'ventes', 'ventes.locataires', 'ventes.personnes-morales', 'ventes.societe-vente'],
  },
  'PS-1': { ...total, unite: 'attributions', denominateur: 'Total des attributions hors QPV', donnee: null, temps: 'par année', base: 'epci-ps1', surDemande: false, accompagnement: ['refus'], developpement: true },
  'PS-2': { ...total, unite: 'attributions', denominateur: 'Total des attributions', donnee: null, temps: 'par année', base: 'departements', surDemande: true, exigees: ['total', 'hors-qpv'] },
  'SR-1': { ...total, unite: 'logements', denominateur: 'Parc total de logements', donnee: 'parc', temps: 'par année', base: 'departements', surDemande: true, developpement: true },
  'G-1': { ...total, unite: 'euros-par-logement-et-par-an', denominateur: 'Nombre de logements', donnee: null, temps: 'par année', base: 'organisme', surDemande: false, developpement: true },
  'PP-5': { ...total, unite: 'mutations', denominateur: 'Total des attributions', donnee: null, temps: 'par année', base: 'identifies', surDemande: false, accompagnement: ['internes', 'renouvellement-urbain', 'qpv-hors-qpv'], developpement: true },
  'PS-3': { ...total, unite: 'attributions', denominateur: 'Total des attributions', donnee: null, temps: 'par année', base: 'identifies', surDemande: false, exigees: ['total', 'hors-qpv'] },
  'DEM-1': { ...total, unite: 'demolitions', denominateur: null, donnee: null, temps: '3 et 6 ans', base: 'departements', surDemande: true, exigees: [], accompagnement: ['total', 'hors-ru', 'ru'], cumul: 'a-justifier' },
  'PP-LF-1': { ...total, unite: 'logements-equivalents', denominateur: null, donnee: null, temps: '3 et 6 ans', base: 'departements', surDemande: false, cumul: 'bloquant' },
  'PP-LF-2': { ...total, unite: 'logements-equivalents', denominateur: 'Parc de logements équivalents de classe énergétique F et G', donnee: null, temps: 'par année', base: 'departements', surDemande: false },
  'PP-LF-3': { ...total, unite: 'logements-equivalents', denominateur: 'Parc total de logements équivalents', donnee: null, temps: 'par année', base: 'departements', surDemande: false },
  'PP-ACC-1': { ...total, unite: 'logements', denominateur: 'Parc de logements en accession détenu et transferts de propriété sur la période', donnee: null, temps: '3 et 6 ans', base: 'regions', surDemande: true },
  'PS-ACC-1': { ...total, unite: 'contrats', denominateur: 'Contrats signés dans l’année', donnee: null, temps: 'par année', base: 'regions', surDemande: true },
};

function lire(i: Indicateur): Attendu {
  const codes = (garder: (v: Indicateur['ventilations'][number]) => boolean): string[] => i.ventilations.filter(garder).map((v) => v.code);
  return {
    unite: i.unite, denominateur: i.denominateur?.libelle ?? null, donnee: i.denominateur?.donnee ?? null,
    temps: i.periodicite === 'annuelle' ? 'par année' : '3 et 6 ans', base: i.territoires.base, surDemande: i.territoires.surDemande !== null,
    exigees: codes((v) => v.obligatoire), facultatives: codes((v) => !v.obligatoire && v.accompagnement === null), accompagnement: codes((v) => v.accompagnement !== null),
    developpement: i.accompagnement !== null, cumul: i.cumul?.niveau ?? null,
  };
}

describe('chaque indicateur, d’après son article', () => {
  test('aucun de plus, aucun de moins', () => expect(millesime.indicateurs.map((i) => i.code)).toEqual(Object.keys(ATTENDUS)));
  test.each(millesime.indicateurs.map((i): [string, Indicateur] => [i.code, i]))('%s', (code, indicateur) => expect(lire(indicateur)).toEqual(ATTENDUS[code]));
});

test('qui peut demander quoi : le préfet les facultatifs et des territoires plus fins, jamais pour PS-1 ni G-1', () => {
  const [TREIZE, REGION, EPCI] = [{ code: 'dep-13', nom: '13' }, { code: 'reg-93', nom: 'PACA' }, { code: 'epci-200054807', nom: 'AMP' }];
  const m = buildMatrice({
    millesime, dateEffet: '2026-01-01', organisme: 'X',
    territoires: { departements: [TREIZE], regions: [REGION], epciPs1: [EPCI], demandes: [EPCI], listes: { 'options/accession/departements': [TREIZE] } },
    indicateursDemandes: [{ code: 'PP-5', territoires: [EPCI] }],
  });
  const de = (code: string): string[] => [...new Set(m.lignes.filter((l) => l.indicateur.code === code).map((l) => `${l.territoire.code}${l.base ? '' : ' (demandé)'}`))];
  expect(Object.fromEntries(Object.keys(ATTENDUS).map((c) => [c, de(c)]))).toEqual({
    ...Object.fromEntries(['PP-1', 'PP-2', 'PP-3', 'PP-4', 'PS-2', 'SR-1', 'DEM-1'].map((c) => [c, ['dep-13', 'epci-200054807 (demandé)']])),
    'PS-1': ['epci-200054807'], 'G-1': ['organisme'], 'PP-5': ['epci-200054807 (demandé)'], 'PS-3': [],
    'PP-LF-1': ['dep-13'], 'PP-LF-2': ['dep-13'], 'PP-LF-3': ['dep-13'], 'PP-ACC-1': ['reg-93', 'dep-13 (demandé)'], 'PS-ACC-1': ['reg-93', 'dep-13 (demandé)'],
  });
});
