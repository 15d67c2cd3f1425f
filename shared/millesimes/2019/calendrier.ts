import type { ConditionDelai, Delai, ObligationPeriodique, OrdreDates } from '../types.ts';

/** L445-1 : ce que coûte un projet déposé, ou une convention signée, après son délai. */
const SANCTION =
  'L’organisme ne peut pas bénéficier des dérogations du deuxième alinéa de L353-9-3 et du dernier alinéa de L442-1 ; le ministre chargé du logement peut lui retirer une ou plusieurs compétences pour cinq ans au plus et, pour la même durée, majorer sa cotisation de L452-4 jusqu’au quintuple.';
const EVALUATION =
  'Si le préfet signataire constate que l’organisme n’a pas respecté, de son fait, ses engagements, il le met en demeure de présenter ses observations dans un délai d’un mois ; un manquement grave expose à une pénalité de 200 € par logement au plus, augmentée de l’exonération de taxe foncière du dernier exercice connu.';
const PARTIE_FOYERS: ConditionDelai = { mesures: [[{ mesure: 'foyers/pour-cent', de: 50 }]] };
const CUS_ACCESSION: ConditionDelai = { mesures: [[{ mesure: 'accession/activite', de: 1 }, { mesure: 'parc', sous: 1 }]] };

type Commun = Pick<Delai, 'code' | 'libelle' | 'article' | 'depuis' | 'duree' | 'genre' | 'aide'>;
const delai = (d: Commun & Partial<Delai>): Delai => ({ realise: null, report: null, si: null, consequence: null, controle: null, ...d });

export const delais: readonly Delai[] = [
  delai({
    code: 'psp',
    libelle: 'Date d’effet, le plan stratégique de patrimoine ayant moins de trois ans',
    article: 'R445-2-2',
    depuis: 'organisme/psp/date',
    // « Depuis moins de trois ans » : le jour des trois ans est déjà trop tard.
    duree: { mois: 36, jours: -1 },
    genre: 'limite',
    realise: 'calendrier/date-effet',
    controle: 'psp-trop-ancien',
    aide: 'Dernier jour où la convention peut prendre effet sur la base de ce plan ; après, l’actualiser par délibération.',
  }),
  delai({
    code: 'signataires',
    libelle: 'Demandes des personnes publiques d’être signataires',
    article: 'R445-2-4',
    depuis: 'calendrier/transmission-deliberation',
    duree: { mois: 2 },
    genre: 'repere',
    aide: 'Deux mois à compter de la transmission de la délibération de lancement.',
    consequence: { texte: 'Une personne publique qui n’a pas demandé à signer reste associée (R445-2-5) ; l’absence de sa signature ne fait pas obstacle à la conclusion de la convention.', article: 'L445-1' },
  }),
  delai({
    code: 'renonciation-aoh',
    libelle: 'Renonciation des autorités organisatrices de l’habitat',
    article: 'D445-1-1',
    depuis: 'calendrier/transmission-deliberation',
    duree: { mois: 4 },
    genre: 'repere',
    aide: 'Quatre mois après la transmission de la délibération de lancement ; établissements où l’organisme possède au moins 5 % du parc social.',
    consequence: { texte: 'Sans renonciation dans ce délai, l’établissement reste signataire de la convention.', article: 'L445-1' },
  }),
  delai({
    code: 'reunion',
    libelle: 'Réunion avec les personnes publiques associées',
    article: 'R445-2-5',
    depuis: 'calendrier/transmission-elements',
    duree: { mois: 1 },
    genre: 'au-plus-tot',
    realise: 'calendrier/reunion-association',
    aide: 'Au moins un mois après la transmission des états des lieux, orientations et programmes.',
  }),
  delai({
    code: 'foyers-adoption',
    libelle: 'Adoption du projet, après transmission de la partie logements-foyers',
    article: 'R445-32',
    depuis: 'calendrier/transmission-elements',
    duree: { mois: 1 },
    genre: 'au-plus-tot',
    realise: 'calendrier/deliberation-adoption',
    si: PARTIE_FOYERS,
    aide: 'La transmission aux personnes associées est effective au moins un mois avant l’adoption du projet.',
  }),
  delai({
    code: 'foyers-observations',
    libelle: 'Observations des personnes associées sur les logements-foyers',
    article: 'R445-32',
    depuis: 'calendrier/transmission-elements',
    duree: { mois: 1 },
    genre: 'repere',
    si: PARTIE_FOYERS,
    aide: 'Elles disposent d’un mois pour faire connaître leurs observations.',
  }),
  delai({
    code: 'accession-adoption',
    libelle: 'Adoption du projet, après transmission aux personnes associées (accession)',
    article: 'R445-18',
    depuis: 'calendrier/transmission-elements',
    duree: { mois: 1 },
    genre: 'au-plus-tot',
    realise: 'calendrier/deliberation-adoption',
    si: CUS_ACCESSION,
    aide: 'Quand l’organisme associe des personnes publiques : transmission effective au moins un mois avant l’adoption du projet.',
  }),
  delai({
    code: 'accession-observations',
    libelle: 'Observations des personnes associées (accession)',
    article: 'R445-18',
    depuis: 'calendrier/transmission-elements',
    duree: { mois: 1 },
    genre: 'repere',
    si: CUS_ACCESSION,
    aide: 'Elles disposent d’un mois pour faire connaître leurs observations.',
  }),
  delai({
    code: 'avis-communes',
    libelle: 'Avis des communes sur le plan de mise en vente',
    article: 'L445-1',
    depuis: 'calendrier/consultation-communes',
    duree: { mois: 2 },
    genre: 'repere',
    aide: 'Deux mois à compter de la réception par le maire.',
    consequence: { texte: 'Faute d’avis de la commune à l’issue de ce délai, il est réputé favorable.', article: 'L445-1' },
  }),
  delai({
    code: 'depot',
    libelle: 'Dépôt du projet de convention',
    article: 'L445-1',
    depuis: 'calendrier/echeance-precedente',
    duree: { mois: -6 },
    genre: 'limite',
    realise: 'calendrier/depot',
    report: 'calendrier/delai-rapprochement',
    aide: 'Au plus tard six mois avant l’échéance de la convention en cours. Les services de l’État ont pu annoncer d’autres dates : les saisir avec leur motif.',
    consequence: { texte: SANCTION, article: 'L445-1' },
  }),
  delai({
    code: 'echeance-prorogee',
    libelle: 'Échéance de la convention en cours, avec le délai accordé',
    article: 'R445-2-10',
    depuis: 'calendrier/echeance-precedente',
    duree: { mois: 0 },
    genre: 'repere',
    report: 'calendrier/delai-rapprochement',
    si: { champ: 'calendrier/delai-rapprochement', parmi: ['1', '2'] },
    aide: 'Un an, renouvelable une fois, pour un projet de rapprochement ; la convention en vigueur est prorogée par avenant jusqu’à conclusion de la nouvelle (L445-1).',
  }),
  delai({
    code: 'conclusion',
    libelle: 'Conclusion de la convention',
    article: 'L445-1',
    depuis: 'calendrier/depot',
    duree: { mois: 6 },
    genre: 'limite',
    realise: 'calendrier/signature',
    aide: 'Dans les six mois qui suivent le dépôt.',
    consequence: { texte: SANCTION, article: 'L445-1' },
  }),
  delai({
    code: 'evaluation-3-ans',
    libelle: 'Évaluation à trois ans',
    article: 'R445-2-8',
    depuis: 'calendrier/signature',
    duree: { mois: 36 },
    genre: 'repere',
    aide: 'Par le préfet signataire, trois ans après la signature (accession : R445-21 ; logements-foyers : R445-34). L’organisme lui transmet tous les éléments nécessaires, et aux personnes publiques signataires pour information.',
    consequence: { texte: EVALUATION, article: 'L445-1' },
  }),
  delai({
    code: 'fin',
    libelle: 'Terme de la convention et évaluation finale',
    article: 'R445-2-8',
    depuis: 'calendrier/date-effet',
    // La veille du sixième anniversaire : du 1er janvier 2026, six ans courent jusqu'au 31 décembre 2031 inclus.
    duree: { mois: 72, comprise: true },
    genre: 'repere',
    aide: 'Dernier jour des six ans de durée (L445-1) ; évaluation par le préfet signataire à son issue (accession : R445-21 ; logements-foyers : R445-34).',
    consequence: { texte: EVALUATION, article: 'L445-1' },
  }),
];

export const obligations: readonly ObligationPeriodique[] = [
  {
    code: 'transmission-annuelle',
    libelle: 'Avancement annuel des engagements PP-2, PP-LF-2, PP-3 et PP-LF-3',
    article: 'R445-2-9',
    indicateurs: ['PP-2', 'PP-LF-2', 'PP-3', 'PP-LF-3'],
    aide: 'Transmis chaque année au préfet signataire ; le texte ne fixe pas de jour.',
  },
];

export const ordres: readonly OrdreDates[] = [
  {
    avant: 'calendrier/deliberation-lancement',
    apres: 'calendrier/transmission-deliberation',
    niveau: 'bloquant',
    article: 'R445-2-4',
  },
  {
    avant: 'calendrier/deliberation-lancement',
    apres: 'calendrier/deliberation-adoption',
    niveau: 'bloquant',
    article: 'R445-2-6',
  },
  { avant: 'organisme/psp/date', apres: 'organisme/psp/transmission', niveau: 'bloquant', article: 'R445-2-2' },
  { avant: 'calendrier/deliberation-adoption', apres: 'calendrier/depot', niveau: 'a-justifier', article: 'R445-2-6' },
  { avant: 'calendrier/reunion-association', apres: 'calendrier/deliberation-adoption', niveau: 'a-justifier', article: 'R445-2-5' },
  { avant: 'calendrier/concertation-locative', apres: 'calendrier/deliberation-adoption', niveau: 'a-justifier', article: 'R445-2-7' },
  { avant: 'calendrier/depot', apres: 'calendrier/signature', niveau: 'bloquant', article: 'L445-1' },
  { avant: 'calendrier/depot', apres: 'calendrier/accuse-reception/date', niveau: 'a-justifier', article: 'Arrêté du 19 octobre 2017, art. 4' },
];
