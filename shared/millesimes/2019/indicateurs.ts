import type { Indicateur, Politique } from '../types.ts';
import { accession, demolitions, foyers } from './autres-tables.ts';
import { references } from './references.ts';
import { accompagne, commun, DEPARTEMENTS, horsQpv, IDENTIFIES, mode, PARC_INCERTAIN, PART_INCERTAINE, REFERENCE_INCERTAINE, total, UNITE_INCERTAINE } from './commun.ts';

export const politiques: readonly Politique[] = [
  { code: 'patrimoniale', libelle: 'Politique patrimoniale et d’investissement' },
  { code: 'sociale', libelle: 'Politique sociale' },
  { code: 'service', libelle: 'Qualité du service rendu' },
  { code: 'gestion', libelle: 'Performance de la gestion' },
  { code: 'accession', libelle: 'Accession à la propriété' },
  { code: 'foyers', libelle: 'Logements-foyers' },
];

// Rubriques « ENGAGEMENTS » des tableaux de R445-5 et R445-5-1, mot pour mot.
const ADAPTER =
  'Adapter l’offre de logements locatifs sociaux aux besoins des populations et des territoires, entretenir et améliorer le patrimoine existant';
const ACCESSION = 'Favoriser l’accession à la propriété';
const DIVERSITE = 'Assurer la diversité des ménages dans l’occupation et s’engager sur l’accueil des ménages défavorisés';
const SERVICE = 'Assurer la qualité du service rendu aux locataires';
const GESTION = 'Améliorer la performance de la gestion des logements';
const MUTATIONS = 'Fluidifier les parcours résidentiels des locataires en facilitant les mutations internes ou externes';

export const indicateurs: readonly Indicateur[] = [
  {
    ...commun,
    code: 'PP-1',
    libelle:
      'Nombre de logements locatifs, pour chaque mode de financement (prêt locatif aidé d’intégration, prêt locatif à usage social, prêt locatif social), donnant lieu à des dossiers de financement agréés par les services de l’Etat ou par les délégataires, dont part hors des quartiers prioritaires de la politique de la ville et part hors du cadre de la rénovation urbaine, à trois et six ans',
    court: 'Logements agréés par mode de financement',
    engagement: ADAPTER,
    politique: 'patrimoniale',
    article: 'R445-5',
    unite: 'logements',
    numerateur: 'Logements locatifs donnant lieu à des dossiers de financement agréés, cumulés depuis le début de la convention',
    denominateur: null,
    ventilations: [
      // La loi demande les trois modes, pas leur somme : le total se déduit, il peut être tapé et doit alors concorder.
      { ...total, obligatoire: false, formes: ['nombre'], sommeDe: ['plai', 'plus', 'pls'] },
      ...mode('plai', 'PLAI'),
      ...mode('plus', 'PLUS'),
      ...mode('pls', 'PLS'),
    ],
    periodicite: 'trois-et-six-ans',
    cumul: { niveau: 'bloquant' },
    territoires: DEPARTEMENTS,
    accompagnement: {
      texte:
        'Développement qualitatif, appuyé de données chiffrées territorialisées, portant sur le descriptif des territoires d’intervention de l’organisme et des zones où il entend se développer, la typologie des logements produits ainsi que son offre de logements en faveur des personnes ayant des besoins spécifiques.',
      article: 'R445-5',
    },
    incertitudes: [
      'Cumul à trois et six ans, parts par mode de financement : lecture du texte et d’une convention publiée ; l’annexe 1 de l’arrêté du 19 octobre 2017 n’a pas été obtenue.',
      REFERENCE_INCERTAINE,
    ],
  },
  {
    ...commun,
    code: 'PP-2',
    libelle:
      'Nombre de logements disposant après rénovation d’une étiquette A à E, parmi le parc de logements de classe énergétique F et G, par année',
    court: 'Logements rénovés, étiquette A à E',
    engagement: ADAPTER,
    politique: 'patrimoniale',
    article: 'R445-5',
    unite: 'logements',
    numerateur: 'Logements de classe F ou G disposant après rénovation d’une étiquette A à E',
    denominateur: { libelle: 'Parc de logements de classe énergétique F et G', donnee: 'parcFG' },
    ventilations: [total, accompagne('gain-etiquette', 'Logements gagnant au moins une étiquette après rénovation', 'logements', 'R445-5')],
    references: references['PP-2'],
    periodicite: 'annuelle',
    territoires: DEPARTEMENTS,
    transmissionAnnuelle: { article: 'R445-2-9' },
    accompagnement: {
      texte:
        'Données chiffrées territorialisées, portant sur le changement d’au moins une étiquette énergétique après la rénovation des logements.',
      article: 'R445-5',
    },
    incertitudes: [
      UNITE_INCERTAINE,
      REFERENCE_INCERTAINE,
      'Le mode de calcul du DPE a changé en 2021 : un parc F et G relevé avant et un relevé après ne se comparent pas.',
    ],
  },
  {
    ...commun,
    code: 'PP-3',
    libelle:
      'Nombre de logements réhabilités, appartenant à une opération de réhabilitation éligible à un prêt de la Caisse des dépôts et consignations, parmi le parc total de logements, par année',
    court: 'Logements réhabilités',
    engagement: ADAPTER,
    politique: 'patrimoniale',
    article: 'R445-5',
    unite: 'logements',
    numerateur: 'Logements réhabilités dans une opération éligible à un prêt de la Caisse des dépôts et consignations',
    denominateur: { libelle: 'Parc total de logements', donnee: 'parc' },
    ventilations: [total],
    periodicite: 'annuelle',
    territoires: DEPARTEMENTS,
    transmissionAnnuelle: { article: 'R445-2-9' },
    incertitudes: [UNITE_INCERTAINE, REFERENCE_INCERTAINE, PARC_INCERTAIN],
  },
  {
    ...commun,
    code: 'PP-4',
    libelle: 'Nombre de logements mis en commercialisation, parmi le parc total de logements, à trois et six ans',
    court: 'Logements mis en commercialisation',
    engagement: ACCESSION,
    politique: 'patrimoniale',
    article: 'R445-5',
    unite: 'logements',
    numerateur: 'Logements mis en commercialisation',
    denominateur: { libelle: 'Parc total de logements', donnee: 'parc' },
    ventilations: [
      total,
      accompagne('vendus', 'Logements vendus', 'ventes', 'R445-5'),
      accompagne('ventes', 'Ventes à réaliser', 'ventes', 'R445-5'),
      accompagne('ventes.locataires', 'dont au bénéfice de locataires du parc social', 'ventes', 'R445-5', 'ventes'),
      accompagne('ventes.personnes-morales', 'dont au bénéfice de personnes morales de droit privé', 'ventes', 'R445-5', 'ventes'),
      accompagne('ventes.societe-vente', 'dont au profit d’une société de vente d’habitations à loyer modéré', 'ventes', 'R445-5', 'ventes'),
    ],
    references: references['PP-4'],
    periodicite: 'trois-et-six-ans',
    cumul: { niveau: 'a-justifier' },
    territoires: DEPARTEMENTS,
    accompagnement: {
      texte:
        'Développement qualitatif, appuyé de données chiffrées territorialisées, portant sur la stratégie de l’organisme en matière de vente, au regard notamment de la localisation, de l’état et de la qualité énergétique des logements vendus, ainsi que sur les dispositifs de sécurisation des acquéreurs. Ce développement présente le nombre de logements vendus ainsi que le nombre de ventes à réaliser au terme de trois et de six ans, dont le nombre de ventes prévues au bénéfice des locataires du parc social, le nombre de ventes prévues au bénéfice des personnes morales de droit privé et le nombre de ventes prévues au profit d’une société de vente d’habitations à loyer modéré.',
      article: 'R445-5',
    },
    incertitudes: [
      'Sens exact de « mis en commercialisation » : le guide de 2019 qui le précise n’a pas été obtenu.',
      UNITE_INCERTAINE,
      REFERENCE_INCERTAINE,
      PARC_INCERTAIN,
    ],
  },
  {
    ...commun,
    code: 'PS-1',
    libelle:
      'Nombre d’attributions de logements, suivies de baux signés, réalisées en application des vingt-troisième à vingt-sixième alinéas de l’article L. 441-1, parmi le nombre total des attributions hors des quartiers prioritaires de la politique de la ville, par année',
    court: 'Attributions hors QPV au premier quartile',
    engagement: DIVERSITE,
    politique: 'sociale',
    article: 'R445-5',
    unite: 'attributions',
    numerateur:
      "Attributions hors QPV, suivies de baux signés, aux demandeurs du premier quartile ou aux personnes relogées (renouvellement urbain, copropriétés dégradées)",
    denominateur: { libelle: 'Total des attributions hors QPV', donnee: null },
    ventilations: [total, accompagne('refus', 'Refus des ménages', 'refus', 'R445-5')],
    periodicite: 'annuelle',
    territoires: {
      base: 'epci-ps1',
      champ: 'options/territoires-ps1',
      surDemande: null,
      sansImmeuble: null,
      texte:
        'Décliné à l’échelle des établissements publics de coopération intercommunale et des établissements publics territoriaux du vingt-troisième alinéa de L441-1.',
      article: 'R445-5',
    },
    accompagnement: { texte: 'Données chiffrées portant sur les refus des ménages.', article: 'R445-5' },
    incertitudes: [
      'La numérotation des alinéas de L441-1 a changé depuis le décret : le contenu visé est l’obligation de 25 % d’attributions hors QPV.',
      UNITE_INCERTAINE,
      REFERENCE_INCERTAINE,
    ],
  },
  {
    ...commun,
    code: 'PS-2',
    libelle:
      'Nombre d’attributions de logements aux ménages relevant d’une catégorie de personnes prioritaires en application de l’article L. 441-1 du code de la construction et de l’habitation déclinés par le plan départemental d’actions pour le logement et l’hébergement des personnes défavorisées ou les orientations en matière d’attribution des établissements publics de coopération intercommunale, dont part hors des quartiers prioritaires de la politique de la ville, parmi le nombre total des attributions, par année',
    court: 'Attributions aux ménages prioritaires',
    engagement: DIVERSITE,
    politique: 'sociale',
    article: 'R445-5',
    unite: 'attributions',
    numerateur: 'Attributions aux ménages relevant d’une catégorie de personnes prioritaires',
    denominateur: { libelle: 'Total des attributions', donnee: null },
    ventilations: [total, horsQpv],
    periodicite: 'annuelle',
    territoires: DEPARTEMENTS,
    incertitudes: [PART_INCERTAINE, UNITE_INCERTAINE, REFERENCE_INCERTAINE],
  },
  {
    ...commun,
    code: 'SR-1',
    libelle:
      'Nombre de logements accessibles aux personnes à mobilité réduite, parmi le parc total de logements, par année',
    court: 'Logements accessibles aux PMR',
    engagement: SERVICE,
    politique: 'service',
    article: 'R445-5',
    unite: 'logements',
    numerateur: 'Logements accessibles aux personnes à mobilité réduite',
    denominateur: { libelle: 'Parc total de logements', donnee: 'parc' },
    ventilations: [total],
    references: references['SR-1'],
    periodicite: 'annuelle',
    territoires: DEPARTEMENTS,
    accompagnement: {
      texte:
        'Développement qualitatif, appuyé de données chiffrées territorialisées, portant sur le diagnostic réalisé par l’organisme sur l’adaptation de son patrimoine à la perte d’autonomie liée à l’âge ou au handicap et les procédures mises en œuvre pour y répondre.',
      article: 'R445-5',
    },
    incertitudes: [
      'Sens exact de « accessible aux personnes à mobilité réduite » : le guide de 2019 qui le précise n’a pas été obtenu.',
      UNITE_INCERTAINE,
      REFERENCE_INCERTAINE,
      PARC_INCERTAIN,
    ],
  },
  {
    ...commun,
    code: 'G-1',
    // Le tableau écrit « G1. », les paragraphes « G-1 ».
    alias: ['G1'],
    libelle:
      'Coût de gestion par logement, hors dépenses de maintenance et cotisations mentionnées aux articles L. 452-4, L. 452-4-1 et L. 342-21, par année',
    court: 'Coût de gestion par logement',
    engagement: GESTION,
    politique: 'gestion',
    article: 'R445-5',
    unite: 'euros-par-logement-et-par-an',
    numerateur: 'Coûts de gestion, hors maintenance et cotisations, en euros entiers',
    denominateur: { libelle: 'Nombre de logements', donnee: null },
    entier: false,
    partDuDenominateur: false,
    ventilations: [{ ...total, formes: ['nombre', 'fraction'] }],
    periodicite: 'annuelle',
    territoires: {
      base: 'organisme',
      champ: null,
      surDemande: null,
      sansImmeuble: null,
      texte: 'Mesuré à l’échelle de l’organisme.',
      article: 'R445-5',
    },
    accompagnement: {
      texte:
        'Développement qualitatif, appuyé d’une note portant sur l’ambition de qualité de service ainsi que sur la stratégie en matière d’optimisation des coûts de gestion et des actions entreprises pour les réduire.',
      article: 'R445-5',
    },
    incertitudes: [
      'Définition comptable du coût de gestion et du nombre de logements qui le divise : non trouvée dans les textes lus.',
      REFERENCE_INCERTAINE,
    ],
  },
  {
    ...commun,
    code: 'PP-5',
    libelle:
      'Nombre de mutations de locataires déjà logés dans le parc de l’organisme ou d’un autre organisme de logement social, réalisées vers le parc de l’organisme, parmi le nombre total des attributions, par année',
    court: 'Mutations vers le parc',
    engagement: MUTATIONS,
    politique: 'sociale',
    article: 'R445-5-1',
    obligatoire: false,
    unite: 'mutations',
    numerateur: 'Mutations réalisées vers le parc de l’organisme',
    denominateur: { libelle: 'Total des attributions', donnee: null },
    ventilations: [
      total,
      accompagne('internes', 'Mutations internes prévues', 'mutations', 'R445-5-1'),
      accompagne('renouvellement-urbain', 'Mutations et relogements dans le cadre de la rénovation urbaine', 'mutations', 'R445-5-1'),
      accompagne('qpv-hors-qpv', 'Mutations et relogements entre quartiers prioritaires et autres quartiers', 'mutations', 'R445-5-1'),
    ],
    periodicite: 'annuelle',
    territoires: IDENTIFIES,
    accompagnement: {
      texte:
        'Développement qualitatif portant sur la politique menée par l’organisme pour que le loyer, la typologie et les éléments de confort du logement soient adaptés aux évolutions des ménages, ainsi qu’un descriptif des dispositifs de mutation mis en place avec d’autres organismes de logement social. Ce développement comporte le nombre de mutations internes prévues et réalisées, par année. Il comporte également des données chiffrées territorialisées sur les mutations et relogements opérés dans le cadre de la rénovation urbaine ainsi que sur ceux opérés entre les quartiers prioritaires de la politique de la ville et les quartiers non prioritaires, accompagnées du descriptif des moyens mis en œuvre pour favoriser les mutations et relogements répondant à un objectif de mixité sociale.',
      article: 'R445-5-1',
    },
    incertitudes: [UNITE_INCERTAINE, REFERENCE_INCERTAINE],
  },
  {
    ...commun,
    code: 'PS-3',
    libelle:
      'Nombre d’attributions de logements aux ménages reconnus, par la commission de médiation prévue à l’article L. 441-2-3, comme prioritaires et devant se voir attribuer un logement en urgence, dont part hors des quartiers prioritaires de la politique de la ville, parmi le nombre total des attributions, par année',
    court: 'Attributions aux ménages DALO',
    engagement: DIVERSITE,
    politique: 'sociale',
    article: 'R445-5-1',
    obligatoire: false,
    unite: 'attributions',
    numerateur: 'Attributions aux ménages reconnus prioritaires et devant se voir attribuer un logement en urgence',
    denominateur: { libelle: 'Total des attributions', donnee: null },
    ventilations: [total, horsQpv],
    periodicite: 'annuelle',
    territoires: IDENTIFIES,
    incertitudes: [PART_INCERTAINE, UNITE_INCERTAINE, REFERENCE_INCERTAINE],
  },
  demolitions,
  ...foyers,
  ...accession,
];
