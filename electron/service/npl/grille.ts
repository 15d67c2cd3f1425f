import { invalide } from '../../../shared/erreurs.ts';
import { formatTableau } from '../../import/tableau/format.ts';
import { normalizeColonne, readTableau } from '../../import/tableau.ts';
import type { Suivi } from '../contexte.ts';
import { iterateRangees } from '../rangees.ts';
import { findZone } from './zones.ts';

/** Une rangée d'un fichier de barème et son numéro de ligne. */
export type Rang = { numero: number; cellules: readonly string[] };
/** Une valeur d'un barème : son numéro de ligne, et ses champs, qu'ils viennent d'une colonne ou d'un titre. */
export type Valeur = { numero: number; lire(champ: string): string };

/** Les valeurs lues, et les titres des colonnes qui n'ont pas servi. */
export type ValeursLues = { valeurs: Valeur[]; ignorees: string[] };
export type Decoupe = { titres: readonly string[]; colonnes: string[]; corps: Rang[] };

/** Les rangées non vides d'un fichier CSV (tout séparateur), XLSX, ODS ou XLS ; d'un classeur, la première feuille qui n'est pas vide. */
export async function readBareme(chemin: string, suivi: Suivi): Promise<Rang[]> {
  const rangs: Rang[] = [];
  if (formatTableau(chemin) === 'texte') (await readTableau(chemin)).forEach((cellules, i) => rangs.push({ numero: i + 1, cellules }));
  else for await (const { ligne, cellules } of iterateRangees(chemin, {}, suivi)) rangs.push({ numero: ligne, cellules });
  return rangs.filter((r) => r.cellules.some((c) => c.trim() !== ''));
}

/** Lignes au-dessus des titres qu'un classeur peut porter (un intitulé, une date). */
const TITRES_MAX = 20;

/** Les titres : la première rangée qui en porte assez. Erreur « bareme-vide » s'il n'y a rien dessous. */
export function decouper(rangs: readonly Rang[], chemin: string, estTitres: (colonnes: readonly string[]) => boolean = () => true): Decoupe {
  const noms = (r: Rang): string[] => r.cellules.map(normalizeColonne);
  const trouve = rangs.slice(0, TITRES_MAX).findIndex((r) => estTitres(noms(r)));
  const entete = rangs[trouve < 0 ? 0 : trouve];
  const corps = rangs.slice((trouve < 0 ? 0 : trouve) + 1);
  if (entete === undefined || corps.length === 0) throw invalide('bareme-vide', `Le fichier « ${chemin} » n’a pas de ligne sous ses titres.`, 'Donner un tableau avec une ligne de titres.');
  return { titres: entete.cellules, colonnes: noms(entete), corps };
}

/** Ce qu'un titre de colonne dit, quand une dimension s'étale en colonnes. */
const ETALEES: Readonly<Record<string, (titre: string) => string | null>> = {
  annee: (t) => /^(?:(?:annee|maximum|plafond|loyer)\s*)?((?:19|20)\d{2})$/iu.exec(sansAccent(t))?.[1] ?? null,
  zone: (t) => findZone(t)?.[1] ?? null,
  produit: (t) => /^(?:PLAI|PLUS|PLS|PLI)$/iu.exec(t)?.[0].toUpperCase() ?? null,
};
const sansAccent = (t: string): string => t.normalize('NFD').replace(/\p{M}/gu, '');

/**
 * Les valeurs d'une table : une par ligne (`annee;produit;zone;maximum`), ou une par case quand l'année, la zone ou le
 * produit est en colonnes (`produit;zone;2026;2027`). Une case vide n'est pas une valeur. Erreur « colonnes-absentes ».
 */
export function readValeurs(rangs: readonly Rang[], dimensions: readonly string[], valeur: string, chemin: string): ValeursLues {
  const lues = (colonnes: readonly string[]): number => dimensions.filter((d) => colonnes.includes(d)).length;
  const { titres, colonnes, corps } = decouper(rangs, chemin, (c) => lues(c) >= Math.min(2, dimensions.length) || (lues(c) > 0 && c.includes(valeur)) || (lues(c) > 0 && dimensions.length === 1));
  const rangDe = (champ: string): number => colonnes.indexOf(champ);
  const manque = dimensions.filter((d) => rangDe(d) < 0);
  const lire = (cellules: readonly string[], champ: string): string => cellules[rangDe(champ)]?.trim() ?? '';
  const ignorer = (servis: readonly number[]): string[] => titres.filter((t, i) => t.trim() !== '' && !servis.includes(i) && ![...dimensions, valeur, 'source'].includes(colonnes[i] ?? ''));
  if (manque.length === 0 && rangDe(valeur) >= 0) return { ignorees: ignorer([]), valeurs: corps.map(({ numero, cellules }) => ({ numero, lire: (champ) => lire(cellules, champ) })) };
  const [etalee, autre] = manque;
  const cases = etalee === undefined || autre !== undefined ? [] : titres.flatMap((t, rang) => { const dit = ETALEES[etalee]?.(t.trim()) ?? null; return dit === null ? [] : [{ rang, dit }]; });
  if (etalee === undefined || cases.length === 0) {
    const noms = [...manque, ...(rangDe(valeur) < 0 ? [valeur] : [])];
    throw invalide('colonnes-absentes', `Il manque à « ${chemin} » les colonnes ${noms.join(', ')}.`, `Donner les titres ${[...dimensions, valeur].join(';')}${dimensions.length > 1 ? `, ou une colonne par année, par zone ou par produit, comme ${dimensions.filter((d) => d !== 'annee').join(';')};2026;2027` : ''}.`);
  }
  const valeurs = corps.flatMap(({ numero, cellules }) => cases.flatMap(({ rang, dit }): Valeur[] => {
    const texte = cellules[rang]?.trim() ?? '';
    return texte === '' ? [] : [{ numero, lire: (champ) => (champ === etalee ? dit : champ === valeur ? texte : lire(cellules, champ)) }];
  }));
  return { valeurs, ignorees: ignorer(cases.map((c) => c.rang)) };
}
