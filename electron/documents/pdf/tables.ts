import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { formatNombre, formatPart } from '../format.ts';
import { ENCRE_DOUCE, VERT, VERT_PALE, pdfText } from './moteur.ts';

export type ColonnePdf = { titre: string; largeur: number | '*' | 'auto'; nombre?: boolean };
export type CellulePdf = string | number | null | TableCell;

/** Au-delà, une ligne peut dépasser la page : elle doit alors pouvoir se couper. */
const TEXTE_INSECABLE = 900;

/** Titre de chapitre, au sommaire. */
export function chapitre(numero: number, titre: string, nouvellePage = true): Content {
  return {
    text: `${numero}. ${pdfText(titre)}`, style: 'chapitre', tocItem: true, tocMargin: [0, 3, 0, 3], headlineLevel: 1,
    ...(nouvellePage ? { pageBreak: 'before' } : {}),
  };
}

/**
 * Table dont le titre et l'entête sont répétés en haut de chaque page et ne restent jamais seuls en
 * bas. Une table sans ligne dit qu'elle est vide.
 */
export function table(titre: string, colonnes: ColonnePdf[], lignes: CellulePdf[][], options: { note?: string; surtitre?: string } = {}): Content {
  const vide: CellulePdf[][] = lignes.length > 0 ? lignes : [[{ text: 'Rien à ce titre.', style: 'absent', colSpan: colonnes.length }, ...blanks(colonnes.length - 1)]];
  const long = lignes.some((l) => l.some((c) => textLength(c) > TEXTE_INSECABLE));
  const entete: TableCell[] = colonnes.map((c) => ({ text: c.titre, style: 'entete', ...(c.nombre ? { alignment: 'right' } : {}) }));
  const titres: TableCell[] = [
    {
      text: [
        ...(options.surtitre ? [{ text: `${pdfText(options.surtitre)}\n`, style: 'surtitre' }] : []),
        pdfText(titre),
        ...(options.note ? [{ text: `   ${pdfText(options.note)}`, style: 'note' }] : []),
      ],
      style: 'titreTable', colSpan: colonnes.length,
    },
    ...blanks(colonnes.length - 1),
  ];
  return {
    table: {
      headerRows: 2, keepWithHeaderRows: 1, dontBreakRows: !long,
      widths: colonnes.map((c) => c.largeur),
      body: [titres, entete, ...vide.map((l) => l.map((c, i) => toCell(c, colonnes[i]?.nombre ?? false)))],
    },
    layout: 'filets',
    margin: [0, 0, 0, 16],
  };
}

function textLength(cellule: CellulePdf): number {
  if (typeof cellule === 'string') return cellule.length;
  return cellule !== null && typeof cellule === 'object' && 'text' in cellule && typeof cellule.text === 'string' ? cellule.text.length : 0;
}

/** Une ligne de texte sur toute la largeur. */
export function ligneTexte(texte: string, colonnes: number): CellulePdf[] {
  return [{ text: pdfText(texte), style: 'note', colSpan: colonnes }, ...blanks(colonnes - 1)];
}

function blanks(nombre: number): TableCell[] {
  return Array.from({ length: Math.max(0, nombre) }, (): TableCell => ({}));
}

function toCell(cellule: CellulePdf, nombre: boolean): TableCell {
  if (cellule === null) return { text: '' };
  if (typeof cellule === 'number') return { text: pdfText(formatNombre(cellule)), alignment: 'right' };
  if (typeof cellule === 'string') return nombre ? { text: pdfText(cellule), alignment: 'right' } : { text: pdfText(cellule) };
  return cellule;
}

/** Barre de proportion, pour lire d'un coup d'œil ce que la colonne dit en chiffres. */
function barre(n: number, total: number, largeur: number): TableCell {
  const plein = total === 0 ? 0 : (largeur * n) / total;
  return {
    canvas: [
      { type: 'rect', x: 0, y: 2.5, w: largeur, h: 5, color: VERT_PALE },
      ...(plein > 0 ? [{ type: 'rect' as const, x: 0, y: 2.5, w: plein, h: 5, color: VERT }] : []),
    ],
  };
}

export type LigneComptes = { libelle: string; nombre: number };

/** Comptes de logements avec leur part du total et une barre. */
export function tableComptes(titre: string, lignes: LigneComptes[], total: number, options: { note?: string; largeurBarre?: number } = {}): Content {
  const largeur = options.largeurBarre ?? 90;
  return table(
    titre,
    [{ titre: '', largeur: '*' }, { titre: 'Logements', largeur: 52, nombre: true }, { titre: 'Part', largeur: 40, nombre: true }, { titre: '', largeur }],
    lignes.map((l) => [l.libelle, l.nombre, formatPart(l.nombre, total), barre(l.nombre, total, largeur)]),
    options.note === undefined ? {} : { note: options.note },
  );
}

/** Deux blocs courts côte à côte, jamais coupés. */
export function pair(gauche: Content, droite: Content): Content {
  return { columns: [{ width: '*', stack: [gauche] }, { width: '*', stack: [droite] }], columnGap: 24, unbreakable: true };
}

export function absent(texte = 'non renseigné'): TableCell {
  return { text: texte, italics: true, color: ENCRE_DOUCE };
}
