import pdfmake from 'pdfmake';
import Roboto from 'pdfmake/build/fonts/Roboto.js';
import type { CustomTableLayout, StyleDictionary, TDocumentDefinitions } from 'pdfmake/interfaces.js';

// Le système de fichiers virtuel de pdfmake existe aussi sous Node, ce que ses types ne disent pas.
declare module 'pdfmake' {
  export const virtualfs: { writeFileSync(nom: string, contenu: Buffer): void };
}

export const ENCRE = '#1B2430';
export const ENCRE_DOUCE = '#5A6472';
export const VERT = '#0E5A4A';
export const VERT_PALE = '#E3F0EC';
export const LIGNE = '#E3DFD6';
export const OCRE = '#A85B12';
export const BRIQUE = '#A8321F';

/** Styles de tous les documents. */
export const STYLES: StyleDictionary = {
  chapitre: { fontSize: 18, color: VERT, margin: [0, 0, 0, 12] },
  titreTable: { fontSize: 10.5, bold: true, margin: [0, 2, 0, 2] },
  entete: { fontSize: 7.5, color: ENCRE_DOUCE, bold: true },
  surtitre: { fontSize: 7.5, color: VERT },
  note: { fontSize: 7.5, color: ENCRE_DOUCE, bold: false },
  absent: { italics: true, color: ENCRE_DOUCE },
  texte: { fontSize: 9.5, lineHeight: 1.35, margin: [0, 0, 0, 8] },
};

/** Filets fins sous les lignes, entête soulignée : aucune grille. */
export const FILETS: CustomTableLayout = {
  hLineWidth: (i, node) => (i <= 1 ? 0 : i === (node.table.headerRows ?? 0) ? 0.8 : 0.4),
  vLineWidth: () => 0,
  hLineColor: (i, node) => (i === (node.table.headerRows ?? 0) ? VERT : LIGNE),
  paddingLeft: (i) => (i === 0 ? 0 : 4),
  paddingRight: (i, node) => (i === (node.table.widths?.length ?? 0) - 1 ? 0 : 4),
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

let pret = false;

/** Les polices viennent du paquet pdfmake lui-même ; ni réseau ni fichier n'est jamais lu. */
function prepare(): void {
  if (pret) return;
  // Sous leur nom PostScript : c'est sous lui qu'un SVG retrouve une police déjà chargée par un texte.
  for (const [nom, { data }] of Object.entries(Roboto.vfs)) pdfmake.virtualfs.writeFileSync(nom.replace('.ttf', ''), Buffer.from(data, 'base64'));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  pdfmake.setFonts({
    Roboto: { normal: 'Roboto-Regular', bold: 'Roboto-Medium', italics: 'Roboto-Italic', bolditalics: 'Roboto-MediumItalic' },
  });
  pdfmake.setTableLayouts({ filets: FILETS });
  pret = true;
}

/** Rend le PDF ; mêmes octets pour la même définition, dont les dates sont fixées par l'appelant. */
export async function renderPdf(definition: TDocumentDefinitions): Promise<Uint8Array> {
  prepare();
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer());
}

/**
 * La police n'a pas l'espace fine insécable : l'espace insécable la remplace. Un mot de plus de 80
 * caractères reçoit des coupes invisibles : pdfmake met un temps démesuré à en chercher lui-même.
 */
export function pdfText(texte: string): string {
  return Buffer.from(texte)
    .toString()
    .replace(/\r\n?/g, '\n')
    .replaceAll('\u202F', '\u00A0')
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '\uFFFD')
    .replace(/\S{81,}/g, (mot) => mot.replace(/.{40}(?=.)/gu, '$&\u200B'));
}
