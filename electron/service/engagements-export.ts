import type { Sortie } from '../../shared/contract.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Classeur } from '../documents/classeur.ts';
import { csvLine } from '../documents/csv.ts';
import type { CelluleCsv } from '../documents/csv.ts';
import { plainDecimal } from '../documents/format.ts';
import { writeXlsx } from '../documents/xlsx.ts';
import type { Contexte } from './contexte.ts';
import { writeFichier } from './fichiers.ts';

export const COLONNES_ENGAGEMENTS = [
  'indicateur', 'territoire', 'horizon', 'ventilation', 'reference', 'valeur', 'pourcentage', 'numerateur', 'denominateur', 'commentaire', 'saisie',
] as const;

/** Une ligne par case ouverte. `saisie` : ce qui a été tapé, mot pour mot, d'où la relecture refait la même case. */
function toLignes(matrice: Sortie<'engagements.matrice'>, decimal: (n: number | null) => CelluleCsv): CelluleCsv[][] {
  return matrice.lignes.flatMap((l) =>
    l.cellules.map((c) => [
      l.indicateur, l.territoire, c.horizon, l.ventilation, l.reference, decimal(c.valeur), decimal(c.pourcentage), c.numerateur, c.denominateur, c.commentaire, c.saisie,
    ]),
  );
}

/** Un tableur français lit « 7.25 » comme une date : la virgule. */
const virgule = (n: number | null): string | null => (n === null ? null : plainDecimal(n).replace('.', ','));

/** Exporte la matrice en CSV (`;`, UTF-8) ou XLSX selon l'extension. Rend le nombre de lignes. */
export async function exportEngagements(contexte: Contexte, matrice: Sortie<'engagements.matrice'>, chemin: string): Promise<number> {
  const format = /\.(csv|xlsx)$/iu.exec(chemin)?.[1]?.toLowerCase();
  if (format === undefined) {
    throw invalide('format-inconnu', `L’extension de « ${chemin} » n’est pas reconnue.`, 'Donner un nom en .csv ou .xlsx.');
  }
  const lignes = toLignes(matrice, format === 'csv' ? virgule : (n) => n);
  if (format === 'csv') {
    await writeFichier(contexte, chemin, `\uFEFF${csvLine(COLONNES_ENGAGEMENTS)}${lignes.map(csvLine).join('')}`);
  } else {
    const classeur: Classeur = {
      titre: 'Engagements', auteur: 'Atelier CUS', date: '2000-01-01T00:00:00Z',
      feuilles: [
        {
          nom: 'Engagements',
          colonnes: COLONNES_ENGAGEMENTS.map((titre) => ({ titre, largeur: titre === 'commentaire' ? 40 : 16, format: 'texte' })),
          lignes, figerEntete: true,
        },
      ],
    };
    await writeFichier(contexte, chemin, await writeXlsx(classeur));
  }
  return lignes.length;
}
