import { extname } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import type { Cellule } from '../documents/classeur.ts';
import { csvLine } from '../documents/csv.ts';
import type { CelluleCsv } from '../documents/csv.ts';
import { LEGENDE_MASQUE } from '../../shared/domain/occupation/legende.ts';
import { colonnesOccupation, feuillesOccupation, ligneOccupation, situationsDe } from '../documents/occupation.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Contexte, Suivi } from './contexte.ts';
import { writeFichier } from './fichiers.ts';
import { prepareMasques } from './occupation-masques.ts';
import { MAILLES_OCCUPATION, readOccupation } from './occupation-resultats.ts';
import type { Par } from './occupation-resultats.ts';

/**
 * Écrit l'occupation sociale, à une maille ou à toutes. Pour d'autres que l'État, les petits effectifs y sont
 * masqués (R411-5). CSV, XLSX ou ODS selon l'extension ; erreur « format-inconnu » (sortie 2) pour une autre.
 */
export async function exportOccupation(contexte: Contexte, chemin: string, { par, destinataire }: { par?: Par | undefined; destinataire: 'etat' | 'autres' }, suivi: Suivi): Promise<Sortie<'occupation.exporter'>> {
  const format = extname(chemin).toLowerCase();
  if (!['.csv', '.xlsx', '.ods'].includes(format)) throw invalide('format-inconnu', `L’extension de « ${chemin} » n’est pas reconnue.`, 'Donner un nom en .csv, .xlsx ou .ods ; aucun fichier n’a été écrit.');
  const { base } = contexte.dossier();
  if (destinataire === 'autres') await prepareMasques(base, suivi);
  const mailles = par === undefined ? [...MAILLES_OCCUPATION].toReversed() : [par];
  const etats = mailles.map((m) => readOccupation(base, m, { masquer: destinataire === 'autres' }));
  const masques = etats.reduce((s, e) => s + e.masques, 0);
  const lignes = etats.reduce((s, e) => s + e.lignes.length, 0);
  if (format === '.csv') {
    const nue = (c: Cellule): CelluleCsv => (c !== null && typeof c === 'object' ? c.v : c);
    const corps = etats.flatMap((e) => e.lignes.flatMap((l) => situationsDe(l).map((s) => csvLine(ligneOccupation(e, l, s).map(nue)))));
    const legende = destinataire === 'autres' ? csvLine([`${LEGENDE_MASQUE} Effectifs masqués dans ce fichier : ${masques}.`]) : '';
    await writeFichier(contexte, chemin, `\uFEFF${csvLine(colonnesOccupation(etats[0]?.variables ?? []).map((c) => c.titre))}${corps.join('')}${legende}`);
    return { chemin, lignes, masques };
  }
  const classeur = { titre: 'Occupation sociale', auteur: 'Atelier CUS', date: contexte.maintenant().toISOString(), feuilles: feuillesOccupation(etats) };
  const octets = format === '.xlsx' ? await (await import('../documents/xlsx.ts')).writeXlsx(classeur) : await (await import('../documents/ods.ts')).writeOds(classeur);
  await writeFichier(contexte, chemin, octets);
  return { chemin, lignes, masques };
}
