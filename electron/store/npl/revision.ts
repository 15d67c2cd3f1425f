import type { Base } from '../base.ts';
import { SQL_TOUCHE_PARC } from '../operations.ts';
import { revisionResumes } from '../resumes.ts';

/** `parc` : change dès que logements, ensembles ou résumés ont pu changer ; `tout` : dès que les choix ou les barèmes ont pu changer aussi. */
export type RevisionNpl = { parc: string; tout: number };

/**
 * Où en est ce dont un calcul dépend. Toute écriture de la personne dans ces tables ouvre une opération, et une
 * annulation fait date par la sienne : son numéro ne revient jamais en arrière. Les résumés réécrits sans
 * opération (reprise d'un dossier) se comptent à part.
 */
export function readRevision(base: Base): RevisionNpl {
  const lu = base
    .prepare<[], { parc: number; import: number; tout: number }>(
      `SELECT coalesce((SELECT max(id) FROM operation WHERE nature NOT GLOB 'npl.*' AND ${SQL_TOUCHE_PARC}), 0) AS parc, coalesce((SELECT max(id) FROM import), 0) AS import,
              coalesce((SELECT max(id) FROM operation WHERE ${SQL_TOUCHE_PARC}), 0) AS tout`,
    )
    .get();
  if (lu === undefined) throw new Error('révision illisible');
  return { parc: `${lu.parc}/${lu.import}/${revisionResumes(base)}`, tout: lu.tout };
}

export const isRevision = (a: RevisionNpl, b: RevisionNpl): boolean => a.tout === b.tout && a.parc === b.parc;
