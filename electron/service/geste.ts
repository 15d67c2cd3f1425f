import type { Base } from '../store/base.ts';
import type { QuiQuand } from '../store/champs.ts';
import { closeOperation, openOperation, touchesParc } from '../store/operations.ts';
import { writeHors } from '../store/version.ts';
import type { Contexte } from './contexte.ts';

/** Un geste de la personne, annulable d'un bloc. Rend ce que `faire` rend, le numéro de l'opération et l'instant. */
export function conduct<T>(contexte: Pick<Contexte, 'maintenant' | 'utilisateur'>, base: Base, nature: string, libelle: string, faire: (par: QuiQuand & { operation: number }) => T): { rendu: T; operation: number; enregistreA: string } {
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  const ecrire = base.transaction(() => {
    const operation = openOperation(base, nature, libelle, par);
    const rendu = faire({ ...par, operation });
    closeOperation(base);
    return { rendu, operation, enregistreA: par.quand };
  });
  return touchesParc(nature) ? ecrire.immediate() : writeHors(base, 'parc', () => ecrire.immediate());
}
