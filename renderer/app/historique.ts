import { useEffect } from 'react';
import { create } from 'zustand';
import type { Sortie } from '../../shared/contract.ts';
import { useRequete } from './requetes.ts';
import { useSession } from './session.ts';

export type OperationBloc = Sortie<'operations.lister'>['operations'][number];
type Sens = 'annuler' | 'refaire';

/** Ce que l'écran présent fait d'une opération annulée ou refaite : la mener, et le dire à sa place. */
type Menees = Record<Sens, (operation: OperationBloc) => void>;
const useMenees = create<{ menees: Menees | null }>(() => ({ menees: null }));

const ECRIT = 'input, textarea, select, [contenteditable]';
const ecrit = (cible: EventTarget | null): boolean => cible instanceof Element && cible.closest(ECRIT) !== null;

/** L'opération qui s'annule et celle qui se refait, ou `null`. */
export function useHistorique(): Record<Sens, OperationBloc | null> {
  const dossier = useSession((s) => s.dossier);
  const operations = useRequete('operations.lister', {}, dossier !== null).donnees?.operations;
  return { annuler: operations?.find((o) => o.annulable) ?? null, refaire: operations?.find((o) => o.refaisable) ?? null };
}

/** Tant que l'écran est là, Ctrl+Z et Ctrl+Maj+Z (ou Ctrl+Y) annulent et refont ses opérations, hors des champs où ils défont la frappe. */
export function useAnnulation(historique: Record<Sens, OperationBloc | null>, menees: Menees | null): void {
  const { annuler, refaire } = historique;
  useEffect(() => {
    if (menees === null) return undefined;
    useMenees.setState({ menees });
    function surTouche(e: KeyboardEvent) {
      if (!(e.ctrlKey || e.metaKey) || e.altKey || e.defaultPrevented || ecrit(e.target)) return;
      const touche = e.key.toLowerCase();
      const sens = touche === 'z' ? (e.shiftKey ? 'refaire' : 'annuler') : touche === 'y' && !e.shiftKey ? 'refaire' : null;
      const operation = sens === 'annuler' ? annuler : refaire;
      if (sens === null || operation === null) return;
      e.preventDefault();
      menees?.[sens](operation);
    }
    window.addEventListener('keydown', surTouche);
    return () => {
      window.removeEventListener('keydown', surTouche);
      useMenees.setState({ menees: null });
    };
  }, [annuler, refaire, menees]);
}

/** Ce que la palette propose : seulement là où l'écran mène les opérations. */
export function useGestesHistorique(): { sens: Sens; operation: OperationBloc; faire: () => void }[] {
  const historique = useHistorique();
  const menees = useMenees((s) => s.menees);
  if (menees === null) return [];
  return (['annuler', 'refaire'] as const).flatMap((sens) => {
    const operation = historique[sens];
    return operation === null ? [] : [{ sens, operation, faire: () => menees[sens](operation) }];
  });
}

/** Menu : défait la frappe dans un champ ; ailleurs, l'opération de l'écran. */
export function demanderHistorique(sens: Sens, operation: OperationBloc | null): void {
  if (ecrit(document.activeElement)) {
    document.execCommand(sens === 'annuler' ? 'undo' : 'redo');
    return;
  }
  if (operation !== null) useMenees.getState().menees?.[sens](operation);
}
