import type { DonneesPaquet } from '../../shared/paquet/donnees.ts';

type Engagement = DonneesPaquet['engagements'][number];

export const SURFACES: Record<string, string> = { SH: 'surface habitable', SU: 'surface utile', SC: 'surface corrigée' };

export const MAILLES: Record<string, string> = {
  ensemble: 'Ensemble immobilier', commune: 'Commune', epci: 'EPCI', departement: 'Département', organisme: 'Organisme',
};

export const NATURES: Record<string, string> = {
  OPH: 'Office public de l’habitat', ESH: 'Entreprise sociale pour l’habitat', COOP: 'Société coopérative d’HLM', SEM: 'Société d’économie mixte',
};

/** Codes de financement du RPLS (arrêté du 5 janvier 2010 modifié). */
const FINANCEMENTS: Record<string, string> = {
  10: 'PLA d’intégration', 11: 'PLA à loyer minoré, très social ou d’insertion', 12: 'PLA ordinaire', 13: 'PLUS',
  14: 'PLS, PPLS, PCLS ou PLA du CFF', 15: 'PAP locatif', 16: 'PLI', 17: 'PCL', 49: 'Autre, depuis 1977',
  50: 'HBM', 51: 'PLR ou PSR', 52: 'HLM ordinaire', 53: 'ILM', 54: 'ILN', 55: 'Prêts spéciaux du CFF', 99: 'Autre, avant 1977',
  inconnu: 'Non renseigné',
};

/** Les mêmes, en bref, pour une énumération. */
const FINANCEMENTS_BREFS: Record<string, string> = {
  10: 'PLAI', 11: 'PLA très social', 12: 'PLA', 14: 'PLS', 15: 'PAP', 49: 'autre', 51: 'PLR-PSR', 52: 'HLM-O', 55: 'CFF', 99: 'autre avant 1977', inconnu: 'non renseigné',
};

const FAMILLES: Record<string, string> = {
  PLAI: 'PLAI', PLUS: 'PLUS', PLS: 'PLS', PLI: 'PLI', AUTRE: 'Autre', AVANT_1977: 'Avant 1977', INCONNU: 'Non renseignée',
};

const TYPES: Record<string, string> = { C: 'Collectif', I: 'Individuel', E: 'Étudiant', inconnu: 'Non renseigné' };

const lookup = (table: Record<string, string>, code: string): string => table[code] ?? code;
export const libelleFinancement = (code: string): string => lookup(FINANCEMENTS, code);
export const libelleFamille = (code: string): string => lookup(FAMILLES, code);
export const libelleType = (code: string): string => lookup(TYPES, code);
export const libelleInconnu = (code: string): string => (code === 'inconnu' ? 'Non renseigné' : code);

/** `2026` reste ; `3ans` → « Cumul à 3 ans ». */
export function libelleHorizon(horizon: string): string {
  const ans = /^(\d+)ans$/.exec(horizon);
  return ans ? `Cumul à ${ans[1]} ans` : horizon;
}

/** Feuilles du classeur d'engagements : une par famille d'indicateurs, dans l'ordre de R445-5. */
const FAMILLES_INDICATEURS: [RegExp, string][] = [
  [/^PP-/, 'Politique patrimoniale'],
  [/^PS-/, 'Politique sociale'],
  [/^SR-/, 'Qualité du service'],
  [/^G-/, 'Gestion'],
];

export function familleIndicateur(code: string): string {
  return FAMILLES_INDICATEURS.find(([motif]) => motif.test(code))?.[1] ?? 'Autres indicateurs';
}

/** Groupe en gardant l'ordre d'apparition. */
export function groupBy<T>(valeurs: readonly T[], cle: (v: T) => string): Map<string, T[]> {
  const groupes = new Map<string, T[]>();
  for (const v of valeurs) {
    const k = cle(v);
    const groupe = groupes.get(k);
    if (groupe) groupe.push(v);
    else groupes.set(k, [v]);
  }
  return groupes;
}

/** Engagements par famille, dans l'ordre de R445-5 ; à l'intérieur, l'ordre du dépôt. */
export function engagementsParFamille(engagements: readonly Engagement[]): Map<string, Engagement[]> {
  const groupes = groupBy(engagements, (e) => familleIndicateur(e.indicateur));
  const ordre = [...FAMILLES_INDICATEURS.map(([, nom]) => nom), 'Autres indicateurs'];
  return new Map(ordre.flatMap((nom) => (groupes.has(nom) ? [[nom, groupes.get(nom) ?? []] as const] : [])));
}

/** Clés d'un compte, l'inconnu en dernier, les nombres dans leur ordre. */
export function sortedKeys(comptes: Record<string, number>): string[] {
  const dernier = (c: string) => (c.toLowerCase() === 'inconnu' ? 1 : 0);
  return Object.keys(comptes).toSorted((a, b) => dernier(a) - dernier(b) || (a < b ? -1 : a > b ? 1 : 0));
}

/** Clés d'un compte, du plus grand au plus petit. */
export function keysByCount(comptes: Record<string, number>): string[] {
  return Object.keys(comptes).toSorted((a, b) => (comptes[b] ?? 0) - (comptes[a] ?? 0) || (a < b ? -1 : 1));
}

/** « PLUS 12, PLAI 3 » : la nature des financements d'un ensemble (R445-3). */
export function textFinancements(financements: Record<string, number>): string {
  return keysByCount(financements).map((c) => `${FINANCEMENTS_BREFS[c] ?? libelleFinancement(c)}\u00A0${financements[c]}`).join(', ');
}
