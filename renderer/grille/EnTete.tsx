import { Popover } from '@base-ui/react/popover';
import { ArrowDown, ArrowUp, ListFilter } from 'lucide-react';
import type { PointerEvent, RefObject } from 'react';
import { glisser } from '../ui/glisser.ts';
import { classes } from '../ui/index.ts';
import { FermerVolet, type ColonneGrille, type Tri } from './colonnes.ts';

/**
 * Un en-tête : cliquer trie, l'entonnoir filtre, le bord règle la largeur. Au clavier, la grille
 * garde le focus : Entrée trie, Alt+↓ ouvre le filtre.
 */
export function EnTete<L>(props: {
  id: string;
  colonne: ColonneGrille<L>;
  rang: number;
  largeur: number;
  tri: Tri | null;
  active: boolean;
  ouvert: boolean;
  retour: RefObject<HTMLDivElement | null>;
  surTri: () => void;
  surOuvrir: (ouvert: boolean) => void;
  surLargeur: (largeur: number) => void;
}) {
  const { colonne, tri } = props;
  const sens = tri?.colonne === colonne.cle ? tri.sens : null;
  return (
    <div
      role="columnheader"
      id={props.id}
      aria-colindex={props.rang + 1}
      aria-sort={colonne.triable ? (sens === 'asc' ? 'ascending' : sens === 'desc' ? 'descending' : 'none') : undefined}
      className={classes('grille-titre', colonne.droite && 'grille-droite', props.active && 'grille-active', props.rang === 0 && 'grille-figee')}
      style={{ width: props.largeur }}
      title={colonne.aide ?? colonne.libelle}
    >
      <button type="button" tabIndex={-1} className="grille-tri coupe" disabled={!colonne.triable} onClick={props.surTri}>
        {colonne.libelle}
      </button>
      {sens === 'asc' && <ArrowUp aria-hidden="true" className="grille-sens" />}
      {sens === 'desc' && <ArrowDown aria-hidden="true" className="grille-sens" />}
      {colonne.filtre && (
        <Popover.Root open={props.ouvert} onOpenChange={props.surOuvrir}>
          <Popover.Trigger
            tabIndex={-1}
            className={classes('grille-entonnoir', colonne.filtre.actif && 'grille-entonnoir-actif')}
            aria-label={`Filtrer ${colonne.libelle}${colonne.filtre.actif ? ' (filtre actif)' : ''}`}
          >
            <ListFilter aria-hidden="true" />
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Positioner sideOffset={4} align="start" className="flottant-couche">
              <Popover.Popup className="flottant grille-volet" finalFocus={props.retour} aria-label={`Filtre : ${colonne.libelle}`}>
                <FermerVolet value={() => props.surOuvrir(false)}>{colonne.filtre.volet}</FermerVolet>
              </Popover.Popup>
            </Popover.Positioner>
          </Popover.Portal>
        </Popover.Root>
      )}
      <span
        aria-hidden="true"
        className="grille-bord"
        onPointerDown={(e) => etirer(e, props.largeur, props.surLargeur)}
        onDoubleClick={() => props.surLargeur(colonne.largeur)}
      />
    </div>
  );
}

function etirer(e: PointerEvent<HTMLSpanElement>, depart: number, surLargeur: (largeur: number) => void): void {
  e.preventDefault();
  const x = e.clientX;
  glisser(e, (m) => surLargeur(Math.max(48, Math.round(depart + m.clientX - x))));
}
