const ENTITES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Un texte XML, ses références de caractères rendues ; une référence qui n'en est pas une reste telle quelle. */
export function decodeEntites(texte: string): string {
  if (!texte.includes('&')) return texte;
  return texte.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (tout, hexa?: string, decimal?: string, nom?: string) => {
    if (nom !== undefined) return Object.hasOwn(ENTITES, nom) ? (ENTITES[nom] ?? tout) : tout;
    const code = hexa === undefined ? Number(decimal) : Number.parseInt(hexa, 16);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : tout;
  });
}

/** « _x000D_ » est l'écriture d'un caractère que l'XML n'admet pas. */
export const decodeEchappes = (texte: string): string =>
  texte.includes('_x') ? texte.replace(/_x([\da-f]{4})_/gi, (_, hexa: string) => String.fromCharCode(Number.parseInt(hexa, 16))) : texte;

const CASES = 1 << 14;
const LONGUEUR = 48;

/**
 * Chaînes des textes déjà vus, retrouvées par leurs octets : dans une feuille les mêmes reviennent par
 * milliers, et une chaîne reprise coûte moins qu'une chaîne faite. Une place par hachage, au dernier venu.
 */
export class Memoire {
  readonly #cles = new Uint8Array(CASES * LONGUEUR);
  readonly #longueurs = new Uint8Array(CASES);
  readonly #chaines: string[] = Array.from({ length: CASES }, () => '');
  readonly #decoder: (texte: string) => string;

  /** `decoder` : ce qui est fait d'un texte neuf, selon ses seuls caractères. */
  constructor(decoder: (texte: string) => string) {
    this.#decoder = decoder;
  }

  chaine(o: Buffer, debut: number, fin: number): string {
    const n = fin - debut;
    if (n > LONGUEUR) return this.#decoder(o.toString('utf8', debut, fin));
    let h = n;
    for (let i = debut; i < fin; i++) h = (Math.imul(h, 31) + (o[i] ?? 0)) | 0;
    const place = (h ^ (h >>> 15)) & (CASES - 1);
    const cle = place * LONGUEUR;
    const cles = this.#cles;
    if (this.#longueurs[place] === n) {
      let i = 0;
      while (i < n && cles[cle + i] === o[debut + i]) i++;
      if (i === n) return this.#chaines[place] ?? '';
    }
    let ascii = true;
    for (let i = 0; i < n; i++) {
      const c = o[debut + i] ?? 0;
      cles[cle + i] = c;
      if (c >= 0x80) ascii = false;
    }
    this.#longueurs[place] = n;
    return (this.#chaines[place] = this.#decoder(o.toString(ascii ? 'latin1' : 'utf8', debut, fin)));
  }
}
