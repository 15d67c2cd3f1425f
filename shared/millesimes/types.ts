/** Un millésime : les règles d'une année, en données. Rien d'autre dans le code ne connaît la loi. */

export type Niveau = 'bloquant' | 'a-justifier' | 'information';

export type CodeEtape = 'organisme' | 'patrimoine' | 'occupation' | 'service-rendu' | 'loyers' | 'engagements' | 'ventes' | 'associes' | 'controle' | 'depot' | 'echanges';
export type Etape = { code: CodeEtape; libelle: string };

/** Formes qu'une cible accepte sans remarque. Une autre forme est gardée, et signalée. */
export type Forme = 'nombre' | 'pourcentage' | 'fraction';

export type Unite = 'logements' | 'logements-equivalents' | 'attributions' | 'mutations' | 'contrats' | 'ventes' | 'refus' | 'demolitions' | 'euros-par-logement-et-par-an';

export type Ventilation = {
  code: string;
  libelle: string;
  obligatoire: boolean;
  formes: readonly Forme[];
  /** Ventilation dont celle-ci est une part : son nombre ne peut la dépasser. */
  partDe: string | null;
  /** Ventilations dont celle-ci est la somme. */
  sommeDe: readonly string[];
  /** Donnée chiffrée qui accompagne l'indicateur, dans son unité à elle ; `null` : l'engagement même. */
  accompagnement: { unite: Unite; article: string } | null;
};

/** Donnée du parc qui vaut dénominateur : le parc total, ou les logements classés F ou G. */
export type DonneeParc = 'parc' | 'parcFG';

export type Denominateur = { libelle: string; donnee: DonneeParc | null };

/**
 * Ce que les déclarations gardées savent compter d'une référence. `mis-en-commercialisation` : champ 59 à « oui » ;
 * `vendus` : sorties par vente ; `sortis-fg`, `gain-etiquette` : d'une déclaration à la suivante, logements passés de
 * F ou G à A à E, ou gagnant une étiquette ; `champ-declare` : un champ et des valeurs que l'organisme désigne.
 */
export type DonneeReference = 'mis-en-commercialisation' | 'vendus' | 'sortis-fg' | 'gain-etiquette' | 'champ-declare';

/** Rapprochement d'une référence et d'une donnée : proposé par Atelier CUS, non réglementaire ; `reserve` dit pourquoi. */
export type ReferenceProposee = {
  ventilation: string;
  donnee: DonneeReference;
  reserve: string;
  /** Pour `champ-declare` : les champs du dossier qui disent le rang dans la déclaration, et les valeurs qui comptent. */
  champs: { rang: string; valeurs: string } | null;
};

/** Où la loi demande que l'indicateur soit décliné. */
export type BaseTerritoires = 'departements' | 'regions' | 'epci-ps1' | 'organisme' | 'identifies';

export type RegleTerritoires = {
  base: BaseTerritoires;
  /** Champ (liste) par lequel l'organisme dit lui-même les territoires de la base ; vide : ceux du parc. */
  champ: string | null;
  /** Champ (liste) des territoires que le préfet signataire identifie en plus ; `null` : la loi n'en prévoit pas. */
  surDemande: string | null;
  /**
   * Ce que l'article dit d'un territoire `surDemande` où la convention n'a pas d'immeuble : rien n'y est exigé. `lecture` : ce
   * que la règle suppose de plus, et qui est de nous. `null` : l'article n'en dit rien, tout y est exigé.
   */
  sansImmeuble: { article: string; texte: string; lecture: string } | null;
  texte: string;
  article: string;
};

/** Ce dont dépend qu'une convention porte un tableau : mesuré sur l'organisme, jamais supposé. */
export type Mesure = 'parc' | 'foyers' | 'foyers/pour-cent' | 'accession/ventes' | 'accession/activite';
/** Vrai quand `de` ≤ mesure < `sous`. */
export type Condition = { mesure: Mesure; de?: number; sous?: number };

/** Un tableau d'engagements (R445-5, R445-36, R445-22) et quand la convention le porte. */
export type TableEngagements = {
  code: string;
  libelle: string;
  article: string;
  /** L'une de ces listes dont toutes les conditions tiennent ; vide : toujours. */
  quand: readonly (readonly Condition[])[];
  /** Porte sur le parc locatif importé : une cible où il n'a pas de logement étonne. */
  surParc: boolean;
  /** Ce que l'article en dit, en une phrase. */
  texte: string;
};

export type Indicateur = {
  code: string;
  /** Code du tableau de la loi où il figure. */
  table: string;
  alias: readonly string[];
  /** Le libellé de l'article, mot pour mot, sans le code ni le point final. */
  libelle: string;
  /** Intitulé court, pour les en-têtes. */
  court: string;
  /** Rubrique « ENGAGEMENTS » de l'article, mot pour mot. */
  engagement: string;
  politique: string;
  article: string;
  obligatoire: boolean;
  unite: Unite;
  numerateur: string;
  denominateur: Denominateur | null;
  /** Valeurs entières seulement (un nombre de logements) ; faux pour des euros. */
  entier: boolean;
  /** Le numérateur ne peut dépasser le dénominateur. */
  partDuDenominateur: boolean;
  ventilations: readonly Ventilation[];
  periodicite: 'annuelle' | 'trois-et-six-ans';
  /** Niveau du constat quand la valeur à six ans est sous celle à trois ans. */
  cumul: { niveau: Niveau } | null;
  territoires: RegleTerritoires;
  transmissionAnnuelle: { article: string } | null;
  references: readonly ReferenceProposee[];
  /** Développement qualitatif que l'article demande ; son texte se tape dans le champ `developpement/<code>`. */
  accompagnement: { texte: string; article: string } | null;
  /** Ce que les textes lus ne disent pas : montré, jamais inventé. */
  incertitudes: readonly string[];
};

/** Le représentant de l'État qui signe, et celui à qui le projet est adressé. */
export type Signataire = { signataire: string; destinataire: string; article: string };

export type Politique = { code: string; libelle: string };

export type HorizonCumule = { code: string; libelle: string; annees: number };

/** `comprise` : la durée commence au jour de départ, et la date est son dernier jour (la veille du quantième). */
export type Duree = { mois: number; jours?: number; comprise?: true };

/** Ce dont dépend qu'un délai existe : un champ a l'une de ces valeurs, ou l'une de ces listes de conditions tient. */
export type ConditionDelai = { champ: string; parmi: readonly string[] } | { mesures: readonly (readonly Condition[])[] };

/** Ce que le texte dit d'un délai passé, et où il le dit. */
export type Consequence = { texte: string; article: string };

/** Un délai légal : une date tirée d'une autre. */
export type Delai = {
  code: string;
  libelle: string;
  article: string;
  /** Champ (date) dont le délai part. */
  depuis: string;
  duree: Duree;
  /**
   * `limite` : à faire au plus tard ce jour-là. `au-plus-tot` : pas avant. `repere` : une date qui ne
   * dépend pas de l'organisme (silence d'une commune, fin de convention).
   */
  genre: 'limite' | 'au-plus-tot' | 'repere';
  /** Champ (date) qui dit que c'est fait. */
  realise: string | null;
  /** Champ dont chaque unité reporte l'échéance d'un an (rapprochement, R445-2-10). */
  report: string | null;
  aide: string;
  /** `null` : toujours. */
  si: ConditionDelai | null;
  /** `null` : les textes lus n'en disent rien. */
  consequence: Consequence | null;
  /** Contrôle qui dit déjà le retard ; `null` : celui des échéances le dit. */
  controle: string | null;
};

/** Une obligation périodique pour laquelle le texte ne fixe pas de jour. */
export type ObligationPeriodique = { code: string; libelle: string; article: string; indicateurs: readonly string[]; aide: string };

/** Deux dates qui doivent se suivre. */
export type OrdreDates = { avant: string; apres: string; niveau: 'bloquant' | 'a-justifier'; article: string };

export type TypeChamp = 'texte' | 'date' | 'siren' | 'choix' | 'oui-non' | 'nombre' | 'nombres' | 'liste' | 'paragraphe';

export type DefinitionChamp = {
  champ: string;
  libelle: string;
  type: TypeChamp;
  groupe: string;
  etape: CodeEtape;
  article: string;
  aide: string;
  choix: readonly { valeur: string; libelle: string }[];
  /** Niveau du constat quand le champ est vide ; `null` : facultatif. */
  siVide: 'bloquant' | 'a-justifier' | null;
};

/** Ce qu'un tableau d'attributions compte ; chaque nombre y a sa base, et ce qui n'est pas connu. */
export type MesureAttributions =
  | 'signes' | 'hors-qpv' | 'ps1' | 'quartile-hors-qpv' | 'reloges' | 'reloges-hors-qpv'
  | 'l441-quartile' | 'l441-mixite' | 'l441-prioritaires' | 'l441-collectivites'
  | 'prioritaires' | 'prioritaires-hors-qpv' | 'dalo' | 'dalo-hors-qpv' | 'non-reserves'
  | 'mutations' | 'mutations-internes' | 'mutations-externes' | 'renouvellement-urbain' | 'qpv-vers-hors' | 'hors-vers-qpv' | 'qpv-hors-qpv'
  | 'refus' | 'refus-hors-qpv';

/** Les lignes de la matrice dont les attributions importées proposent la référence. */
export type ReferencesAttributions = {
  /** Années civiles avant la première de la convention. */
  annees: number;
  /** D'où vient ce nombre d'années, et ce qui n'en est pas certain. */
  reserve: string;
  lignes: readonly { indicateur: string; ventilation: string; mesure: MesureAttributions; /** Ce que le texte laisse ouvert ; vide : rien. */ reserve: string }[];
};

/** Un minimum que la loi fixe aux attributions : constaté, jamais bloquant. */
export type Seuil = {
  code: string;
  libelle: string;
  article: string;
  /** Ce que l'article en dit, court. */
  texte: string;
  /** Le minimum : `n` sur `d`. */
  minimum: { n: number; d: number };
  /** Ce que les attributions importées en montrent. */
  mesure: MesureAttributions;
  /** Indicateur dont les cibles annuelles se comparent au minimum, et ce qui les en sépare ; `null` : aucun ne s'y compare. */
  cible: { indicateur: string; reserve: string } | null;
  /** Où le minimum s'apprécie : les territoires d'un indicateur de la matrice, ou ceux du parc. */
  territoires: { indicateur: string } | { maille: 'departement' | 'organisme' };
  /** Un autre objectif peut être fixé par territoire, avec sa source. */
  objectif: { texte: string; article: string } | null;
  /** Ce que les textes lus ne disent pas ; vide : rien. */
  incertitude: string;
};

export type Chapitre = { numero: string; titre: string; articles: readonly string[]; condition: string | null };

export type DefinitionControle = {
  code: string;
  niveau: Niveau;
  article: string;
  etape: CodeEtape;
  /** Modèle : `{nom}` est remplacé. */
  message: string;
};

/** Classe d'un DPE : plus de `plusDe`, au plus `auPlus` kWhEP/m²/an ; `null` : la classe ne le dit pas. */
export type BorneEnergie = { methode: 'avant' | 'depuis'; classe: string; plusDe: number | null; auPlus: number | null };

/** À qui un logement du plan est destiné. `hlm` : l'exception de L443-7 (arrêté de carence) le vise ou non. */
export type AcquereurVente = { code: string; libelle: string; court: string; ventilation: string | null; hlm: 'oui' | 'non' | 'incertain'; personneMorale: boolean };

/** Ce que l'on signale d'un logement du plan : `court` dans la table, `texte` (modèle) dans son explication. */
export type DrapeauVente = { code: string; court: string; article: string; texte: string };

/** Le plan de mise en vente : conditions, consultations et mots de la loi, en données. */
export type ReglesVentes = {
  article: string;
  texte: string;
  /** Indicateur que le plan nourrit, et ses ventilations ; `null` : aucun. */
  indicateur: { code: string; mises: string; vendus: string; ventes: string } | null;
  anciennete: { annees: number; article: string };
  /** Ventes à des personnes morales de droit privé. */
  personnesMorales: { annees: number; article: string; cus: readonly string[]; financements: readonly string[] };
  energie: { article: string; champSeuil: string; champSource: string; seuil: string; source: string; bornes: readonly BorneEnergie[]; sourceBornes: string };
  avis: { mois: number; article: string; /** Silence, opposition : ce que le texte en dit, pour la lettre. */ silence: string; opposition: string; obligation: string; sansDelai: string };
  acquereurs: readonly AcquereurVente[];
  /**
   * Ventes à un autre organisme HLM : ce qui les dispense d'autorisation, et les ventilations où elles ne comptent pas
   * (`lecture` : pourquoi, et que cette lecture est de nous).
   */
  sansAutorisation: { article: string; court: string; horsDe: readonly string[]; lecture: string };
  drapeaux: readonly DrapeauVente[];
  incertitudes: readonly string[];
};

/** Une personne publique que la loi associe, ou l'État à qui les actes sont transmis. */
export type NaturePersonne = 'epci' | 'ept' | 'paris' | 'metropole-lyon' | 'departement' | 'commune' | 'autre' | 'etat';

export type RegleNature = { nature: NaturePersonne; libelle: string; court: string; article: string };

/** Pourquoi une personne publique signe. */
export type Qualite = { libelle: string; article: string; texte: string };

/** `envoi` : de l'organisme ; `recu` : de la personne ; `reunion` : ensemble. */
export type SensEchange = 'envoi' | 'recu' | 'reunion';
export type ObjetEchange = {
  code: string;
  sens: SensEchange;
  libelle: string;
  article: string;
  /** À qui, ou de qui : l'État, les personnes publiques. */
  avec: readonly ('etat' | 'personnes')[];
  /** Date du calendrier que ces échanges détaillent. */
  champ: string | null;
};

export type RegleAssociation = {
  natures: readonly RegleNature[];
  /** `natures` : organismes qui ont un rattachement. */
  rattachement: Qualite & { natures: readonly string[]; champ: string };
  /** Part du parc social du ressort à partir de laquelle l'autorité organisatrice de l'habitat signe : entiers. */
  aoh: Qualite & { natures: readonly NaturePersonne[]; reconnaissance: string; part: { numerateur: number; denominateur: number }; renonciation: { article: string; delai: string } };
  demande: Qualite & { delai: string };
  associee: Qualite;
  /** Code du délai qui sépare la réunion de la transmission des éléments. */
  reunion: string;
  /** Personnes associées à qui les éléments sont transmis et avec qui la réunion se tient. */
  elements: { article: string; /** Ce que la liste des ventes transmise dit, et tait. */ ventes: string };
  /** Ce que le texte dit d'un engagement fixé à une échelle plus large que le territoire d'une personne. */
  plusLarge: { article: string; texte: string };
  /** Territoires dont une partie est celle d'une autre collectivité. */
  exclusions: readonly { territoire: string; sans: string; texte: string; article: string }[];
  /** Départements dont nos données ne disent pas quelle collectivité y exerce : à confirmer. */
  aConfirmer: readonly { territoires: readonly string[]; texte: string }[];
  /**
   * Champs du calendrier. `suites` : l'une de ces dates faite, l'association est derrière soi ;
   * `faits` : ceux qui disent une chose faite, donc seulement prévue quand leur date est à venir.
   */
  champs: { concertation: string; bilan: string; suites: readonly string[]; faits: readonly string[] };
  objets: readonly ObjetEchange[];
  concertation: {
    article: string;
    acteurs: readonly { code: string; libelle: string }[];
    objets: readonly { code: string; libelle: string }[];
    texte: string;
  };
};

/**
 * D'où vient le maximum d'aujourd'hui d'un ensemble : saisi dans le scénario, déclaré d'après la convention APL, d'après
 * l'ancienne CUS, d'après les deux, ou loyers pratiqués faute de plafond.
 */
export type CodeOrigine = 'convention' | 'apl' | 'cus' | 'apl-cus' | 'R445-10';
/** `court` dans un tableau, `libelle` dans une phrase ou un document, `formule` pour expliquer un chiffre ; ce que le fichier ne dit pas. */
export type OrigineMaximum = { court: string; libelle: string; formule: string; articles: readonly string[]; incertitude: string };

/** Ce que les articles chiffrent et nomment de la nouvelle politique des loyers. */
export type ReglesNpl = {
  origines: Readonly<Record<CodeOrigine, OrigineMaximum>>;
  /** Hausse permise en sus de l'IRL pour équilibrer des travaux, avec l'accord de l'autorité, en %. */
  hausseTravaux: { pourcent: number; article: string };
};

export type Millesime = {
  nom: string;
  libelle: string;
  texte: string;
  enVigueurDepuis: string;
  dureeAnnees: number;
  horizons: readonly HorizonCumule[];
  etat: Signataire;
  politiques: readonly Politique[];
  tables: readonly TableEngagements[];
  indicateurs: readonly Indicateur[];
  etapes: readonly Etape[];
  champs: readonly DefinitionChamp[];
  delais: readonly Delai[];
  obligations: readonly ObligationPeriodique[];
  ordres: readonly OrdreDates[];
  association: RegleAssociation;
  plan: readonly Chapitre[];
  controles: readonly DefinitionControle[];
  attributions: ReferencesAttributions;
  seuils: readonly Seuil[];
  psp: { champ: string; maxAnnees: number; article: string };
  /** Écart entre un dénominateur tapé et celui que les données connaissent, en % de celui-ci, au-delà duquel un constat le dit. De nous. */
  ecartsDenominateur: { signale: number; justifie: number; source: string };
  ventes: ReglesVentes;
  npl: ReglesNpl;
  /** Loyer accessoire : ce que l'article en dit, sans majuscule ni point, et d'où vient ce qui le limite. */
  loyerAccessoire: { article: string; texte: string; incertitude: string };
  incertitudes: readonly string[];
};
