import { Octets, zigzag } from './octets.ts';

/** Écrit une tuile vectorielle (format MVT 2.1), avec ce que cette carte y met : des entiers positifs, et les noms des lieux. */

/** Unités du côté d'une tuile. */
export const UNITES = 4096;

export const POINT = 1;
export const POLYGONE = 3;

/** Une couche de la tuile : ses objets, chacun avec les mêmes propriétés, dans le même ordre. */
export class Couche {
  #corps = new Octets();
  #objet = new Octets();
  #geometrie = new Octets();
  #valeurs = new Map<number | string, number>();
  #proprietes: readonly string[];
  #x = 0;
  #y = 0;
  nombre = 0;

  constructor(nom: string, proprietes: readonly string[], unites: number) {
    this.#proprietes = proprietes;
    this.#corps.entier(15, 2);
    this.#corps.texte(1, nom);
    this.#corps.entier(5, unites);
  }

  /** Ajoute le point à la géométrie de l'objet en cours. */
  point(x: number, y: number): void {
    this.#geometrie.varint((1 << 3) | 1);
    this.#aller(x, y);
  }

  /** Ajoute un anneau (sommets x, y à la suite, le premier non répété), tourné dans le sens voulu. */
  anneau(xy: readonly number[], exterieur: boolean): void {
    const n = xy.length / 2;
    let aire = 0;
    for (let i = 0; i < n; i += 1) {
      const j = (i + 1) % n;
      aire += (xy[2 * i] ?? 0) * (xy[2 * j + 1] ?? 0) - (xy[2 * j] ?? 0) * (xy[2 * i + 1] ?? 0);
    }
    const endroit = aire > 0 === exterieur;
    for (let k = 0; k < n; k += 1) {
      const i = endroit ? k : n - 1 - k;
      if (k === 0) this.#geometrie.varint((1 << 3) | 1);
      else if (k === 1) this.#geometrie.varint(((n - 1) << 3) | 2);
      this.#aller(xy[2 * i] ?? 0, xy[2 * i + 1] ?? 0);
    }
    this.#geometrie.varint((1 << 3) | 7);
  }

  #aller(x: number, y: number): void {
    this.#geometrie.varint(zigzag(x - this.#x));
    this.#geometrie.varint(zigzag(y - this.#y));
    this.#x = x;
    this.#y = y;
  }

  /** Termine l'objet en cours ; sans géométrie, il n'y est pas. */
  objet(id: number, type: number, valeurs: readonly (number | string)[]): void {
    if (this.#geometrie.ecrits.length === 0) return;
    const tags = new Octets();
    for (const [i, v] of valeurs.entries()) {
      let rang = this.#valeurs.get(v);
      if (rang === undefined) this.#valeurs.set(v, (rang = this.#valeurs.size));
      tags.varint(i);
      tags.varint(rang);
    }
    this.#objet.vider();
    this.#objet.entier(1, id);
    this.#objet.bloc(2, tags.ecrits);
    this.#objet.entier(3, type);
    this.#objet.bloc(4, this.#geometrie.ecrits);
    this.#corps.bloc(2, this.#objet.ecrits);
    this.#geometrie.vider();
    [this.#x, this.#y] = [0, 0];
    this.nombre += 1;
  }

  get octets(): Uint8Array {
    for (const p of this.#proprietes) this.#corps.texte(3, p);
    for (const v of this.#valeurs.keys()) {
      this.#objet.vider();
      if (typeof v === 'string') this.#objet.texte(1, v);
      else {
        this.#objet.entier(5, v);
      }
      this.#corps.bloc(4, this.#objet.ecrits);
    }
    return this.#corps.ecrits;
  }
}

/** La tuile de ces couches ; celles qui n'ont rien n'y sont pas. */
export function encodeTuile(couches: readonly Couche[]): ArrayBuffer {
  const tuile = new Octets();
  for (const c of couches) if (c.nombre > 0) tuile.bloc(3, c.octets);
  return tuile.ecrits.slice().buffer;
}
