import { resolve } from 'node:path';
import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import { invalide } from '../../../shared/erreurs.ts';
import type { Contexte } from '../contexte.ts';
import { writeFichier } from '../fichiers.ts';

/** L'annexe d'un scénario, retenu ou non : les feuilles mêmes du paquet ; en CSV, celle des ensembles. */
export async function exportNpl(contexte: Contexte, { scenario, destination }: EntreeLue<'npl.exporter'>): Promise<Sortie<'npl.exporter'>> {
  const chemin = resolve(destination);
  const format = /\.(csv|xlsx|ods)$/iu.exec(chemin)?.[1]?.toLowerCase();
  if (format === undefined) throw invalide('format-inconnu', `L’extension de « ${chemin} » n’est pas reconnue.`, 'Donner un nom en .xlsx, .ods ou .csv.');
  const resultat = await contexte.appeler('npl.lire', { scenario });
  const npl = { resultat, baremes: await contexte.appeler('npl.baremes', {}) };
  const { feuillesNpl } = await import('../../documents/npl.ts');
  const feuilles = feuillesNpl(npl);
  const classeur = { titre: `Politique des loyers : ${resultat.scenario.nom}`, auteur: 'Atelier CUS', date: contexte.maintenant().toISOString(), feuilles };
  if (format === 'csv') {
    const { csvLine } = await import('../../documents/csv.ts');
    const ensembles = feuilles.find((f) => f.nom === 'Ensembles');
    const lignes = (ensembles?.lignes ?? []).map((l) => csvLine(l.map((c) => (typeof c === 'object' && c !== null ? c.v : c))));
    await writeFichier(contexte, chemin, `\uFEFF${csvLine((ensembles?.colonnes ?? []).map((c) => c.titre))}${lignes.join('')}`);
  } else if (format === 'ods') await writeFichier(contexte, chemin, await (await import('../../documents/ods.ts')).writeOds(classeur));
  else await writeFichier(contexte, chemin, await (await import('../../documents/xlsx.ts')).writeXlsx(classeur));
  return { chemin, lignes: resultat.lignes.length };
}
