import { readChampsJournal } from '../store/journal-lecture.ts';
import type { Handlers } from './contexte.ts';
import { direCase } from './corrections-champ.ts';
import { labelChamp } from './libelles.ts';

export const handlers = {
  'journal.lire': (contexte, { decalage, nombre }) => {
    const { base } = contexte.dossier();
    const { total, lignes } = readChampsJournal(base, decalage, nombre);
    return { total, lignes: lignes.map((l) => ({ ...direCase(l.champ, l), libelle: labelChamp(base, l.champ) })) };
  },
} satisfies Partial<Handlers>;
