/** Ce que `build/donnees/territoires.ts` écrit dans `territoires-2026.json`. */
export type DonneesTerritoires = {
  annee: number;
  source: string;
  licence: string;
  attribution: string;
  /** code → nom */
  regions: Record<string, string>;
  /** code → [nom, code de région] */
  departements: Record<string, string[]>;
  /**
   * Un EPCI par ligne : `siren|nom|type|population municipale|celle de sa plus grande commune|1 si la population
   * totale conclut autrement au seuil de L302-1`. Le rang sert d'index aux communes.
   */
  epci: string[];
  /** Un établissement public territorial par ligne : `siren|nom`. Le rang sert d'index aux communes. */
  ept: string[];
  /** département → communes séparées par `\n` : `fin du code|nom|population|rang EPCI|rang EPT`. */
  communes: Record<string, string>;
  /** commune d'aujourd'hui → codes d'hier, séparés par une espace. */
  anciens: Record<string, string>;
  /** commune → ses arrondissements municipaux, `code|nom|population`. */
  arrondissements: Record<string, string[]>;
};

export type TypeEpci = 'CC' | 'CA' | 'CU' | 'METRO' | 'MET69';

export type Commune = {
  code: string;
  nom: string;
  departement: string;
  region: string;
  /** SIREN de l'EPCI à fiscalité propre ; null pour quatre îles et les collectivités d'outre-mer. */
  epci: string | null;
  /** SIREN de l'établissement public territorial (métropole du Grand Paris, hors Paris). */
  ept: string | null;
  /** Population municipale ; null quand la source ne la donne pas. */
  population: number | null;
};

export type Arrondissement = { code: string; nom: string; commune: string; population: number | null };

export type StatutDepcom = 'actuelle' | 'fusionnee' | 'arrondissement' | 'inconnue';

export type Depcom =
  | { commune: string; statut: 'actuelle' | 'fusionnee' | 'arrondissement' }
  | { commune: null; statut: 'inconnue' };

export type Territoire =
  | { type: 'organisme'; code: '' }
  | { type: 'region' | 'departement' | 'epci' | 'ept' | 'commune'; code: string };

export type InfoEpci = {
  siren: string;
  nom: string;
  type: TypeEpci;
  /** Population municipale totale des communes membres. */
  population: number;
  /** Celle de sa commune la plus peuplée, de la même année. */
  populationCommune: number;
  /** PLH obligatoire (L302-1, IV, dernier alinéa) d'après le type et les populations. */
  plhObligatoire: boolean;
  /** Population municipale et population totale ne concluent pas pareil au seuil de L302-1. */
  seuilIncertain: boolean;
  /** Ce que les données ne disent pas et que l'utilisateur doit confirmer ; null si rien. */
  reserve: string | null;
};
