import { X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { BoutonIcone } from '../../ui/index.ts';
import { useEngagements } from './magasin.ts';

export const fermerVolet = (): void => {
  useEngagements.setState({ volet: 'detail' });
  document.querySelector<HTMLElement>('[role="grid"]')?.focus();
};

/** Un outil sous la grille, à la place du détail : titre, Échap pour revenir à la grille. */
export function Volet({ titre, actions, surAnnulation, children }: { titre: string; actions?: ReactNode; /** Ctrl+Z hors d'un champ de texte. */ surAnnulation?: (() => void) | undefined; children: ReactNode }) {
  const volet = useRef<HTMLElement>(null);
  const annulation = useRef(surAnnulation);
  useEffect(() => {
    annulation.current = surAnnulation;
  });
  useEffect(() => {
    const ici = volet.current;
    ici?.focus();
    const surTouche = (e: KeyboardEvent): void => {
      const tape = e.target instanceof Element && e.target.matches('input[type="text"], textarea');
      if ((e.ctrlKey || e.metaKey) && !e.shiftKey && e.key.toLowerCase() === 'z' && !tape && annulation.current !== undefined) {
        e.preventDefault();
        annulation.current();
        return;
      }
      // Une liste ouverte se ferme d'abord : Échap lui est destiné.
      if (e.key !== 'Escape' || e.defaultPrevented || (e.target instanceof Element && e.target.matches('[data-garde-echap]'))) return;
      e.stopPropagation();
      fermerVolet();
    };
    ici?.addEventListener('keydown', surTouche);
    return () => ici?.removeEventListener('keydown', surTouche);
  }, []);
  return (
    <section
      ref={volet}
      tabIndex={-1}
      className="volet-matrice"
      aria-label={titre}
    >
      <header className="volet-tete">
        <h2 className="detail-titre">{titre}</h2>
        <div className="page-actions">
          {actions}
          <BoutonIcone nom="Fermer" raccourci="Échap" icone={X} onClick={fermerVolet} />
        </div>
      </header>
      {children}
    </section>
  );
}
