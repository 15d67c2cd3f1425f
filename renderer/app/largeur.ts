import { useEffect, useState } from 'react';

/** Vrai sous `px` de large ; suit la fenêtre et le zoom. */
export const useEtroit = (px: number): boolean => useMedia(`(max-width: ${px - 1}px)`);

/** Vrai sous `px` de haut ; suit la fenêtre et le zoom. */
export const useBas = (px: number): boolean => useMedia(`(max-height: ${px - 1}px)`);

function useMedia(requete: string): boolean {
  const [vrai, setVrai] = useState(() => window.matchMedia(requete).matches);
  useEffect(() => {
    const media = window.matchMedia(requete);
    const suivre = () => setVrai(media.matches);
    suivre();
    media.addEventListener('change', suivre);
    return () => media.removeEventListener('change', suivre);
  }, [requete]);
  return vrai;
}
