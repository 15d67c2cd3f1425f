/**
 * Version des règles de lecture. À augmenter dès qu'un même fichier donnerait d'autres logements,
 * d'autres rejets ou d'autres ensembles : un fichier relu par d'autres règles n'est pas « inchangé ».
 */
export const REGLES_LECTURE = 3;
