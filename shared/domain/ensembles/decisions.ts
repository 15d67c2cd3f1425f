import { normaliser } from './cle.ts';
import type { Situation } from './cle.ts';

/** Ce qui reste quand la règle change ou qu'un fichier est importé, en mots : `planRecomposition` et l'import le suivent. */
export const CE_QUI_RESTE =
  'L’organisme en décide (R445-3). Un ensemble fusionné, scindé ou complété garde exactement ses logements, quelle que soit la règle. Un ensemble nommé garde son nom avec la plus grande de ses parts ; deux ensembles nommés ne sont jamais réunis par la règle. Un logement nouveau rejoint l’ensemble où sont déjà ses voisins.';

export type Taille = { id: number; logements: number };

/** L'ensemble qui garde son identifiant dans une fusion : le plus grand, à égalité le plus ancien. */
export function chooseGarde<T extends Taille>(ensembles: readonly T[]): T | null {
  return ensembles.reduce<T | null>((garde, e) => (garde === null || e.logements > garde.logements || (e.logements === garde.logements && e.id < garde.id) ? e : garde), null);
}

/**
 * L'ensemble que rejoindra un logement nouveau d'un groupe (même programme, même adresse…) : celui où
 * sont la plupart de ceux du groupe ; à égalité celui d'avant, puis le plus ancien.
 */
export function chooseDefaut(actuel: number, comptes: readonly Taille[]): number {
  const plus = Math.max(0, ...comptes.map((c) => c.logements));
  const premiers = comptes.filter((c) => c.logements === plus && plus > 0).map((c) => c.id);
  return premiers.length === 0 || premiers.includes(actuel) ? actuel : Math.min(...premiers);
}

const NOM_MAXIMUM = 200;

/** Le nom tel qu'il sera gardé : espaces réduits, sans caractère de commande ; `null` s'il n'en reste rien ou s'il est trop long. */
export function parseNom(saisie: string): string | null {
  const nom = saisie.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return nom === '' || nom.length > NOM_MAXIMUM ? null : nom;
}

export type Par = 'adresse' | 'batiment' | 'entree';
export type SituationPart = Situation & { entree: string | null };

const joindre = (...parties: (string | null)[]): string => parties.filter((p) => p !== null && p.trim() !== '').join(' ');

export const libelleAdresse = (s: Situation): string => joindre(s.numvoie, s.indrep, s.typvoie, s.nomvoie) || joindre(s.lieudit);
export const libelleBatiment = (s: Situation): string => joindre(s.immeu, s.bat);
export const libelleEntree = (s: SituationPart): string => joindre(s.entree);

/** Ce qui sépare deux logements d'un ensemble ; deux écritures de la même adresse ne la font pas deux. */
export function computePart(s: SituationPart, par: Par): string {
  const adresse = [s.commune, ...[s.numvoie, s.indrep, s.typvoie, s.nomvoie].map(normaliser), s.nomvoie === null ? normaliser(s.lieudit) : ''].join('|');
  const batiment = [s.commune, normaliser(s.immeu), normaliser(s.bat)].join('|');
  switch (par) {
    case 'adresse': return adresse;
    case 'batiment': return batiment;
    case 'entree': return [adresse, batiment, normaliser(s.entree)].join('|');
  }
}

/** « 12 RUE DU STADE », « Bâtiment B », « 12 RUE DU STADE, bâtiment B, entrée 2 » ; vide si rien ne la nomme. */
export function libellePart(s: SituationPart, par: Par): string {
  const adresse = libelleAdresse(s);
  const batiment = libelleBatiment(s);
  const entree = libelleEntree(s);
  switch (par) {
    case 'adresse': return adresse;
    case 'batiment': return batiment === '' ? '' : `Bâtiment ${batiment}`;
    case 'entree': return [adresse, batiment === '' ? '' : `bâtiment ${batiment}`, entree === '' ? '' : `entrée ${entree}`].filter((p) => p !== '').join(', ');
  }
}

/** Remarque quand un ensemble tient à plusieurs communes : permis, l'organisme juge de la cohérence géographique. */
export function remarkCommunes(nom: string, communes: readonly string[]): string | null {
  if (communes.length < 2) return null;
  const liste = `${communes.slice(0, -1).join(', ')} et ${communes.at(-1) ?? ''}`;
  return `« ${nom} » réunit des logements de plusieurs communes : ${liste}. L’organisme détermine ce qui est géographiquement cohérent (R445-3).`;
}
