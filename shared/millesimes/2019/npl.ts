import type { ReglesNpl } from '../types.ts';

const ancienne = 'Le RPLS ne dit pas quelle convention d’utilité sociale a fixé le maximum du champ 57 : L445-3-1 vaut pour celles d’avant la loi du 27 janvier 2017.';

/** Nouvelle politique des loyers : L445-3 (II, III), L445-3-1, R445-10. */
export const npl: ReglesNpl = {
  hausseTravaux: { pourcent: 5, article: 'L445-3' },
  origines: {
    convention: { court: 'Saisi', libelle: 'saisi, d’une convention ou d’une ancienne CUS', articles: ['L445-3', 'L445-3-1'], incertitude: '' },
    apl: { court: 'Convention APL', libelle: 'convention APL', articles: ['L445-3'], incertitude: '' },
    cus: { court: 'Ancienne CUS', libelle: 'ancienne CUS', articles: ['L445-3-1'], incertitude: ancienne },
    'apl-cus': { court: 'APL et ancienne CUS', libelle: 'convention APL et ancienne CUS', articles: ['L445-3', 'L445-3-1'], incertitude: ancienne },
    'R445-10': { court: 'Loyers pratiqués', libelle: 'loyers pratiqués', articles: ['R445-10'], incertitude: '' },
  },
};
