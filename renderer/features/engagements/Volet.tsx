import { X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { BoutonIcone } from '../../ui/index.ts';
import { useEngagements } from './magasin.ts';

export const fermerVolet = (): void => {
  useEngagements.setState({ volet: 'detail' });
  document.querySelector<HTMLElement>('[role="grid"]')?.focus();
};

/** Un outil sous la grille, à la place du détail : titre, Échap pour revenir à la grille. */
export function Volet({ titre, actions, children }: { titre: string; actions?: ReactNode; children: ReactNode }) {
  const volet = useRef<HTMLElement>(null);
  useEffect(() => {
    const ici = volet.current;
    ici?.focus();
    const surTouche = (e: KeyboardEvent): void => {
      // Une liste ouverte se ferme d'abord : Échap lui est destiné.
      if (e.key !== 'Escape' || e.defaultPrevented) return;
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
