import { classeurIllisible } from '../../erreurs.ts';
import { trop } from '../mesure.ts';

const INFERIEUR = 60;
const SUPERIEUR = 62;
const BARRE = 47;
const EXCLAMATION = 33;
const INTERROGATION = 63;
const DEUX_POINTS = 58;
const EGAL = 61;
const GUILLEMET = 34;
const APOSTROPHE = 39;
/** Une case d'un tableur a au plus 32 767 caractères ; une balise ou un texte plus longs que ceci ne tiendraient pas en mémoire. */
const MORCEAU_MAX = 4 * 2 ** 20;

const VIDE: Buffer = Buffer.alloc(0);

/**
 * Découpe en flux l'XML d'une partie de classeur, sur ses octets : `ouvrir`, `texte` et `fermer` reçoivent des
 * bornes dans `octets`, qui ne valent que le temps de l'appel. Les noms sont donnés sans leur préfixe. Une
 * déclaration de type (DTD) est refusée : un classeur n'en a jamais, et ses entités gonfleraient sans fin.
 */
export abstract class Balises {
  protected octets: Buffer = VIDE;
  #reste: Buffer = VIDE;

  /** `nom` à `finNom` : le nom ; `finNom` à `fin` : les attributs. Une balise vide est suivie de `fermer`. */
  protected abstract ouvrir(nom: number, finNom: number, fin: number): void;
  protected abstract fermer(nom: number, finNom: number): void;
  /** `brut` : un texte de CDATA, où « & » n'annonce rien. */
  protected abstract texte(debut: number, fin: number, brut: boolean): void;

  donner(morceau: Buffer): void {
    this.octets = this.#reste.length === 0 ? morceau : Buffer.concat([this.#reste, morceau]);
    this.#reste = this.octets.subarray(this.#parcourir());
    if (this.#reste.length > MORCEAU_MAX) throw trop('une case de plus de quatre millions de caractères');
  }

  /** À appeler à la fin : ce qui reste ne peut être que de l'espace. */
  finir(): void {
    if (this.#reste.toString('latin1').trim() !== '') throw classeurIllisible();
  }

  /** Rend où reprendre quand la suite sera là. */
  #parcourir(): number {
    const o = this.octets;
    const n = o.length;
    let i = 0;
    for (;;) {
      let j = i;
      while (j < n && o[j] !== INFERIEUR) j++;
      // La balise qui suit dit la fin du texte, et sa première lettre de quelle balise il s'agit.
      if (j + 1 >= n) return i;
      if (j > i) this.texte(i, j, false);
      const c = o[j + 1];
      if (c === BARRE) {
        let k = j + 2;
        let nom = k;
        while (k < n && o[k] !== SUPERIEUR) {
          if (o[k] === DEUX_POINTS) nom = k + 1;
          k++;
        }
        if (k === n) return j;
        let finNom = k;
        while (finNom > nom && (o[finNom - 1] ?? 0) <= 32) finNom--;
        this.fermer(nom, finNom);
        i = k + 1;
      } else if (c === EXCLAMATION || c === INTERROGATION) {
        const suite = this.#special(j);
        if (suite < 0) return j;
        i = suite;
      } else {
        const suite = this.#ouvrante(j + 1);
        if (suite < 0) return j;
        i = suite;
      }
    }
  }

  #ouvrante(debut: number): number {
    const o = this.octets;
    const n = o.length;
    let nom = debut;
    let k = debut;
    for (; k < n; k++) {
      const c = o[k] ?? 0;
      if (c <= 32 || c === BARRE || c === SUPERIEUR) break;
      if (c === DEUX_POINTS) nom = k + 1;
    }
    const finNom = k;
    for (; k < n; k++) {
      const c = o[k];
      if (c === SUPERIEUR) break;
      if (c === GUILLEMET || c === APOSTROPHE) {
        k++;
        while (k < n && o[k] !== c) k++;
      }
    }
    if (k >= n) return -1;
    const vide = o[k - 1] === BARRE;
    this.ouvrir(nom, finNom, vide ? k - 1 : k);
    if (vide) this.fermer(nom, finNom);
    return k + 1;
  }

  /** Commentaire, CDATA, instruction ; -1 si la fin n'est pas là. */
  #special(debut: number): number {
    const o = this.octets;
    const apres = (fin: string, de: number): number => {
      const k = o.indexOf(fin, de, 'latin1');
      return k < 0 ? -1 : k + fin.length;
    };
    if (o[debut + 1] === INTERROGATION) return apres('?>', debut + 2);
    // « <![CDATA[ » en entier, pour savoir de quoi il s'agit.
    if (o.length - debut < 9) return -1;
    const tete = o.toString('latin1', debut, debut + 9);
    if (tete.startsWith('<!--')) return apres('-->', debut + 4);
    if (tete !== '<![CDATA[') throw trop('une déclaration de type dans son contenu');
    const suite = apres(']]>', debut + 9);
    if (suite > debut + 12) this.texte(debut + 9, suite - 3, true);
    return suite;
  }

  /** Vrai si le nom entre ces bornes est celui-ci. */
  protected isNom(debut: number, fin: number, nom: string): boolean {
    if (fin - debut !== nom.length) return false;
    for (let i = 0; i < nom.length; i++) if (this.octets[debut + i] !== nom.charCodeAt(i)) return false;
    return true;
  }

  /** Bornes de la valeur du prochain attribut d'une lettre parmi ceux qui commencent à `debut`. */
  protected attribut(debut: number, fin: number): { lettre: number; de: number; a: number } | null {
    const o = this.octets;
    const trouve = this.#attribut;
    let i = debut;
    while (i < fin) {
      while (i < fin && (o[i] ?? 0) <= 32) i++;
      const nom = i;
      while (i < fin && o[i] !== EGAL && (o[i] ?? 0) > 32) i++;
      const finNom = i;
      while (i < fin && o[i] !== GUILLEMET && o[i] !== APOSTROPHE) i++;
      const guillemet = o[i];
      const de = ++i;
      while (i < fin && o[i] !== guillemet) i++;
      if (i >= fin) return null;
      i++;
      if (finNom - nom !== 1) continue;
      trouve.lettre = o[nom] ?? 0;
      trouve.de = de;
      trouve.a = i - 1;
      return trouve;
    }
    return null;
  }

  /** Un seul objet, repris à chaque attribut : une feuille en a des dizaines de millions. */
  readonly #attribut = { lettre: 0, de: 0, a: 0 };
}
