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
/** Ce que portait chaque champ quand le clavier y est entré, ou quand sa frappe a été gardée. */
const gardes = new WeakMap<EventTarget, string>();
const valeurDe = (cible: EventTarget | null): string | null => (cible instanceof HTMLInputElement || cible instanceof HTMLTextAreaElement ? cible.value : null);
const garder = ({ target }: Event): void => {
  const valeur = valeurDe(target);
  if (target !== null && valeur !== null) gardes.set(target, valeur);
};

/** Vrai dans un champ qui a de la frappe à défaire ; celui où rien n'a été tapé laisse Ctrl+Z à l'écran. */
function ecrit(cible: EventTarget | null): boolean {
  if (!(cible instanceof Element) || cible.closest(ECRIT) === null) return false;
  const valeur = valeurDe(cible);
  const garde = gardes.get(cible);
  return valeur === null || garde === undefined || valeur !== garde;
}

function useFrappe(): void {
  useEffect(() => {
    for (const nom of ['focusin', 'change']) document.addEventListener(nom, garder, true);
    return () => {
      for (const nom of ['focusin', 'change']) document.removeEventListener(nom, garder, true);
    };
  }, []);
}

/** L'opération qui s'annule et celle qui se refait, ou `null`. */
export function useHistorique(): Record<Sens, OperationBloc | null> {
  const dossier = useSession((s) => s.dossier);
  const operations = useRequete('operations.lister', {}, dossier !== null).donnees?.operations;
  return { annuler: operations?.find((o) => o.annulable) ?? null, refaire: operations?.find((o) => o.refaisable) ?? null };
}

/** Tant que l'écran est là, Ctrl+Z et Ctrl+Maj+Z (ou Ctrl+Y) annulent et refont ses opérations, hors d'un champ où ils défont la frappe. */
export function useAnnulation(historique: Record<Sens, OperationBloc | null>, menees: Menees | null): void {
  const { annuler, refaire } = historique;
  useFrappe();
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
