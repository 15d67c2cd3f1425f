import { useEffect } from 'react';
import { useSession } from '../../app/session.ts';

/** Met le curseur dans le champ demandé par un lien, une fois les champs affichés. */
export function useCibleChamp(pret: boolean): void {
  const cible = useSession((s) => s.cible);
  useEffect(() => {
    if (!pret || !cible) return;
    const porteur = document.querySelector<HTMLElement>(`[data-champ="${CSS.escape(cible.champ)}"]`);
    if (!porteur) return;
    porteur.closest('details')?.setAttribute('open', '');
    const commande = porteur.matches('input, button, textarea') ? porteur : porteur.querySelector<HTMLElement>('input, button, textarea');
    porteur.scrollIntoView({ block: 'center' });
    commande?.focus({ preventScroll: true });
    useSession.setState({ cible: null });
  }, [cible, pret]);
}
