/** Noms de voies et de programmes. Tous les caractères existent en Windows-1252 (œ et ’ compris). */
export const TYPES_VOIE: readonly [string, number][] = [
  ['RUE', 50], ['AVENUE', 14], ['BOULEVARD', 9], ['ALLÉE', 8], ['CHEMIN', 7], ['PLACE', 5], ['IMPASSE', 4], ['SQUARE', 3],
];

export const VOIES: readonly [string, ...string[]] = [
  'DES CÈDRES', 'JEAN JAURÈS', 'DE LA RÉPUBLIQUE', 'DU SACRÉ-CŒUR', 'DE L’ÉGLISE', "DE L'ÉCOLE", 'DES FRÈRES LUMIÈRE', 'ANATOLE FRANCE',
  'DU GÉNÉRAL LECLERC', 'ÉMILE ZOLA', 'DES CHÊNES', 'DE LA FORÊT', 'DU CHÂTEAU D’EAU', 'PIERRE SÉMARD', 'DU 8 MAI 1945', 'DES ŒILLETS',
  'FRÉDÉRIC MISTRAL', 'HÉLÈNE BOUCHER', 'DE LA LIBÉRATION', 'DU MARÉCHAL FOCH', 'DES HIRONDELLES', 'SALVADOR ALLENDE', 'DE BELLEVUE', 'DU STADE',
  'FRANÇOIS RABELAIS', 'DES MÛRIERS', 'DE LA GARE', 'HECTOR BERLIOZ', 'DES BLEUETS', 'DU MOULIN', 'VICTOR HUGO', 'DE L’EUROPE',
  'RENÉ CASSIN', 'DES ROSIERS', 'CAMILLE CLAUDEL', 'DU VIEUX PONT', 'DE LA FRATERNITÉ', 'GEORGE SAND', 'DES ACACIAS', 'LOUIS PASTEUR',
];

export const PREFIXES_PROGRAMME: readonly [string, ...string[]] = ['RÉSIDENCE', 'LE CLOS', 'LES TERRASSES', 'LE PARC', 'LE DOMAINE', 'CITÉ'];

export const NOMS_PROGRAMME: readonly [string, ...string[]] = [
  'DES OLIVIERS', 'DES TILLEULS', 'DU LITTORAL', 'SAINT-LOUP', 'DE LA CÔTE BLEUE', 'DES PINS', 'BEAUSÉJOUR', 'DE LA FONTAINE', 'DES MIMOSAS', 'DU LEVANT',
  'DES LAVANDES', 'MOZART', 'DES GENÊTS', 'DE LA TREILLE', 'DU BÉAL', 'DES ROMARINS', 'LA CASCADE', 'DES ALIZÉS', 'DU MÛRIER', 'DES AMANDIERS',
  'DE L’ARGENTIÈRE', 'DU CANAL', 'SAINTE-ANNE', 'DES CIGALES', 'DE LA BASTIDE', 'DES TAMARIS', 'DU BELVÉDÈRE', 'DES PLATANES', 'NOTRE-DAME', 'DES GRÈVES',
];

export const SEGMENTS: readonly [string, ...string[]] = ['Cœur de ville', 'Grands ensembles', 'Périurbain', 'Parc récent', 'Patrimoine ancien à réhabiliter'];
