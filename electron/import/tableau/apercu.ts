import type { Encodage } from '../fichier.ts';
import { apercuCsv } from './analyse.ts';
import { formatTableau } from './format.ts';
import type { FormatTableau } from './format.ts';
import { derniereMesure } from './mesure.ts';
import type { Mesure } from './mesure.ts';
import { lireClasseur, lireXlsx } from './xlsx.ts';

/** Combien de lignes d'une feuille sont regardées pour en deviner la forme. */
export const LIGNES_APERCU = 500;
const FEUILLES_MAX = 20;

export type Apercu = {
  format: FormatTableau;
  encodage: Encodage;
  separateur: string;
  date1904: boolean;
  /** Premières lignes de chaque feuille, à leur place ; un texte n'a qu'une feuille sans nom. */
  feuilles: { nom: string; lignes: string[][] }[];
  /** Mesure d'un ODS, pour ne pas la refaire dans le fil qui le lira. */
  mesure: Mesure | null;
};

/** Premières lignes d'un tableau de tout format. Un classeur peut prendre du temps : à appeler dans un fil à part. */
export async function apercuTableau(chemin: string, encodage: Encodage | null, separateur: string | null): Promise<Apercu> {
  const format = formatTableau(chemin);
  const classeur = { format, encodage: 'utf-8' as const, separateur: ';' };
  if (format === 'texte') {
    const { lignes, ...texte } = apercuCsv(chemin, encodage, separateur);
    return { format, ...texte, date1904: false, feuilles: [{ nom: '', lignes }], mesure: null };
  }
  if (format === 'xlsx') {
    const lu = await lireClasseur(chemin);
    const { feuilles, date1904 } = lu;
    const vues: Apercu['feuilles'] = [];
    for (const [i, nom] of feuilles.entries()) vues.push({ nom, lignes: i < FEUILLES_MAX ? await placer(lireXlsx(lu, nom, () => undefined)) : [] });
    return { ...classeur, date1904, feuilles: vues, mesure: null };
  }
  const { lireSansFlux } = await import('./sans-flux.ts');
  const { feuilles, date1904 } = await lireSansFlux(chemin, format, LIGNES_APERCU);
  const vues: Apercu['feuilles'] = [];
  for (const f of feuilles) vues.push({ nom: f.nom, lignes: await placer(f.rangees()) });
  return { ...classeur, date1904, feuilles: vues, mesure: derniereMesure() };
}

async function placer(rangees: AsyncIterable<{ ligne: number; cellules: string[] }> | Iterable<{ ligne: number; cellules: string[] }>): Promise<string[][]> {
  const lignes: string[][] = [];
  for await (const { ligne, cellules } of rangees) {
    if (ligne > LIGNES_APERCU) break;
    lignes[ligne - 1] = cellules;
  }
  return Array.from(lignes, (l) => l ?? []);
}
