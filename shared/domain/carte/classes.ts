/**
 * Classes d'une carte ou d'un histogramme. `bornes` a une valeur de plus que de classes ; la classe i
 * va de `bornes[i]` inclus à `bornes[i + 1]` exclu, la dernière contient aussi sa borne haute. Des
 * valeurs égales sont donc toujours dans la même classe, et la dernière peut n'en contenir qu'une.
 */
import { formatDecimal } from '../nombres/format.ts';

export const METHODES = ['quantiles', 'egales', 'naturelles'] as const;
export type Methode = (typeof METHODES)[number];

type Valeurs = Iterable<number | null>;
/** Valeurs distinctes croissantes et nombre de fois où chacune revient. */
type Groupe = { valeur: number; poids: number };

const TAILLE_EXACTE = 1000;

function groupes(valeurs: Valeurs): Groupe[] {
  const poids = new Map<number, number>();
  for (const v of valeurs) {
    // `+ 0` ramène −0 à 0.
    if (v !== null && Number.isFinite(v)) poids.set(v + 0, (poids.get(v + 0) ?? 0) + 1);
  }
  return [...poids].map(([valeur, p]) => ({ valeur, poids: p })).sort((a, b) => a.valeur - b.valeur);
}

/**
 * Bornes d'au plus `nombre` classes, croissantes ; vide si aucune valeur n'est connue. Moins de
 * valeurs distinctes que de classes donne moins de classes ; toutes égales, une seule.
 */
export function computeBornes(valeurs: Valeurs, methode: Methode, nombre: number): number[] {
  const g = groupes(valeurs);
  const min = g[0]?.valeur;
  const max = g[g.length - 1]?.valeur;
  if (min === undefined || max === undefined) return [];
  if (min === max || nombre < 2) return [min, max];
  switch (methode) {
    case 'egales':
      return Array.from({ length: nombre + 1 }, (_, i) => (i === nombre ? max : min + (i * (max - min)) / nombre));
    case 'quantiles':
      return [...debutsQuantiles(g, nombre), max];
    case 'naturelles':
      return [...debutsNaturels(g, nombre), max];
  }
}

/** Chaque valeur distincte va à la classe du milieu de ses rangs : des ex aequo ne sont jamais séparés. */
function debutsQuantiles(g: readonly Groupe[], nombre: number): number[] {
  const total = g.reduce((n, { poids }) => n + poids, 0);
  const debuts: number[] = [];
  let avant = 0;
  let derniere = -1;
  for (const { valeur, poids } of g) {
    const classe = Math.min(nombre - 1, Math.floor(((avant + poids / 2) * nombre) / total));
    if (classe > derniere) debuts.push(valeur);
    derniere = classe;
    avant += poids;
  }
  return debuts;
}

/** Seuils de Jenks (Fisher) : la partition qui rend les classes les plus resserrées, au sens des carrés. */
function debutsNaturels(tous: readonly Groupe[], nombre: number): number[] {
  const g = tous.length <= TAILLE_EXACTE ? tous : resserrer(tous, TAILLE_EXACTE);
  const n = g.length;
  const k = Math.min(nombre, n);
  const centre = g[n >> 1]?.valeur ?? 0;
  const w = [0];
  const s = [0];
  const c = [0];
  for (const [i, { valeur, poids }] of g.entries()) {
    const v = valeur - centre;
    w.push((w[i] ?? 0) + poids);
    s.push((s[i] ?? 0) + poids * v);
    c.push((c[i] ?? 0) + poids * v * v);
  }
  const cout = (de: number, a: number): number => {
    const poids = (w[a] ?? 0) - (w[de] ?? 0);
    const somme = (s[a] ?? 0) - (s[de] ?? 0);
    return Math.max(0, (c[a] ?? 0) - (c[de] ?? 0) - (somme * somme) / poids);
  };
  let meilleurs = Array.from({ length: n + 1 }, (_, i) => (i === 0 ? 0 : cout(0, i)));
  const coupes: Int32Array[] = [];
  for (let classe = 1; classe < k; classe += 1) {
    const suivants = Array.from({ length: n + 1 }, () => Infinity);
    const coupe = new Int32Array(n + 1);
    for (let fin = classe + 1; fin <= n; fin += 1) {
      for (let de = classe; de < fin; de += 1) {
        const total = (meilleurs[de] ?? Infinity) + cout(de, fin);
        if (total < (suivants[fin] ?? Infinity)) {
          suivants[fin] = total;
          coupe[fin] = de;
        }
      }
    }
    meilleurs = suivants;
    coupes.push(coupe);
  }
  const debuts: number[] = [];
  let fin = n;
  for (const coupe of coupes.toReversed()) {
    fin = coupe[fin] ?? 0;
    debuts.unshift(g[fin]?.valeur ?? 0);
  }
  return [g[0]?.valeur ?? 0, ...debuts];
}

/** Au-delà de mille valeurs distinctes, les voisines sont réunies sous la plus petite d'entre elles. */
function resserrer(g: readonly Groupe[], taille: number): Groupe[] {
  return Array.from({ length: taille }, (_, i) => {
    const part = g.slice(Math.floor((i * g.length) / taille), Math.floor(((i + 1) * g.length) / taille));
    return { valeur: part[0]?.valeur ?? 0, poids: part.reduce((n, { poids }) => n + poids, 0) };
  });
}

/**
 * Bornes d'un écart, zéro étant toujours l'une d'elles : au plus `parCote` classes sous zéro et autant
 * au-dessus (zéro compris). Égales, elles ont le même pas des deux côtés.
 */
export function computeBornesDivergentes(valeurs: Valeurs, methode: Methode, parCote: number): number[] {
  const connues = groupes(valeurs).flatMap(({ valeur, poids }) => Array.from({ length: poids }, () => valeur));
  const dessous = connues.filter((v) => v < 0);
  const dessus = connues.filter((v) => v >= 0);
  if (connues.length === 0) return [];
  if (methode === 'egales') {
    const amplitude = connues.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    if (amplitude === 0) return [0, 0];
    const pas = (i: number): number => (i === parCote ? amplitude : (i * amplitude) / parCote);
    return [
      ...(dessous.length > 0 ? Array.from({ length: parCote }, (_, i) => -pas(parCote - i)) : []),
      0,
      ...(dessus.length > 0 ? Array.from({ length: parCote }, (_, i) => pas(i + 1)) : []),
    ];
  }
  return [...computeBornes(dessous, methode, parCote).slice(0, -1), 0, ...computeBornes(dessus, methode, parCote).slice(1)];
}

/** Rang de la classe d'une valeur ; `null` pour une valeur inconnue ou hors des bornes. */
export function classeDe(valeur: number | null, bornes: readonly number[]): number | null {
  const min = bornes[0];
  const max = bornes[bornes.length - 1];
  if (valeur === null || min === undefined || max === undefined || !(valeur >= min && valeur <= max)) return null;
  let classe = 0;
  for (let i = 1; i < bornes.length - 1; i += 1) if (valeur >= (bornes[i] ?? Infinity)) classe = i;
  return classe;
}

/** Noms des couleurs d'une échelle séquentielle, étalées sur les sept du thème. */
export function couleursSequentielles(classes: number): string[] {
  return Array.from({ length: classes }, (_, i) => `seq-${classes === 1 ? 4 : 1 + Math.round((i * 6) / (classes - 1))}`);
}

/** Noms des couleurs d'un écart : violet sous zéro, vert à partir de zéro, plus soutenu en s'éloignant. */
export function couleursDivergentes(bornes: readonly number[]): string[] {
  const sous = bornes.filter((b) => b < 0).length;
  return Array.from({ length: Math.max(0, bornes.length - 1) }, (_, i) =>
    i < sous ? `div-${Math.max(1, 3 - (sous - 1 - i))}` : `div-${Math.min(7, 5 + i - sous)}`,
  );
}

/** `6,43` : deux décimales, la demie s'éloignant de zéro ; pour l'affichage seulement. */
export function formatTaux(valeur: number): string {
  const texte = String(valeur);
  const ecrit = formatDecimal(texte.includes('e') ? valeur.toFixed(12) : texte, 2);
  return ecrit.replace('-', '−');
}
