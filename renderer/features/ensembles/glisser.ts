import type { PointerEvent as PointerReact } from 'react';
import { create } from 'zustand';
import { decider } from '../patrimoine/decisions.ts';

export type Cible = { id: string; nom: string };
export type Glisse = {
  identifiants: readonly string[];
  /** Communes et ensembles d'où ils viennent : de quoi montrer d'abord les ensembles voisins. */
  communes: readonly string[];
  x: number;
  y: number;
  cible: (Cible & { cadre: DOMRect }) | null;
};

/** Ce qui se glisse, et sur quoi ; `null` : rien. */
export const useGlisse = create<{ glisse: Glisse | null }>(() => ({ glisse: null }));

export type Prise = {
  /** Ce qui part, d'après la ligne saisie ; vide : rien ne se glisse d'ici. */
  identifiants: () => readonly string[];
  communes: () => readonly string[];
  /** Ensemble d'une ligne survolée, quand l'élément n'est pas lui-même un lieu de dépôt (`data-depot`). */
  cibleSous?: (element: Element) => (Cible & { cadre: DOMRect }) | null;
  /** Après un dépôt réussi. */
  fait?: () => void;
};

/** En deçà, c'est un clic. */
const SEUIL = 6;
const BORD = 36;

/** Un appui sur une ligne qui peut se glisser : le geste ne commence qu'au-delà du seuil. Échap l'abandonne. */
export function saisir(e: PointerReact, prise: Prise): void {
  if (e.button !== 0 || e.shiftKey || e.ctrlKey || e.metaKey || useGlisse.getState().glisse !== null) return;
  const depart = { x: e.clientX, y: e.clientY };
  let parti = false;
  let image = 0;

  function surMouvement(m: PointerEvent) {
    if (!parti) {
      if (Math.hypot(m.clientX - depart.x, m.clientY - depart.y) < SEUIL) return;
      const identifiants = prise.identifiants();
      if (identifiants.length === 0) return finir();
      parti = true;
      document.documentElement.classList.add('glisse-en-cours');
      useGlisse.setState({ glisse: { identifiants, communes: prise.communes(), x: m.clientX, y: m.clientY, cible: null } });
      defiler();
    }
    m.preventDefault();
    suivrePointeur(m.clientX, m.clientY);
  }
  function suivrePointeur(x: number, y: number) {
    const sous = document.elementFromPoint(x, y);
    useGlisse.setState((s) => (s.glisse === null ? s : { glisse: { ...s.glisse, x, y, cible: sous === null ? null : cibleDe(sous, prise) } }));
  }
  /** Près du haut ou du bas d'une liste, elle défile. */
  function defiler() {
    const { glisse } = useGlisse.getState();
    if (glisse === null) return;
    const liste = document.elementFromPoint(glisse.x, glisse.y)?.closest('.defile');
    if (liste) {
      const { top, bottom } = liste.getBoundingClientRect();
      const pas = glisse.y < top + BORD ? -8 : glisse.y > bottom - BORD ? 8 : 0;
      if (pas !== 0) {
        liste.scrollTop += pas;
        suivrePointeur(glisse.x, glisse.y);
      }
    }
    image = requestAnimationFrame(defiler);
  }
  function surLacher() {
    const { glisse } = useGlisse.getState();
    const deplace = parti;
    finir();
    if (!deplace) return;
    // Le clic qui suit un glisser n'en est pas un.
    const taire = (c: MouseEvent) => c.stopPropagation();
    window.addEventListener('click', taire, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', taire, { capture: true }));
    if (glisse?.cible) void decider('ensembles.deplacer', { identifiants: [...glisse.identifiants], vers: glisse.cible.id }).then((r) => r !== null && prise.fait?.());
  }
  function surTouche(k: KeyboardEvent) {
    if (k.key !== 'Escape' || !parti) return;
    k.preventDefault();
    k.stopPropagation();
    finir();
  }
  const surSelection = (s: Event) => s.preventDefault();
  function finir() {
    cancelAnimationFrame(image);
    document.documentElement.classList.remove('glisse-en-cours');
    window.removeEventListener('pointermove', surMouvement);
    window.removeEventListener('pointerup', surLacher);
    window.removeEventListener('pointercancel', finir);
    window.removeEventListener('blur', finir);
    window.removeEventListener('keydown', surTouche, { capture: true });
    document.removeEventListener('selectstart', surSelection);
    useGlisse.setState({ glisse: null });
  }
  window.addEventListener('pointermove', surMouvement);
  window.addEventListener('pointerup', surLacher);
  window.addEventListener('pointercancel', finir);
  window.addEventListener('blur', finir);
  window.addEventListener('keydown', surTouche, { capture: true });
  document.addEventListener('selectstart', surSelection);
}

function cibleDe(sous: Element, prise: Prise): Glisse['cible'] {
  const lieu = sous.closest<HTMLElement>('[data-depot]');
  const id = lieu?.dataset['depot'];
  if (lieu && id) return { id, nom: lieu.dataset['depotNom'] ?? id, cadre: lieu.getBoundingClientRect() };
  return prise.cibleSous?.(sous) ?? null;
}
