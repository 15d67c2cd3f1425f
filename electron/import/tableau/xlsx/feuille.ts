import { plainDecimal } from '../../../documents/format.ts';
import { csvLine } from '../../../documents/csv.ts';
import { classeurIllisible } from '../../erreurs.ts';
import { jourDeTableur } from '../dates.ts';
import type { Rangee } from '../rangees.ts';
import { Balises } from './balises.ts';
import type { TextesPartages } from './partages.ts';
import { Memoire, decodeEchappes, decodeEntites } from './textes.ts';

/** Ce dont une feuille a besoin pour lire ses cases. */
export type Valeurs = { partages: TextesPartages | null; /** Rangs des styles de date. */ dates: readonly boolean[]; date1904: boolean };

type Genre = 'nombre' | 'partage' | 'texte' | 'interne' | 'booleen';
/** Où va le texte de l'XML : nulle part, à la valeur, au texte écrit dans la case, à un morceau de ce texte. */
type Ecoute = 'rien' | 'valeur' | 'interne' | 'morceau';

const COLONNES_MAX = 16_384;
const DATES_GARDEES = 4_096;
const AUCUNE: readonly number[] = [];

/**
 * Lit l'XML d'une feuille, morceau par morceau, en rangées de textes : dates AAAA-MM-JJ, nombres en écriture
 * exacte, booléens VRAI ou FAUX, formules à leur dernier résultat. Les rangées vides sont passées.
 */
export class Feuille extends Balises {
  #rangees: Rangee[] = [];
  readonly #valeurs: Valeurs;
  readonly #nombres = new Memoire(decodeEntites);
  readonly #textes = new Memoire((t) => decodeEchappes(decodeEntites(t)));
  readonly #jours = new Map<string, string>();

  #donnees = false;
  #complete = false;
  #ecoute: Ecoute = 'rien';
  #dansRangee = false;
  #ligne = 0;
  #cellules: string[] = [];
  #remplie = false;
  #sansResultat: number[] | null = null;
  #suivante = 0;

  // La case en cours.
  #dansCase = false;
  #colonne = 0;
  #genre: Genre = 'nombre';
  #date = false;
  #valeur = '';
  #interne = '';
  #rang = 0;
  #morceaux = false;
  #dansMorceau = false;
  #prononciation = false;
  #formule = false;
  #resultat = false;

  constructor(valeurs: Valeurs) {
    super();
    this.#valeurs = valeurs;
  }

  /** Les rangées trouvées depuis la dernière fois. */
  prendre(): Rangee[] {
    const prises = this.#rangees;
    this.#rangees = [];
    return prises;
  }

  override finir(): void {
    super.finir();
    // Une feuille coupée perdrait des lignes en silence.
    if (!this.#complete) throw classeurIllisible();
  }

  protected override ouvrir(nom: number, finNom: number, fin: number): void {
    const lettre = this.octets[nom];
    if (finNom - nom === 1) {
      if (lettre === 99) return this.#commencerCase(finNom, fin);
      if (!this.#dansCase) return;
      if (lettre === 118) {
        this.#ecoute = 'valeur';
        this.#resultat = true;
      } else if (lettre === 116) this.#ecoute = this.#prononciation ? 'rien' : this.#dansMorceau ? 'morceau' : 'interne';
      else if (lettre === 102) this.#formule = true;
      else if (lettre === 114) {
        if (!this.#morceaux) this.#interne = '';
        this.#morceaux = this.#dansMorceau = true;
      }
      return;
    }
    if (lettre === 105) return;
    if (this.#donnees && this.isNom(nom, finNom, 'row')) this.#commencerRangee(finNom, fin);
    else if (this.isNom(nom, finNom, 'sheetData')) this.#donnees = true;
    else if (this.isNom(nom, finNom, 'rPh')) this.#prononciation = true;
  }

  #commencerRangee(debut: number, fin: number): void {
    this.#dansRangee = true;
    this.#cellules = [];
    this.#remplie = false;
    this.#sansResultat = null;
    this.#suivante = 0;
    this.#ligne++;
    for (let a = this.attribut(debut, fin); a !== null; a = this.attribut(a.a + 1, fin)) {
      if (a.lettre !== 114) continue;
      const ligne = entier(this.octets, a.de, a.a);
      if (ligne > 0) this.#ligne = ligne;
      return;
    }
  }

  #commencerCase(debut: number, fin: number): void {
    if (!this.#dansRangee) return;
    this.#dansCase = true;
    this.#colonne = this.#suivante;
    this.#genre = 'nombre';
    this.#date = false;
    this.#valeur = '';
    this.#interne = '';
    this.#rang = 0;
    this.#morceaux = this.#formule = this.#resultat = false;
    const o = this.octets;
    for (let a = this.attribut(debut, fin); a !== null; a = this.attribut(a.a + 1, fin)) {
      if (a.lettre === 114) {
        const colonne = colonneDe(o, a.de, a.a);
        if (colonne >= 0) this.#colonne = colonne;
      } else if (a.lettre === 116) this.#genre = this.#genreDe(a.de, a.a);
      else if (a.lettre === 115) this.#date = this.#valeurs.dates[entier(o, a.de, a.a)] === true;
    }
    if (this.#colonne >= COLONNES_MAX) throw classeurIllisible();
  }

  #genreDe(de: number, a: number): Genre {
    if (a - de === 1) return this.octets[de] === 115 ? 'partage' : this.octets[de] === 98 ? 'booleen' : this.octets[de] === 101 ? 'texte' : 'nombre';
    if (this.isNom(de, a, 'inlineStr')) return 'interne';
    return this.isNom(de, a, 'str') ? 'texte' : 'nombre';
  }

  protected override texte(debut: number, fin: number, brut: boolean): void {
    switch (this.#ecoute) {
      case 'rien':
        return;
      case 'valeur':
        if (this.#genre === 'partage') {
          this.#rang = suiteEntier(this.octets, debut, fin, this.#rang);
          this.#valeur = '#';
          return;
        }
        this.#valeur += brut ? this.octets.toString('utf8', debut, fin) : (this.#genre === 'texte' ? this.#textes : this.#nombres).chaine(this.octets, debut, fin);
        return;
      default:
        if (this.#ecoute === 'interne' && this.#morceaux) return;
        this.#interne += brut ? decodeEchappes(this.octets.toString('utf8', debut, fin)) : this.#textes.chaine(this.octets, debut, fin);
    }
  }

  protected override fermer(nom: number, finNom: number): void {
    const lettre = this.octets[nom];
    if (finNom - nom === 1) {
      if (lettre === 99) this.#finirCase();
      else if (lettre === 118 || lettre === 116) this.#ecoute = 'rien';
      else if (lettre === 114) this.#dansMorceau = false;
      return;
    }
    if (lettre === 105) return;
    if (this.isNom(nom, finNom, 'row')) this.#finirRangee();
    else if (this.isNom(nom, finNom, 'sheetData')) this.#donnees = false;
    else if (this.isNom(nom, finNom, 'rPh')) this.#prononciation = false;
    else if (this.isNom(nom, finNom, 'worksheet')) this.#complete = true;
  }

  #finirCase(): void {
    if (!this.#dansCase) return;
    this.#dansCase = false;
    this.#ecoute = 'rien';
    const texte = this.#lire();
    const colonne = this.#colonne;
    this.#suivante = colonne + 1;
    const cellules = this.#cellules;
    while (cellules.length < colonne) cellules.push('');
    cellules[colonne] = texte;
    if (texte !== '') this.#remplie = true;
    else if (this.#formule && !this.#resultat) (this.#sansResultat ??= []).push(colonne);
  }

  #lire(): string {
    switch (this.#genre) {
      case 'partage':
        return this.#valeur === '' ? '' : (this.#valeurs.partages?.get(this.#rang) ?? '');
      case 'interne':
        return net(this.#interne === '' ? this.#valeur : this.#interne);
      case 'texte':
        return net(this.#valeur);
      case 'booleen':
        return this.#valeur === '' ? '' : this.#valeur === '1' || this.#valeur.toLowerCase() === 'true' ? 'VRAI' : 'FAUX';
      case 'nombre':
        return this.#nombre(this.#valeur === '' ? this.#interne : this.#valeur);
    }
  }

  #nombre(texte: string): string {
    if (texte === '') return '';
    if (!this.#date && isExact(texte)) return texte;
    const n = Number(texte);
    if (Number.isNaN(n) || texte.trim() === '') return net(texte);
    if (!this.#date) return plainDecimal(n);
    const connu = this.#jours.get(texte);
    if (connu !== undefined) return connu;
    if (this.#jours.size >= DATES_GARDEES) this.#jours.clear();
    const jour = jourDeTableur(n, this.#valeurs.date1904);
    this.#jours.set(texte, jour);
    return jour;
  }

  #finirRangee(): void {
    if (!this.#dansRangee) return;
    this.#dansRangee = this.#dansCase = false;
    if (!this.#remplie) return;
    const cellules = this.#cellules;
    this.#rangees.push({ ligne: this.#ligne, cellules, sansResultat: this.#sansResultat ?? AUCUNE, brut: () => Buffer.from(csvLine(cellules).trimEnd(), 'utf8') });
  }
}

/** Sans espace autour ; la plupart des textes n'en ont pas, et se reconnaissent à leurs bouts. */
function net(texte: string): string {
  if (texte === '') return texte;
  const [a, b] = [texte.charCodeAt(0), texte.charCodeAt(texte.length - 1)];
  return a > 32 && a < 128 && b > 32 && b < 128 ? texte : texte.trim();
}

/** Vrai d'un nombre déjà écrit comme il le serait : au plus quinze chiffres, ni zéro inutile, ni exposant. */
function isExact(texte: string): boolean {
  const n = texte.length;
  if (n > 15) return false;
  let point = -1;
  for (let i = 0; i < n; i++) {
    const c = texte.charCodeAt(i);
    if (c === 46 && point < 0) point = i;
    else if (c < 48 || c > 57) return false;
  }
  const entiere = point < 0 ? n : point;
  if (entiere === 0 || (entiere > 1 && texte.charCodeAt(0) === 48)) return false;
  return point < 0 || (point < n - 1 && texte.charCodeAt(n - 1) !== 48);
}

/** Un entier écrit en chiffres, à la suite de `avant` ; `NaN` si autre chose qu'un espace s'y trouve. */
function suiteEntier(o: Buffer, debut: number, fin: number, avant: number): number {
  let n = avant;
  for (let i = debut; i < fin; i++) {
    const c = o[i] ?? 0;
    if (c >= 48 && c <= 57) n = n * 10 + c - 48;
    else if (c > 32) return Number.NaN;
  }
  return n;
}

const entier = (o: Buffer, debut: number, fin: number): number => suiteEntier(o, debut, fin, 0);

/** Rang (à partir de 0) d'une colonne d'après une référence (« AB12 ») ; -1 sans lettre. */
function colonneDe(o: Buffer, debut: number, fin: number): number {
  let n = 0;
  for (let i = debut; i < fin; i++) {
    const c = (o[i] ?? 0) & ~32;
    if (c < 65 || c > 90) break;
    n = n * 26 + c - 64;
  }
  return n - 1;
}
