import type { ActeurConcertation, ReunionConcertation } from '../../../shared/domain/association/etape.ts';
import type { Base } from '../base.ts';
import type { QuiQuand } from '../champs.ts';
import { openJournal } from '../journal.ts';

type Par = QuiQuand & { operation: number };
type LigneReunion = Omit<ReunionConcertation, 'objets'> & { objets: string };

/** Associations et administrateurs de locataires, dans l'ordre où ils ont été ajoutés. */
export const readActeurs = (base: Base): ActeurConcertation[] => base.prepare<[], ActeurConcertation>('SELECT id, nom, qualite, affiliation, note FROM concertation_acteur ORDER BY id').all();

/** Séances de concertation, de la plus ancienne à la plus récente. */
export const readReunions = (base: Base): ReunionConcertation[] =>
  base
    .prepare<[], LigneReunion>('SELECT id, date, objets, participants, texte FROM concertation_reunion ORDER BY date, id')
    .all()
    .map((r) => ({ ...r, objets: r.objets.split(',').filter((o) => o !== '') }));

const direActeur = (a: Omit<ActeurConcertation, 'id'>): string => [a.nom, a.affiliation, a.note].filter((t) => t !== '').join(', ');
const direReunion = (r: Omit<ReunionConcertation, 'id'>): string => [r.date, r.objets.join(', '), r.participants, r.texte].filter((t) => t !== '').join(' ; ');

/** Ajoute (`avant` null), change ou retire (`apres` null) ; rend le numéro. */
export function writeActeur(base: Base, avant: ActeurConcertation | null, apres: Omit<ActeurConcertation, 'id'> | null, par: Par): number {
  const id = ecrire(base, 'concertation_acteur', ['nom', 'qualite', 'affiliation', 'note'], avant?.id ?? null, apres);
  openJournal(base)({ ...par, champ: `concertation/acteur/${id}`, avant: avant === null ? null : direActeur(avant), apres: apres === null ? null : direActeur(apres) });
  return id;
}

export function writeReunion(base: Base, avant: ReunionConcertation | null, apres: Omit<ReunionConcertation, 'id'> | null, par: Par): number {
  const id = ecrire(base, 'concertation_reunion', ['date', 'objets', 'participants', 'texte'], avant?.id ?? null, apres === null ? null : { ...apres, objets: apres.objets.join(',') });
  openJournal(base)({ ...par, champ: `concertation/reunion/${id}`, avant: avant === null ? null : direReunion(avant), apres: apres === null ? null : direReunion(apres) });
  return id;
}

function ecrire(base: Base, table: string, colonnes: readonly string[], id: number | null, valeurs: Record<string, string> | null): number {
  if (id !== null && valeurs === null) base.prepare(`DELETE FROM ${table} WHERE id = ?`).run(id);
  else if (id !== null) base.prepare(`UPDATE ${table} SET ${colonnes.map((c) => `${c} = @${c}`).join(', ')} WHERE id = @id`).run({ ...valeurs, id });
  else if (valeurs !== null) return Number(base.prepare(`INSERT INTO ${table} (${colonnes.join(', ')}) VALUES (${colonnes.map((c) => `@${c}`).join(', ')})`).run(valeurs).lastInsertRowid);
  return id ?? 0;
}
