/**
 * Codes fermés de la déclaration (arrêté du 5 janvier 2010, article 3) et leurs libellés.
 * `null` : le code veut dire « sans objet » (sentinelle), la valeur n'est pas gardée.
 */
export type Codes = Readonly<Record<string, string>>;

const OUI_NON: Codes = { '1': 'oui', '2': 'non' };
const CLASSES: Codes = { A: 'A', B: 'B', C: 'C', D: 'D', E: 'E', F: 'F', G: 'G' };

export const CODES = {
  DROIT: {
    '1': 'pleine propriété',
    '2': 'bail à réhabilitation',
    '3': 'bail emphytéotique',
    '4': 'usufruit',
    '5': 'bail à construction',
  },
  QPV: OUI_NON,
  TYPECONST: { C: 'collectif', I: 'individuel', E: 'logement étudiant' },
  NBPIECE: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [String(i + 1), String(i + 1)])),
  ORIGINE: {
    '1': 'construction par l’organisme',
    '2': 'acquisition avec travaux',
    '3': 'acquisition sans travaux',
    '4': 'acquisition en VEFA',
  },
  FINAN: {
    '10': 'PLA d’intégration',
    '11': 'PLA loyer minoré, très social ou insertion',
    '12': 'PLA ordinaire',
    '13': 'PLUS',
    '14': 'PLS, PPLS, PCLS ou PLA CFF',
    '15': 'PAP locatif',
    '16': 'PLI',
    '17': 'PCL',
    '49': 'autre financement à partir de 1977',
    '50': 'HBM',
    '51': 'PLR ou PSR',
    '52': 'HLM/O',
    '53': 'ILM',
    '54': 'ILN',
    '55': 'prêts spéciaux du CFF',
    '99': 'autre financement avant 1977',
  },
  CONV: OUI_NON,
  SORTIEPATRIM: {
    '1': 'vente à l’occupant',
    '2': 'vente à un autre bailleur social',
    '3': 'autre vente',
    '4': 'démolition',
    '5': 'autre motif',
  },
  OLDLOGT: { '1': 'changement d’usage', '2': 'fusion ou scission' },
  NEWLOGT: { '1': 'depuis des locaux à autre usage', '2': 'fusion ou éclatement' },
  MODE: {
    '1': 'loué avec contrat',
    '2': 'proposé à la location, vacant',
    '3': 'vide (travaux, vente, démolition)',
    '4': 'pris en charge par une association',
    '5': 'occupé avec ou sans contrepartie financière',
  },
  MODESURF: { '1': 'utile', '2': 'corrigée', '3': 'habitable' },
  CUS: { '11': 'PLAI', '13': 'PLUS', '14': 'PLS', '16': 'PLI' },
  DPEENERGIE: CLASSES,
  DPESERRE: CLASSES,
  SRU_ALINEA: { '1': '1', '2': '2', '3': '3' },
  QUALACQ: {
    '01': 'locataire occupant',
    '02': 'conjoint, ascendant ou descendant du locataire occupant',
    '03': 'locataire de l’organisme',
    '04': 'gardien d’immeuble',
    '05': 'autre personne physique',
    '06': 'organisme HLM',
    '07': 'SEM',
    '08': 'collectivité territoriale',
    '09': 'organisme agréé (L365-2)',
    '10': 'autre personne morale',
  },
  MISCOMMERCIAL: OUI_NON,
  CONTRESLOG: {
    '1': 'État, fonctionnaires et agents publics',
    '2': 'État, prioritaires',
    '3': 'employeurs, Action Logement',
    '4': 'collectivités, établissements publics et EPCI',
    '5': 'État, fonctionnaires (R314-4, R314-16, R314-21)',
    '6': 'autres réservataires',
    '7': 'non réservé',
  },
} as const satisfies Record<string, Codes>;
