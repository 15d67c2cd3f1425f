import { streamXlsxRows } from 'hucre/xlsx';
import { writeZip } from '../../electron/documents/archive.ts';
import { plainDecimal } from '../../electron/documents/format.ts';
import { ouvrirTableau } from '../../electron/import/tableau/ouvrir.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PRINCIPAL = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export type Parties = { feuille: string; partages?: string; styles?: string; date1904?: boolean };

/** Les parties d'un XLSX d'une feuille, dont l'XML est donné tel quel. */
export function partiesXlsx({ feuille, partages = '<sst></sst>', styles = '<styleSheet/>', date1904 = false }: Parties): { nom: string; octets: Buffer }[] {
  const liens = (...l: [sorte: string, cible: string][]): string =>
    `${XML}<Relationships>${l.map(([sorte, cible], i) => `<Relationship Id="rId${i + 1}" Type="${R}/${sorte}" Target="${cible}"/>`).join('')}</Relationships>`;
  return Object.entries({
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': liens(['officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `${XML}<workbook xmlns="${PRINCIPAL}" xmlns:r="${R}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets><sheet name="F" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': liens(['worksheet', 'worksheets/sheet1.xml'], ['sharedStrings', 'sharedStrings.xml'], ['styles', '/xl/styles.xml']),
    'xl/worksheets/sheet1.xml': feuille,
    'xl/sharedStrings.xml': partages,
    'xl/styles.xml': styles,
  }).map(([nom, xml]) => ({ nom, octets: Buffer.from(xml, 'utf8') }));
}

export const classeurXml = (p: Parties): Promise<Uint8Array> => writeZip(partiesXlsx(p));

/** Une feuille de ces rangées. */
export const feuilleXml = (rangees: string): string => `${XML}<worksheet xmlns="${PRINCIPAL}"><sheetData>${rangees}</sheetData></worksheet>`;

export type RangeeLue = { ligne: number; cellules: string[] };

/** Ce que l'import lit d'un tableau. */
export async function lireParImport(chemin: string, feuille?: string): Promise<(RangeeLue & { sansResultat: readonly number[] })[]> {
  const lues = [];
  const { rangees } = await ouvrirTableau(chemin, { feuille });
  for await (const { ligne, cellules, sansResultat = [] } of rangees) lues.push({ ligne, cellules, sansResultat });
  return lues;
}

/** Ce que la bibliothèque lit du même classeur, écrit de la même façon : le juge indépendant. */
export async function lireParBibliotheque(octets: Uint8Array, feuille: string | number = 0): Promise<RangeeLue[]> {
  const lues: RangeeLue[] = [];
  for await (const { index, values } of streamXlsxRows(octets, { sheet: feuille })) {
    const cellules = values.map(enTexte);
    if (cellules.some((c) => c !== '')) lues.push({ ligne: index + 1, cellules });
  }
  return lues;
}

function enTexte(v: unknown): string {
  if (typeof v === 'string') return v.trim();
  if (typeof v === 'number') return plainDecimal(v);
  if (typeof v === 'boolean') return v ? 'VRAI' : 'FAUX';
  return v instanceof Date ? v.toISOString().slice(0, 10) : '';
}
