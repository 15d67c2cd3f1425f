import { createHash } from 'node:crypto';
import type { Base } from './base.ts';

export type EntreeJournal = {
  quand: string;
  qui: string;
  champ: string;
  avant: string | null;
  apres: string | null;
  operation?: number;
};

const VIDE = '0'.repeat(64);

/** Empreinte d'une ligne du journal : celle d'avant, puis ses champs, en JSON (sans ambiguïté). */
export function chainJournal(precedente: string, e: EntreeJournal): string {
  return createHash('sha256')
    .update(JSON.stringify([precedente, e.quand, e.qui, e.champ, e.avant, e.apres, e.operation ?? null]))
    .digest('hex');
}

/** Ajoute une ligne au journal ; à appeler dans la transaction de la modification. */
export function appendJournal(base: Base, entree: EntreeJournal): void {
  const derniere = base.prepare<[], { empreinte: string }>('SELECT empreinte FROM journal ORDER BY id DESC LIMIT 1').get();
  base
    .prepare('INSERT INTO journal (quand, qui, champ, avant, apres, operation, empreinte) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(
      entree.quand,
      entree.qui,
      entree.champ,
      entree.avant,
      entree.apres,
      entree.operation ?? null,
      chainJournal(derniere?.empreinte ?? VIDE, entree),
    );
}

/** De quoi ajouter beaucoup de lignes d'une même transaction : la dernière empreinte n'est lue qu'une fois. */
export function openJournal(base: Base): (entree: EntreeJournal) => void {
  let precedente: string | null = null;
  const ecrire = base.prepare('INSERT INTO journal (quand, qui, champ, avant, apres, operation, empreinte) VALUES (?, ?, ?, ?, ?, ?, ?)');
  return (e) => {
    precedente ??= base.prepare<[], { empreinte: string }>('SELECT empreinte FROM journal ORDER BY id DESC LIMIT 1').get()?.empreinte ?? VIDE;
    precedente = chainJournal(precedente, e);
    ecrire.run(e.quand, e.qui, e.champ, e.avant, e.apres, e.operation ?? null, precedente);
  };
}

/** Première ligne dont la chaîne ne tient pas, ou `null` si le journal est entier. */
export function verifyJournal(base: Base): number | null {
  let precedente = VIDE;
  const lignes = base.prepare<[], EntreeJournal & { id: number; empreinte: string; operation: number | null }>(
    'SELECT id, quand, qui, champ, avant, apres, operation, empreinte FROM journal ORDER BY id',
  );
  for (const { id, empreinte, operation, ...reste } of lignes.iterate()) {
    const attendue = chainJournal(precedente, operation === null ? reste : { ...reste, operation });
    if (attendue !== empreinte) return id;
    precedente = empreinte;
  }
  return null;
}
