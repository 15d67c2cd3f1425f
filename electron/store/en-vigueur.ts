/**
 * Les déclarations en vigueur : une par origine (l'organisme du dossier, et chaque bailleur repris).
 * Tout ce qui compte les logements passe par cette expression : les chiffres réunissent les origines.
 */
export const EN_VIGUEUR = '(SELECT id FROM main.declaration WHERE en_vigueur = 1)';

/**
 * Condition « logement en vigueur ». `colonne` : la colonne de la déclaration, avec son alias ;
 * précédée de « + », l'index n'est pas choisi par elle (un ensemble se lit par le sien).
 */
export const enVigueur = (colonne = 'declaration'): string => `${colonne} IN ${EN_VIGUEUR}`;
