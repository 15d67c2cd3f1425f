import type { Tableau } from './masquage-tableau.ts';

const ATOMES = 3;
const MODALITES = 4;
const VOISINS = 90;

type Case = { n: number; j: number };

/**
 * Masque les cases d'une variable qu'il faut pour qu'aucune case masquée ne se déduise. Une case (ligne,
 * modalité j) est protégée quand deux ménages de modalités j et k peuvent échanger leurs places, l'un dans la
 * ligne, l'autre hors d'elle, sans changer aucune case publiée ; ou quand un ménage de modalité j peut entrer
 * dans la ligne ou en sortir, les lignes qui le diraient étant masquées tout entières.
 */
export function protectCases(t: Tableau, v: number): void {
  for (let restent = casesMasquees(t, v); restent.length > 0; ) {
    const aReparer = exposees(t, v, restent);
    // Masquer davantage n'ôte pas une protection : les autres ne sont plus à revoir.
    for (const c of restent) setSure(t, v, c, 1);
    for (const c of aReparer) setSure(t, v, c, 0);
    for (const c of parVoisinage(t, aReparer)) reparer(t, v, c);
    restent = aReparer.length > 0 ? casesMasquees(t, v) : [];
  }
}

/**
 * Une case par voisinage et par modalité, la plus grande ligne d'abord : la réparer protège le plus souvent
 * les autres, que le tour suivant revoit.
 */
function parVoisinage(t: Tableau, cases: readonly Case[]): Case[] {
  const choisies = new Map<string, Case>();
  const taille = (c: Case): number => t.membres[c.n]?.length ?? 0;
  for (const c of cases) {
    const cle = `${t.groupe(t.membres[c.n]?.[0] ?? 0)} ${c.j}`;
    const deja = choisies.get(cle);
    if (deja === undefined || taille(c) > taille(deja)) choisies.set(cle, c);
  }
  return [...choisies.values()].toSorted((a, b) => taille(b) - taille(a));
}

function setSure(t: Tableau, v: number, { n, j }: Case, sure: 0 | 1): void {
  const variable = t.variables[v];
  if (variable !== undefined) variable.sures[n * variable.modalites + j] = sure;
}

const actives = (t: Tableau, v: number): readonly number[] => t.variables[v]?.actives ?? [];

function casesMasquees(t: Tableau, v: number): Case[] {
  const ks = actives(t, v);
  // Une seule modalité : la case est la ligne, et se masque avec elle.
  if (ks.length < 2) return [];
  const variable = t.variables[v];
  const sure = (n: number, k: number): boolean => variable?.sures[n * variable.modalites + k] === 1;
  return Array.from(t.effectifs, (_, n) => n).flatMap((n) => ks.filter((k) => t.case(n, v, k) && !sure(n, k)).map((j) => ({ n, j })));
}

/** Une ligne dont l'une des deux modalités est publiée ne peut pas les échanger. */
const publie = (t: Tableau, v: number, j: number, k: number) => (n: number): boolean => !t.ligne(n) && !(t.case(n, v, j) && t.case(n, v, k));

function exposees(t: Tableau, v: number, cases: readonly Case[]): Case[] {
  let restent = cases.filter((c) => !isTransferable(t, v, c));
  const ks = actives(t, v);
  const signatures = new Map<number, Int32Array>();
  const signature = (j: number): Int32Array => {
    let s = signatures.get(j);
    if (s === undefined) signatures.set(j, (s = signer(t, v, j)));
    return s;
  };
  for (const [rang, j] of ks.entries()) {
    for (const k of ks.slice(rang + 1)) {
      if (!restent.some((c) => c.j === j || c.j === k)) continue;
      const paire = new Paire(t, v, j, k, signature(j), signature(k));
      restent = restent.filter((c) => (c.j !== j && c.j !== k) || !paire.isEchangeable(c.n));
    }
  }
  return restent;
}

/** Pour chaque atome, un numéro de l'ensemble des lignes qui publient cette modalité et le comptent ; 0 : aucune. */
function signer(t: Tableau, v: number, j: number): Int32Array {
  const publiee = (n: number): boolean => !t.ligne(n) && !t.case(n, v, j);
  const rangs = new Map<number, number>([[0, 0]]);
  return Int32Array.from(t.atomes, (_, a) => {
    const s = t.signature(a, publiee);
    const connu = rangs.get(s);
    if (connu === undefined) rangs.set(s, rangs.size);
    return connu ?? rangs.size - 1;
  });
}

/** Deux modalités : les atomes que les mêmes cases publiées comptent, et ceux qui ont un ménage de chacune. */
class Paire {
  readonly #t: Tableau;
  readonly #classe: Float64Array;
  readonly #ici: Uint8Array;
  readonly #totaux = new Map<number, number>();

  constructor(t: Tableau, v: number, j: number, k: number, sj: Int32Array, sk: Int32Array) {
    this.#t = t;
    const nombre = t.atomes.length + 1;
    this.#classe = Float64Array.from(sj, (s, a) => s * nombre + (sk[a] ?? 0));
    this.#ici = Uint8Array.from(sj, (_, a) => (t.valeur(a, v, j) > 0 ? 1 : 0) + (t.valeur(a, v, k) > 0 ? 2 : 0));
    for (const [a, c] of this.#classe.entries()) this.#totaux.set(c, (this.#totaux.get(c) ?? 0) + presence(this.#ici[a] ?? 0));
  }

  /** Un ménage de chaque modalité peuvent échanger leurs places par-dessus la limite de la ligne. */
  isEchangeable(n: number): boolean {
    const dedans = new Map<number, number>();
    for (const a of this.#t.membres[n] ?? []) {
      const c = this.#classe[a] ?? 0;
      const ici = this.#ici[a] ?? 0;
      // Rien de publié ne compte cet atome dans ces modalités : un ménage y change de modalité.
      if (c === 0 && ici > 0) return true;
      dedans.set(c, (dedans.get(c) ?? 0) + presence(ici));
    }
    for (const [c, p] of dedans) {
      const tous = this.#totaux.get(c) ?? 0;
      if ((nbK(p) > 0 && nbJ(tous) > nbJ(p)) || (nbJ(p) > 0 && nbK(tous) > nbK(p))) return true;
    }
    return false;
  }
}

// Deux comptes dans un nombre : combien d'atomes ont la première modalité, combien la seconde.
const BASE = 2 ** 26;
const presence = (ici: number): number => (ici & 1) + (ici & 2 ? BASE : 0);
const nbJ = (p: number): number => p % BASE;
const nbK = (p: number): number => Math.floor(p / BASE);

/** Un ménage de cette modalité peut passer la limite de la ligne : elle et toutes celles qui le diraient sont masquées. */
function isTransferable(t: Tableau, v: number, { n, j }: Case): boolean {
  if (!t.ligne(n)) return false;
  const publiee = (m: number): boolean => !t.ligne(m);
  const { classe, totaux } = classesLignes(t, v, publiee);
  const dedans = new Map<number, { libres: number; avec: number }>();
  for (const a of t.membres[n] ?? []) {
    const c = classe[a] ?? 0;
    if (c === 0) return true;
    const d = dedans.get(c) ?? { libres: 0, avec: 0 };
    if (t.isLibre(a)) d.libres++;
    if (t.valeur(a, v, j) > 0) d.avec++;
    dedans.set(c, d);
  }
  for (const [c, d] of dedans) {
    const tous = totaux.get(c);
    // Une part pleine ne reçoit personne.
    if (tous !== undefined && ((d.avec > 0 && tous.libres > d.libres) || (d.libres > 0 && (tous.avec[j] ?? 0) > d.avec))) return true;
  }
  return false;
}

type ClassesLignes = { masquees: number; variable: number; classe: number[]; totaux: Map<number, { libres: number; avec: number[] }> };
const retenues = new WeakMap<Tableau, ClassesLignes>();

/** Atomes rangés par les lignes publiées qui les comptent ; retenu tant que rien n'est masqué de plus. */
function classesLignes(t: Tableau, v: number, publiee: (n: number) => boolean): ClassesLignes {
  const connu = retenues.get(t);
  if (connu !== undefined && connu.masquees === t.masquees && connu.variable === v) return connu;
  const classe = t.atomes.map((_, a) => t.signature(a, publiee));
  const totaux: ClassesLignes['totaux'] = new Map();
  for (const [a, c] of classe.entries()) {
    const tous = totaux.get(c) ?? { libres: 0, avec: [] };
    if (t.isLibre(a)) tous.libres++;
    for (const k of actives(t, v)) if (t.valeur(a, v, k) > 0) tous.avec[k] = (tous.avec[k] ?? 0) + 1;
    totaux.set(c, tous);
  }
  const neuf = { masquees: t.masquees, variable: v, classe, totaux };
  retenues.set(t, neuf);
  return neuf;
}

type Reparation = { cout: number; faire: () => void };

/** Masque, au moindre effectif perdu, de quoi échanger ou déplacer un ménage de la case. */
function reparer(t: Tableau, v: number, c: Case): void {
  const { n, j } = c;
  const peuple = (a: number): number => (t.valeur(a, v, j) > 0 ? 1e9 : 0) + (t.atomes[a]?.effectif ?? 0);
  const atomes = (t.membres[n] ?? []).toSorted((a, b) => peuple(b) - peuple(a));
  // D'abord les modalités déjà masquées dans la ligne, puis les moins nombreuses.
  const rang = (k: number): number => (t.case(n, v, k) ? -1e9 : 0) + t.effectifCase(n, v, k);
  const autres = actives(t, v).filter((k) => k !== j).toSorted((a, b) => rang(a) - rang(b));
  let meilleur: Reparation | null = null;
  const retenir = (r: Reparation): void => {
    if (meilleur === null || r.cout < meilleur.cout) meilleur = r;
  };
  for (const a of atomes.slice(0, ATOMES)) {
    const utiles = autres.filter((k) => t.valeur(a, v, j) > 0 || t.valeur(a, v, k) > 0);
    for (const k of utiles.slice(0, MODALITES)) echange(t, v, c, k, a, retenir);
  }
  if (meilleur === null) for (const a of atomes.slice(0, ATOMES)) deplacement(t, v, c, a, retenir);
  (meilleur as Reparation | null)?.faire();
}

/** Rendre indiscernables, pour deux modalités, un atome de la ligne et un autre qui n'y est pas. */
function echange(t: Tableau, v: number, { n, j }: Case, k: number, a: number, retenir: (r: Reparation) => void): void {
  const libre = publie(t, v, j, k);
  const poids = (m: number): number => (t.ligne(m) ? 0 : (t.case(m, v, j) ? 0 : t.effectifCase(m, v, j)) + (t.case(m, v, k) ? 0 : t.effectifCase(m, v, k)));
  const [aj, ak] = [t.valeur(a, v, j) > 0, t.valeur(a, v, k) > 0];
  const r = t.meilleurVoisin(a, n, VOISINS, (b) => (ak && t.valeur(b, v, j) > 0) || (aj && t.valeur(b, v, k) > 0), poids);
  const masquer = (b: number | null) => (): void => t.separent(a, b, libre).forEach((m) => [j, k].forEach((x) => t.maskCase(m, v, x)));
  if (r !== null) retenir({ cout: r.cout, faire: masquer(r.b) });
  // Ou ne publier ces deux modalités dans aucune ligne qui compte cet atome.
  retenir({ cout: (t.atomes[a]?.noeuds ?? []).reduce((s, m) => s + poids(m), 0), faire: masquer(null) });
}

/** Pour une ligne masquée : d'autres lignes entières, jusqu'à un atome qui a cette modalité. */
function deplacement(t: Tableau, v: number, { n, j }: Case, a: number, retenir: (r: Reparation) => void): void {
  const publiee = (m: number): boolean => !t.ligne(m);
  const poids = (m: number): number => (t.ligne(m) ? 0 : t.effectif(m));
  const ici = t.valeur(a, v, j) > 0;
  const r = t.meilleurVoisin(a, n, VOISINS, (b) => (ici && t.isLibre(b)) || (t.isLibre(a) && t.valeur(b, v, j) > 0), poids);
  const lignes = t.separent(a, r?.b ?? null, publiee);
  retenir({ cout: lignes.reduce((s, m) => s + t.effectif(m), 0), faire: () => lignes.forEach((m) => t.maskLigne(m)) });
}
