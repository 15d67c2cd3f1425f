/**
 * Classes qui résument le parc : âge, surface, période du DPE. Âges et surfaces sont proposés par
 * Atelier CUS, aucun texte ne les fixe.
 */

/** Bornes comprises ; `null` : sans borne. Années, ou centièmes de m². */
export type Classe = { cle: string; libelle: string; de: number | null; a: number | null };

const annees = (de: number | null, a: number | null): Classe => ({
  cle: de === null ? `avant-${(a ?? 0) + 1}` : a === null ? `depuis-${de}` : `${de}-${a}`,
  libelle: de === null ? `avant ${(a ?? 0) + 1}` : a === null ? `depuis ${de}` : `${de} à ${a}`,
  de, a,
});

export const AGES: readonly Classe[] = [annees(null, 1948), annees(1949, 1974), annees(1975, 1989), annees(1990, 2004), annees(2005, 2014), annees(2015, null)];

const metres = (de: number | null, a: number | null): Classe => ({
  cle: de === null ? `moins-${a}` : a === null ? `des-${de}` : `${de}-${a}`,
  libelle: de === null ? `moins de ${a} m²` : a === null ? `${de} m² et plus` : `${de} à moins de ${a} m²`,
  de: de === null ? null : de * 100,
  a: a === null ? null : a * 100 - 1,
});

export const SURFACES_HABITABLES: readonly Classe[] = [metres(null, 25), metres(25, 40), metres(40, 60), metres(60, 80), metres(80, 100), metres(100, null)];

/** Clé de la classe où tombe une valeur ; `null` si la valeur est inconnue. */
export function classeDe(classes: readonly Classe[], valeur: number | null): string | null {
  if (valeur === null) return null;
  // Les classes se suivent sans trou : la première dont la borne haute n'est pas dépassée.
  return classes.find((c) => c.a === null || valeur <= c.a)?.cle ?? null;
}

/** La méthode du DPE a changé au 1er juillet 2021 : avant et après ne se comparent pas. */
export const MOIS_METHODE_DPE = '2021-07';

export const PERIODES_DPE = ['avant', 'depuis', 'sans-date'] as const;
export type PeriodeDpe = (typeof PERIODES_DPE)[number];

export const LIBELLE_PERIODE_DPE: Readonly<Record<PeriodeDpe, string>> = {
  avant: 'avant le 1er juillet 2021',
  depuis: 'depuis le 1er juillet 2021',
  'sans-date': 'date inconnue',
};

/** Période de la méthode d'un DPE : sa classe (`null` : pas de DPE connu) et son mois, `AAAA-MM`. */
export function periodeDpe(classe: string | null, mois: string | null): PeriodeDpe | null {
  if (classe === null) return null;
  if (mois === null) return 'sans-date';
  return mois < MOIS_METHODE_DPE ? 'avant' : 'depuis';
}

/** Décennie d'une année de construction ; rien n'est gagné à détailler l'avant-guerre : 1900 et avant font une classe. */
export const decennieDe = (annee: number): number => Math.max(1900, Math.floor(annee / 10) * 10);
