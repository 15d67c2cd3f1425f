/**
 * Ce que les données du dossier disent d'une case de la matrice (une cible ou une référence) : une
 * proposition, jamais une valeur. L'utilisateur la reprend, ou tape autre chose.
 */
export type Proposition = {
  /** `engagement/PP-4/dep-13/3ans/total`, `reference/PS-2/dep-13/hors-qpv`. */
  champ: string;
  /** Tel qu'il se taperait dans la case : `48`, `12/48`. */
  valeur: string;
  /** Ce que le nombre compte et comment, en mots. */
  formule: string;
  /** D'où il vient : fichier, année, plan. */
  source: string;
  article: string;
  /** Les lignes comptées, pour les montrer ; `null` quand le nombre vient d'ailleurs que de lignes. */
  lignes: LignesProposition | null;
  /** Vrai quand le rapprochement avec la définition légale est de nous, ou incertain : `reserve` dit pourquoi. */
  reserve: string | null;
  /** Ce qui manque à cette valeur-ci : à lire avant de la reprendre. */
  prudence?: string;
};

/** Une case dont les données parlent, sans assez en dire pour proposer une valeur. */
export type SansProposition = { champ: string; raison: string };

export type LignesProposition = { vue: 'logements' | 'attributions' | 'ventes'; filtres: Readonly<Record<string, string>>; nombre: number };
