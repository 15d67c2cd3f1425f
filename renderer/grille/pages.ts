/**
 * Cache de pages d'une longue liste lue au service. Ne demande que ce qui est sous les yeux au moment
 * où une place se libère : défiler vite ne met pas cent pages en file.
 */
export type Tranche<L> = { total: number; lignes: L[] };

export class Pages<L, T extends Tranche<L>> {
  #pages = new Map<number, L[]>();
  #enVol = new Set<number>();
  #voulues: number[] = [];
  #lire: (decalage: number, nombre: number) => Promise<T>;
  #change: () => void;
  #echec: (cause: unknown) => void;
  #arrete = false;
  /** La dernière tranche reçue : elle porte le total et ce qui vaut pour toute la liste. */
  derniere: T | null = null;
  readonly taille: number;
  readonly gardees: number;

  constructor(options: {
    lire: (decalage: number, nombre: number) => Promise<T>;
    change: () => void;
    echec: (cause: unknown) => void;
    taille?: number;
    gardees?: number;
  }) {
    this.#lire = options.lire;
    this.#change = options.change;
    this.#echec = options.echec;
    this.taille = options.taille ?? 200;
    this.gardees = options.gardees ?? 40;
  }

  ligneA(index: number): L | null {
    return this.#pages.get(Math.floor(index / this.taille))?.[index % this.taille] ?? null;
  }

  /** Dit quels rangs sont sous les yeux ; lit leurs pages, puis la suivante. */
  vouloir(premier: number, dernier: number): void {
    const de = Math.floor(Math.max(0, premier) / this.taille);
    const a = Math.floor(Math.max(0, dernier) / this.taille);
    const fin = this.derniere === null ? a : Math.floor(Math.max(0, this.derniere.total - 1) / this.taille);
    this.#voulues = [];
    for (let p = de; p <= Math.min(a + 1, fin); p += 1) this.#voulues.push(p);
    this.#avancer();
  }

  /** Remet en marche après `arreter` : React peut rejouer un effet sans refaire la liste. */
  reprendre(): void {
    this.#arrete = false;
  }

  /** Plus rien n'est attendu : les réponses en route sont ignorées. */
  arreter(): void {
    this.#arrete = true;
  }

  #avancer(): void {
    if (this.#arrete || this.#enVol.size >= 2) return;
    const page = this.#voulues.find((p) => !this.#pages.has(p) && !this.#enVol.has(p));
    if (page === undefined) return;
    this.#enVol.add(page);
    this.#lire(page * this.taille, this.taille).then(
      (tranche) => {
        if (this.#arrete) return;
        this.#enVol.delete(page);
        this.#pages.set(page, tranche.lignes);
        this.derniere = tranche;
        this.#oublier(page);
        this.#change();
        this.#avancer();
      },
      (cause: unknown) => {
        if (this.#arrete) return;
        this.#enVol.delete(page);
        this.#voulues = [];
        this.#echec(cause);
      },
    );
    this.#avancer();
  }

  /** Garde les pages les plus proches de celle qu'on vient de lire. */
  #oublier(ici: number): void {
    if (this.#pages.size <= this.gardees) return;
    const loin = [...this.#pages.keys()].sort((a, b) => Math.abs(b - ici) - Math.abs(a - ici));
    for (const p of loin.slice(0, this.#pages.size - this.gardees)) this.#pages.delete(p);
  }
}
