/**
 * Données qui nomment des personnes : jamais utiles à l'état de l'occupation sociale, jamais gardées. Un
 * fichier qui en contient est refusé en entier, colonnes nommées, avant que rien n'en soit écrit.
 */
import { normaliser, normaliserSansRetenir } from '../ensembles/cle.ts';
import { invalide } from '../../erreurs.ts';
import type { ErreurCus } from '../../erreurs.ts';
import { PRENOMS } from './prenoms.ts';

export type ColonnePersonnelle = { nom: string; raison: string };

const TITRES: readonly (readonly [RegExp, string])[] = [
  [/^NOM(?:S)?$|^NOM (?:DU |DE LA |DES |DE L |D )?(?:LOCATAIRE|TITULAIRE|OCCUPANT|CLIENT|CONJOINT|MENAGE|USAGE|NAISSANCE|FAMILLE|JEUNE FILLE|MARITAL|PERSONNE|SIGNATAIRE|PRENOM|ET PRENOM)/u, 'nom d’une personne'],
  [/^(?:LOCATAIRE|TITULAIRE|OCCUPANT|CONJOINT|COTITULAIRE|CO TITULAIRE|COLOCATAIRE)S?(?: \d+)?(?: (?:PRINCIPAL|DU BAIL))?$|^IDENTITE\b/u, 'nom d’une personne'],
  [/\bPRENOMS?\b|\bPATRONYME\b/u, 'prénom ou nom'],
  [/\bNIR\b|\bSECU\b|SECURITE SOCIALE|^(?:N|NO|NUM|NUMERO) (?:SS|INSEE)$|\bNUM SS\b|\bNIA\b/u, 'numéro de sécurité sociale'],
  [/(?:DATE|JOUR|LIEU) (?:DE )?NAISSANCE|^NE(?: ?E)? LE\b|^DDN$|^DATE NAISS\b|^NAISSANCE$/u, 'date ou lieu de naissance'],
  [/\b(?:E ?MAIL|MAIL|COURRIEL|MEL)\b|ADRESSE ELECTRONIQUE/u, 'adresse électronique'],
  [/\b(?:TELEPHONE|TEL|PORTABLE|MOBILE|GSM)\b/u, 'téléphone'],
  [/\b(?:IBAN|RIB)\b/u, 'coordonnées bancaires'],
];

/** Ce qu'un titre de colonne annonce de personnel ; `null` : rien. */
export function titrePersonnel(titre: string): string | null {
  const t = normaliser(titre);
  return TITRES.find(([motif]) => motif.test(t))?.[1] ?? null;
}

/** Titres qu'aucun fichier de logements n'a à porter, même dans une colonne qui n'est pas lue : ses lignes signalées se gardent telles quelles. */
export function titreNominatif(titre: string): string | null {
  const raison = titrePersonnel(titre);
  return raison === 'nom d’une personne' || raison === 'prénom ou nom' || raison === 'numéro de sécurité sociale' ? raison : null;
}

/** Le refus d'un fichier qui désigne des personnes ; rien n'en est gardé. Sortie 2. */
export function donneesPersonnelles(colonnes: readonly ColonnePersonnelle[]): ErreurCus {
  const liste = colonnes.map((c) => `« ${c.nom} » (${c.raison})`).join(', ');
  return invalide(
    'donnees-personnelles',
    `Ce fichier est refusé : ${colonnes.length > 1 ? 'des colonnes désignent' : 'une colonne désigne'} des personnes : ${liste}.`,
    'Retirer ces colonnes du fichier, puis l’importer de nouveau : la convention n’en a pas besoin. Rien n’en a été gardé.',
  );
}

const NIR = /(?<![\dA-Z])([1-478])[ .-]?(\d{2})[ .-]?(\d{2})[ .-]?(\d{2}|2[AB])[ .-]?(\d{3})[ .-]?(\d{3})[ .-]?(\d{2})(?![\dA-Z])/giu;

/** Vrai quand le texte contient un numéro de sécurité sociale de quinze chiffres à la clé juste. */
export function containsNir(texte: string): boolean {
  if (texte.length < 15) return false;
  for (const [, sexe = '', annee = '', mois = '', dep = '', commune = '', ordre = '', cle = ''] of texte.matchAll(NIR)) {
    const corse = dep.toUpperCase();
    const corps = `${sexe}${annee}${mois}${corse === '2A' ? '19' : corse === '2B' ? '18' : corse}${commune}${ordre}`;
    if (97 - Number(BigInt(corps) % 97n) === Number(cle)) return true;
  }
  return false;
}

const COURRIEL = /[^\s@;,<>]+@[^\s@;,<>]+\.[a-z]{2,}/iu;
const TELEPHONE = /^(?:\+33|0033|0)\s?[1-9](?:[ .-]?\d{2}){4}$/u;
const NIR_SANS_CLE = /^[12]\d{2}(?:0[1-9]|1[0-2])(?:\d{2}|2[AB])\d{6}$/iu;
/** Mots d'un lieu : une résidence porte souvent le nom d'une personne. */
const LIEU = /\b(?:RUE|AVENUE|AV|BOULEVARD|BD|PLACE|ALLEE|CHEMIN|IMPASSE|ROUTE|QUAI|COURS|SQUARE|RESIDENCE|RES|CITE|LE|LA|LES|DU|DES|AUX|SAINT|SAINTE|ST|STE|CLOS|VILLA|PARC|JARDINS?|HAMEAU|TOUR|BAT|BATIMENT|IMMEUBLE)\b/u;
const TITRE_DE_LIEU = /\b(?:PROGRAMME|RESIDENCE|ENSEMBLE|VOIE|RUE|ADRESSE|COMMUNE|VILLE|QUARTIER|AGENCE|SECTEUR|GROUPE|BATIMENT|IMMEUBLE|LIEUDIT|SITE|ANTENNE)\b/u;
const VALEURS_MIN = 3;
const TELEPHONE_MIN = 10;
const NIR_MIN = 13;
const VUS_MAX = 2_000;

/** Ce qu'une colonne contient, vu cellule par cellule ; rien des cellules n'est retenu une fois le verdict rendu. */
export class ColonneScrutee {
  readonly #nom: string;
  readonly #lieu: boolean;
  #valeurs = 0;
  #nir = false;
  #courriel = false;
  #telephones = 0;
  #sansCle = 0;
  #noms = 0;
  // Les colonnes fermées répètent les mêmes mots : un raccourci, vidé quand il grandit trop, et au verdict.
  readonly #vus = new Map<string, boolean>();

  /** `cible` : le champ que la colonne donne, s'il y en a un. */
  constructor(nom: string, cible: string | undefined) {
    this.#nom = nom;
    this.#lieu = cible === 'ENSEMBLE' || cible === 'COMMUNE' || TITRE_DE_LIEU.test(normaliser(nom));
  }

  add(cellule: string): void {
    const texte = cellule.trim();
    if (texte === '') return;
    this.#valeurs++;
    if (!this.#nir && containsNir(texte)) this.#nir = true;
    if (texte.includes('@') && COURRIEL.test(texte)) this.#courriel = true;
    if (texte.length >= TELEPHONE_MIN && TELEPHONE.test(texte)) this.#telephones++;
    if (texte.length >= NIR_MIN && NIR_SANS_CLE.test(texte.replace(/[ .]/gu, ''))) this.#sansCle++;
    if (!this.#lieu && this.#isNom(texte)) this.#noms++;
  }

  /** Ce qui, dans la colonne, désigne des personnes ; `null` : rien de reconnu. */
  verdict(): ColonnePersonnelle | null {
    this.#vus.clear();
    const la = (raison: string): ColonnePersonnelle => ({ nom: this.#nom, raison });
    const part = (n: number): number => (this.#valeurs === 0 ? 0 : n / this.#valeurs);
    if (this.#nir) return la('numéro de sécurité sociale');
    if (this.#courriel) return la('adresse électronique');
    if (this.#sansCle >= VALEURS_MIN && part(this.#sansCle) > 0.5) return la('numéro de sécurité sociale');
    if (this.#telephones >= VALEURS_MIN && part(this.#telephones) > 0.5) return la('téléphone');
    if (this.#noms >= VALEURS_MIN && part(this.#noms) >= 0.25) return la('noms de personnes');
    return null;
  }

  #isNom(texte: string): boolean {
    let nom = this.#vus.get(texte);
    if (nom === undefined) {
      nom = looksNom(texte);
      if (this.#vus.size >= VUS_MAX) this.#vus.clear();
      this.#vus.set(texte, nom);
    }
    return nom;
  }
}

/** Un à quatre mots de lettres, dont un prénom courant, et rien d'un lieu : « DUPONT Jean », « Mme Marie Curie ». */
function looksNom(texte: string): boolean {
  if (texte.length > 60 || /\d/u.test(texte)) return false;
  const mots = normaliserSansRetenir(texte).split(' ').filter((m) => !/^(?:M|MR|MME|MLLE|MONSIEUR|MADAME|ET|EP|EPOUSE|VEUVE|VVE)$/u.test(m));
  return mots.length >= 1 && mots.length <= 5 && mots.some((m) => PRENOMS.has(m)) && !LIEU.test(mots.join(' '));
}
