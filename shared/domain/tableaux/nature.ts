export type TypeTableau = 'logements' | 'ops' | 'service-rendu' | 'attributions';

/** Ce que porte une colonne ; décide de ce qui est dit d'une valeur, et de ce qui paraît hors de mesure. */
export type GenreCible = 'texte' | 'code' | 'annee' | 'mois' | 'jour' | 'surface' | 'euros' | 'nombre' | 'pourcentage' | 'oui-non';

export type Cible = {
  nom: string;
  libelle: string;
  genre: GenreCible;
  obligatoire: boolean;
  /** Codes et libellés d'un champ fermé. */
  codes: Readonly<Record<string, string>> | null;
};

export type NatureTableau = {
  type: TypeTableau;
  /** « tableau de logements » : dans les messages et à l'écran. */
  nom: string;
  cibles: readonly Cible[];
  /** Champs qu'aucune autre nature n'a. */
  specifiques: ReadonlySet<string>;
  /** Champ qu'un titre de colonne nomme ; `null` si aucun ne s'impose. */
  champDuTitre(titre: string): string | null;
  /** Champ d'un titre dont le premier champ a déjà une colonne ; `null` : la colonne n'en a pas. */
  champSecond?(titre: string): string | null;
  /** Revoit les champs des titres, tous connus : quand l'ordre des colonnes ne doit rien décider. */
  arranger?(titres: readonly string[], champs: readonly (string | null)[]): (string | null)[];
  /** Champ que des valeurs montrent, quand leur titre n'a rien dit ; `pris` : les champs qui ont déjà une colonne. */
  champDuContenu?(valeurs: readonly string[], pris: ReadonlySet<string>): string | null;
  /** Vrai quand la cellule se comprend sans être traduite. */
  comprend(cible: string, texte: string): boolean;
  /** Ce que les tableaux écrivent à la place des codes, par champ. */
  valeursUsuelles: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Libellés de ce qui manque pour lire un tableau qui donne ces champs ; vide : rien. `parcConnu` : le dossier a des logements. */
  manque(champs: ReadonlySet<string>, parcConnu: boolean): string[];
  /** Champs dont l'un au moins doit avoir une colonne, groupe par groupe ; à défaut, chaque cible obligatoire. */
  exigences?(parcConnu: boolean): readonly (readonly string[])[];
  /** Ce que les titres disent de toutes les lignes : champ → code. */
  constantes?(titres: readonly string[], cibles: readonly (string | null)[]): Record<string, string>;
  /** Vrai d'un titre dont la colonne ne doit jamais être gardée. */
  refusees?(titre: string): boolean;
};
