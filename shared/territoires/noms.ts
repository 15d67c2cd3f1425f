/** Un nom de commune commence par une voyelle qui s'élide : « Y » seulement devant une consonne (Yvetot, non Yerres) ; « H », jamais (Haguenau). */
const ELISION = /^(?:[aeiouœæ]|y(?![aeiouéèêë]))/u;

/**
 * « de » et un nom de commune : `d’Arles`, `du Havre`, `des Mureaux`, `de La Rochelle`, `de L’Isle-d’Abeau`, `de Marseille`.
 * Devant un « h », muet ou aspiré selon l'usage du lieu, « de » : jamais une faute.
 */
export function deCommune(nom: string): string {
  if (nom.startsWith('Le ')) return `du ${nom.slice(3)}`;
  if (nom.startsWith('Les ')) return `des ${nom.slice(4)}`;
  // Les lettres accentuées se comparent sans leur accent : Évreux, Aÿ.
  const plat = nom.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return ELISION.test(plat) ? `d’${nom}` : `de ${nom}`;
}

/** Qui est consulté, après « Avis » ou « Consultation » : une commune par son nom, un autre tel que l'organisme l'a écrit. */
export const deConsulte = (commune: boolean, nom: string): string => (commune ? deCommune(nom) : `de « ${nom} »`);
