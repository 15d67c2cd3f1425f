import { Readable } from 'node:stream';
import { plainDecimal } from './format.ts';

export type CelluleCsv = string | number | null;

const NOMBRE = /^[+-]?\d+([.,]\d+)?$/;

/**
 * Un texte que les tableurs prendraient pour une formule reçoit une apostrophe devant ; un texte
 * qui n'est qu'un nombre signé reste tel quel. `restore` fait l'inverse.
 */
export function neutralise(texte: string): string {
  return /^'*[=+\-@\t\r\0]/.test(texte) && !NOMBRE.test(texte) ? `'${texte}` : texte;
}

export function restore(texte: string): string {
  return /^'+[=+\-@\t\r\0]/.test(texte) ? texte.slice(1) : texte;
}

function cellText(cellule: CelluleCsv): string {
  if (cellule === null) return '';
  if (typeof cellule === 'number') return plainDecimal(cellule);
  const texte = neutralise(cellule);
  return /[";\n\r]|^\s|\s$/.test(texte) ? `"${texte.replaceAll('"', '""')}"` : texte;
}

/** Une ligne de CSV, fin de ligne CRLF comprise. Nombres avec un point. */
export function csvLine(cellules: readonly CelluleCsv[]): string {
  return `${cellules.map(cellText).join(';')}\r\n`;
}

/** CSV en flux : UTF-8 avec BOM, `;`, CRLF. Les lignes sont demandées au rythme de l'écriture. */
export function writeCsv(entete: readonly string[], lignes: Iterable<readonly CelluleCsv[]> | AsyncIterable<readonly CelluleCsv[]>): Readable {
  return Readable.from(blocks(entete, lignes), { objectMode: false });
}

const BLOC = 64 * 1024;

async function* blocks(entete: readonly string[], lignes: Iterable<readonly CelluleCsv[]> | AsyncIterable<readonly CelluleCsv[]>): AsyncGenerator<Buffer> {
  let bloc = `\uFEFF${csvLine(entete)}`;
  for await (const ligne of lignes) {
    bloc += csvLine(ligne);
    if (bloc.length >= BLOC) {
      yield Buffer.from(bloc);
      bloc = '';
    }
  }
  yield Buffer.from(bloc);
}
