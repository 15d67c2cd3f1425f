import { TAILLE_BLOC, readPlein } from '../fichier.ts';

/** Au-delà, ce n'est plus une ligne de déclaration : le fichier est refusé sans être gardé en mémoire. */
export const LIGNE_MAXIMALE = 1_000_000;

const MAX_CHAMPS = 512;
const LF = 10;
const CR = 13;
const GUILLEMET = 34;
const SEPARATEUR = 59;

/**
 * Lit un texte ligne à ligne, par blocs qui finissent sur une fin de ligne. Après `suivante()`, la
 * ligne courante est `octets[debut, fin[`, sans sa fin de ligne ; ses champs sont aux rangs
 * `debuts[i]`, séparés par un octet « ; ». Rien n'est copié tant qu'on ne le demande pas.
 */
export class Decoupe {
  readonly octets: Buffer;
  debut = 0;
  fin = 0;
  /** Numéro de la ligne courante, à partir de 1. */
  ligne = 0;
  nombreChamps = 0;
  /** `debuts[nombreChamps]` vaut fin + 1 : la fin du champ i est toujours `debuts[i + 1] - 1`. */
  debuts = new Int32Array(MAX_CHAMPS + 2);
  /** Les mêmes rangs pour la ligne d'avant, vrais tant que `remplissages` n'a pas changé. */
  precedents = new Int32Array(MAX_CHAMPS + 2);
  remplissages = 0;
  guillemet = false;
  /** Un octet hors de l'ASCII dans la ligne. */
  accent = false;
  /** Parmi eux, un de ceux que Latin-1 et Windows-1252 lisent autrement. */
  special = false;
  /** Octets lus du fichier jusqu'ici. */
  lus = 0;

  readonly #descripteur: number;
  readonly #bloc: number;
  readonly #tampon: Buffer;
  #position: number;
  #curseur = 0;
  #limite = 0;
  #termine = false;
  readonly #auBloc: (octets: number) => void;

  constructor(descripteur: number, depuis: number, auBloc: (octets: number) => void, bloc = TAILLE_BLOC) {
    this.#descripteur = descripteur;
    this.#position = depuis;
    this.#auBloc = auBloc;
    this.#bloc = bloc;
    this.#tampon = Buffer.allocUnsafeSlow(bloc + LIGNE_MAXIMALE + 2);
    this.octets = this.#tampon;
  }

  /** Passe à la ligne suivante ; `false` à la fin du fichier. Rend `'trop-longue'` sans la lire. */
  suivante(): boolean | 'trop-longue' {
    const avant = this.precedents;
    this.precedents = this.debuts;
    this.debuts = avant;
    for (;;) {
      if (this.#scruter()) return this.fin - this.debut > LIGNE_MAXIMALE ? 'trop-longue' : true;
      if (this.#termine) {
        if (this.#curseur >= this.#limite) return false;
        // Dernière ligne, sans fin de ligne : une fin est ajoutée dans le tampon, après les octets lus.
        this.#tampon[this.#limite++] = LF;
        continue;
      }
      if (this.#limite - this.#curseur > LIGNE_MAXIMALE) return 'trop-longue';
      this.#remplir();
    }
  }

  #remplir(): void {
    this.remplissages++;
    const reste = this.#limite - this.#curseur;
    if (reste > 0) this.#tampon.copyWithin(0, this.#curseur, this.#limite);
    this.#curseur = 0;
    this.#limite = reste;
    const lus = readPlein(this.#descripteur, this.#tampon.subarray(reste, reste + this.#bloc), this.#position);
    this.#position += lus;
    this.#limite += lus;
    this.lus = this.#position;
    if (lus < this.#bloc) this.#termine = true;
    this.#auBloc(this.#position);
  }

  /** Cherche la fin de la ligne qui commence au curseur et note ses champs ; `false` si elle n'y est pas. */
  #scruter(): boolean {
    const tampon = this.#tampon;
    const limite = this.#limite;
    const debuts = this.debuts;
    let p = this.#curseur;
    let n = 0;
    let guillemet = false;
    let accent = false;
    let special = false;
    debuts[0] = p;
    for (; p < limite; p++) {
      const octet = tampon[p] ?? 0;
      if (octet > SEPARATEUR) {
        if (octet >= 0x80) {
          accent = true;
          if (octet < 0xa0) special = true;
        }
      } else if (octet === SEPARATEUR) {
        if (n < MAX_CHAMPS) debuts[++n] = p + 1;
      } else if (octet === LF) {
        this.debut = this.#curseur;
        this.fin = p > this.#curseur && tampon[p - 1] === CR ? p - 1 : p;
        this.nombreChamps = n + 1;
        debuts[n + 1] = this.fin + 1;
        this.guillemet = guillemet;
        this.accent = accent;
        this.special = special;
        this.ligne++;
        this.#curseur = p + 1;
        return true;
      } else if (octet === GUILLEMET) guillemet = true;
    }
    return false;
  }

  /** Copie de la ligne courante, avec sa fin de ligne si `entiere`. */
  copie(entiere: boolean): Buffer {
    return Buffer.from(this.octets.subarray(this.debut, entiere ? this.#curseur : this.fin));
  }

  /** Texte restant du bloc après la ligne courante, complété si besoin jusqu'à `octets` octets. Invalide la ligne courante. */
  apercu(octets: number): Buffer {
    while (!this.#termine && this.#limite - this.#curseur < octets) this.#remplir();
    return this.#tampon.subarray(this.#curseur, Math.min(this.#limite, this.#curseur + octets));
  }

  /** Saute `octets` octets, qui finissent sur une fin de ligne, et compte `lignes` lignes. */
  sauter(octets: number, lignes: number): void {
    this.#curseur += octets;
    this.ligne += lignes;
  }
}
