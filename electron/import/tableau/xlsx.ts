import { readFileSync } from 'node:fs';
import { streamXlsxRows } from 'hucre/xlsx';
import type { StreamRow } from 'hucre/xlsx';
import { plainDecimal } from '../../documents/format.ts';
import { csvLine } from '../../documents/csv.ts';
import { classeurIllisible } from '../erreurs.ts';
import { lireEntree } from './entree.ts';
import { assertMesure } from './mesure.ts';
import type { Rangee } from './rangees.ts';

type Valeur = StreamRow['values'][number];

export type Classeur = { feuilles: string[]; date1904: boolean };

/** Noms des feuilles d'un XLSX, dans l'ordre, et son calendrier. */
export async function lireClasseur(chemin: string): Promise<Classeur> {
  await assertMesure(chemin);
  try {
    const xml = (await lireEntree(chemin, /^xl\/workbook\d*\.xml$/i)) ?? '';
    const feuilles = [...xml.matchAll(/<(?:\w+:)?sheet\s[^>]*?\bname=(?:"([^"]*)"|'([^']*)')/g)].map((m) => decodeEntites(m[1] ?? m[2] ?? ''));
    if (feuilles.length === 0) throw classeurIllisible();
    return { feuilles, date1904: /<(?:\w+:)?workbookPr\s[^>]*?\bdate1904=["'](?:1|true)["']/.test(xml) };
  } catch {
    throw classeurIllisible();
  }
}

const ENTITES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntites(texte: string): string {
  return texte.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (tout, hexa?: string, decimal?: string, nom?: string) => {
    if (nom !== undefined) return ENTITES[nom] ?? tout;
    return String.fromCodePoint(hexa === undefined ? Number(decimal) : Number.parseInt(hexa, 16));
  });
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
