import type { Grille } from '../../shared/domain/service-rendu/types.ts';
import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { openJournal } from './journal.ts';

/** Nom stable d'une note dans le journal, l'inspecteur et le paquet. */
export const champNote = (ensemble: string, critere: string): string => `service-rendu/note/${ensemble}/${critere}`;
export const CHAMP_GRILLE = 'service-rendu/grille';

/** La grille du dossier, ou `null` s'il n'en a pas encore. Écrite par ce service seul : sa forme est connue. */
export function readGrille(base: Base): Grille | null {
  const ligne = base.prepare<[], { grille: string }>('SELECT grille FROM service_grille').get();
  return ligne === undefined ? null : (JSON.parse(ligne.grille) as Grille);
}

/** Écrit la grille (`null` : la retire). Dans la transaction et l'opération de l'appelant. */
export function writeGrille(base: Base, grille: Grille | null): void {
  if (grille === null) base.prepare('DELETE FROM service_grille').run();
  else base.prepare('INSERT INTO service_grille (id, grille) VALUES (1, ?) ON CONFLICT DO UPDATE SET grille = excluded.grille').run(JSON.stringify(grille));
}

/** `saisie` : le texte tapé ; vide, pour une écriture, la note s'efface. */
export type NoteGardee = { ensemble: string; critere: string; saisie: string };

/** Toutes les notes, par ensemble ; celles d'ensembles sans logement au parc comprises. */
export function iterateNotes(base: Base): IterableIterator<NoteGardee> {
  return base.prepare<[], NoteGardee>('SELECT ensemble, critere, saisie FROM service_note ORDER BY ensemble, critere').iterate();
}

/** Notes de ces ensembles. */
export function readNotesDe(base: Base, ensembles: readonly string[]): NoteGardee[] {
  return base
    .prepare<[string], NoteGardee>('SELECT ensemble, critere, saisie FROM service_note WHERE ensemble IN (SELECT value FROM json_each(?)) ORDER BY ensemble, critere')
    .all(JSON.stringify(ensembles));
}

export type NoteDatee = NoteGardee & { quand: string; qui: string };

export function readNote(base: Base, ensemble: string, critere: string): NoteDatee | null {
  return (
    base.prepare<[string, string], NoteDatee>('SELECT ensemble, critere, saisie, quand, qui FROM service_note WHERE ensemble = ? AND critere = ?').get(ensemble, critere) ?? null
  );
}

/** Combien de fois chaque texte est noté, par critère. */
export function countSaisies(base: Base): Map<string, Map<string, number>> {
  const comptes = new Map<string, Map<string, number>>();
  const lignes = base.prepare<[], { critere: string; saisie: string; n: number }>('SELECT critere, saisie, count(*) AS n FROM service_note GROUP BY critere, saisie');
  for (const { critere, saisie, n } of lignes.iterate()) {
    const c = comptes.get(critere);
    if (c === undefined) comptes.set(critere, new Map([[saisie, n]]));
    else c.set(saisie, n);
  }
  return comptes;
}

export const countNotes = (base: Base): number => base.prepare<[], number>('SELECT count(*) FROM service_note').pluck().get() ?? 0;

/** Ce qui changerait vraiment : les notes déjà telles qu'on les demande n'en sont pas. */
export function keepChangees(base: Base, notes: readonly NoteGardee[]): NoteGardee[] {
  const lire = base.prepare<[string, string], string>('SELECT saisie FROM service_note WHERE ensemble = ? AND critere = ?').pluck();
  return notes.filter((n) => (lire.get(n.ensemble, n.critere) ?? '') !== n.saisie);
}

/**
 * Écrit des notes (saisie vide : la note s'efface) et leur journal ; ce qui ne change pas n'est pas écrit.
 * Rend le nombre de notes changées. Dans la transaction de l'appelant ; `operation` : celle qui est ouverte.
 */
export function writeNotes(base: Base, notes: Iterable<NoteGardee>, operation: number, par: QuiQuand): number {
  const lire = base.prepare<[string, string], { saisie: string }>('SELECT saisie FROM service_note WHERE ensemble = ? AND critere = ?');
  const effacer = base.prepare('DELETE FROM service_note WHERE ensemble = ? AND critere = ?');
  const ecrire = base.prepare(
    `INSERT INTO service_note (ensemble, critere, saisie, quand, qui) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (ensemble, critere) DO UPDATE SET saisie = excluded.saisie, quand = excluded.quand, qui = excluded.qui`,
  );
  const journal = openJournal(base);
  let changees = 0;
  for (const { ensemble, critere, saisie } of notes) {
    const avant = lire.get(ensemble, critere)?.saisie ?? null;
    const apres = saisie === '' ? null : saisie;
    if (avant === apres) continue;
    if (apres === null) effacer.run(ensemble, critere);
    else ecrire.run(ensemble, critere, apres, par.quand, par.qui);
    journal({ ...par, champ: champNote(ensemble, critere), avant, apres, operation });
    changees += 1;
  }
  return changees;
}

/** Retire les notes de critères qui ne sont plus dans la grille, avec leur journal. Rend leur nombre. */
export function removeNotesHors(base: Base, criteres: readonly string[], operation: number, par: QuiQuand): number {
  const perdues = base
    .prepare<[string], NoteGardee>('SELECT ensemble, critere, saisie FROM service_note WHERE critere NOT IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(criteres));
  return writeNotes(base, perdues.map((n) => ({ ...n, saisie: '' })), operation, par);
}

export type PresenceEnsemble = { ensemble: number; code: string; nom: string; commune: string; communePrincipale: string; logements: number; qpv: number; qpvInconnu: number };

/** Logements du parc de chaque ensemble dans chaque commune, dans l'ordre des ensembles (commune, nom, code). */
export function readPresences(base: Base): PresenceEnsemble[] {
  return base
    .prepare<[], PresenceEnsemble>(
      `SELECT e.id AS ensemble, e.code, e.nom, r.commune, e.commune AS communePrincipale, r.logements, r.qpv, r.qpv_inconnu AS qpvInconnu
       FROM resume_ensemble r JOIN ensemble e ON e.id = r.ensemble WHERE r.surface = 'SH' ORDER BY e.commune, e.nom, e.code, r.commune`,
    )
    .all();
}

/**
 * Photographie les notes qu'une opération a touchées ; la fonction rendue, appelée une fois l'opération annulée
 * ou refaite, écrit au journal ce que chacune est devenue. Dans la transaction de l'appelant.
 */
export function followNotes(base: Base, operation: number): (date: number, par: QuiQuand) => void {
  const lire = base.prepare<[number], Omit<NoteGardee, 'saisie'> & { saisie: string | null }>(
    `SELECT json_extract(o.cle, '$[0]') AS ensemble, json_extract(o.cle, '$[1]') AS critere, n.saisie
     FROM operation_avant o LEFT JOIN service_note n ON n.ensemble = json_extract(o.cle, '$[0]') AND n.critere = json_extract(o.cle, '$[1]')
     WHERE o.operation = ? AND o.nom_table = 'service_note' ORDER BY o.cle`,
  );
  const avant = lire.all(operation);
  return (date, par) => {
    const journal = openJournal(base);
    for (const [i, apres] of lire.all(operation).entries()) {
      const ancienne = avant[i]?.saisie ?? null;
      if (apres.saisie !== ancienne) journal({ ...par, champ: champNote(apres.ensemble, apres.critere), avant: ancienne, apres: apres.saisie, operation: date });
    }
  };
}
