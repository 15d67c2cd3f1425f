/**
 * Masquage des effectifs de moins de onze logements (R411-5), et de ceux qu'il faut masquer avec eux pour
 * qu'aucun ne se retrouve par les sommes du même tableau. Calculé une fois sur tout le dossier, toutes
 * mailles et situations QPV ensemble : deux exports du même état ne se complètent donc pas non plus.
 *
 * Une case masquée est tenue pour protégée quand un autre dossier possible donne exactement les mêmes cases
 * publiées et une autre valeur à celle-ci : un ménage de plus ici, un de moins là, sans qu'aucune somme
 * publiée ne change. Masquer davantage n'enlève jamais cette protection : la recherche finit donc.
 *
 * Les logements d'une part, jamais masqués, bornent son effectif : une part déjà pleine ne peut rien recevoir.
 *
 * Zéros : un effectif nul est « inférieur à onze », il est masqué comme les autres. Seule une réponse de l'enquête
 * que personne n'a donnée dans tout l'organisme est dite à zéro partout, et la légende le dit.
 */
import { Tableau } from './masquage-tableau.ts';
import { protectCases } from './masquage-cases.ts';
import { protectLignes } from './masquage-lignes.ts';

/** R411-5 : « un effectif inférieur à onze logements ». */
export const SEUIL = 11;

/** La plus petite part qu'un état distingue : un ensemble, dans une commune, dans une situation QPV. */
export type AtomeMasquage = {
  /** Lignes publiées qui la comptent, par leur rang ; aucune deux fois. */
  noeuds: readonly number[];
  effectif: number;
  /** Plus grand effectif que cette part peut avoir, quand ce qui n'est jamais masqué le dit (ses logements). */
  capacite?: number;
  /** Par variable, l'effectif de chaque modalité : leur somme est `effectif`. */
  variables: readonly (readonly number[])[];
};

/** Des octets, pour passer d'un fil à l'autre : 1, masqué. Se lit par `isLigneMasquee` et `isCaseMasquee`. */
export type Masque = { lignes: Uint8Array; variables: readonly { modalites: number; masque: Uint8Array }[] };

/** Vrai pour une ligne masquée tout entière : son effectif et toutes ses modalités. */
export const isLigneMasquee = (m: Masque, noeud: number): boolean => m.lignes[noeud] === 1;

export function isCaseMasquee(m: Masque, noeud: number, variable: number, modalite: number): boolean {
  const v = m.variables[variable];
  return v !== undefined && v.masque[noeud * v.modalites + modalite] === 1;
}

/**
 * Ce qui doit être masqué dans un tableau de `noeuds` lignes ; `aussi` : lignes à masquer quel que soit leur effectif ;
 * `zeros` : ce qui est nul dans tout l'organisme l'est aussi, comme tout effectif de moins de onze.
 */
export function computeMasque(noeuds: number, atomes: readonly AtomeMasquage[], aussi: (noeud: number) => boolean = () => false, zeros = false): Masque {
  const t = new Tableau(noeuds, atomes, SEUIL, { aussi, zeros });
  // Protéger une case peut masquer une ligne de plus, qu'il faut protéger à son tour.
  for (let avant = -1; avant !== t.masquees; ) {
    avant = t.masquees;
    protectLignes(t);
    for (let v = 0; v < t.variables.length; v++) protectCases(t, v);
  }
  return { lignes: t.lignes, variables: t.variables.map(({ modalites, masque }) => ({ modalites, masque })) };
}
