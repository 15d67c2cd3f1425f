import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { appendJournal } from './journal.ts';

export type NomCible = { champ: string; indicateur: string; territoire: string; horizon: string; ventilation: string };
export type NomReference = { champ: string; indicateur: string; territoire: string; ventilation: string };

/** Une cible telle que gardée : la saisie de l'utilisateur, et ce qui en a été lu (décimaux exacts en texte). */
export type CibleGardee = NomCible & {
  saisie: string;
  valeur: string | null;
  pourcentage: string | null;
  numerateur: number | null;
  denominateur: number | null;
  commentaire: string | null;
};

export type ValeurCible = Pick<CibleGardee, 'saisie' | 'valeur' | 'pourcentage' | 'numerateur' | 'denominateur'>;

export function readCibles(base: Base): Map<string, CibleGardee> {
  return new Map(base.prepare<[], CibleGardee>('SELECT * FROM engagement').all().map((c) => [c.champ, c]));
}

export function readCible(base: Base, champ: string): CibleGardee | null {
  return base.prepare<[string], CibleGardee>('SELECT * FROM engagement WHERE champ = ?').get(champ) ?? null;
}

export function readReferences(base: Base): Map<string, string> {
  const lignes = base.prepare<[], { champ: string; saisie: string }>('SELECT champ, saisie FROM reference').all();
  return new Map(lignes.map((r) => [r.champ, r.saisie]));
}

/** Écrit une cible (`null` : l'efface, commentaire compris s'il est vide) et son journal. Rend la saisie d'avant. */
export function writeCible(base: Base, nom: NomCible, valeur: ValeurCible | null, par: QuiQuand): string | null {
  const avant = readCible(base, nom.champ);
  const apres = valeur?.saisie ?? null;
  if ((avant?.saisie ?? '') === (apres ?? '')) return avant?.saisie ?? null;
  if (valeur === null && !avant?.commentaire) base.prepare('DELETE FROM engagement WHERE champ = ?').run(nom.champ);
  else upsert(base, { ...nom, ...(valeur ?? VIDE), commentaire: avant?.commentaire ?? null });
  appendJournal(base, { ...par, champ: nom.champ, avant: avant?.saisie || null, apres });
  return avant?.saisie || null;
}

/** Écrit le commentaire d'une cible, qui peut précéder sa valeur. */
export function writeCommentaire(base: Base, nom: NomCible, commentaire: string, par: QuiQuand): void {
  const avant = readCible(base, nom.champ);
  const apres = commentaire === '' ? null : commentaire;
  if ((avant?.commentaire ?? null) === apres) return;
  if (apres === null && !avant?.saisie) base.prepare('DELETE FROM engagement WHERE champ = ?').run(nom.champ);
  else upsert(base, { ...nom, ...(avant ?? VIDE), commentaire: apres });
  appendJournal(base, { ...par, champ: `${nom.champ}#commentaire`, avant: avant?.commentaire ?? null, apres });
}

export function writeReference(base: Base, nom: NomReference, saisie: string, par: QuiQuand): string | null {
  const avant = base.prepare<[string], { saisie: string }>('SELECT saisie FROM reference WHERE champ = ?').get(nom.champ)?.saisie ?? null;
  const apres = saisie === '' ? null : saisie;
  if (avant === apres) return avant;
  if (apres === null) base.prepare('DELETE FROM reference WHERE champ = ?').run(nom.champ);
  else {
    base
      .prepare(
        `INSERT INTO reference (champ, indicateur, territoire, ventilation, saisie) VALUES (@champ, @indicateur, @territoire, @ventilation, @saisie)
         ON CONFLICT (champ) DO UPDATE SET saisie = excluded.saisie`,
      )
      .run({ ...nom, saisie: apres });
  }
  appendJournal(base, { ...par, champ: nom.champ, avant, apres });
  return avant;
}

const VIDE: ValeurCible = { saisie: '', valeur: null, pourcentage: null, numerateur: null, denominateur: null };

function upsert(base: Base, cible: CibleGardee): void {
  base
    .prepare(
      `INSERT INTO engagement (champ, indicateur, territoire, horizon, ventilation, saisie, valeur, pourcentage, numerateur, denominateur, commentaire)
       VALUES (@champ, @indicateur, @territoire, @horizon, @ventilation, @saisie, @valeur, @pourcentage, @numerateur, @denominateur, @commentaire)
       ON CONFLICT (champ) DO UPDATE SET saisie = excluded.saisie, valeur = excluded.valeur, pourcentage = excluded.pourcentage,
         numerateur = excluded.numerateur, denominateur = excluded.denominateur, commentaire = excluded.commentaire`,
    )
    .run(cible);
}

export function readJustifications(base: Base): { code: string; champ: string; motif: string }[] {
  return base.prepare<[], { code: string; champ: string; motif: string }>('SELECT code, champ, motif FROM justification').all();
}

/** Écrit (motif vide : efface) la justification d'un constat. */
export function writeJustification(base: Base, code: string, champ: string, motif: string, par: QuiQuand): void {
  base.transaction(() => {
    const avant =
      base.prepare<[string, string], { motif: string }>('SELECT motif FROM justification WHERE code = ? AND champ = ?').get(code, champ)?.motif ?? null;
    if (motif === '') base.prepare('DELETE FROM justification WHERE code = ? AND champ = ?').run(code, champ);
    else {
      base
        .prepare(
          `INSERT INTO justification (code, champ, motif, quand, qui) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET motif = excluded.motif, quand = excluded.quand, qui = excluded.qui`,
        )
        .run(code, champ, motif, par.quand, par.qui);
    }
    appendJournal(base, { ...par, champ: `justification/${code}/${champ}`, avant, apres: motif === '' ? null : motif });
  })();
}
