import { resolve } from 'node:path';
import type { Sortie } from '../../shared/contract.ts';
import { normaliser } from '../../shared/domain/ensembles/cle.ts';
import { csvLine } from '../documents/csv.ts';
import type { Base } from '../store/base.ts';
import { verifyJournal } from '../store/journal.ts';
import { countJournal, iterateJournal, listChampsJournal, readChampsJournal, readLigneJournal } from '../store/journal-lecture.ts';
import type { LigneJournal } from '../store/journal-lecture.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { direCase } from './corrections-champ.ts';
import { writeFichier } from './fichiers.ts';
import { labelChamp } from './libelles.ts';

const dire = (base: Base, l: LigneJournal) => ({ ...direCase(l.champ, l), libelle: labelChamp(base, l.champ) });

/** Champs dont le nom français contient ce texte, sans égard aux accents ni à la casse. */
function champsNommes(base: Base, texte: string): string[] {
  const cherche = normaliser(texte);
  return cherche === '' ? [] : listChampsJournal(base).filter((c) => normaliser(labelChamp(base, c)).includes(cherche));
}

function verifier(base: Base): Sortie<'journal.verifier'> {
  const rompue = verifyJournal(base);
  const ligne = rompue === null ? null : readLigneJournal(base, rompue);
  return { lignes: countJournal(base), rupture: ligne === null ? null : { quand: ligne.quand, libelle: labelChamp(base, ligne.champ) } };
}

/** Tout le journal en CSV (`;`, UTF-8), du plus ancien au plus récent. */
async function exporter(contexte: Contexte, destination: string): Promise<Sortie<'journal.exporter'>> {
  const { base } = contexte.dossier();
  const lignes = [csvLine(['quand', 'qui', 'champ', 'libelle', 'avant', 'apres'])];
  for (const l of iterateJournal(base)) {
    const { quand, qui, champ, libelle, avant, apres } = dire(base, l);
    lignes.push(csvLine([quand, qui, champ, libelle, avant, apres]));
  }
  const chemin = resolve(destination);
  await writeFichier(contexte, chemin, `\uFEFF${lignes.join('')}`);
  return { chemin, lignes: lignes.length - 1 };
}

export const handlers = {
  'journal.lire': (contexte, { decalage, nombre, cherche }) => {
    const { base } = contexte.dossier();
    const texte = cherche?.trim() ?? '';
    const { total, lignes } = readChampsJournal(base, decalage, nombre, texte, texte === '' ? [] : champsNommes(base, texte));
    return { total, lignes: lignes.map((l) => dire(base, l)) };
  },
  'journal.verifier': (contexte) => verifier(contexte.dossier().base),
  'journal.exporter': (contexte, { destination }) => exporter(contexte, destination),
} satisfies Partial<Handlers>;
