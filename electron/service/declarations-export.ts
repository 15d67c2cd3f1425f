import { extname, resolve } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { buildTableau } from '../../shared/domain/declarations/tableau.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Classeur } from '../documents/classeur.ts';
import { csvLine } from '../documents/csv.ts';
import type { Contexte } from './contexte.ts';
import { writeFichier } from './fichiers.ts';
import type { Tendances } from './declarations.ts';

/** Écrit les évolutions en CSV ou en XLSX : une ligne par grandeur, une colonne par point. */
export async function exportTendances(contexte: Contexte, destination: string, t: Tendances): Promise<Sortie<'declarations.exporter'>> {
  const chemin = resolve(destination);
  const rangees = buildTableau(t.points, t.mouvements);
  const titres = ['groupe', 'grandeur', ...t.points.map((p) => p.libelle)];
  switch (extname(chemin).toLowerCase()) {
    case '.csv':
      await writeFichier(contexte, chemin, `\ufeff${csvLine(titres)}${rangees.map((r) => csvLine([r.groupe, r.libelle, ...r.valeurs.map((v) => v ?? '')])).join('')}`);
      break;
    case '.xlsx': {
      const { writeXlsx } = await import('../documents/xlsx.ts');
      const classeur: Classeur = {
        titre: `Évolution du parc, ${t.nomTerritoire}`, auteur: 'Atelier CUS', date: contexte.maintenant().toISOString(),
        feuilles: [
          {
            nom: 'Évolution', figerEntete: true,
            colonnes: [{ titre: 'groupe', largeur: 30, format: 'texte' }, { titre: 'grandeur', largeur: 42, format: 'texte' }, ...t.points.map((p) => ({ titre: p.libelle, largeur: 16, format: 'decimal2' as const }))],
            lignes: rangees.map((r) => [r.groupe, r.libelle, ...r.valeurs]),
          },
        ],
      };
      await writeFichier(contexte, chemin, await writeXlsx(classeur));
      break;
    }
    default:
      throw invalide('format-inconnu', `« ${destination} » ne finit ni par .csv ni par .xlsx.`, 'Donner un nom de fichier en .csv ou en .xlsx.');
  }
  return { chemin, lignes: rangees.length };
}
