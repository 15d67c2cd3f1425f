import { readXlsx as readHucre, writeXlsx as writeHucre } from 'hucre/xlsx';
import type { Cell, CellStyle, CellValue, DataValidation, WriteSheet } from 'hucre/xlsx';
import { invalide } from '../../shared/erreurs.ts';
import { readZip, writeZip } from './archive.ts';
import { type Aspect, type CaseLue, type Cellule, type Classeur, type Feuille, FORMATS_NOMBRE, nomFeuille, resolveCase } from './classeur.ts';
import { plainDecimal } from './format.ts';

/** Une feuille lue : lignes de textes, nombres exacts avec un point, dates `AAAA-MM-JJ`. */
export type FeuilleLue = { nom: string; lignes: string[][] };

const ENCRE = 'FF1B2430';
/** Chaque style nomme sa police : sans nom, LibreOffice prend une police à empattements. */
const POLICE = { name: 'Calibri', size: 11 };
const ASPECTS: Record<Aspect, CellStyle> = {
  titre: { font: { ...POLICE, bold: true, size: 16, color: { rgb: 'FF0E5A4A' } } },
  libelle: { font: { ...POLICE, bold: true, color: { rgb: ENCRE } }, alignment: { vertical: 'top' } },
  note: { font: { ...POLICE, italic: true, color: { rgb: 'FF5A6472' } }, alignment: { vertical: 'top' } },
  total: { font: { ...POLICE, bold: true, color: { rgb: ENCRE } }, border: { top: { style: 'thin', color: { rgb: 'FF5A6472' } } } },
  saisie: {
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFE3F0EC' } },
    border: { bottom: { style: 'hair', color: { rgb: 'FF0E5A4A' } } },
    alignment: { vertical: 'top', wrapText: true },
    protection: { locked: false },
  },
};
const ENTETE: CellStyle = {
  font: { ...POLICE, bold: true, color: { rgb: 'FFFFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FF0E5A4A' } },
  alignment: { vertical: 'center', wrapText: true },
};

/** Écrit un classeur XLSX ; mêmes octets pour le même classeur. Aucune formule n'est jamais écrite. */
export async function writeXlsx(classeur: Classeur): Promise<Uint8Array> {
  const instant = new Date(classeur.date);
  const octets = await writeHucre({
    sheets: classeur.feuilles.map(toHucre),
    properties: { title: classeur.titre, creator: classeur.auteur, created: instant, modified: instant },
    defaultFont: POLICE,
  });
  return new Uint8Array(octets);
}

function toHucre(feuille: Feuille): WriteSheet {
  const premiere = feuille.sansEntete ? 0 : 1;
  const cells = new Map<string, Partial<Cell>>();
  if (!feuille.sansEntete)
    feuille.colonnes.forEach((c, i) => cells.set(`0,${i}`, { value: escapeXlsx(c.titre), style: ENTETE }));
  feuille.lignes.forEach((ligne, r) => {
    ligne.forEach((cellule, c) => cells.set(`${r + premiere},${c}`, toCell(resolveCase(cellule, feuille.colonnes[c]))));
  });
  return {
    name: nomFeuille(feuille.nom),
    columns: feuille.colonnes.map((c, i) => ({ width: c.largeur, ...(feuille.cachees?.includes(i) ? { hidden: true } : {}) })),
    cells,
    rows: [],
    rowDefs: new Map(feuille.lignes.flatMap((l, r) => (isTitre(l[0]) ? [[r + premiere, { height: 26 }] as const] : []))),
    ...(feuille.figerEntete && !feuille.sansEntete ? { freezePane: { rows: 1 } } : {}),
    ...(feuille.protege ? { protection: { sheet: true } } : {}),
    ...(feuille.listes ? { dataValidations: feuille.listes.map((l) => toValidation(l, feuille, premiere)) } : {}),
    pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, ...(premiere ? { printTitlesRow: '1:1' } : {}) },
  };
}

function isTitre(cellule: Cellule | undefined): boolean {
  return typeof cellule === 'object' && cellule !== null && cellule.aspect === 'titre';
}

function toCell({ v, format, aspect }: CaseLue): Partial<Cell> {
  const style: CellStyle = { ...(aspect ? ASPECTS[aspect] : {}), numFmt: FORMATS_NOMBRE[format] };
  if (format === 'texte' && !style.alignment) style.alignment = { vertical: 'top' };
  if (typeof v === 'string' && format === 'date') return { value: new Date(`${v}T00:00:00Z`), style };
  if (typeof v !== 'string') return { value: v, style };
  // Un texte comme « #N/A » serait écrit en erreur : en texte enrichi, il reste un texte.
  if (v.startsWith('#')) return { value: v, richText: [{ text: escapeXlsx(v) }], style };
  return { value: escapeXlsx(v), style };
}

function toValidation(liste: NonNullable<Feuille['listes']>[number], feuille: Feuille, premiere: number): DataValidation {
  const colonne = columnName(liste.colonne);
  const [du, au] = liste.lignes ?? [0, Math.max(0, feuille.lignes.length - 1)];
  return {
    type: 'list', values: liste.valeurs, allowBlank: true, showErrorMessage: true, errorTitle: 'Choix',
    errorMessage: `Choisir dans la liste : ${liste.valeurs.join(', ')}.`,
    range: `${colonne}${du + premiere + 1}:${colonne}${au + premiere + 1}`,
  };
}

function columnName(rang: number): string {
  return rang < 26 ? String.fromCharCode(65 + rang) : columnName(Math.floor(rang / 26) - 1) + columnName(rang % 26);
}

/** Excel lit `_x0041_` comme un caractère : un texte qui en contient est protégé. Le lecteur, lui, décode déjà. */
const escapeXlsx = (texte: string): string => texte.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

/**
 * Lit un XLSX venu d'ailleurs. Un pourcentage typé par le tableur (0,125 au format %) rend « 12.5 % ».
 * Les formules rendent leur dernier résultat. Erreurs : `classeur-illisible`, `classeur-refuse`.
 */
export async function readXlsx(octets: Uint8Array): Promise<FeuilleLue[]> {
  const contenu = await readZip(octets);
  if (!contenu.has('[Content_Types].xml')) throw illisible();
  // Le lecteur reçoit une archive refaite de ce qui a été mesuré, jamais le fichier d'origine.
  const sain = await writeZip([...contenu].map(([nom, o]) => ({ nom, octets: o, stocke: true })));
  const classeur = await readHucre(sain, { readStyles: true }).catch(() => {
    throw illisible();
  });
  return classeur.sheets.map((s) => ({
    nom: s.name,
    lignes: trimEnd(s.rows.map((ligne, r) => trimCells(ligne.map((v, c) => toText(v, s.cells?.get(`${r},${c}`)))))),
  }));
}

function toText(valeur: CellValue | undefined, cell: Cell | undefined): string {
  if (valeur === null || valeur === undefined) return cell?.richText?.map((m) => m.text).join('') ?? '';
  if (typeof valeur === 'string') return valeur;
  if (typeof valeur === 'boolean') return valeur ? 'VRAI' : 'FAUX';
  if (valeur instanceof Date) return dateText(valeur);
  return isPercent(cell?.style?.numFmt) ? `${shiftTwo(plainDecimal(valeur))} %` : plainDecimal(valeur);
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const iso = date.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('.000', '');
}

/** Un % hors guillemets et sans barre devant multiplie par cent à l'affichage. */
function isPercent(format: string | undefined): boolean {
  return format !== undefined && format.replace(/"[^"]*"|\\./g, '').includes('%');
}

/** Multiplie par cent une écriture décimale, sans passer par un flottant. */
function shiftTwo(decimal: string): string {
  const signe = decimal.startsWith('-') ? '-' : '';
  const [entier = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const plein = fraction.padEnd(2, '0');
  const tete = (entier + plein.slice(0, 2)).replace(/^0+(?=\d)/, '');
  return signe + tete + (plein.length > 2 ? `.${plein.slice(2)}` : '');
}

function trimCells(ligne: string[]): string[] {
  const fin = ligne.findLastIndex((t) => t !== '');
  return ligne.slice(0, fin + 1);
}

function trimEnd(lignes: string[][]): string[][] {
  const fin = lignes.findLastIndex((l) => l.length > 0);
  return lignes.slice(0, fin + 1);
}

function illisible(): Error {
  return invalide(
    'classeur-illisible',
    'Ce fichier n’est pas un classeur XLSX lisible.',
    'L’ouvrir dans un tableur, l’enregistrer au format XLSX sans mot de passe, puis recommencer.',
  );
}

