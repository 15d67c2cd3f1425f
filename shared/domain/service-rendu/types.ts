/** Ce que R445-3 demande de prendre en compte dans l'appréciation de l'état du service rendu. */
export const ASPECTS = ['construction', 'prestations', 'localisation', 'environnement'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** Les mots de R445-3 : « la qualité de la construction et des prestations techniques, la localisation et l'environnement ». */
export const LIBELLE_ASPECT: Readonly<Record<Aspect, string>> = {
  construction: 'Qualité de la construction',
  prestations: 'Qualité des prestations techniques',
  localisation: 'Localisation',
  environnement: 'Environnement de l’ensemble immobilier',
};

/** `poids` : décimal exact, nul ou positif (`1`, `0.5`). `code` : stable, c'est lui que portent les notes. */
export type Critere = { code: string; libelle: string; aide: string; poids: string };

/** `aspect` : celui de R445-3 que la famille apprécie ; `null` pour une famille propre à l'organisme. */
export type Famille = { code: string; libelle: string; aspect: Aspect | null; poids: string; criteres: Critere[] };

/** Valeurs en décimal exact. `niveaux` : seuls leurs codes se notent (« A » vaut 4). */
export type Echelle =
  | { genre: 'nombres'; min: string; max: string; decimales: number }
  | { genre: 'niveaux'; niveaux: { code: string; libelle: string; valeur: string }[] };

/** Quel bout de l'échelle est le meilleur : `croissant`, la plus grande valeur ; `decroissant`, la plus petite. */
export type Sens = 'croissant' | 'decroissant';

/** Une classe va de `de` inclus à la borne de la suivante exclue ; la dernière va jusqu'au bout de l'échelle. */
export type Classe = { libelle: string; de: string };

/** La grille de l'organisme : aucun texte n'en fixe les critères, les poids ni l'échelle. */
export type Grille = {
  /** Vrai tant qu'elle est, mot pour mot, celle que l'application propose. */
  proposee: boolean;
  echelle: Echelle;
  sens: Sens;
  /** Part des critères à noter, en pour cent, sous laquelle aucun résultat n'est donné. */
  seuil: number;
  familles: Famille[];
  classes: Classe[];
};

export const listCriteres = (grille: Grille): (Critere & { famille: Famille })[] =>
  grille.familles.flatMap((famille) => famille.criteres.map((c) => ({ ...c, famille })));
