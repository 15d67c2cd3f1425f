import { resolve } from 'node:path';
import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import type { Contexte } from '../contexte.ts';
import { writeFichier } from '../fichiers.ts';
import { buildVentes } from './depot.ts';

/** Le plan, ses totaux, ses consultations : les feuilles mêmes du paquet ; en CSV, la liste des logements, que l'import relit. */
export async function exporterVentes(contexte: Contexte, { destination }: EntreeLue<'ventes.exporter'>): Promise<Sortie<'ventes.exporter'>> {
  const chemin = resolve(destination);
  const format = /\.(csv|xlsx|ods)$/iu.exec(chemin)?.[1]?.toLowerCase();
  if (format === undefined) throw invalide('format-inconnu', `L’extension de « ${chemin} » n’est pas reconnue.`, 'Donner un nom en .xlsx, .ods ou .csv.');
  const ventes = await buildVentes(contexte);
  if (ventes === null) throw invalide('plan-vide', 'Le plan de mise en vente est vide.', 'Y ajouter des logements avant de l’exporter.');
  const { feuillesVentes } = await import('../../documents/ventes.ts');
  const feuilles = feuillesVentes(ventes);
  if (format === 'csv') {
    const { csvLine } = await import('../../documents/csv.ts');
    const [plan] = feuilles;
    const lignes = (plan?.lignes ?? []).map((l) => csvLine(l.map((c) => (typeof c === 'object' && c !== null ? c.v : c))));
    await writeFichier(contexte, chemin, `\uFEFF${csvLine((plan?.colonnes ?? []).map((c) => c.titre))}${lignes.join('')}`);
  } else {
    const classeur = { titre: 'Plan de mise en vente', auteur: 'Atelier CUS', date: contexte.maintenant().toISOString(), feuilles };
    await writeFichier(contexte, chemin, format === 'ods' ? await (await import('../../documents/ods.ts')).writeOds(classeur) : await (await import('../../documents/xlsx.ts')).writeXlsx(classeur));
  }
  return { chemin, lignes: ventes.lignes.length };
}
