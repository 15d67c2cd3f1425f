import { open } from 'node:fs/promises';
import { restore } from '../../documents/csv.ts';
import { normalizeColonne } from '../../import/tableau.ts';
import { invalide } from '../../../shared/erreurs.ts';
import type { Suivi } from '../contexte.ts';
import { iterateRangees } from '../rangees.ts';

/** Une ligne d'un petit tableau : son numéro dans le fichier, et ses textes par titre normalisé. */
export type LigneLue = { ligne: number; lire(colonne: string): string; a(colonne: string): boolean };
export type TableauLu = { lignes: LigneLue[]; ignorees: string[] };

const LIGNES_MAX = 200_000;

/** Le séparateur le plus fréquent de la première ligne d'un texte ; sans effet sur un classeur. */
async function guessSeparateur(chemin: string): Promise<string> {
  const fichier = await open(chemin);
  try {
    const { buffer, bytesRead } = await fichier.read(Buffer.alloc(4096), 0, 4096, 0);
    const premiere = buffer.toString('latin1', 0, bytesRead).split(/[\r\n]/u, 1)[0] ?? '';
    return [';', '\t', ','].reduce((a, b) => (premiere.split(b).length > premiere.split(a).length ? b : a));
  } finally {
    await fichier.close();
  }
}

/**
 * Lit un tableau (CSV, XLSX, ODS) dont la première ligne porte les titres. `synonymes` : pour chaque colonne,
 * les titres qui la nomment. Erreurs (sortie 2) : colonne demandée absente ou nommée deux fois, fichier sans ligne.
 */
export async function readTableauVentes(chemin: string, synonymes: Readonly<Record<string, readonly string[]>>, requises: readonly string[], suivi: Suivi): Promise<TableauLu> {
  let rangs: Map<string, number> | null = null;
  const lignes: LigneLue[] = [];
  const ignorees: string[] = [];
  for await (const { ligne, cellules } of iterateRangees(chemin, { separateur: await guessSeparateur(chemin) }, suivi)) {
    if (rangs === null) {
      rangs = lireTitres(cellules, synonymes, ignorees, chemin);
      const manque = requises.filter((c) => !rangs?.has(c));
      if (manque.length > 0) throw invalide('colonnes-absentes', `Il manque à « ${chemin} » ${manque.length > 1 ? 'les colonnes' : 'la colonne'} ${manque.join(', ')}.`, `Donner les titres ${Object.keys(synonymes).join(';')} sur la première ligne ; rien n’a été changé.`);
      continue;
    }
    if (cellules.every((c) => c.trim() === '')) continue;
    if (lignes.length >= LIGNES_MAX) throw invalide('tableau-trop-long', `« ${chemin} » a plus de ${LIGNES_MAX} lignes.`, 'Le découper ; rien n’a été changé.');
    const titres = rangs;
    lignes.push({ ligne, lire: (colonne) => restore((cellules[titres.get(colonne) ?? -1] ?? '').trim()), a: (colonne) => titres.has(colonne) });
  }
  if (lignes.length === 0) throw invalide('tableau-vide', `« ${chemin} » n’a pas de ligne sous ses titres.`, 'Donner un tableau avec une ligne de titres ; rien n’a été changé.');
  return { lignes, ignorees };
}

function lireTitres(cellules: readonly string[], synonymes: Readonly<Record<string, readonly string[]>>, ignorees: string[], chemin: string): Map<string, number> {
  const rangs = new Map<string, number>();
  for (const [rang, titre] of cellules.entries()) {
    const net = normalizeColonne(titre);
    const colonne = Object.entries(synonymes).find(([nom, autres]) => nom === net || autres.includes(net))?.[0];
    if (colonne === undefined) {
      if (titre.trim() !== '') ignorees.push(titre.trim());
    } else if (rangs.has(colonne)) throw invalide('colonne-en-double', `« ${chemin} » a deux colonnes pour « ${colonne} ».`, 'En garder une ; rien n’a été changé.');
    else rangs.set(colonne, rang);
  }
  return rangs;
}
