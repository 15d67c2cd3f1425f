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
  const connues: number[] = [];
  // `+ 0` ramène −0 à 0.
  for (const v of valeurs) if (v !== null && Number.isFinite(v)) connues.push(v + 0);
  const g: Groupe[] = [];
  let dernier: Groupe | undefined;
  for (const valeur of Float64Array.from(connues).sort()) {
    if (dernier?.valeur === valeur) dernier.poids += 1;
    else g.push((dernier = { valeur, poids: 1 }));
  }
  return g;
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
      return [...completer(g, debutsQuantiles(g, nombre), nombre), max];
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

/** Un amas d'ex aequo prend parfois la place de plusieurs classes : la plus chargée qui peut l'être est alors coupée en deux, jusqu'au nombre demandé. */
function completer(g: readonly Groupe[], debuts: readonly number[], nombre: number): number[] {
  let classes = debuts.map((d, i) => g.filter(({ valeur }) => valeur >= d && valeur < (debuts[i + 1] ?? Infinity)));
  const poids = (c: readonly Groupe[]): number => c.reduce((n, p) => n + p.poids, 0);
  while (classes.length < nombre) {
    const large = classes.filter((c) => c.length > 1).reduce<Groupe[] | null>((a, b) => (a === null || poids(b) > poids(a) ? b : a), null);
    if (large === null) break;
    let [coupe, meilleur, avant] = [1, Infinity, 0];
    for (const [i, p] of large.slice(0, -1).entries()) {
      avant += p.poids;
      const ecart = Math.abs(2 * avant - poids(large));
      if (ecart < meilleur) [coupe, meilleur] = [i + 1, ecart];
    }
    classes = classes.flatMap((c) => (c === large ? [c.slice(0, coupe), c.slice(coupe)] : [c]));
  }
  return classes.map((c) => c[0]?.valeur ?? 0);
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
 * Bornes d'un écart, en `nombre` classes si les valeurs distinctes y suffisent. Avec des valeurs de part et d'autre,
 * zéro est une borne (il ouvre le côté positif), et chaque côté a des classes selon ce qu'il contient : ses valeurs, ou
 * son amplitude quand elles sont égales. D'un seul côté, zéro n'est pas ajouté : ce sont les bornes ordinaires.
 */
export function computeBornesDivergentes(valeurs: Valeurs, methode: Methode, nombre: number): number[] {
  const g = groupes(valeurs);
  const dessous = g.filter(({ valeur }) => valeur < 0);
  const dessus = g.filter(({ valeur }) => valeur >= 0);
  const [min = 0, max = 0] = [g[0]?.valeur, g[g.length - 1]?.valeur];
  const etaler = (cote: readonly Groupe[]): number[] => cote.flatMap(({ valeur, poids }) => Array.from({ length: poids }, () => valeur));
  if (min >= 0 || max <= 0) return computeBornes(etaler(g), methode, nombre);
  const compter = (cote: readonly Groupe[]): number => cote.reduce((n, { poids }) => n + poids, 0);
  const part = methode === 'egales' ? -min / (max - min) : compter(dessous) / (compter(dessous) + compter(dessus));
  const distinctes = methode === 'egales' ? [Infinity, Infinity] : [dessous.length, dessus.length];
  const [auPlus = 1, auPlusDessus = 1] = distinctes;
  const voulu = Math.min(auPlus, Math.max(1, nombre - auPlusDessus, Math.min(nombre - 1, Math.round(nombre * part))));
  const sous = computeBornes([...etaler(dessous), ...(methode === 'egales' ? [0] : [])], methode, voulu);
  const sur = computeBornes([...(methode === 'egales' ? [0] : []), ...etaler(dessus)], methode, Math.max(1, Math.min(auPlusDessus, nombre - voulu)));
  return [...sous.slice(0, -1), 0, ...sur.slice(1)];
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

/** La classe est sous zéro, au-dessus (zéro compris), ou des deux côtés quand ses bornes sont posées ainsi. */
type Cote = 'sous' | 'dessus' | 'deux';

export function cotesDe(bornes: readonly number[]): Cote[] {
  return bornes.slice(0, -1).map((de, i) => (de >= 0 ? 'dessus' : (bornes[i + 1] ?? de) <= 0 ? 'sous' : 'deux'));
}

/** Les teintes du thème pour un côté, de la plus proche de zéro à la plus éloignée ; au-delà de trois, les six. */
function teintes(cote: 'violet' | 'vert', classes: number): string[] {
  const rangs = [[], [4], [2, 5], [2, 4, 5]][classes] ?? Array.from({ length: classes }, (_, i) => 1 + Math.round((i * 5) / (classes - 1)));
  return rangs.map((r) => `${cote}-${r}`);
}

/** Noms des couleurs d'un écart, plus soutenues en s'éloignant de zéro ; `vert` : le côté en vert, l'autre est violet. */
export function couleursDivergentes(bornes: readonly number[], vert: 'sous' | 'dessus'): string[] {
  const cotes = cotesDe(bornes);
  const teinte = (cote: 'sous' | 'dessus'): string[] => teintes(cote === vert ? 'vert' : 'violet', cotes.filter((c) => c === cote).length);
  const [sous, dessus] = [teinte('sous').toReversed(), teinte('dessus')];
  return cotes.map((cote) => (cote === 'deux' ? 'neutre' : ((cote === 'sous' ? sous : dessus).shift() ?? 'neutre')));
}

/** `6,43` : deux décimales, la demie s'éloignant de zéro ; pour l'affichage seulement. */
export function formatTaux(valeur: number): string {
  const texte = String(valeur);
  const ecrit = formatDecimal(texte.includes('e') ? valeur.toFixed(12) : texte, 2);
  return ecrit.replace('-', '−');
}
