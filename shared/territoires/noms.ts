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

/** Sortes de collectivités, et leur article. */
const FEMININS = /^(?:métropole|région|communauté|commune|ville|collectivité|province)(?![\p{L}-])/iu;
const MASCULINS = /^(?:département|conseil|syndicat|pays|territoire|pôle)(?![\p{L}-])/iu;
const ELIDES = /^(?:agglomération|établissement|eurométropole|entente|union)(?![\p{L}-])/iu;
const ARTICLE = /^(le |la |les |l[’'])/iu;

/** Un garant dans une phrase, tel que l'organisme l'a écrit : `la Métropole de Lyon`, `le Département du Rhône` ; d'une sorte inconnue, `le groupement « Grand Lyon »`. */
export function avecArticle(nom: string, nature: 'collectivite' | 'groupement'): string {
  const net = nom.trim();
  if (ARTICLE.test(net)) return `${net.charAt(0).toLowerCase()}${net.slice(1)}`;
  if (ELIDES.test(net)) return `l’${net}`;
  if (FEMININS.test(net)) return `la ${net}`;
  if (MASCULINS.test(net)) return `le ${net}`;
  return `${nature === 'groupement' ? 'le groupement' : 'la collectivité'} « ${net} »`;
}
