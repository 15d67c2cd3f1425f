import type { ReferencesAttributions, Seuil } from '../types.ts';

const REFUS = 'Le texte ne dit pas quels refus sont comptés : ceux des ménages qui ont refusé le logement avant son attribution, hors QPV, sont proposés.';
const PART = 'Rapporté au total des attributions, comme la ligne dont elle est la part : le texte ne dit pas quel dénominateur prendre.';

/** Ce que les attributions importées proposent comme références (R445-5, R445-5-1). */
export const attributions: ReferencesAttributions = {
  annees: 3,
  reserve:
    'Total des trois années civiles qui précèdent la convention, suivant l’usage d’une convention publiée : la définition légale de la référence est dans l’annexe 1 de l’arrêté du 19 octobre 2017, non obtenue.',
  lignes: [
    { indicateur: 'PS-1', ventilation: 'total', mesure: 'ps1', reserve: '' },
    { indicateur: 'PS-1', ventilation: 'refus', mesure: 'refus-hors-qpv', reserve: REFUS },
    { indicateur: 'PS-2', ventilation: 'total', mesure: 'prioritaires', reserve: '' },
    { indicateur: 'PS-2', ventilation: 'hors-qpv', mesure: 'prioritaires-hors-qpv', reserve: PART },
    { indicateur: 'PS-3', ventilation: 'total', mesure: 'dalo', reserve: '' },
    { indicateur: 'PS-3', ventilation: 'hors-qpv', mesure: 'dalo-hors-qpv', reserve: PART },
    { indicateur: 'PP-5', ventilation: 'total', mesure: 'mutations', reserve: '' },
    { indicateur: 'PP-5', ventilation: 'internes', mesure: 'mutations-internes', reserve: '' },
    { indicateur: 'PP-5', ventilation: 'renouvellement-urbain', mesure: 'renouvellement-urbain', reserve: '' },
    { indicateur: 'PP-5', ventilation: 'qpv-hors-qpv', mesure: 'qpv-hors-qpv', reserve: '' },
  ],
};

const CIA = {
  texte: 'La convention intercommunale d’attribution, ou les objectifs notifiés à chaque bailleur, peuvent fixer un autre taux.',
  article: 'L441-1',
};
const NUMEROTATION = 'Article lu dans son état de fin 2023 ; la numérotation de ses alinéas a changé depuis le décret de 2019.';
const RESERVATIONS = 'L’article ne dit pas à quelle échelle le quart s’apprécie : le département est proposé, parce que son préfet attribue les logements qui manquent.';

/** Les minimums d'attributions de L441-1. */
export const seuils: readonly Seuil[] = [
  {
    code: 'quartile-hors-qpv',
    libelle: 'Premier quartile et relogements hors QPV',
    article: 'L441-1',
    texte: 'Au moins 25 % des attributions annuelles hors QPV, suivies de baux signés, vont à des demandeurs du premier quartile ou à des personnes relogées.',
    minimum: { n: 25, d: 100 },
    mesure: 'l441-quartile',
    cible: { indicateur: 'PS-1', reserve: 'L’indicateur se rapporte à toutes les attributions hors QPV, le minimum aux seules attributions suivies d’un bail signé.' },
    territoires: { indicateur: 'PS-1' },
    objectif: CIA,
    incertitude: NUMEROTATION,
  },
  {
    code: 'mixite-qpv',
    libelle: 'Autres quartiles en QPV',
    article: 'L441-1',
    texte: 'Au moins 50 % des attributions annuelles de logements situés en QPV vont à des demandeurs autres que ceux du premier quartile.',
    minimum: { n: 50, d: 100 },
    mesure: 'l441-mixite',
    cible: null,
    territoires: { indicateur: 'PS-1' },
    objectif: CIA,
    incertitude: NUMEROTATION,
  },
  {
    code: 'prioritaires-non-reserves',
    libelle: 'DALO ou prioritaires parmi les logements non réservés',
    article: 'L441-1',
    texte: 'Au moins un quart des attributions annuelles de logements non réservés, ou dont l’attribution à un candidat du réservataire a échoué, est destiné aux personnes reconnues par la commission de médiation (DALO) ou, à défaut, aux personnes prioritaires.',
    minimum: { n: 25, d: 100 },
    mesure: 'l441-prioritaires',
    cible: null,
    territoires: { maille: 'departement' },
    objectif: null,
    incertitude: RESERVATIONS,
  },
  {
    code: 'prioritaires-collectivites',
    libelle: 'DALO ou prioritaires parmi les logements réservés par une collectivité',
    article: 'L441-1',
    texte: 'Au moins un quart des attributions annuelles de logements réservés par une collectivité territoriale ou un groupement est destiné aux personnes reconnues par la commission de médiation (DALO) ou, à défaut, aux personnes prioritaires. L’obligation est celle de la collectivité.',
    minimum: { n: 25, d: 100 },
    mesure: 'l441-collectivites',
    cible: null,
    territoires: { maille: 'departement' },
    objectif: null,
    incertitude: RESERVATIONS,
  },
];
