import type { Echange } from '../../../shared/domain/association/types.ts';
import type { Base } from '../base.ts';
import type { QuiQuand } from '../champs.ts';
import { openJournal } from '../journal.ts';
import { champPersonne } from './personnes.ts';

type Par = QuiQuand & { operation: number };

/** Envois, réponses et réunions, du plus ancien au plus récent. */
export const readEchanges = (base: Base): Echange[] => base.prepare<[], Echange>('SELECT id, personne, objet, date, mode, texte FROM echange_association ORDER BY date, id').all();

export const findEchange = (base: Base, id: number): Echange | null =>
  base.prepare<[number], Echange>('SELECT id, personne, objet, date, mode, texte FROM echange_association WHERE id = ?').get(id) ?? null;

const dire = (e: Omit<Echange, 'id'>): string => [e.date, e.mode, e.texte].filter((t) => t !== '').join(', ');

/** Ajoute des échanges, et une ligne de journal pour chacun ; rend leurs numéros. */
export function addEchanges(base: Base, echanges: readonly Omit<Echange, 'id'>[], par: Par): number[] {
  const inserer = base.prepare('INSERT INTO echange_association (personne, objet, date, mode, texte) VALUES (@personne, @objet, @date, @mode, @texte)');
  const inscrire = openJournal(base);
  return echanges.map((e) => {
    const { lastInsertRowid } = inserer.run(e);
    inscrire({ ...par, champ: champPersonne(e.personne, e.objet), avant: null, apres: dire(e) });
    return Number(lastInsertRowid);
  });
}

/** Change un échange, ou le retire (`null`). */
export function writeEchange(base: Base, avant: Echange, apres: Omit<Echange, 'id'> | null, par: Par): void {
  if (apres === null) base.prepare('DELETE FROM echange_association WHERE id = ?').run(avant.id);
  else base.prepare('UPDATE echange_association SET personne = @personne, objet = @objet, date = @date, mode = @mode, texte = @texte WHERE id = @id').run({ ...apres, id: avant.id });
  openJournal(base)({ ...par, champ: champPersonne(avant.personne, avant.objet), avant: dire(avant), apres: apres === null ? null : dire(apres) });
}
