import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { formatNombre, formatPart } from '../format.ts';
import { ENCRE_DOUCE, VERT, VERT_PALE, pdfText } from './moteur.ts';

export type ColonnePdf = { titre: string; largeur: number | '*'; nombre?: boolean };
export type CellulePdf = string | number | null | TableCell;

const HAUTEUR_LIGNE = 10.5;
/** Au-delà, une ligne ou son bloc avec l'entête peut dépasser la page : pdfmake perdrait ce qu'il ne peut couper. */
const INSECABLE = 350;

/** Largeur utile d'une page A4 et de la moitié d'une paire, en points. */
export const LARGEUR_PAGE = 499;
export const DEMI_PAGE = 237;
const ESPACE = 8;

/**
 * Toutes les largeurs en points : pdfmake laisse une colonne `*` grandir jusqu'à son plus long mot,
 * hors de la page, alors qu'il coupe ce mot dans une colonne fixe.
 */
function fixedWidths(colonnes: ColonnePdf[], total: number): number[] {
  const fixes = colonnes.reduce((s, c) => s + (c.largeur === '*' ? 0 : c.largeur), ESPACE * (colonnes.length - 1));
  const libres = colonnes.filter((c) => c.largeur === '*').length;
  return colonnes.map((c) => (c.largeur === '*' ? Math.max(40, (total - fixes) / libres) : c.largeur));
}

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
export function table(titre: string, colonnes: ColonnePdf[], lignes: CellulePdf[][], options: { note?: string; surtitre?: string; total?: number } = {}): Content {
  const vide: CellulePdf[][] = lignes.length > 0 ? lignes : [[{ text: 'Rien à ce titre.', style: 'absent', colSpan: colonnes.length }, ...blanks(colonnes.length - 1)]];
  const total = options.total ?? LARGEUR_PAGE;
  const largeurs = fixedWidths(colonnes, total);
  const long = lignes.some((l) => l.some((c, i) => textHeight(c, largeurs[i] ?? total, total) > INSECABLE));
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
      headerRows: 2, keepWithHeaderRows: long ? 0 : 1, dontBreakRows: !long, widths: largeurs,
      body: [titres, entete, ...vide.map((l) => l.map((c, i) => toCell(c, colonnes[i]?.nombre ?? false)))],
    },
    layout: 'filets',
    margin: [0, 0, 0, 16],
  };
}

/** Hauteur estimée, largement, du texte d'une case. */
function textHeight(cellule: CellulePdf, largeur: number, total: number): number {
  const objet = cellule !== null && typeof cellule === 'object' && 'text' in cellule ? cellule : null;
  const texte = typeof cellule === 'string' ? cellule : typeof objet?.text === 'string' ? objet.text : '';
  const place = objet?.colSpan === undefined ? largeur : total;
  return texte.split('\n').reduce((h, l) => h + HAUTEUR_LIGNE * Math.max(1, Math.ceil((l.length * 7) / place)), 0);
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
export function tableComptes(titre: string, lignes: LigneComptes[], total: number, options: { demi?: boolean } = {}): Content {
  const largeur = options.demi ? 44 : 90;
  return table(
    titre,
    [{ titre: '', largeur: '*' }, { titre: 'Logements', largeur: 52, nombre: true }, { titre: 'Part', largeur: 40, nombre: true }, { titre: '', largeur }],
    lignes.map((l) => [l.libelle, l.nombre, formatPart(l.nombre, total), barre(l.nombre, total, largeur)]),
    { total: options.demi ? DEMI_PAGE : LARGEUR_PAGE },
  );
}

/** Deux blocs courts côte à côte, jamais coupés. */
export function pair(gauche: Content, droite: Content): Content {
  return { columns: [{ width: '*', stack: [gauche] }, { width: '*', stack: [droite] }], columnGap: 24, unbreakable: true };
}

export function absent(texte = 'non renseigné'): TableCell {
  return { text: texte, italics: true, color: ENCRE_DOUCE };
}
