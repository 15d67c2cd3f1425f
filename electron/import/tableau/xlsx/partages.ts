import { classeurIllisible } from '../../erreurs.ts';
import { Balises } from './balises.ts';
import { decodeEchappes, decodeEntites } from './textes.ts';

const GARDEES = 1 << 15;

/**
 * Textes partagés d'un classeur (`sharedStrings.xml`), gardés bout à bout en octets et rendus à la demande :
 * des millions de textes différents y tiennent dans la taille de leur fichier. Un texte mis en forme vaut ses
 * morceaux bout à bout ; une indication de prononciation n'en fait pas partie.
 */
export class TextesPartages extends Balises {
  readonly #contenu: Buffer;
  #fin = 0;
  /** Où finit chaque texte. */
  #fins = new Uint32Array(1 << 12);
  #nombre = 0;
  #debut = 0;
  #dansTexte = false;
  #dansMorceau = false;
  #prononciation = false;
  #morceaux = false;
  #complet = false;
  readonly #rangs = new Int32Array(GARDEES).fill(-1);
  readonly #gardees: string[] = Array.from({ length: GARDEES }, () => '');

  /** `taille` : celle du fichier décompressé, que les textes ne peuvent pas dépasser. */
  constructor(taille: number) {
    super();
    this.#contenu = Buffer.allocUnsafeSlow(taille);
  }

  /** Le texte de ce rang, sans espace autour ; vide s'il n'y en a pas. */
  get(rang: number): string {
    if (!(rang >= 0 && rang < this.#nombre)) return '';
    const place = rang & (GARDEES - 1);
    if (this.#rangs[place] === rang) return this.#gardees[place] ?? '';
    this.#rangs[place] = rang;
    return (this.#gardees[place] = this.#contenu.toString('utf8', rang === 0 ? 0 : (this.#fins[rang - 1] ?? 0), this.#fins[rang] ?? 0).trim());
  }

  override finir(): void {
    super.finir();
    if (!this.#complet) throw classeurIllisible();
  }

  protected override ouvrir(nom: number, finNom: number): void {
    if (this.isNom(nom, finNom, 'si')) {
      this.#debut = this.#fin;
      this.#morceaux = false;
    } else if (this.isNom(nom, finNom, 'r')) {
      // Les morceaux remplacent un texte simple.
      if (!this.#morceaux) this.#fin = this.#debut;
      this.#morceaux = this.#dansMorceau = true;
    } else if (this.isNom(nom, finNom, 'rPh')) this.#prononciation = true;
    else if (this.isNom(nom, finNom, 't')) {
      this.#dansTexte = !this.#prononciation && (this.#dansMorceau || !this.#morceaux);
      if (this.#dansTexte && !this.#dansMorceau) this.#fin = this.#debut;
    }
  }

  protected override texte(debut: number, fin: number, brut: boolean): void {
    if (!this.#dansTexte) return;
    const o = this.octets;
    if (brut || !this.#aDecoder(debut, fin)) {
      this.#reserver(fin - debut);
      o.copy(this.#contenu, this.#fin, debut, fin);
      this.#fin += fin - debut;
      return;
    }
    const texte = decodeEchappes(decodeEntites(o.toString('utf8', debut, fin)));
    this.#reserver(Buffer.byteLength(texte));
    this.#fin += this.#contenu.write(texte, this.#fin);
  }

  /** Un octet mal écrit, rendu par trois, peut seul faire déborder. */
  #reserver(octets: number): void {
    if (this.#fin + octets > this.#contenu.length) throw classeurIllisible();
  }

  #aDecoder(debut: number, fin: number): boolean {
    const o = this.octets;
    for (let i = debut; i < fin; i++) if (o[i] === 38 || (o[i] === 95 && o[i + 1] === 120)) return true;
    return false;
  }

  protected override fermer(nom: number, finNom: number): void {
    if (this.isNom(nom, finNom, 't')) this.#dansTexte = false;
    else if (this.isNom(nom, finNom, 'r')) this.#dansMorceau = false;
    else if (this.isNom(nom, finNom, 'rPh')) this.#prononciation = false;
    else if (this.isNom(nom, finNom, 'sst')) this.#complet = true;
    else if (this.isNom(nom, finNom, 'si')) {
      if (this.#nombre === this.#fins.length) {
        const plus = new Uint32Array(this.#nombre * 2);
        plus.set(this.#fins);
        this.#fins = plus;
      }
      this.#fins[this.#nombre++] = this.#fin;
    }
  }
}
