import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * Écrit une table SQLite par ses pages, lignes dans l'ordre de leur numéro. Lier soixante valeurs par
 * ligne coûte plus que lire le fichier d'où elles viennent ; former l'enregistrement lui-même coûte
 * cinq fois moins. Réservé à la base de préparation : le dossier n'est jamais écrit qu'au travers de
 * SQLite. Format : https://www.sqlite.org/fileformat2.html, §1.5 (b-arbre), §1.6 (débordement), §2.1 (enregistrement).
 *
 * Le fichier doit avoir été créé par SQLite avec cette taille de page et cette seule table, vide, de
 * racine la page 2. Usage : `commencer`, une valeur par colonne dans l'ordre, `finir` ; puis `terminer`.
 */
export const TAILLE_PAGE = 8192;

const RACINE = 2;
const FEUILLE = 13;
const INTERIEURE = 5;
/** Plus grande charge qu'une feuille garde entière ; au-delà, pages de débordement. */
const CHARGE_LOCALE = TAILLE_PAGE - 35;
const CHARGE_MINIMALE = Math.floor(((TAILLE_PAGE - 12) * 32) / 255) - 23;
const PAGES_TAMPON = 64;
/** Une ligne de fichier fait au plus un million de caractères, de quatre octets au plus. */
const CORPS_MAXIMAL = 4_500_000;

type Enfant = { page: number; dernier: number };

export class TableDirecte {
  readonly #descripteur: number;
  readonly #types = Buffer.allocUnsafe(2048);
  readonly #corps = Buffer.alloc(CORPS_MAXIMAL);
  #nTypes = 0;
  #nCorps = 0;
  readonly #page = Buffer.alloc(TAILLE_PAGE);
  #cellules = 0;
  #contenu = TAILLE_PAGE;
  #dernier = 0;
  readonly #feuilles: Enfant[] = [];
  /** Pages pleines qui attendent l'écriture, à la suite depuis la page `#premiere`. */
  readonly #tampon = Buffer.allocUnsafe(PAGES_TAMPON * TAILLE_PAGE);
  #enTampon = 0;
  #premiere = RACINE + 1;

  constructor(chemin: string) {
    this.#descripteur = openSync(chemin, 'r+');
  }

  commencer(): void {
    this.#nTypes = 0;
    this.#nCorps = 0;
  }

  nul(): void {
    this.#types[this.#nTypes++] = 0;
  }

  /** Entier positif ou nul, de 47 bits au plus. */
  entier(n: number): void {
    const c = this.#corps;
    let p = this.#nCorps;
    let type: number;
    if (n <= 1) type = 8 + n;
    else if (n <= 0x7f) {
      type = 1;
      c[p++] = n;
    } else if (n <= 0x7fff) {
      type = 2;
      c[p++] = n >> 8;
      c[p++] = n & 0xff;
    } else if (n <= 0x7fffff) {
      type = 3;
      c[p++] = n >> 16;
      c[p++] = (n >> 8) & 0xff;
      c[p++] = n & 0xff;
    } else if (n <= 0x7fffffff) {
      type = 4;
      p = c.writeInt32BE(n, p);
    } else {
      type = 5;
      p = c.writeIntBE(n, p, 6);
    }
    this.#types[this.#nTypes++] = type;
    this.#nCorps = p;
  }

  texte(s: string): void {
    const debut = this.#nCorps;
    const c = this.#corps;
    let p = debut;
    if (s.length <= 64) {
      for (let i = 0; i < s.length; i++) {
        const code = s.charCodeAt(i);
        if (code >= 0x80) {
          p = debut + c.write(s, debut, 'utf8');
          break;
        }
        c[p++] = code;
      }
    } else p = debut + c.write(s, debut, 'utf8');
    this.#finTexte(p);
  }

  /** Texte déjà en UTF-8 (ou en ASCII), pris dans un tampon. */
  octets(source: Uint8Array, debut: number, fin: number): void {
    const c = this.#corps;
    let p = this.#nCorps;
    for (let i = debut; i < fin; i++) c[p++] = source[i] ?? 0;
    this.#finTexte(p);
  }

  /** Texte d'un encodage à un octet par caractère : `table[octet - 128]` en donne l'UTF-8. */
  octetsTraduits(source: Uint8Array, debut: number, fin: number, table: readonly Uint8Array[]): void {
    const c = this.#corps;
    let p = this.#nCorps;
    for (let i = debut; i < fin; i++) {
      const octet = source[i] ?? 0;
      if (octet < 0x80) c[p++] = octet;
      else for (const o of table[octet - 0x80] ?? []) c[p++] = o;
    }
    this.#finTexte(p);
  }

  #finTexte(p: number): void {
    this.#nTypes = writeVarint(this.#types, this.#nTypes, 13 + 2 * (p - this.#nCorps));
    this.#nCorps = p;
  }

  /** Pose l'enregistrement formé sous ce numéro, plus grand que tous ceux d'avant. */
  finir(numero: number): void {
    const tailleEntete = this.#nTypes + 1 < 0x80 ? this.#nTypes + 1 : this.#nTypes + 2;
    const charge = tailleEntete + this.#nCorps;
    const local = charge <= CHARGE_LOCALE ? charge : chargeLocale(charge);
    const taille = tailleVarint(charge) + tailleVarint(numero) + local + (local < charge ? 4 : 0);
    if (this.#contenu - taille < 8 + 2 * (this.#cellules + 1)) this.#fermerFeuille();
    const page = this.#page;
    const debut = this.#contenu - taille;
    let p = writeVarint(page, debut, charge);
    p = writeVarint(page, p, numero);
    if (local === charge) {
      p = writeVarint(page, p, tailleEntete);
      p += copier(this.#types, 0, this.#nTypes, page, p);
      copier(this.#corps, 0, this.#nCorps, page, p);
    } else this.#deborder(p, tailleEntete, local, charge);
    page.writeUInt16BE(debut, 8 + 2 * this.#cellules++);
    this.#contenu = debut;
    this.#dernier = numero;
  }

  #deborder(p: number, tailleEntete: number, local: number, charge: number): void {
    const tout = Buffer.alloc(charge);
    const q = writeVarint(tout, 0, tailleEntete);
    this.#types.copy(tout, q, 0, this.#nTypes);
    this.#corps.copy(tout, q + this.#nTypes, 0, this.#nCorps);
    tout.copy(this.#page, p, 0, local);
    const morceau = TAILLE_PAGE - 4;
    const nombre = Math.ceil((charge - local) / morceau);
    this.#page.writeUInt32BE(this.#prochaine(), p + local);
    for (let i = 0; i < nombre; i++) {
      const page = Buffer.alloc(TAILLE_PAGE);
      page.writeUInt32BE(i + 1 < nombre ? this.#prochaine() + 1 : 0, 0);
      tout.copy(page, 4, local + i * morceau, Math.min(charge, local + (i + 1) * morceau));
      this.#poser(page);
    }
  }

  #prochaine(): number {
    return this.#premiere + this.#enTampon;
  }

  #poser(page: Buffer): number {
    const numero = this.#prochaine();
    page.copy(this.#tampon, this.#enTampon++ * TAILLE_PAGE);
    if (this.#enTampon === PAGES_TAMPON) this.#vider();
    return numero;
  }

  #vider(): void {
    this.#ecrire(this.#tampon.subarray(0, this.#enTampon * TAILLE_PAGE), this.#premiere);
    this.#premiere += this.#enTampon;
    this.#enTampon = 0;
  }

  #ecrire(octets: Buffer, page: number): void {
    for (let fait = 0; fait < octets.length; ) fait += writeSync(this.#descripteur, octets, fait, octets.length - fait, (page - 1) * TAILLE_PAGE + fait);
  }

  #fermerFeuille(): void {
    this.#entetePage(FEUILLE, 0);
    this.#feuilles.push({ page: this.#poser(this.#page), dernier: this.#dernier });
    this.#page.fill(0);
    this.#cellules = 0;
    this.#contenu = TAILLE_PAGE;
  }

  #entetePage(type: number, dernierEnfant: number): void {
    const page = this.#page;
    page[0] = type;
    page.writeUInt16BE(this.#cellules, 3);
    page.writeUInt16BE(this.#contenu, 5);
    if (type === INTERIEURE) page.writeUInt32BE(dernierEnfant, 8);
  }

  /** Écrit les dernières pages, l'arbre au-dessus des feuilles, et la taille du fichier. */
  terminer(): void {
    if (this.#feuilles.length === 0) {
      this.#entetePage(FEUILLE, 0);
      this.#ecrire(this.#page, RACINE);
    } else {
      if (this.#cellules > 0) this.#fermerFeuille();
      let niveau = this.#feuilles;
      while (niveau.length > ENFANTS) niveau = this.#etage(niveau);
      this.#pageInterieure(niveau);
      this.#ecrire(this.#page, RACINE);
    }
    this.#vider();
    this.#ecrireTaille(this.#premiere - 1);
    closeSync(this.#descripteur);
  }

  abandonner(): void {
    closeSync(this.#descripteur);
  }

  #etage(enfants: readonly Enfant[]): Enfant[] {
    const parents: Enfant[] = [];
    const nombre = Math.ceil(enfants.length / ENFANTS);
    for (let i = 0; i < nombre; i++) {
      // Parts égales : une page intérieure a toujours au moins deux enfants.
      const part = enfants.slice(Math.floor((i * enfants.length) / nombre), Math.floor(((i + 1) * enfants.length) / nombre));
      this.#pageInterieure(part);
      parents.push({ page: this.#poser(this.#page), dernier: part.at(-1)?.dernier ?? 0 });
    }
    return parents;
  }

  #pageInterieure(enfants: readonly Enfant[]): void {
    const page = this.#page.fill(0);
    this.#cellules = 0;
    this.#contenu = TAILLE_PAGE;
    for (const { page: enfant, dernier } of enfants.slice(0, -1)) {
      this.#contenu -= 4 + tailleVarint(dernier);
      page.writeUInt32BE(enfant, this.#contenu);
      writeVarint(page, this.#contenu + 4, dernier);
      page.writeUInt16BE(this.#contenu, 12 + 2 * this.#cellules++);
    }
    this.#entetePage(INTERIEURE, enfants.at(-1)?.page ?? 0);
  }

  /** Taille en pages (octet 28), et le compteur qui la rend valable (octets 24 et 92). */
  #ecrireTaille(pages: number): void {
    const entete = Buffer.alloc(100);
    readSync(this.#descripteur, entete, 0, 100, 0);
    const compteur = entete.readUInt32BE(24) + 1;
    entete.writeUInt32BE(compteur, 24);
    entete.writeUInt32BE(pages, 28);
    entete.writeUInt32BE(compteur, 92);
    writeSync(this.#descripteur, entete, 0, 100, 0);
  }
}

/** Enfants d'une page intérieure : deux octets de pointeur, quatre de page, neuf de numéro au plus. */
const ENFANTS = Math.floor((TAILLE_PAGE - 12) / 15);

function chargeLocale(charge: number): number {
  const k = CHARGE_MINIMALE + ((charge - CHARGE_MINIMALE) % (TAILLE_PAGE - 4));
  return k <= CHARGE_LOCALE ? k : CHARGE_MINIMALE;
}

function copier(source: Uint8Array, debut: number, fin: number, cible: Uint8Array, position: number): number {
  for (let i = debut, p = position; i < fin; i++) cible[p++] = source[i] ?? 0;
  return fin - debut;
}

/** Octets d'un entier à longueur variable (sept bits par octet, le plus fort d'abord). */
function tailleVarint(n: number): number {
  let taille = 1;
  for (let reste = Math.floor(n / 128); reste > 0; reste = Math.floor(reste / 128)) taille++;
  return taille;
}

function writeVarint(cible: Uint8Array, position: number, n: number): number {
  if (n < 0x80) {
    cible[position] = n;
    return position + 1;
  }
  const taille = tailleVarint(n);
  for (let i = taille - 1, reste = n; i >= 0; i--, reste = Math.floor(reste / 128)) {
    cible[position + i] = (reste % 128) | (i === taille - 1 ? 0 : 0x80);
  }
  return position + taille;
}
