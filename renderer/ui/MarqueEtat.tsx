import type { Sortie } from '../../shared/contract.ts';
import './pastille.css';

export type Etat = Sortie<'dossier.info'>['etapes'][number]['etat'];

export const MOT_ETAT: Record<Etat, string> = {
  'a-faire': 'à faire',
  entame: 'entamé',
  'a-verifier': 'à vérifier',
  complet: 'complet',
};

/** État d'une étape par la forme (○ ◐ ◌ ●) autant que par la couleur ; muet, le mot est à côté. */
export function MarqueEtat({ etat }: { etat: Etat }) {
  return (
    <svg className="marque-etat" data-etat={etat} viewBox="0 0 14 14" aria-hidden="true">
      {etat === 'complet' ? (
        <circle cx="7" cy="7" r="5.5" fill="currentColor" />
      ) : (
        <circle
          cx="7"
          cy="7"
          r="5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray={etat === 'a-verifier' ? '2.2 1.7' : undefined}
        />
      )}
      {etat === 'entame' && <path d="M7 2a5 5 0 0 0 0 10z" fill="currentColor" />}
    </svg>
  );
}
