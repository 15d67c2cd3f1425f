import { readFileSync, statSync } from 'node:fs';
import { read } from '@e965/xlsx';
import type { CellObject, DenseWorkSheet, WorkBook } from '@e965/xlsx';
import { plainDecimal } from '../../documents/format.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { classeurIllisible } from '../erreurs.ts';
import { motDePasse } from './format.ts';
import { lireEntree } from './entree.ts';
import { isFormatDate } from './dates.ts';
import { assertMesure } from './mesure.ts';

/** Un XLS tient en 65 536 lignes ; au-delà, le lire entier prendrait toute la mémoire. */
const XLS_MAX = 64 * 2 ** 20;
const JOURS_1904 = 1462;

export type FeuilleLue = { nom: string; rangees: () => Generator<{ ligne: number; cellules: string[]; sansResultat: number[] }> };
export type ClasseurLu = { feuilles: FeuilleLue[]; date1904: boolean };

/**
 * Lit un ODS ou un XLS d'un bloc (il n'y en a pas de lecteur en flux) : à appeler dans un fil à part.
 * `lignes` : combien en lire par feuille, toutes sinon. Les formules valent leur dernier résultat.
 */
export async function lireSansFlux(chemin: string, format: 'ods' | 'xls', lignes?: number): Promise<ClasseurLu> {
  if (format === 'ods') {
    await assertMesure(chemin);
    if ((await lireEntree(chemin, /^META-INF\/manifest\.xml$/))?.includes('encryption-data') === true) throw motDePasse(chemin);
  } else if (statSync(chemin).size > XLS_MAX) throw tropGros();
  let classeur: WorkBook;
  try {
    classeur = read(readFileSync(chemin), {
      dense: true, raw: true, cellNF: true, cellFormula: true, cellText: false, cellHTML: false, ...(lignes === undefined ? {} : { sheetRows: lignes }),
    });
  } catch (e) {
    throw /password-protected|ODS Encryption|Encryption scheme/i.test(e instanceof Error ? e.message : '') ? motDePasse(chemin) : classeurIllisible();
  }
  const date1904 = classeur.Workbook?.WBProps?.date1904 === true;
  const feuilles = classeur.SheetNames.flatMap((nom) => {
    const feuille = classeur.Sheets[nom];
    // Une feuille de graphique n'a pas de cellules.
    return feuille === undefined || !('!data' in feuille) ? [] : [{ nom, rangees: () => rangeesDe(feuille as DenseWorkSheet, date1904) }];
  });
  if (feuilles.length === 0) throw classeurIllisible();
  return { feuilles, date1904 };
}

function* rangeesDe(feuille: DenseWorkSheet, date1904: boolean): ReturnType<FeuilleLue['rangees']> {
  for (const [i, cases] of feuille['!data'].entries()) {
    // La bibliothèque laisse des trous : une rangée ou une case absente est vide.
    if (cases === undefined) continue;
    const sansResultat: number[] = [];
    const cellules = Array.from(cases, (c: CellObject | undefined, rang) => {
      if (c?.f !== undefined && (c.v === undefined || c.t === 'z')) sansResultat.push(rang);
      return enTexte(c, date1904);
    });
    if (cellules.some((c) => c !== '')) yield { ligne: i + 1, cellules, sansResultat };
  }
}

function enTexte(c: CellObject | undefined, date1904: boolean): string {
  if (c?.v === undefined || c.v === null) return '';
  switch (c.t) {
    case 'n': {
      const nombre = Number(c.v);
      return typeof c.z === 'string' && isFormatDate(c.z) ? enDate(nombre, date1904) : plainDecimal(nombre);
    }
    case 'd':
      return c.v instanceof Date ? c.v.toISOString().slice(0, 10) : String(c.v);
    case 'b':
      return c.v === true ? 'VRAI' : 'FAUX';
    case 'e':
      return c.w ?? '#ERREUR';
    default:
      return String(c.v).trim();
  }
}

/** Numéro de jour d'un tableur → AAAA-MM-JJ. */
function enDate(jours: number, date1904: boolean): string {
  const instant = new Date(Date.UTC(1899, 11, 30) + Math.floor(jours + (date1904 ? JOURS_1904 : 0)) * 86_400_000);
  return Number.isNaN(instant.getTime()) ? plainDecimal(jours) : instant.toISOString().slice(0, 10);
}

const tropGros = (): Error =>
  invalide('classeur-refuse', 'Ce classeur est refusé : un XLS de plus de 64 Mo ne peut pas être lu.', 'L’ouvrir dans un tableur, enregistrer la seule feuille utile en CSV ou en XLSX, puis l’importer.');
