import { useCallback, useEffect, useState } from 'react';
import { deselectionner, useReglages } from './reglages.ts';

/** Échap rend l'outil, puis vide la sélection ; une saisie ou une liste ouverte le gardent pour elles. */
export function useEchap(): void {
  useEffect(() => {
    const surTouche = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || e.defaultPrevented || (e.target instanceof Element && e.target.closest('input, .flottant') !== null)) return;
      const { outil, selection } = useReglages.getState();
      if (outil === null && selection.retenues.size === 0) return;
      e.preventDefault();
      if (outil !== null) useReglages.setState({ outil: null });
      else deselectionner();
    };
    document.addEventListener('keydown', surTouche);
    return () => document.removeEventListener('keydown', surTouche);
  }, []);
}

/** Largeur de l'écran, pour que le tableau ne prenne jamais toute la place. */
export function useLargeur(): [number, (el: HTMLElement | null) => void] {
  const [largeur, setLargeur] = useState(1000);
  const cadre = useCallback((el: HTMLElement | null) => {
    if (!el) return undefined;
    const suivi = new ResizeObserver(() => setLargeur(el.clientWidth));
    suivi.observe(el);
    return () => suivi.disconnect();
  }, []);
  return [largeur, cadre];
}
