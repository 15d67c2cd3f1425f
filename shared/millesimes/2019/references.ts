import type { ReferenceProposee } from '../types.ts';

const ETIQUETTES = 'Une étiquette qui change n’est pas toujours une rénovation : nouveau diagnostic, méthode de calcul de 2021. La définition de la référence est dans l’annexe 1 de l’arrêté du 19 octobre 2017, non obtenue.';
const DEFINITION = 'La définition de la référence (année ou moyenne) est dans l’annexe 1 de l’arrêté du 19 octobre 2017, non obtenue.';

/** Ce que les déclarations disent d'une référence, indicateur par indicateur : de nous, jamais réglementaire. */
export const references = {
  'PP-2': [
    { ventilation: 'total', donnee: 'sortis-fg', reserve: ETIQUETTES, champs: null },
    { ventilation: 'gain-etiquette', donnee: 'gain-etiquette', reserve: ETIQUETTES, champs: null },
  ],
  'PP-4': [
    { ventilation: 'total', donnee: 'mis-en-commercialisation', reserve: `Champ 59 de la déclaration, au 1er janvier. ${DEFINITION}`, champs: null },
    { ventilation: 'vendus', donnee: 'vendus', reserve: `Sorties du parc par vente (champ 37, codes 1 et 3), dans les déclarations gardées des trois dernières années. ${DEFINITION}`, champs: null },
  ],
  'SR-1': [
    {
      ventilation: 'total', donnee: 'champ-declare', champs: { rang: 'options/SR-1/rang', valeurs: 'options/SR-1/valeurs' },
      reserve: `L’organisme désigne lui-même le champ et les valeurs qui disent l’accessibilité : la liste des codes n’a pas été trouvée. ${DEFINITION}`,
    },
  ],
} as const satisfies Record<string, readonly ReferenceProposee[]>;
