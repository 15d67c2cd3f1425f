/**
 * Un tableau trop long pour tenir en mémoire : écrit en XLSX ou en ODS au rythme où ses lignes sont lues, avec la
 * présentation des autres classeurs. Les textes y sont des textes : aucune formule n'est jamais écrite.
 */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { partiesFixes, contenuOds } from './ods.ts';
import { cleanText, type Colonne, FORMATS_NOMBRE, type Format, isDate, nomFeuille, type Valeur } from './classeur.ts';
import { heureFixe } from './archive.ts';
import { plainDecimal } from './format.ts';

export type Flux = { nom: string; colonnes: readonly Colonne[]; lignes: AsyncIterable<readonly Valeur[][]> };

const TETE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const NS = 'http://schemas.openxmlformats.org';
const FORMATS: readonly Format[] = ['texte', 'entier', 'nombre', 'decimal2', 'euros', 'pourcent', 'date', 'annee'];
/** Style d'une case : celui de son format ; l'en-tête vient après eux. */
const styleDe = (format: Format): number => 1 + FORMATS.indexOf(format);
const STYLE_TEXTE = styleDe('texte');
const ENTETE = FORMATS.length + 1;
/** Jour 0 du calendrier des tableurs, et longueur d'un jour. */
const EPOQUE = Date.UTC(1899, 11, 30);
const JOUR = 86_400_000;

export function nomColonne(rang: number): string {
  return rang < 26 ? String.fromCharCode(65 + rang) : nomColonne(Math.floor(rang / 26) - 1) + nomColonne(rang % 26);
}

/** Sans rien à protéger ni à nettoyer : le cas courant, qui ne coûte qu'une lecture. */
const SIMPLE = /^[ !#-%'-;=?-^`-~\u00A0-\uD7FF]{0,1000}$/;
const ECHAPPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (texte: string): string =>
  SIMPLE.test(texte)
    ? texte
    : cleanText(texte)
        .replace(/[&<>"]/g, (c) => ECHAPPES[c] ?? c)
        // Excel lit `_x0041_` comme un caractère.
        .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

const texteEn = (ref: string, style: number, texte: string): string => `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escape(texte)}</t></is></c>`;

function caseEn(ref: string, v: Valeur, format: Format): string {
  if (v === null || v === '') return '';
  if (typeof v === 'number') return `<c r="${ref}" s="${styleDe(format === 'texte' || format === 'date' ? 'nombre' : format)}"><v>${plainDecimal(v)}</v></c>`;
  if (format === 'date' && isDate(v)) return `<c r="${ref}" s="${styleDe('date')}"><v>${(Date.parse(`${v}T00:00:00Z`) - EPOQUE) / JOUR}</v></c>`;
  return texteEn(ref, STYLE_TEXTE, v);
}

async function* feuille({ colonnes, lignes }: Flux): AsyncGenerator<Buffer> {
  const noms = colonnes.map((_, i) => nomColonne(i));
  const largeurs = colonnes.map((c, i) => `<col min="${i + 1}" max="${i + 1}" width="${c.largeur}" customWidth="1"/>`).join('');
  const titres = colonnes.map((c, i) => texteEn(`${noms[i] ?? ''}1`, ENTETE, c.titre)).join('');
  yield Buffer.from(
    `${TETE}<worksheet xmlns="${NS}/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${largeurs}</cols><sheetData><row r="1">${titres}</row>`,
  );
  let r = 1;
  for await (const bloc of lignes) {
    let xml = '';
    for (const ligne of bloc) {
      r += 1;
      xml += `<row r="${r}">`;
      for (const [i, v] of ligne.entries()) xml += caseEn(`${noms[i] ?? ''}${r}`, v, colonnes[i]?.format ?? 'texte');
      xml += '</row>';
    }
    yield Buffer.from(xml);
  }
  yield Buffer.from(
    `</sheetData><autoFilter ref="A1:${noms[noms.length - 1] ?? 'A'}${r}"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`,
  );
}

function styles(): string {
  const formats = FORMATS.map((f, i) => `<numFmt numFmtId="${164 + i}" formatCode="${escape(FORMATS_NOMBRE[f])}"/>`).join('');
  const xfs = FORMATS.map((_, i) => `<xf numFmtId="${164 + i}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`).join('');
  const police = '<sz val="11"/><name val="Calibri"/>';
  return `${TETE}<styleSheet xmlns="${NS}/spreadsheetml/2006/main"><numFmts count="${FORMATS.length}">${formats}</numFmts><fonts count="2"><font>${police}</font><font><b/><color rgb="FFFFFFFF"/>${police}</font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF0E5A4A"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${FORMATS.length + 2}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>${xfs}<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf></cellXfs></styleSheet>`;
}

/** Les octets d'un classeur d'une feuille, demandés au rythme de l'écriture. Une ligne illisible lève son erreur. */
export function fluxXlsx(flux: Flux): Readable {
  const zip = new ZipFile();
  const rel = (id: number, type: string, cible: string) => `<Relationship Id="rId${id}" Type="${NS}/officeDocument/2006/relationships/${type}" Target="${cible}"/>`;
  const rels = (contenu: string) => `${TETE}<Relationships xmlns="${NS}/package/2006/relationships">${contenu}</Relationships>`;
  const type = (partie: string, nom: string) => `<Override PartName="/xl/${partie}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${nom}+xml"/>`;
  const options = { mtime: heureFixe(), mode: 0o100644, forceDosTimestamp: true };
  const ajouter = (nom: string, contenu: string) => zip.addBuffer(Buffer.from(contenu), nom, { ...options, compress: true });
  ajouter(
    '[Content_Types].xml',
    `${TETE}<Types xmlns="${NS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('workbook', 'sheet.main')}${type('worksheets/sheet1', 'worksheet')}${type('styles', 'styles')}</Types>`,
  );
  ajouter('_rels/.rels', rels(rel(1, 'officeDocument', 'xl/workbook.xml')));
  ajouter('xl/_rels/workbook.xml.rels', rels(rel(1, 'worksheet', 'worksheets/sheet1.xml') + rel(2, 'styles', 'styles.xml')));
  ajouter(
    'xl/workbook.xml',
    `${TETE}<workbook xmlns="${NS}/spreadsheetml/2006/main" xmlns:r="${NS}/officeDocument/2006/relationships"><sheets><sheet name="${escape(nomFeuille(flux.nom))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  );
  ajouter('xl/styles.xml', styles());
  return terminer(zip, Readable.from(feuille(flux), { objectMode: false }), 'xl/worksheets/sheet1.xml', options);
}

async function* feuilleOds({ nom, colonnes, lignes }: Flux): AsyncGenerator<Buffer> {
  const { debut, ligne, fin } = contenuOds({ nom, colonnes: [...colonnes] });
  yield Buffer.from(debut);
  for await (const bloc of lignes) yield Buffer.from(bloc.map(ligne).join(''));
  yield Buffer.from(fin);
}

/** La même chose en ODS, avec la présentation des autres ODS. `date` : instant ISO écrit dans le fichier. */
export function fluxOds(flux: Flux, identite: { titre: string; auteur: string; date: string }): Readable {
  const zip = new ZipFile();
  const options = { mtime: heureFixe(), mode: 0o100644, forceDosTimestamp: true };
  const classeur = { ...identite, feuilles: [{ nom: flux.nom, colonnes: [...flux.colonnes], lignes: [], figerEntete: true }] };
  for (const { nom, octets, stocke } of partiesFixes(classeur)) zip.addBuffer(Buffer.from(octets), nom, { ...options, compress: stocke !== true });
  return terminer(zip, Readable.from(feuilleOds(flux), { objectMode: false }), 'content.xml', options);
}

type OptionsZip = { mtime: Date; mode: number; forceDosTimestamp: boolean };

function terminer(zip: ZipFile, corps: Readable, nom: string, options: OptionsZip): Readable {
  const sortie = zip.outputStream as Readable;
  // Une erreur de lecture des lignes arrête l'archive : sans cela, elle attendrait sans fin.
  corps.on('error', (e) => sortie.destroy(e));
  zip.addReadStream(corps, nom, { ...options, compressionLevel: 1 });
  zip.end();
  return sortie;
}
