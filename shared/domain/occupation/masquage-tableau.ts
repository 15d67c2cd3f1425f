import type { AtomeMasquage } from './masquage.ts';

/** Une variable : son nombre de modalités, celles qui existent, et l'effectif de chaque case. */
export type Variable = { /** Effectif de chaque atome, modalité par modalité. */ valeurs: Int32Array; modalites: number; actives: readonly number[]; effectifs: Float64Array; masque: Uint8Array; /** Cases masquées dont la protection est acquise. */ sures: Uint8Array };

/** Jusqu'à ce nombre d'atomes, une ligne est petite : presque tout y est masqué de toute façon. */
const PETITE = 3;
const PAR_GROUPE = 3;

/** Le tableau à masquer : effectifs de chaque ligne et case, et ce qui l'est déjà. */
export class Tableau {
  readonly atomes: readonly AtomeMasquage[];
  readonly effectifs: Float64Array;
  readonly variables: readonly Variable[];
  /** Atomes de chaque ligne. */
  readonly membres: readonly (readonly number[])[];
  masquees = 0;
  /** Lignes masquées tout entières. */
  readonly lignes: Uint8Array;
  /** Lignes masquées dont la protection est acquise. */
  readonly sures: Uint8Array;
  readonly #cles: Float64Array;
  readonly #vus: Int32Array;
  /** Atomes que les mêmes grandes lignes comptent : les rapprocher coûte presque autant, quelques-uns suffisent. */
  readonly #groupes: Int32Array;
  readonly #pris: Int32Array;
  #tour = 0;

  constructor(noeuds: number, atomes: readonly AtomeMasquage[], seuil: number, { aussi, zeros }: { aussi: (noeud: number) => boolean; zeros: boolean }) {
    this.atomes = atomes;
    this.effectifs = new Float64Array(noeuds);
    this.lignes = new Uint8Array(noeuds);
    this.#vus = new Int32Array(atomes.length);
    this.sures = new Uint8Array(noeuds);
    this.#cles = Float64Array.from({ length: noeuds }, (_, n) => melanger(n));
    const membres = Array.from({ length: noeuds }, (): number[] => []);
    for (const [i, a] of atomes.entries()) {
      for (const n of a.noeuds) {
        membres[n]?.push(i);
        this.effectifs[n] = (this.effectifs[n] ?? 0) + a.effectif;
      }
    }
    this.membres = membres;
    const rangs = new Map<number, number>();
    this.#groupes = Int32Array.from(atomes, (_, a) => {
      const s = this.signature(a, (n) => (membres[n]?.length ?? 0) > PETITE);
      const connu = rangs.get(s);
      if (connu === undefined) rangs.set(s, rangs.size);
      return connu ?? rangs.size - 1;
    });
    this.#pris = new Int32Array(rangs.size);
    this.variables = Array.from({ length: atomes[0]?.variables.length ?? 0 }, (_, v) => readVariable(noeuds, atomes, v));
    const vide = !zeros && atomes.every((a) => a.effectif === 0);
    for (let n = 0; n < noeuds; n++) {
      if (!vide && (membres[n]?.length ?? 0) > 0 && ((this.effectifs[n] ?? 0) < seuil || aussi(n))) this.maskLigne(n);
    }
    for (const [v, variable] of this.variables.entries()) {
      for (let n = 0; n < noeuds; n++) {
        if ((membres[n]?.length ?? 0) === 0) continue;
        // Une modalité nulle partout se masque partout, avec les autres, qui la diraient : rien n'est plus à protéger.
        if (zeros && variable.actives.length < variable.modalites) for (let k = 0; k < variable.modalites; k++) this.maskCase(n, v, k);
        for (const k of variable.actives) if ((variable.effectifs[n * variable.modalites + k] ?? 0) < seuil) this.maskCase(n, v, k);
      }
    }
  }

  ligne(n: number): boolean {
    return this.lignes[n] === 1;
  }

  case(n: number, v: number, k: number): boolean {
    const variable = this.variables[v];
    return variable !== undefined && variable.masque[n * variable.modalites + k] === 1;
  }

  effectif(n: number): number {
    return this.effectifs[n] ?? 0;
  }

  effectifCase(n: number, v: number, k: number): number {
    const variable = this.variables[v];
    return variable?.effectifs[n * variable.modalites + k] ?? 0;
  }

  maskLigne(n: number): void {
    if (this.lignes[n] === 1) return;
    this.lignes[n] = 1;
    this.masquees++;
    for (const [v, variable] of this.variables.entries()) for (const k of variable.actives) this.maskCase(n, v, k);
  }

  maskCase(n: number, v: number, k: number): void {
    const variable = this.variables[v];
    if (variable === undefined || variable.masque[n * variable.modalites + k] === 1) return;
    variable.masque[n * variable.modalites + k] = 1;
    this.masquees++;
  }

  /** Ce qui nomme l'ensemble des lignes de l'atome où `publie` est vrai : deux ensembles égaux ont la même clé. */
  signature(a: number, publie: (n: number) => boolean): number {
    let somme = 0;
    for (const n of this.atomes[a]?.noeuds ?? []) if (publie(n)) somme = (somme + (this.#cles[n] ?? 0)) % MODULE;
    return somme;
  }

  /** Lignes où `publie` est vrai, qui comptent l'un des deux atomes et non l'autre (`b` null : toutes celles de `a`). */
  separent(a: number, b: number | null, publie: (n: number) => boolean): number[] {
    const na = this.atomes[a]?.noeuds ?? [];
    const nb = b === null ? [] : (this.atomes[b]?.noeuds ?? []);
    return [...na.filter((n) => !nb.includes(n)), ...nb.filter((n) => !na.includes(n))].filter(publie);
  }

  contient(n: number, a: number): boolean {
    return this.atomes[a]?.noeuds.includes(n) ?? false;
  }

  /** Vrai quand cette part peut perdre un logement ; `isLibre` : en recevoir un. */
  isPeuple(a: number): boolean {
    return (this.atomes[a]?.effectif ?? 0) > 0;
  }

  isLibre(a: number): boolean {
    const atome = this.atomes[a];
    return atome !== undefined && (atome.capacite === undefined || atome.effectif < atome.capacite);
  }

  /** Ce que les grandes lignes de l'atome ont de commun avec d'autres. */
  groupe(a: number): number {
    return this.#groupes[a] ?? 0;
  }

  valeur(a: number, v: number, k: number): number {
    const variable = this.variables[v];
    return variable?.valeurs[a * variable.modalites + k] ?? 0;
  }

  /** Lignes d'un atome, celles qui comptent le moins d'atomes d'abord. */
  proches(a: number): readonly number[] {
    return (this.atomes[a]?.noeuds ?? []).toSorted((x, y) => (this.membres[x]?.length ?? 0) - (this.membres[y]?.length ?? 0));
  }

  /**
   * L'atome `b` hors de la ligne `n` qui coûte le moins à rendre indiscernable de `a`, parmi les `nombre` plus
   * proches qui conviennent : la somme de `poids` sur les lignes qui comptent l'un et non l'autre. `null` : aucun.
   */
  meilleurVoisin(a: number, n: number, nombre: number, convient: (b: number) => boolean, poids: (m: number) => number): { b: number; cout: number } | null {
    const noeuds = this.atomes[a]?.noeuds ?? [];
    const siens = new Map(noeuds.map((m) => [m, poids(m)]));
    const total = noeuds.reduce((s, m) => s + (siens.get(m) ?? 0), 0);
    const tour = ++this.#tour;
    this.#pris.fill(0);
    let meilleur: { b: number; cout: number } | null = null;
    let vus = 0;
    for (const p of this.proches(a)) {
      for (const b of this.membres[p] ?? []) {
        if (this.#vus[b] === tour) continue;
        this.#vus[b] = tour;
        const groupe = this.#groupes[b] ?? 0;
        if ((this.#pris[groupe] ?? 0) >= PAR_GROUPE || !convient(b)) continue;
        this.#pris[groupe] = (this.#pris[groupe] ?? 0) + 1;
        let cout = total;
        let dedans = false;
        for (const m of this.atomes[b]?.noeuds ?? []) {
          if (m === n) dedans = true;
          const commun = siens.get(m);
          cout += commun === undefined ? poids(m) : -commun;
        }
        if (dedans) continue;
        if (meilleur === null || cout < meilleur.cout) meilleur = { b, cout };
        if (cout === 0 || ++vus >= nombre) return meilleur;
      }
    }
    return meilleur;
  }
}

function readVariable(noeuds: number, atomes: readonly AtomeMasquage[], v: number): Variable {
  const modalites = atomes[0]?.variables[v]?.length ?? 0;
  const effectifs = new Float64Array(noeuds * modalites);
  const totaux = new Float64Array(modalites);
  const garder = new Int32Array(atomes.length * modalites);
  for (const [i, a] of atomes.entries()) {
    const valeurs = a.variables[v] ?? [];
    garder.set(valeurs, i * modalites);
    for (let k = 0; k < modalites; k++) {
      totaux[k] = (totaux[k] ?? 0) + (valeurs[k] ?? 0);
      for (const n of a.noeuds) effectifs[n * modalites + k] = (effectifs[n * modalites + k] ?? 0) + (valeurs[k] ?? 0);
    }
  }
  const actives = Array.from({ length: modalites }, (_, k) => k).filter((k) => (totaux[k] ?? 0) > 0);
  return { valeurs: garder, modalites, actives, effectifs, masque: new Uint8Array(noeuds * modalites), sures: new Uint8Array(noeuds * modalites) };
}

/** Premier inférieur à 2^52 : une somme de deux clés reste exacte. */
const MODULE = 4_503_599_627_370_449;

/** Une clé dispersée et toujours la même pour un rang ; jamais nulle. */
function melanger(n: number): number {
  const tirer = (graine: number): number => {
    let t = Math.imul(n ^ graine, 0x9e3779b1) + graine;
    t = Math.imul(t ^ (t >>> 15), 0x85ebca6b);
    t = Math.imul(t ^ (t >>> 13), 0xc2b2ae35);
    return (t ^ (t >>> 16)) >>> 0;
  };
  return 1 + ((tirer(0x51ed270b) % 1_048_575) * 4_294_967_296 + tirer(0x2545f491)) % (MODULE - 1);
}
