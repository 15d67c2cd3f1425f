import type { Condition, Mesure, Millesime, TableEngagements } from '../../millesimes/types.ts';
import type { ValeursChamps } from '../organisme/champs.ts';

export type Mesures = Readonly<Record<Mesure, number>>;

const entier = (texte: string | undefined): number => {
  const t = (texte ?? '').replaceAll(/[\s\u00a0\u202f]/gu, '');
  return /^\d+$/u.test(t) ? Number(t) : 0;
};

/**
 * Logements équivalents (R302-15, III) : un par logement autonome, sinon la partie entière du tiers des
 * lits de chaque structure. Un nombre illisible ne compte pas ; `illisibles` le dit.
 */
export function computeEquivalents(autonomes: string | undefined, lits: string | undefined): { equivalents: number; illisibles: string[] } {
  const structures = (lits ?? '').split(/[,;]+/u).map((t) => t.trim()).filter((t) => t !== '');
  const lisible = (t: string): boolean => /^\d[\d\s\u00a0\u202f]*$/u.test(t);
  const illisibles = [...structures, ...((autonomes ?? '').trim() === '' ? [] : [(autonomes ?? '').trim()])].filter((t) => !lisible(t));
  return { equivalents: entier(autonomes) + structures.filter(lisible).reduce((s, t) => s + Math.floor(entier(t) / 3), 0), illisibles };
}

/** Ce dont dépendent les tableaux d'une convention : le parc importé, les logements-foyers et l'accession saisis. */
export function readMesures(champs: ValeursChamps, parc: number): Mesures {
  const { equivalents } = computeEquivalents(champs['organisme/foyers/autonomes'], champs['organisme/foyers/lits']);
  const total = parc + equivalents;
  return {
    parc,
    foyers: equivalents,
    // R445-24 : part du patrimoine en logements équivalents ; un logement ordinaire en vaut un.
    'foyers/pour-cent': total === 0 ? 0 : (100 * equivalents) / total,
    'accession/ventes': entier(champs['organisme/accession/ventes']),
    'accession/activite': champs['organisme/accession/activite'] === 'oui' ? 1 : 0,
  };
}

const tient = (c: Condition, mesures: Mesures): boolean => mesures[c.mesure] >= (c.de ?? 0) && (c.sous === undefined || mesures[c.mesure] < c.sous);

/** Vrai si toutes les conditions de l'une de ces listes tiennent. */
export const tiennent = (listes: readonly (readonly Condition[])[], mesures: Mesures): boolean => listes.some((liste) => liste.every((c) => tient(c, mesures)));

/** Vrai si la convention porte ce tableau. */
export const isTableDue = (table: TableEngagements, mesures: Mesures): boolean => table.quand.length === 0 || tiennent(table.quand, mesures);

/** Codes des tableaux que la convention porte. */
export const tablesDues = (millesime: Millesime, mesures: Mesures): ReadonlySet<string> => new Set(millesime.tables.filter((t) => isTableDue(t, mesures)).map((t) => t.code));
