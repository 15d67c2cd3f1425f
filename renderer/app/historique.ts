import { useEffect } from 'react';
import { create } from 'zustand';
import type { Sortie } from '../../shared/contract.ts';
import { useRequete } from './requetes.ts';
import { useSession } from './session.ts';

export type OperationBloc = Sortie<'operations.lister'>['operations'][number];
type Sens = 'annuler' | 'refaire';

/** Ce que l'écran présent fait d'une opération annulée ou refaite : la mener, et le dire à sa place. */
type Menees = Record<Sens, (operation: OperationBloc) => void>;
type Possibles = Record<Sens, OperationBloc | null>;
const RIEN: Possibles = { annuler: null, refaire: null };
const useMenees = create<{ menees: Menees | null; possibles: Possibles }>(() => ({ menees: null, possibles: RIEN }));

/** Ce qui s'annule d'un écran où rien ne se saisit qui soit un champ du dossier : ni une saisie, ni une réponse à l'État. */
export const HORS_SAISIE = /^(?!champs\.|observations\.(?!accepter$))/u;

const ECRIT = 'input, textarea, select, [contenteditable]';
/** Ce que portait chaque champ quand le clavier y est entré, ou quand sa frappe a été gardée ; et ceux où l'on a tapé depuis. */
const gardes = new WeakMap<EventTarget, string>();
const frappes = new WeakSet<EventTarget>();
const valeurDe = (cible: EventTarget | null): string | null => (cible instanceof HTMLInputElement || cible instanceof HTMLTextAreaElement ? cible.value : null);

function suivre({ type, target }: Event): void {
  const valeur = valeurDe(target);
  if (target === null || valeur === null) return;
  if (type === 'input' && valeur !== gardes.get(target)) {
    frappes.add(target);
    return;
  }
  gardes.set(target, valeur);
  frappes.delete(target);
}

/** Vrai dans un champ qui a de la frappe à défaire ; celui où rien n'a été tapé, même si l'écran l'a changé, laisse Ctrl+Z à l'écran. */
function ecrit(cible: EventTarget | null): boolean {
  if (!(cible instanceof Element) || cible.closest(ECRIT) === null) return false;
  return valeurDe(cible) === null || frappes.has(cible);
}

function useFrappe(): void {
  useEffect(() => {
    for (const nom of ['focusin', 'input', 'change']) document.addEventListener(nom, suivre, true);
    return () => {
      for (const nom of ['focusin', 'input', 'change']) document.removeEventListener(nom, suivre, true);
    };
  }, []);
}

/** De la plus récente à la plus ancienne, l'opération de ces natures à annuler ; ou, à refaire, la dernière annulée. */
export function trouverGeste(operations: readonly OperationBloc[], sens: Sens, natures: RegExp): OperationBloc | null {
  if (sens === 'annuler') return operations.find((o) => o.annulable && natures.test(o.nature)) ?? null;
  const refaisables = operations.filter((o) => o.refaisable && natures.test(o.nature));
  return refaisables.toSorted((a, b) => (b.annuleeLe ?? '').localeCompare(a.annuleeLe ?? '') || a.id - b.id)[0] ?? null;
}

/** La plus récente opération de ces natures qui s'annule, et celle qui se refait, ou `null`. */
export function useHistorique(natures: RegExp): Possibles {
  const dossier = useSession((s) => s.dossier);
  const operations = useRequete('operations.lister', {}, dossier !== null).donnees?.operations;
  return { annuler: trouverGeste(operations ?? [], 'annuler', natures), refaire: trouverGeste(operations ?? [], 'refaire', natures) };
}

/** Tant que l'écran est là, Ctrl+Z et Ctrl+Maj+Z (ou Ctrl+Y) annulent et refont ses opérations, hors des champs où ils défont la frappe. `libres` : ce qui les mène sans attendre que leur liste soit relue. */
export function useAnnulation(historique: Possibles, menees: Menees | null, libres: Record<Sens, () => void> | null = null): void {
  const { annuler, refaire } = historique;
  useFrappe();
  useEffect(() => {
    if (menees === null) return undefined;
    useMenees.setState({ menees, possibles: { annuler, refaire } });
    function surTouche(e: KeyboardEvent) {
      if (!(e.ctrlKey || e.metaKey) || e.altKey || e.defaultPrevented || ecrit(e.target)) return;
      const touche = e.key.toLowerCase();
      const sens = touche === 'z' ? (e.shiftKey ? 'refaire' : 'annuler') : touche === 'y' && !e.shiftKey ? 'refaire' : null;
      const operation = sens === 'annuler' ? annuler : refaire;
      if (sens === null || (operation === null && libres === null)) return;
      e.preventDefault();
      if (operation === null) libres?.[sens]();
      else menees?.[sens](operation);
    }
    window.addEventListener('keydown', surTouche);
    return () => {
      window.removeEventListener('keydown', surTouche);
      useMenees.setState({ menees: null, possibles: RIEN });
    };
  }, [annuler, refaire, menees, libres]);
}

/** Ce que la palette propose : seulement là où l'écran mène les opérations. */
export function useGestesHistorique(): { sens: Sens; operation: OperationBloc; faire: () => void }[] {
  const { menees, possibles: historique } = useMenees();
  if (menees === null) return [];
  return (['annuler', 'refaire'] as const).flatMap((sens) => {
    const operation = historique[sens];
    return operation === null ? [] : [{ sens, operation, faire: () => menees[sens](operation) }];
  });
}

/** Menu : défait la frappe dans un champ ; ailleurs, l'opération de l'écran. */
export function demanderHistorique(sens: Sens): void {
  if (ecrit(document.activeElement)) {
    document.execCommand(sens === 'annuler' ? 'undo' : 'redo');
    return;
  }
  const { menees, possibles } = useMenees.getState();
  const operation = possibles[sens];
  if (operation !== null) menees?.[sens](operation);
}
