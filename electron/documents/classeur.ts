/**
 * Un classeur tel que le produit le pense : la même valeur donne le XLSX et l'ODS, qui ne peuvent
 * donc pas se contredire.
 */

/** `pourcent` : le nombre est déjà en pour cent (12,5 s'écrit 12,5 et s'affiche « 12,5 % »). */
export type Format = 'texte' | 'entier' | 'nombre' | 'decimal2' | 'euros' | 'pourcent' | 'date' | 'annee';
export type Aspect = 'titre' | 'libelle' | 'note' | 'total' | 'saisie';

/** Une date est un texte ISO `AAAA-MM-JJ` dans une case au format `date`. */
export type Valeur = string | number | null;
export type Case = { v: Valeur; format?: Format; aspect?: Aspect };
export type Cellule = Valeur | Case;

export type Colonne = { titre: string; largeur: number; format: Format };

export type Feuille = {
  nom: string;
  colonnes: Colonne[];
  lignes: Cellule[][];
  figerEntete: boolean;
  /** Feuille protégée sans mot de passe ; seules les cases d'aspect `saisie` se modifient. */
  protege?: boolean;
  /** Choix proposés dans une colonne (rang à partir de 0) ; `lignes` limite aux lignes données (0 = première). */
  listes?: { colonne: number; valeurs: string[]; lignes?: [number, number] }[];
  /** Feuille de présentation : pas de ligne d'entête. */
  sansEntete?: boolean;
  /** Colonnes cachées (rang à partir de 0) : identifiants de contrôle. */
  cachees?: number[];
};

export type Classeur = { titre: string; auteur: string; /** Instant ISO écrit dans le fichier. */ date: string; feuilles: Feuille[] };

export const FORMATS_NOMBRE: Record<Format, string> = {
  texte: '@',
  entier: '#,##0',
  nombre: '#,##0.##########',
  decimal2: '#,##0.00',
  euros: '#,##0.00\\ "€"',
  pourcent: '0.##########\\ "%"',
  date: 'dd/mm/yyyy',
  annee: '0',
};

/** Limite d'Excel pour le texte d'une cellule. */
export const TEXTE_MAX = 32_767;
const COUPE = ' […] (texte coupé à 32 767 caractères : le texte entier est dans donnees.json)';

/**
 * Texte qu'un fichier XML peut porter : les caractères interdits sont remplacés par U+FFFD, jamais
 * retirés en silence ; fins de ligne ramenées à `\n`.
 */
export function cleanText(texte: string): string {
  // Le détour par UTF-8 remplace les demi-caractères isolés.
  const propre = Buffer.from(texte)
    .toString()
    .replace(/\r\n?/g, '\n')
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
  return propre.length <= TEXTE_MAX ? propre : propre.slice(0, TEXTE_MAX - COUPE.length).replace(/[\uD800-\uDBFF]$/, '') + COUPE;
}

export type CaseLue = { v: Valeur; format: Format; aspect: Aspect | null };

/** La case avec le format de sa colonne quand elle n'en a pas. Une date mal formée reste un texte. */
export function resolveCase(cellule: Cellule | undefined, colonne: Colonne | undefined): CaseLue {
  const objet = typeof cellule === 'object' && cellule !== null ? cellule : { v: cellule ?? null };
  const v = typeof objet.v === 'string' ? cleanText(objet.v) : objet.v;
  let format = objet.format ?? colonne?.format ?? 'texte';
  if (typeof v === 'number' && !Number.isFinite(v)) throw new Error(`nombre impossible à écrire : ${v}`);
  if (typeof v === 'number' && (format === 'texte' || format === 'date')) format = 'nombre';
  if (typeof v === 'string' && format === 'date' && !isDate(v)) format = 'texte';
  if (typeof v === 'string' && format !== 'date') format = 'texte';
  return { v, format, aspect: objet.aspect ?? null };
}

export function isDate(texte: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(texte)) return false;
  const date = new Date(`${texte}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(texte);
}

/** Un nom de feuille admis par Excel et LibreOffice : 31 caractères, sans `: \ / ? * [ ]`. */
export function nomFeuille(nom: string): string {
  return cleanText(nom).replace(/[:\\/?*[\]]/g, '-').replace(/^'|'$/g, '’').slice(0, 31) || 'Feuille';
}
