import { memo, type RefObject } from 'react';
import type { ColonneGrille, Tri } from './colonnes.ts';
import { EnTete } from './EnTete.tsx';

export const idTitre = (prefixe: string, cle: string): string => `${prefixe}-titre-${cle}`;

type PropsTete<L> = {
  prefixe: string;
  colonnes: readonly ColonneGrille<L>[];
  largeurs: readonly number[];
  largeur: number;
  tri: Tri | null;
  /** Colonne active de l'en-tête, −1 si la case active est ailleurs. */
  active: number;
  filtre: string | null;
  retour: RefObject<HTMLDivElement | null>;
  surTri: (colonne: string) => void;
  surFiltre: (colonne: string | null) => void;
  surLargeur: (colonne: string, largeur: number) => void;
};

function TeteNue<L>(props: PropsTete<L>) {
  return (
    <div role="row" aria-rowindex={1} className="grille-tete" style={{ width: props.largeur }}>
      {props.colonnes.map((c, j) => (
        <EnTete
          key={c.cle}
          id={idTitre(props.prefixe, c.cle)}
          colonne={c}
          rang={j}
          largeur={props.largeurs[j] ?? c.largeur}
          tri={props.tri}
          active={props.active === j}
          ouvert={props.filtre === c.cle}
          retour={props.retour}
          surTri={() => props.surTri(c.cle)}
          surOuvrir={(o) => props.surFiltre(o ? c.cle : null)}
          surLargeur={(l) => props.surLargeur(c.cle, l)}
        />
      ))}
    </div>
  );
}

/** La rangée des en-têtes ; défiler ne la refait pas. */
export const Tete = memo(TeteNue) as typeof TeteNue;
