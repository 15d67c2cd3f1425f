/**
 * Vacance et rotation (R445-3, dernier alinéa), d'après le RPLS. Formules d'un traitement de DREAL publié :
 * vacance de plus de trois mois = (durée de vacance > 3 et MODE 2) / (MODE 1, 2) ; rotation = (année du bail
 * ≥ N − 1 et LOCAT < N − 1) / (LOCAT < N − 1 et MODE 1, 2), N étant l'année de la déclaration.
 */
export type LogementParc = { mode: number | null; bail: string | null; locat: number | null; remlocdate: string | null; annee: number | null };

export type Vacance = {
  /** MODE 1 ou 2 : loués, ou proposés et vacants. */
  offert: boolean;
  vacant: boolean;
  /** Depuis plus de trois mois au 1er janvier de la déclaration. */
  vacantTroisMois: boolean;
  baseRotation: boolean;
  rotation: boolean;
  /** Pourquoi le logement n'est pas dans le calcul ; vide : il y est. */
  horsVacance: '' | 'mode-inconnu' | 'mode-3' | 'mode-4' | 'mode-5';
  horsDuree: '' | 'duree-inconnue' | 'annee-inconnue';
  horsRotation: '' | 'annee-inconnue' | 'locat-inconnue' | 'locat-recente' | 'mode-inconnu' | 'mode-3' | 'mode-4' | 'mode-5';
};

export const EXCLUS: Readonly<Record<string, string>> = {
  'mode-inconnu': 'mode d’occupation inconnu', 'mode-3': 'vides (travaux, vente, démolition)', 'mode-4': 'pris en charge par une association', 'mode-5': 'occupés avec ou sans contrepartie',
  'duree-inconnue': 'vacants dont la dernière date d’offre (champ 62) manque ou suit le 1er janvier', 'annee-inconnue': 'd’une déclaration sans année',
  'locat-inconnue': 'sans année de première mise en location', 'locat-recente': 'mis en location l’année d’avant la déclaration, ou depuis',
};

/** Les mêmes comptes, dans l'ordre des raisons : celui des logements parcourus changerait d'une copie du dossier à l'autre. */
export function ordonnerExclus(comptes: Readonly<Record<string, number>>): Record<string, number> {
  const rangs = Object.keys(EXCLUS);
  return Object.fromEntries(Object.entries(comptes).toSorted(([a], [b]) => rangs.indexOf(a) - rangs.indexOf(b)));
}

/** Mois entiers de `remlocdate` (`AAAA-MM`) au 1er janvier de `annee` ; négatif : après. */
export function moisDeVacance(remlocdate: string, annee: number): number {
  return (annee - Number(remlocdate.slice(0, 4))) * 12 + 1 - Number(remlocdate.slice(5, 7));
}

export function computeVacance({ mode, bail, locat, remlocdate, annee }: LogementParc): Vacance {
  const offert = mode === 1 || mode === 2;
  const autre = offert ? '' : mode === 3 || mode === 4 || mode === 5 ? (`mode-${mode}` as const) : 'mode-inconnu';
  const mois = mode === 2 && remlocdate !== null && annee !== null ? moisDeVacance(remlocdate, annee) : null;
  const ancien = annee !== null && locat !== null && locat < annee - 1;
  return {
    offert, vacant: mode === 2, vacantTroisMois: mois !== null && mois > 3,
    baseRotation: ancien && offert,
    rotation: ancien && bail !== null && Number(bail.slice(0, 4)) >= annee - 1,
    horsVacance: autre,
    horsDuree: mode !== 2 ? '' : annee === null ? 'annee-inconnue' : mois === null || mois < 0 ? 'duree-inconnue' : '',
    horsRotation: annee === null ? 'annee-inconnue' : locat === null ? 'locat-inconnue' : ancien ? autre : 'locat-recente',
  };
}
