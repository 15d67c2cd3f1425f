/** Écrit des messages protobuf : tuiles (MVT) et glyphes, que la carte lit. */

const VARINT = 0;
const BLOC = 2;

/** Un entier signé, en un entier que `varint` écrit court. */
export const zigzag = (n: number): number => (n << 1) ^ (n >> 31);

export class Octets {
  #octets = new Uint8Array(1024);
  #fin = 0;

  varint(valeur: number): void {
    this.#assurer(5);
    let v = valeur >>> 0;
    while (v > 127) {
      this.#octets[this.#fin++] = (v & 127) | 128;
      v >>>= 7;
    }
    this.#octets[this.#fin++] = v;
  }

  champ(numero: number, genre: number): void {
    this.varint((numero << 3) | genre);
  }

  entier(numero: number, valeur: number): void {
    this.champ(numero, VARINT);
    this.varint(valeur);
  }

  bloc(numero: number, octets: Uint8Array): void {
    this.champ(numero, BLOC);
    this.varint(octets.length);
    this.#assurer(octets.length);
    this.#octets.set(octets, this.#fin);
    this.#fin += octets.length;
  }

  texte(numero: number, texte: string): void {
    this.bloc(numero, new TextEncoder().encode(texte));
  }

  #assurer(place: number): void {
    if (this.#fin + place <= this.#octets.length) return;
    const plus = new Uint8Array(Math.max(2 * this.#octets.length, this.#fin + place));
    plus.set(this.#octets);
    this.#octets = plus;
  }

  vider(): void {
    this.#fin = 0;
  }

  /** Vue sur ce qui est écrit ; elle ne vaut que jusqu'à l'écriture suivante. */
  get ecrits(): Uint8Array {
    return this.#octets.subarray(0, this.#fin);
  }
}
