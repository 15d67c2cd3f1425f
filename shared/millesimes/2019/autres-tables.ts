import type { Indicateur, TableEngagements } from '../types.ts';
import { accompagne, commun, DEPARTEMENTS, REFERENCE_INCERTAINE, total, UNITE_INCERTAINE } from './commun.ts';

/** Les tableaux qu'une convention porte, et quand (R445-5, R445-15, R445-24). */
export const tables: readonly TableEngagements[] = [
  {
    code: 'locatif', libelle: 'Indicateurs locatifs', article: 'R445-5', surParc: true,
    quand: [[{ mesure: 'foyers/pour-cent', sous: 100 }, { mesure: 'parc', de: 1 }], [{ mesure: 'foyers/pour-cent', sous: 100 }, { mesure: 'accession/activite', sous: 1 }]],
    texte: 'La convention fixe des engagements chiffrés pour chacun des indicateurs de R445-5 ; ceux de R445-5-1 à la demande du préfet signataire.',
  },
  {
    code: 'foyers', libelle: 'Indicateurs des logements-foyers', article: 'R445-24', surParc: false, quand: [[{ mesure: 'foyers', de: 1 }]],
    texte: 'Moins de 50 % du patrimoine en logements équivalents : le tableau de R445-36 ; de 50 % à moins de 100 % : une partie « logements-foyers » ; la totalité : une convention « logements-foyers ».',
  },
  {
    code: 'accession', libelle: 'Indicateurs d’accession', article: 'R445-15', surParc: false, quand: [[{ mesure: 'accession/ventes', de: 20 }], [{ mesure: 'parc', sous: 1 }, { mesure: 'accession/activite', de: 1 }]],
    texte: 'Sans patrimoine locatif : convention « accession ». Avec : le tableau de R445-22, sauf moins de 20 logements neufs vendus en accession dans les trois années précédant l’entrée en vigueur.',
  },
];

/** Démolitions (R445-5-3) : données d'un développement qualitatif, sans code dans la loi ; celui-ci est de nous. */
export const demolitions: Indicateur = {
  ...commun,
  code: 'DEM-1',
  libelle: 'Nombre de démolitions prévues et réalisées, hors et dans le cadre de la rénovation urbaine, à trois et six ans',
  court: 'Démolitions',
  engagement: 'Énoncé de la politique patrimoniale et d’investissement',
  politique: 'patrimoniale',
  article: 'R445-5-3',
  unite: 'demolitions',
  numerateur: 'Démolitions prévues, cumulées depuis le début de la convention',
  denominateur: null,
  ventilations: [
    { ...total, obligatoire: false, formes: ['nombre'], sommeDe: ['hors-ru', 'ru'], accompagnement: { unite: 'demolitions', article: 'R445-5-3' } },
    accompagne('hors-ru', 'hors du cadre de la rénovation urbaine', 'demolitions', 'R445-5-3', 'total'),
    accompagne('ru', 'dans le cadre de la rénovation urbaine', 'demolitions', 'R445-5-3', 'total'),
  ],
  periodicite: 'trois-et-six-ans',
  cumul: { niveau: 'a-justifier' },
  territoires: DEPARTEMENTS,
  incertitudes: ['R445-5-3 demande ces nombres « le cas échéant », sans code ni tableau : le code DEM-1 est un repère d’Atelier CUS, non réglementaire.'],
};

const ADAPTER_FOYERS = 'Adapter l’offre de logements-foyers aux besoins des populations et des territoires, entretenir et améliorer le patrimoine existant';
const EQUIVALENT = 'Un logement par logement autonome ; sinon la partie entière du nombre de lits divisé par trois, structure par structure (R302-15, III).';

const foyer = {
  ...commun,
  table: 'foyers',
  engagement: ADAPTER_FOYERS,
  politique: 'foyers',
  article: 'R445-36',
  unite: 'logements-equivalents',
  ventilations: [total],
  territoires: { base: 'departements', champ: 'options/foyers/departements', surDemande: null, sansImmeuble: null, texte: 'Décliné à l’échelle des départements.', article: 'R445-36' },
} as const;

export const foyers: readonly Indicateur[] = [
  {
    ...foyer,
    code: 'PP-LF-1',
    libelle: 'Nombre de logements équivalents donnant lieu à des dossiers de financement agréés par les services de l’Etat ou par les délégataires, à trois et six ans',
    court: 'Logements équivalents agréés',
    numerateur: 'Logements équivalents donnant lieu à des dossiers de financement agréés, cumulés depuis le début de la convention',
    denominateur: null,
    ventilations: [{ ...total, formes: ['nombre'] }],
    periodicite: 'trois-et-six-ans',
    cumul: { niveau: 'bloquant' },
    incertitudes: [EQUIVALENT, REFERENCE_INCERTAINE],
  },
  {
    ...foyer,
    code: 'PP-LF-2',
    libelle: 'Nombre de logements équivalents disposant après rénovation d’une étiquette A à E, parmi le parc de logements de classe énergétique F et G, par année',
    court: 'Logements équivalents rénovés, étiquette A à E',
    numerateur: 'Logements équivalents de classe F ou G disposant après rénovation d’une étiquette A à E',
    denominateur: { libelle: 'Parc de logements équivalents de classe énergétique F et G', donnee: null },
    periodicite: 'annuelle',
    transmissionAnnuelle: { article: 'R445-2-9' },
    incertitudes: [EQUIVALENT, UNITE_INCERTAINE, REFERENCE_INCERTAINE],
  },
  {
    ...foyer,
    code: 'PP-LF-3',
    libelle: 'Nombre de logements équivalents réhabilités, appartenant à une opération de réhabilitation éligible à un prêt de la Caisse des dépôts et consignations, parmi le parc total de logements équivalents, par année',
    court: 'Logements équivalents réhabilités',
    numerateur: 'Logements équivalents réhabilités dans une opération éligible à un prêt de la Caisse des dépôts et consignations',
    denominateur: { libelle: 'Parc total de logements équivalents', donnee: null },
    periodicite: 'annuelle',
    transmissionAnnuelle: { article: 'R445-2-9' },
    incertitudes: [EQUIVALENT, UNITE_INCERTAINE, REFERENCE_INCERTAINE],
  },
];

const accede = {
  ...commun,
  table: 'accession',
  politique: 'accession',
  article: 'R445-22',
  entier: false,
  ventilations: [{ ...total, formes: ['pourcentage', 'fraction'] }],
  territoires: {
    base: 'regions', champ: 'options/accession/regions', surDemande: 'options/accession/departements', sansImmeuble: null,
    texte: 'Décliné à l’échelle des régions ainsi que, à la demande du préfet signataire, de chaque département qu’il identifie.', article: 'R445-22',
  },
} as const;

export const accession: readonly Indicateur[] = [
  {
    ...accede,
    code: 'PP-ACC-1',
    libelle:
      'Pourcentage de logements agréés conformément à la réglementation prévue à l’article D. 331-76-5-1 transformés en logements locatifs sociaux, au regard du parc de logements en accession détenu par l’organisme et du nombre de transferts de propriété au bénéfice de titulaires de contrats sur la période concernée, à trois et six ans',
    court: 'Logements en location-accession transformés en locatif social',
    engagement: 'Adapter l’offre d’accession sociale aux besoins des populations et des territoires',
    unite: 'logements',
    numerateur: 'Logements agréés transformés en logements locatifs sociaux',
    denominateur: { libelle: 'Parc de logements en accession détenu et transferts de propriété sur la période', donnee: null },
    periodicite: 'trois-et-six-ans',
    incertitudes: ['Composition exacte du dénominateur (parc détenu et transferts) : non précisée par le texte lu.', REFERENCE_INCERTAINE],
  },
  {
    ...accede,
    code: 'PS-ACC-1',
    libelle: 'Pourcentage minimal de contrats signés par an avec des ménages dont les revenus n’excèdent pas les plafonds applicables aux opérations financées dans les conditions de l’article D. 331-12',
    court: 'Contrats signés sous plafonds',
    engagement: 'Favoriser l’accession à la propriété des ménages modestes',
    unite: 'contrats',
    numerateur: 'Contrats signés avec des ménages dont les revenus n’excèdent pas les plafonds',
    denominateur: { libelle: 'Contrats signés dans l’année', donnee: null },
    periodicite: 'annuelle',
    incertitudes: [REFERENCE_INCERTAINE],
  },
];
