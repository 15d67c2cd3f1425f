/** Politique des loyers du bailleur fictif : barèmes inventés, dits tels partout où ils se lisent, et ce que ses scénarios font. */
import type { Entree, Sortie } from '../../shared/contract.ts';
import { findCommune } from '../../shared/territoires/index.ts';

/** Aucune de ces valeurs n'est celle d'un avis, d'un arrêté ou de l'Insee : des nombres ronds, pour l'exemple. */
export const SOURCE_FICTIVE = 'valeurs de démonstration, fictives';

/** L'année où la politique des loyers s'appliquerait : celle qui suit la signature (L445-2). */
const ANNEE = 2027;
const PLAFONDS = {
  PLAI: { '1': '5,60', '1bis': '5,80', '2': '5,00', '3': '4,60' },
  PLUS: { '1': '6,30', '1bis': '6,60', '2': '5,70', '3': '5,20' },
  PLS: { Abis: '11,00', A: '10,00', B1: '9,50', B2: '9,20', C: '9,00' },
  PLI: { Abis: '14,00', A: '12,00', B1: '11,00', B2: '10,00', C: '9,00' },
} as const;
/** Zones fictives, une par département : ce ne sont pas celles des arrêtés. */
const ZONES: Readonly<Record<string, readonly [string, string]>> = { '06': ['1', 'A'], '13': ['2', 'B1'], '69': ['2', 'B1'] };
const AILLEURS = ['3', 'B2'] as const;

export const baremesDemonstration = {
  annee: ANNEE,
  nomPlafonds: `plafonds-de-loyer-fictifs-${ANNEE}.csv`,
  /** Les plafonds de loyer, tels qu'un fichier les donne : une colonne par année. */
  ecrirePlafonds: (): string =>
    `produit;zone;${ANNEE - 1};${ANNEE};source\r\n${Object.entries(PLAFONDS)
      .flatMap(([produit, zones]) => Object.entries(zones).map(([zone, maximum]) => `${produit};${zone};;${maximum};${SOURCE_FICTIVE}\r\n`))
      .join('')}`,
  nomZonage: (zonage: '123' | 'ABC'): string => `zonage-fictif-${zonage}.csv`,
  ecrireZonage: (zonage: '123' | 'ABC', communes: readonly string[]): string =>
    `commune;zone\r\n${communes.map((c) => `${c};${(ZONES[findCommune(c)?.departement ?? ''] ?? AILLEURS)[zonage === '123' ? 0 : 1]}\r\n`).join('')}`,
  /** L'indice monte de 1 % : de quoi voir la révision au 1er janvier. */
  irl: [{ annee: ANNEE - 2, indice: '200,00', source: SOURCE_FICTIVE }, { annee: ANNEE - 1, indice: '202,00', source: SOURCE_FICTIVE }],
  limites: [{ base: 'SU', maximum: '7,00', source: SOURCE_FICTIVE }, { base: 'SC', maximum: '4,50', source: SOURCE_FICTIVE }],
} satisfies { irl: Entree<'npl.definirBaremes'>['irl']; limites: Entree<'npl.definirBaremes'>['limites'] } & Record<string, unknown>;

type Ligne = Sortie<'npl.lire'>['lignes'][number];
type Cible = Entree<'npl.aider'>['cibles'][number];
const cible = (l: Ligne): Cible => ({ ensemble: l.ensemble, plafond: l.plafond });
const toutQpv = (l: Ligne): boolean => l.qpv === l.logements;

/** Ensembles hors QPV ramenés au niveau PLAI : un sur deux de ceux qui le dépassent ; ceux de QPV reçoivent ce qui reste. */
export function choisirEnsembles(lignes: readonly Ligne[]): { baisses: Cible[]; hausses: Cible[] } {
  const utiles = lignes.filter((l) => l.base === 'SU');
  return {
    baisses: utiles.filter((l) => l.qpv === 0 && l.plafond === 'PLUS').filter((_, i) => i % 2 === 0).map(cible),
    hausses: utiles.filter(toutQpv).map(cible),
  };
}

export const scenariosDemonstration = {
  retenu: 'Mixité hors QPV',
  variante: 'Mixité visée de chaque côté',
  /** Ce que la variante vise, en % des logements ; ce sont des choix du bailleur fictif, non des seuils. */
  visee: { horsQpv: { PLAI: 40, PLUS: 60 }, qpv: { PLUS: 70, PLS: 30 } },
} as const;
