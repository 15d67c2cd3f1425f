import type { Base } from './base.ts';
import type { QuiQuand } from './champs.ts';
import { appendJournal, openJournal } from './journal.ts';

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

/** Qui écrit, et l'opération où l'écriture se note : demandée à la première ligne vraiment changée, jamais pour rien. */
export type EcritureCible = QuiQuand & { operation?: () => number };

function appendCible(base: Base, { qui, quand, operation }: EcritureCible, entree: { champ: string; avant: string | null; apres: string | null }): void {
  appendJournal(base, { qui, quand, ...entree, ...(operation === undefined ? {} : { operation: operation() }) });
}

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
export function writeCible(base: Base, nom: NomCible, valeur: ValeurCible | null, par: EcritureCible): string | null {
  const avant = readCible(base, nom.champ);
  const apres = valeur?.saisie ?? null;
  if ((avant?.saisie ?? '') === (apres ?? '')) return avant?.saisie || null;
  par.operation?.();
  if (valeur === null && !avant?.commentaire) base.prepare('DELETE FROM engagement WHERE champ = ?').run(nom.champ);
  else upsert(base, { ...nom, ...(valeur ?? VIDE), commentaire: avant?.commentaire ?? null });
  appendCible(base, par, { champ: nom.champ, avant: avant?.saisie || null, apres });
  return avant?.saisie || null;
}

/** Écrit le commentaire d'une cible, qui peut précéder sa valeur. */
export function writeCommentaire(base: Base, nom: NomCible, commentaire: string, par: EcritureCible): void {
  const avant = readCible(base, nom.champ);
  const apres = commentaire === '' ? null : commentaire;
  if ((avant?.commentaire ?? null) === apres) return;
  par.operation?.();
  if (apres === null && !avant?.saisie) base.prepare('DELETE FROM engagement WHERE champ = ?').run(nom.champ);
  else upsert(base, { ...nom, ...(avant ?? VIDE), commentaire: apres });
  appendCible(base, par, { champ: `${nom.champ}#commentaire`, avant: avant?.commentaire ?? null, apres });
}

export function writeReference(base: Base, nom: NomReference, saisie: string, par: EcritureCible): string | null {
  const avant = base.prepare<[string], { saisie: string }>('SELECT saisie FROM reference WHERE champ = ?').get(nom.champ)?.saisie ?? null;
  const apres = saisie === '' ? null : saisie;
  if (avant === apres) return avant;
  par.operation?.();
  if (apres === null) base.prepare('DELETE FROM reference WHERE champ = ?').run(nom.champ);
  else {
    base
      .prepare(
        `INSERT INTO reference (champ, indicateur, territoire, ventilation, saisie) VALUES (@champ, @indicateur, @territoire, @ventilation, @saisie)
         ON CONFLICT (champ) DO UPDATE SET saisie = excluded.saisie`,
      )
      .run({ ...nom, saisie: apres });
  }
  appendCible(base, par, { champ: nom.champ, avant, apres });
  return avant;
}

/**
 * Prépare la trace d'une opération annulée ou refaite : à appeler avant que ses lignes ne changent ; ce qu'elle
 * rend, appelé après, inscrit au journal chaque cible, commentaire et référence qui a changé.
 */
export function followCibles(base: Base, operation: number): (date: number, par: QuiQuand) => void {
  const lire = base.prepare<[number], { nom_table: string; champ: string; saisie: string | null; commentaire: string | null }>(
    `SELECT o.nom_table, o.cle AS champ, coalesce(nullif(e.saisie, ''), r.saisie) AS saisie, e.commentaire
     FROM operation_avant o
     LEFT JOIN engagement e ON o.nom_table = 'engagement' AND e.champ = o.cle
     LEFT JOIN reference r ON o.nom_table = 'reference' AND r.champ = o.cle
     WHERE o.operation = ? AND o.nom_table IN ('engagement', 'reference') ORDER BY o.nom_table, o.cle`,
  );
  const avant = lire.all(operation);
  return (date, par) => {
    const inscrire = openJournal(base);
    for (const [i, apres] of lire.all(operation).entries()) {
      const ancien = avant[i];
      if (ancien === undefined) continue;
      if (ancien.saisie !== apres.saisie) inscrire({ ...par, champ: apres.champ, avant: ancien.saisie, apres: apres.saisie, operation: date });
      if (ancien.commentaire !== apres.commentaire) inscrire({ ...par, champ: `${apres.champ}#commentaire`, avant: ancien.commentaire, apres: apres.commentaire, operation: date });
    }
  };
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
