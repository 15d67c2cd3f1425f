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

/** De quoi ajouter des lignes à la suite, sans relire la dernière à chaque fois ; dans la transaction de la modification. */
export function openJournal(base: Base): (entree: EntreeJournal) => void {
  let precedente = base.prepare<[], { empreinte: string }>('SELECT empreinte FROM journal ORDER BY id DESC LIMIT 1').get()?.empreinte ?? VIDE;
  const inserer = base.prepare('INSERT INTO journal (quand, qui, champ, avant, apres, operation, empreinte) VALUES (?, ?, ?, ?, ?, ?, ?)');
  return (e) => {
    precedente = chainJournal(precedente, e);
    inserer.run(e.quand, e.qui, e.champ, e.avant, e.apres, e.operation ?? null, precedente);
  };
}

/** Ajoute une ligne au journal ; à appeler dans la transaction de la modification. */
export function appendJournal(base: Base, entree: EntreeJournal): void {
  openJournal(base)(entree);
}

/** Ce dont le journal redit les lignes quand une opération est annulée ou refaite : leur histoire reste entière. Les cibles, elles, se redisent d'après ce qui a changé (`followCibles`). */
const REDITES = `(champ LIKE 'logement/%' OR champ LIKE 'association/%' OR champ LIKE 'concertation/%'
  OR (operation IN (SELECT id FROM operation WHERE nature GLOB 'champs.*' OR nature GLOB 'observations.*') AND champ NOT LIKE 'engagement/%' AND champ NOT LIKE 'reference/%'))`;

/** Redit ce qu'une opération a changé, à l'envers (annulée) ou à l'endroit (refaite), sous le nom de chaque champ. */
export function copyJournal(base: Base, operation: number, date: number, { qui, quand }: Pick<EntreeJournal, 'qui' | 'quand'>, envers: boolean): void {
  const lignes = base
    .prepare<[number], Pick<EntreeJournal, 'champ' | 'avant' | 'apres'>>(`SELECT champ, avant, apres FROM journal WHERE operation = ? AND ${REDITES} ORDER BY id`)
    .all(operation);
  const inscrire = openJournal(base);
  for (const { champ, avant, apres } of envers ? lignes.toReversed() : lignes) {
    inscrire({ quand, qui, champ, avant: envers ? apres : avant, apres: envers ? avant : apres, operation: date });
  }
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
