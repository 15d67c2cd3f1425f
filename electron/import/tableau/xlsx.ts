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

export type Classeur = { feuilles: string[]; date1904: boolean; /** Entrée de l'archive où est chaque feuille. */ entrees: ReadonlyMap<string, string> };

/** Noms des feuilles d'un XLSX, dans l'ordre, et son calendrier. */
export async function lireClasseur(chemin: string): Promise<Classeur> {
  await assertMesure(chemin);
  try {
    const xml = (await lireEntree(chemin, /^xl\/workbook\d*\.xml$/i)) ?? '';
    const liens = new Map(
      [...((await lireEntree(chemin, /^xl\/_rels\/workbook\d*\.xml\.rels$/i)) ?? '').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([lien]) => [attribut(lien, 'Id'), attribut(lien, 'Target')]),
    );
    const entrees = new Map<string, string>();
    const feuilles = [...xml.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].map(([balise]) => {
      const nom = attribut(balise, 'name');
      const cible = liens.get(/\s\w+:id=["']([^"']*)["']/.exec(balise)?.[1] ?? '') ?? '';
      entrees.set(nom, cible.startsWith('/') ? cible.slice(1) : `xl/${cible}`);
      return nom;
    });
    if (feuilles.length === 0) throw classeurIllisible();
    return { feuilles, entrees, date1904: /<(?:\w+:)?workbookPr\s[^>]*?\bdate1904=["'](?:1|true)["']/.test(xml) };
  } catch {
    throw classeurIllisible();
  }
}

const attribut = (balise: string, nom: string): string => {
  const m = new RegExp(`\\s${nom}=(?:"([^"]*)"|'([^']*)')`).exec(balise);
  return decodeEntites(m?.[1] ?? m?.[2] ?? '');
};

const ENTITES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntites(texte: string): string {
  return texte.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (tout, hexa?: string, decimal?: string, nom?: string) => {
    if (nom !== undefined) return ENTITES[nom] ?? tout;
    return String.fromCodePoint(hexa === undefined ? Number(decimal) : Number.parseInt(hexa, 16));
  });
}

/** Rangées d'une feuille, en flux ; les formules valent leur dernier résultat, et ne sont jamais calculées. */
export async function* lireXlsx(chemin: string, { entrees }: Classeur, feuille: string, suivre: (lignes: number) => void): AsyncGenerator<Rangee> {
  const formules = (await assertMesure(chemin)).get(entrees.get(feuille) ?? '');
  const rangees = streamXlsxRows(readFileSync(chemin), { sheet: feuille });
  try {
    for await (const { index, values } of rangees) {
      if (index % 2000 === 0) suivre(index);
      const cellules = values.map(enTexte);
      if (cellules.every((c) => c === '')) continue;
      const sansResultat = formules === undefined ? [] : cellules.flatMap((c, rang) => (c === '' && formules.has(index * 16_384 + rang) ? [rang] : []));
      yield { ligne: index + 1, cellules, sansResultat, brut: () => Buffer.from(csvLine(cellules).trimEnd(), 'utf8') };
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
