import { useEffect, useState } from 'react';

/** Vrai sous `px` de large ; suit la fenêtre et le zoom. */
export function useEtroit(px: number): boolean {
  const requete = `(max-width: ${px - 1}px)`;
  const [etroit, setEtroit] = useState(() => window.matchMedia(requete).matches);
  useEffect(() => {
    const media = window.matchMedia(requete);
    const suivre = () => setEtroit(media.matches);
    suivre();
    media.addEventListener('change', suivre);
    return () => media.removeEventListener('change', suivre);
  }, [requete]);
  return etroit;
}
