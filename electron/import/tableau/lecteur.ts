import { CHAMPS, CHAMPS_GARDES, findChamp, rang } from '../../../shared/domain/rpls/champs.ts';
import type { Champ } from '../../../shared/domain/rpls/champs.ts';
import { decodeCellule } from '../../../shared/domain/rpls/cellule.ts';
import type { CelluleLue } from '../../../shared/domain/rpls/cellule.ts';
import { ILLISIBLE } from '../../../shared/domain/rpls/decoder.ts';
import type { Valeur } from '../../../shared/domain/rpls/decoder.ts';
import { VALEURS_USUELLES } from '../../../shared/domain/rpls/colonnes.ts';
import { reparer } from '../../../shared/domain/rpls/reparer.ts';
import type { CodeRemarque } from '../../../shared/domain/rpls/anomalies.ts';
import { LOGEMENTS } from '../../../shared/domain/tableaux/logements.ts';
import { ColonneVue, invraisemblance } from '../../../shared/domain/tableaux/vraisemblance.ts';
import { containsNir, donneesPersonnelles, titreNominatif } from '../../../shared/domain/occupation/personnel.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { resolveDepcom } from '../../../shared/territoires/index.ts';
import type { Enregistreur } from '../enregistreur.ts';
import { exigerColonnes, exigerTitres, nomsColonnes } from './rangees.ts';
import type { Rangee } from './rangees.ts';

export type Correspondance = {
  /** Ligne des titres, à partir de 1 ; 0 : pas de titres (« Colonne 1 »…). */
  entete: number;
  /** Nombre de lignes de notes sous les titres, passées. */
  notes: number;
  colonnes: Readonly<Record<string, string>>;
  valeurs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Champ → code que chaque ligne reçoit : ce que le titre d'une colonne dit de toutes (« surface utile »). */
  constantes: Readonly<Record<string, string>>;
};

/** Les logements du dossier : de quoi compléter par un tableau qui ne donne pas leur commune. */
export type Connus = { parIdent: ReadonlyMap<string, string>; parRepertoire: ReadonlyMap<string, string> };

export type OptionsTableau = {
  /** Texte : une rangée plus courte ou plus longue que les titres est rejetée ; classeur : complétée. */
  strict: boolean;
  date1904: boolean;
  connus: Connus | null;
  /** Nombre de lignes à lire ; toutes sans cela. */
  limite?: number;
};

export type LectureTableau = {
  entete: Buffer | null;
  colonnesIgnorees: string[];
  champs: string[];
  colonnes: string[];
  /** Le tableau ne donne pas les communes : il complète des logements du dossier, et n'en fait disparaître aucun. */
  complement: boolean;
  /** Colonnes dont la plupart des valeurs ne peuvent pas être celles de leur champ. */
  invraisemblables: { colonne: string; champ: string; phrase: string }[];
  /** Faux quand la limite a arrêté la lecture. */
  complet: boolean;
};

/** `lues` : cellules déjà décodées, car les mêmes textes reviennent par milliers ; `null` quand ils diffèrent trop. */
type Colonne = { rang: number; nom: string; champ: Champ; vue: ColonneVue; lues: Map<string, CelluleLue> | null };

const LUES_MAX = 2_000;

const SORTIEPATRIM = rang('SORTIEPATRIM');
const TOTAL = /^(?:sous[- ]?)?total(?:\s|$|:)|^(?:total\s)?g[ée]n[ée]ral$/i;

/** Lit un tableau de logements suivant une correspondance colonne → champ RPLS. */
export async function lireTableau(rangees: AsyncIterable<Rangee>, correspondance: Correspondance, options: OptionsTableau, enregistreur: Enregistreur): Promise<LectureTableau> {
  let lecteur: LecteurTableau | null = null;
  let entete: Buffer | null = null;
  let complet = true;
  const debut = correspondance.entete + correspondance.notes;
  for await (const rangee of rangees) {
    if (rangee.ligne < correspondance.entete) continue;
    if (lecteur === null) {
      const titres = correspondance.entete > 0;
      if (titres) exigerTitres(rangee.cellules);
      lecteur = new LecteurTableau(titres ? nomsColonnes(rangee.cellules) : rangee.cellules.map((_, i) => `Colonne ${i + 1}`), correspondance, options, enregistreur);
      if (titres) {
        entete = rangee.brut();
        continue;
      }
    }
    if (rangee.ligne <= debut) continue;
    if (options.limite !== undefined && enregistreur.lignes >= options.limite) {
      complet = false;
      break;
    }
    lecteur.lire(rangee);
  }
  if (lecteur === null) throw invalide('tableau-vide', 'Le tableau n’a ni titres ni logements.', 'Vérifier la feuille et la ligne des titres choisies.');
  if (correspondance.notes > 0) {
    const [de, a] = [correspondance.entete + 1, debut];
    enregistreur.remarquerFichier('lignes-de-notes', de === a ? String(a) : `${de} à ${a}`);
  }
  const invraisemblables = lecteur.invraisemblables();
  for (const { phrase } of invraisemblables) enregistreur.remarquerFichier('colonne-invraisemblable', phrase);
  return { entete, colonnesIgnorees: lecteur.ignorees, champs: lecteur.champs, colonnes: lecteur.noms, complement: lecteur.complement, invraisemblables, complet };
}

class LecteurTableau {
  readonly noms: string[];
  readonly ignorees: string[];
  readonly champs: string[];
  readonly complement: boolean;
  readonly #colonnes: Colonne[] = [];
  readonly #parChamp = new Map<string, number>();
  /** Colonnes que rien ne lit, mais que les lignes signalées garderaient telles quelles. */
  readonly #etrangeres: { rang: number; nom: string }[];
  readonly #constantes: { position: number; valeur: Valeur }[];
  readonly #largeur: number;
  readonly #valeurs: Valeur[] = CHAMPS_GARDES.map(() => null);
  readonly #correspondance: Correspondance;
  readonly #options: OptionsTableau;
  readonly #enregistreur: Enregistreur;

  constructor(noms: string[], correspondance: Correspondance, options: OptionsTableau, enregistreur: Enregistreur) {
    this.#correspondance = correspondance;
    this.#options = options;
    this.#enregistreur = enregistreur;
    this.noms = noms;
    this.#largeur = noms.length;
    this.ignorees = noms.filter((nom) => !Object.hasOwn(correspondance.colonnes, nom));
    exigerColonnes(noms, correspondance.colonnes);
    this.#etrangeres = noms.flatMap((nom, i) => (Object.hasOwn(correspondance.colonnes, nom) ? [] : [{ rang: i, nom }]));
    const nominatives = this.#etrangeres.flatMap(({ nom }) => { const raison = titreNominatif(nom); return raison === null ? [] : [{ nom, raison }]; });
    if (nominatives.length > 0) throw donneesPersonnelles(nominatives);
    for (const { nom } of this.#etrangeres) {
      const double = /^(.+) \(\d+\)$/u.exec(nom)?.[1];
      if (double !== undefined && Object.hasOwn(correspondance.colonnes, double)) enregistreur.remarquerFichier('colonne-en-double', double);
    }
    verifier(correspondance, options.connus !== null);
    for (const [i, nom] of noms.entries()) {
      const champ = findChamp(correspondance.colonnes[nom] ?? '');
      if (champ === null) continue;
      const genre = LOGEMENTS.cibles[champ.position - 1]?.genre ?? 'texte';
      this.#colonnes.push({ rang: i, nom, champ, vue: new ColonneVue(champ.nom, genre), lues: new Map() });
      this.#parChamp.set(champ.nom, i);
    }
    this.#constantes = Object.entries(correspondance.constantes).flatMap(([nom, code]) => {
      const champ = findChamp(nom);
      // Un mode de surface ne dit rien sans la surface.
      if (champ === null || this.#parChamp.has(nom) || (nom === 'MODESURF' && !this.#parChamp.has('SURFMODE'))) return [];
      const { valeur } = decodeCellule(champ, code);
      return valeur === ILLISIBLE ? [] : [{ position: champ.position - 1, valeur }];
    });
    this.complement = !this.#parChamp.has('DEPCOM') || !this.#parChamp.has('IDENT_INT');
    const constantes = this.#constantes.map((c) => CHAMPS_GARDES[c.position]?.nom ?? '');
    this.champs = [...new Set([...this.#colonnes.map((c) => c.champ.nom), ...constantes, 'IDENT_INT', 'DEPCOM'])];
  }

  lire({ ligne, cellules, brut, sansResultat }: Rangee): void {
    const e = this.#enregistreur;
    for (const { rang: i, nom } of this.#etrangeres) {
      if (containsNir(cellules[i] ?? '')) throw donneesPersonnelles([{ nom, raison: 'numéro de sécurité sociale' }]);
    }
    if (!this.#options.strict) this.#noterSansTitre(cellules);
    const total = this.#total(cellules);
    if (total !== null) return e.passer(ligne, brut, 'ligne-de-total', total);
    e.commencer(ligne, brut);
    if (this.#options.strict && cellules.length !== this.#largeur && !resteVide(cellules, this.#largeur)) {
      return e.rejeter('nombre-de-champs', '', `${cellules.length} au lieu de ${this.#largeur}`);
    }
    const qui = this.complement ? this.#connu(cellules) : this.#neuf(cellules);
    if (qui === null) return;
    if (!e.identifier(qui.ident, qui.depcom, this.#sortie(cellules))) return;
    for (const { code, champ, valeur } of qui.remarques) e.remarquer(code, champ, valeur);
    this.#valeurs.fill(null);
    for (const { position, valeur } of this.#constantes) this.#valeurs[position] = valeur;
    for (const colonne of this.#colonnes) this.#lireCellule(colonne, cellules[colonne.rang] ?? '', sansResultat);
    this.#valeurs[IDENT_INT] = qui.ident;
    this.#valeurs[DEPCOM] = qui.depcom;
    e.accepter(this.#valeurs, null);
  }

  /** Un classeur peut avoir des cases hors de ses titres : leur colonne est dite, elle n'est pas lue. */
  #noterSansTitre(cellules: readonly string[]): void {
    for (let i = this.#largeur; i < cellules.length; i++) {
      const nom = `Colonne ${i + 1}`;
      if (cellules[i] !== '' && !this.ignorees.includes(nom)) this.ignorees.push(nom);
    }
  }

  #lireCellule(colonne: Colonne, texte: string, sansResultat: Rangee['sansResultat']): void {
    const { rang: i, champ, vue } = colonne;
    if (champ.position - 1 === DEPCOM || champ.position - 1 === IDENT_INT) return;
    const e = this.#enregistreur;
    if (texte === '') {
      if (sansResultat?.includes(i) === true) e.remarquer('formule-sans-resultat', champ.nom, '');
      // Le profil peut traduire l'absence ; sans cela, il n'y a rien à lire.
      if (this.#correspondance.valeurs[champ.nom]?.[''] === undefined) return;
    }
    const { valeur, remarque } = this.#decoder(colonne, texte);
    if (remarque !== null) e.remarquer(remarque, champ.nom, texte.trim());
    if (valeur === ILLISIBLE) {
      vue.illisible();
      return e.remarquer('code-inconnu', champ.nom, texte.trim());
    }
    if (valeur !== null) vue.add(valeur);
    this.#valeurs[champ.position - 1] = valeur;
  }

  #decoder(colonne: Colonne, texte: string): CelluleLue {
    const connue = colonne.lues?.get(texte);
    if (connue !== undefined) return connue;
    const { champ } = colonne;
    // Les mots usuels d'abord, puis ce que le profil en dit : une colonne choisie à la main se lit comme une colonne reconnue.
    const valeurs = { ...VALEURS_USUELLES[champ.nom], ...this.#correspondance.valeurs[champ.nom] };
    const lue = decodeCellule(champ, texte, { valeurs, date1904: this.#options.date1904 });
    if (colonne.lues !== null && colonne.lues.set(texte, lue).size > LUES_MAX) colonne.lues = null;
    return lue;
  }

  invraisemblables(): LectureTableau['invraisemblables'] {
    return this.#colonnes.flatMap(({ nom, champ, vue }) => {
      const phrase = invraisemblance(nom, champ.nom, champ.libelle, vue, this.#enregistreur.lignes);
      return phrase === null ? [] : [{ colonne: nom, champ: champ.nom, phrase }];
    });
  }

  /** Un logement que le tableau situe lui-même. */
  #neuf(cellules: readonly string[]): Qui {
    const remarques: Remarque[] = [];
    const ident = this.#numero(cellules, 'IDENT_INT', remarques);
    const brut = this.#cellule(cellules, 'DEPCOM').toUpperCase();
    const champ = CHAMPS[DEPCOM];
    const repare = champ === undefined ? null : reparer(champ, brut, false);
    if (repare === null || resolveDepcom(repare.texte).commune === null) return { ident, depcom: brut, remarques };
    return { ident, depcom: repare.texte, remarques: [...remarques, { code: repare.code, champ: 'DEPCOM', valeur: brut }] };
  }

  /** Un logement du dossier, retrouvé par son identifiant ou par celui du répertoire ; `null` : ligne rejetée. */
  #connu(cellules: readonly string[]): Qui | null {
    const remarques: Remarque[] = [];
    const cle = this.#parChamp.has('IDENT_INT') ? 'IDENT_INT' : 'IDENT_REP';
    const valeur = this.#numero(cellules, cle, remarques);
    const { connus } = this.#options;
    const ident = cle === 'IDENT_INT' ? valeur : (connus?.parRepertoire.get(valeur) ?? '');
    const depcom = connus?.parIdent.get(ident);
    if (depcom !== undefined && valeur !== '') return { ident, depcom, remarques };
    this.#enregistreur.rejeter('logement-inconnu', cle, valeur);
    return null;
  }

  #numero(cellules: readonly string[], nom: string, remarques: Remarque[]): string {
    const champ = findChamp(nom);
    const texte = this.#cellule(cellules, nom);
    if (champ === null || texte === '') return '';
    const { valeur, remarque } = decodeCellule(champ, texte);
    if (remarque !== null) remarques.push({ code: remarque, champ: nom, valeur: texte });
    return typeof valeur === 'string' ? valeur : '';
  }

  /** Le texte d'une ligne de total : « Total » en tête, et rien qui désigne un logement ; `null` sinon. */
  #total(cellules: readonly string[]): string | null {
    const premiere = cellules.find((c) => c.trim() !== '')?.trim() ?? '';
    if (!TOTAL.test(premiere)) return null;
    const ident = this.#cellule(cellules, this.#parChamp.has('IDENT_INT') ? 'IDENT_INT' : 'IDENT_REP');
    return ident === '' || ident === premiere ? premiere : null;
  }

  #cellule(cellules: readonly string[], champ: string): string {
    const i = this.#parChamp.get(champ);
    return i === undefined ? '' : (cellules[i]?.trim() ?? '');
  }

  /** Le motif de sortie tel qu'une déclaration l'écrirait ; un texte sans sens reste tel quel, et fait rejeter la ligne. */
  #sortie(cellules: readonly string[]): string {
    const texte = this.#cellule(cellules, 'SORTIEPATRIM');
    const champ = CHAMPS[SORTIEPATRIM];
    if (texte === '' || champ === undefined) return '';
    const { valeur } = decodeCellule(champ, texte, { valeurs: this.#correspondance.valeurs['SORTIEPATRIM'] });
    if (valeur === ILLISIBLE) return texte;
    return valeur === null ? '9' : String(valeur);
  }
}

const IDENT_INT = rang('IDENT_INT');
const DEPCOM = rang('DEPCOM');

type Remarque = { code: CodeRemarque; champ: string; valeur: string };
type Qui = { ident: string; depcom: string; remarques: Remarque[] };

/** Des séparateurs en trop à la fin, sans rien entre eux, ne font pas une rangée fausse. */
const resteVide = (cellules: readonly string[], largeur: number): boolean => cellules.length > largeur && cellules.slice(largeur).every((c) => c.trim() === '');

function verifier({ colonnes, constantes }: Correspondance, parcConnu: boolean): void {
  const cibles = Object.values(colonnes);
  const inconnue = [...cibles, ...Object.keys(constantes)].find((c) => findChamp(c) === null);
  if (inconnue !== undefined) throw invalide('cible-inconnue', `« ${inconnue} » n’est pas un champ RPLS.`, 'Donner un nom de champ RPLS (IDENT_INT, DEPCOM, FINAN…).');
  const double = cibles.find((c, i) => cibles.indexOf(c) !== i);
  if (double !== undefined) throw invalide('cible-double', `Deux colonnes du fichier donnent le champ ${double}.`, 'N’en garder qu’une dans le profil.');
  const manque = LOGEMENTS.manque(new Set(cibles), parcConnu);
  if (manque.length === 0) return;
  throw invalide('profil-incomplet', `Aucune colonne ne donne : ${manque.join(', ')}.`, 'Indiquer dans le profil la colonne du fichier qui le donne.');
}
