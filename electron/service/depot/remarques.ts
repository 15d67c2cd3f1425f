import { readFile, stat } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { LigneRemarque } from '../../../shared/domain/observations/liste.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { restore } from '../../documents/csv.ts';
import { decodeTexte } from '../../import/tableau.ts';

const COLONNES = ['champ', 'nature', 'texte', 'valeur_proposee'] as const;
const TAILLE_MAX = 20 * 1024 * 1024;

const Enregistrements = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }), raw: z.string() }));
type Enregistrement = z.output<typeof Enregistrements>[number];

/**
 * Lit une liste de remarques : CSV « ; » de colonnes champ, nature, texte, valeur_proposee, en UTF-8 ou
 * Windows-1252. Chaque ligne porte son numéro dans le fichier (en-tête : 1).
 */
export async function readListeRemarques(chemin: string): Promise<LigneRemarque[]> {
  if ((await stat(chemin)).size > TAILLE_MAX) throw illisible(chemin, 'il est trop grand');
  const texte = decodeTexte(await readFile(chemin)).replace(/^\ufeff/u, '');
  if (texte.trim() === '') throw illisible(chemin, 'il est vide');
  if (texte.includes('\0')) throw illisible(chemin, 'ce n’est pas un texte');
  const [entete, ...lignes] = parseCsv(chemin, texte);
  const noms = (entete?.record ?? []).map((n) => n.trim().toLowerCase());
  const manque = COLONNES.filter((c) => !noms.includes(c) && c !== 'valeur_proposee');
  if (manque.length > 0) throw illisible(chemin, `il manque ${manque.length > 1 ? 'les colonnes' : 'la colonne'} ${manque.join(', ')}`);
  return lignes.map(({ record, info, raw }) => {
    const cellule = (colonne: (typeof COLONNES)[number]): string => restore(record[noms.indexOf(colonne)] ?? '');
    const ligne = info.lines - (raw.replace(/\r?\n$/u, '').match(/\r\n|\n|\r/gu)?.length ?? 0);
    // Une cellule de plus que l'en-tête : un « ; » sans guillemets a coupé le texte.
    if (record.slice(noms.length).some((c) => c.trim() !== '')) {
      throw illisible(chemin, `la ligne ${ligne} a plus de cellules que l’en-tête (un texte qui contient « ; » se met entre guillemets)`);
    }
    return { ligne, champ: cellule('champ'), nature: cellule('nature'), texte: cellule('texte'), valeurProposee: cellule('valeur_proposee') };
  });
}

function parseCsv(chemin: string, texte: string): Enregistrement[] {
  try {
    return Enregistrements.parse(parse(texte, { delimiter: ';', relax_column_count: true, skip_empty_lines: true, info: true, raw: true }));
  } catch (e) {
    if (!(e instanceof CsvError)) throw e;
    throw illisible(chemin, `guillemets mal fermés vers la ligne ${typeof e.lines === 'number' ? e.lines : '?'}`);
  }
}

const illisible = (chemin: string, raison: string) =>
  invalide('observations-illisibles', `La liste de remarques « ${chemin} » ne se lit pas : ${raison}.`, 'Donner un CSV « ; » dont la première ligne est champ;nature;texte;valeur_proposee.');
