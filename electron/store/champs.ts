import type { Base } from './base.ts';
import { appendJournal } from './journal.ts';

export type QuiQuand = { qui: string; quand: string };

export function readChamp(base: Base, nom: string): string | null {
  return base.prepare<[string], { valeur: string }>('SELECT valeur FROM champ WHERE nom = ?').get(nom)?.valeur ?? null;
}

export function readChamps(base: Base): Map<string, string> {
  const lignes = base.prepare<[], { nom: string; valeur: string }>('SELECT nom, valeur FROM champ').all();
  return new Map(lignes.map((l) => [l.nom, l.valeur]));
}

/**
 * Écrit un champ (vide : l'efface) et sa ligne de journal, ensemble. Rend la valeur d'avant.
 * Une valeur inchangée n'écrit rien.
 */
export function writeChamp(base: Base, nom: string, valeur: string, par: QuiQuand & { operation?: number }): string | null {
  return base.transaction(() => {
    const avant = readChamp(base, nom);
    const apres = valeur === '' ? null : valeur;
    if (avant === apres) return avant;
    if (apres === null) base.prepare('DELETE FROM champ WHERE nom = ?').run(nom);
    else base.prepare('INSERT INTO champ (nom, valeur) VALUES (?, ?) ON CONFLICT DO UPDATE SET valeur = excluded.valeur').run(nom, apres);
    appendJournal(base, { ...par, champ: nom, avant, apres });
    return avant;
  })();
}
