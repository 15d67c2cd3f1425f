import type { ReglesNpl } from '../types.ts';

const ancienne = 'Le RPLS ne dit pas quelle convention d’utilité sociale a fixé le maximum du champ 57 : L445-3-1 vaut pour celles d’avant la loi du 27 janvier 2017.';

/** Nouvelle politique des loyers : L445-3 (II, III), L445-3-1, R445-10. */
export const npl: ReglesNpl = {
  hausseTravaux: { pourcent: 5, article: 'L445-3' },
  origines: {
    convention: {
      court: 'Saisi', libelle: 'saisi, d’une convention ou d’une ancienne CUS',
      formule: 'Maximum saisi dans le scénario, d’une convention ou d’une ancienne CUS (L445-3-1)',
      articles: ['L445-3', 'L445-3-1'], incertitude: '',
    },
    apl: {
      court: 'Convention APL', libelle: 'convention APL',
      formule: 'Σ loyers maximaux déclarés d’après la convention APL (champ 56 LOYERMAXAPL) / Σ surface des mêmes logements',
      articles: ['L445-3'], incertitude: '',
    },
    cus: {
      court: 'Ancienne CUS', libelle: 'ancienne CUS',
      formule: 'Σ loyers maximaux déclarés d’après l’ancienne CUS (champ 57 LOYERMAXCUS), qui se substituent à ceux de la convention APL (L445-3-1) / Σ surface des mêmes logements',
      articles: ['L445-3-1'], incertitude: ancienne,
    },
    'apl-cus': {
      court: 'APL et ancienne CUS', libelle: 'convention APL et ancienne CUS',
      formule: 'Σ loyers maximaux déclarés d’après l’ancienne CUS (champ 57 LOYERMAXCUS, L445-3-1), sinon d’après la convention APL (champ 56 LOYERMAXAPL) / Σ surface des mêmes logements',
      articles: ['L445-3', 'L445-3-1'], incertitude: ancienne,
    },
    'R445-10': {
      court: 'Loyers pratiqués', libelle: 'loyers pratiqués',
      formule: 'Sans plafond réglementaire : Σ loyers pratiqués, dans la limite par m² saisie dans les barèmes (R445-10)',
      articles: ['R445-10'], incertitude: '',
    },
  },
};
