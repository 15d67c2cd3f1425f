import { extname } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { parseNote } from '../../shared/domain/service-rendu/echelle.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Cellule, Classeur, Colonne } from '../documents/classeur.ts';
import { csvLine } from '../documents/csv.ts';
import type { CelluleCsv } from '../documents/csv.ts';
import type { Contexte } from './contexte.ts';
import { writeFichier } from './fichiers.ts';
import { readServiceRendu } from './service-rendu-resultats.ts';

/** Premières colonnes d'un fichier de notes ; les suivantes sont les critères, par leur nom. */
export const COLONNES_NOTES = ['ensemble', 'nom', 'commune', 'nom_commune', 'logements'] as const;
export const COLONNE_RESULTAT = 'Résultat';
export const COLONNE_CLASSE = 'Classe';

/**
 * Écrit les notes et les résultats, une ligne par ensemble et une colonne par critère : ce fichier rempli se
 * réimporte tel quel. CSV, XLSX ou ODS selon l'extension.
 */
export async function exportNotes(contexte: Contexte, chemin: string): Promise<Sortie<'serviceRendu.exporter'>> {
  const format = extname(chemin).toLowerCase();
  if (!['.csv', '.xlsx', '.ods'].includes(format)) {
    throw invalide('format-inconnu', `L’extension de « ${chemin} » n’est pas reconnue.`, 'Donner un nom en .csv, .xlsx ou .ods ; aucun fichier n’a été écrit.');
  }
  const { base } = contexte.dossier();
  const { grille, lignes: resultats } = readServiceRendu(base, 'ensemble');
  if (grille === null) throw invalide('sans-grille', 'Ce dossier n’a pas encore de grille du service rendu.', 'Définir la grille d’abord ; aucun fichier n’a été écrit.');
  const { criteres, ensembles } = await contexte.appeler('serviceRendu.notes', {});
  const parCode = new Map(resultats.map((r) => [r.code, r]));
  const titres = [...COLONNES_NOTES, ...criteres.map((c) => c.libelle), COLONNE_RESULTAT, COLONNE_CLASSE];
  const lignes = ensembles.map((e) => {
    const r = parCode.get(e.id);
    const classe = r?.classe === null || r === undefined ? '' : (grille.classes[r.classe]?.libelle ?? '');
    return { tete: [e.id, e.nom, e.commune, e.nomCommune, e.logements], notes: e.saisies, fin: [r?.resultat ?? null, classe] };
  });
  if (format === '.csv') {
    const corps = lignes.map((l) => csvLine([...l.tete, ...l.notes, ...l.fin] satisfies CelluleCsv[]));
    await writeFichier(contexte, chemin, `\uFEFF${csvLine(titres)}${corps.join('')}`);
    return { chemin, lignes: lignes.length };
  }
  const colonnes = titres.map((titre, i): Colonne => ({
    titre, largeur: i === 1 ? 34 : i < 5 ? 16 : 14, format: i === 4 ? 'entier' : titre === COLONNE_RESULTAT ? 'decimal2' : 'texte',
  }));
  const note = (saisie: string): Cellule => {
    const lue = parseNote(grille.echelle, saisie);
    // Un nombre s'écrit en nombre : le tableur sait alors le trier et le compter.
    return lue.ok && lue.valeur !== null && /^-?\d+(?:[.,]\d+)?$/u.test(saisie) ? { v: Number(saisie.replace(',', '.')), format: 'nombre' } : saisie;
  };
  const classeur: Classeur = {
    titre: 'Service rendu', auteur: 'Atelier CUS', date: contexte.maintenant().toISOString(),
    feuilles: [{ nom: 'Notes', colonnes, lignes: lignes.map((l): Cellule[] => [...l.tete, ...l.notes.map(note), ...l.fin]), figerEntete: true }],
  };
  const octets = format === '.xlsx' ? await (await import('../documents/xlsx.ts')).writeXlsx(classeur) : await (await import('../documents/ods.ts')).writeOds(classeur);
  await writeFichier(contexte, chemin, octets);
  return { chemin, lignes: lignes.length };
}
