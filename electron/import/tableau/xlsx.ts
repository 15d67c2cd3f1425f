import { readFileSync } from 'node:fs';
import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import type { StreamRow } from 'hucre/xlsx';
import { plainDecimal } from '../../documents/format.ts';
import { csvLine } from '../../documents/csv.ts';
import { classeurIllisible } from '../erreurs.ts';
import { assertMesure } from './mesure.ts';
import type { Rangee } from './rangees.ts';

type Valeur = StreamRow['values'][number];

/** Noms des feuilles d'un classeur, dans l'ordre. */
export async function lireFeuilles(chemin: string): Promise<string[]> {
  await assertMesure(chemin);
  try {
    const classeur = await readXlsx(readFileSync(chemin), { maxRows: 1 });
    return classeur.sheets.map((s) => s.name);
  } catch {
    throw classeurIllisible();
  }
}

/** Rangées d'une feuille (la première par défaut), en flux ; les formules valent leur dernier résultat. */
export async function* lireXlsx(chemin: string, feuille: string | undefined, suivre: (lignes: number) => void): AsyncGenerator<Rangee> {
  await assertMesure(chemin);
  const rangees = streamXlsxRows(readFileSync(chemin), feuille === undefined ? { sheet: 0 } : { sheet: feuille });
  try {
    for await (const { index, values } of rangees) {
      if (index % 2000 === 0) suivre(index);
      const cellules = values.map(enTexte);
      if (cellules.every((c) => c === '')) continue;
      yield { ligne: index + 1, cellules, brut: () => Buffer.from(csvLine(cellules).trimEnd(), 'utf8') };
    }
  } catch (e) {
    if (e instanceof Error && e.name === 'ErreurCus') throw e;
    throw classeurIllisible();
  }
}

/** Une date rend « AAAA-MM-JJ », un nombre son écriture exacte, un booléen VRAI ou FAUX. */
function enTexte(v: Valeur | undefined): string {
  if (v === null || v === undefined) return '';
  if (typeof v === 'string') return v.trim();
  if (typeof v === 'number') return plainDecimal(v);
  if (typeof v === 'boolean') return v ? 'VRAI' : 'FAUX';
  return v instanceof Date && !Number.isNaN(v.getTime()) ? v.toISOString().slice(0, 10) : '';
}
