import { REGLE_DEPART, parseRegle, writeRegle } from '../../shared/domain/ensembles/regle.ts';
import type { Regle } from '../../shared/domain/ensembles/regle.ts';
import type { Base } from './base.ts';

/** La règle de la proposition de ce dossier. */
export function readRegle(base: Base): Regle {
  const texte = base.prepare<[], string>('SELECT niveaux FROM main.regle_ensembles').pluck().get();
  const regle = texte === undefined ? REGLE_DEPART : parseRegle(texte);
  if (regle === null) throw new Error(`règle des ensembles illisible : ${texte ?? ''}`);
  return regle;
}

/** Dans la transaction de l'appelant, opération ouverte. */
export function writeRegleDossier(base: Base, regle: Regle): void {
  base.prepare('INSERT INTO regle_ensembles (id, niveaux) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET niveaux = excluded.niveaux').run(writeRegle(regle));
}
