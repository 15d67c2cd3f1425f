import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import './flottant.css';

/** Infobulle au survol et au focus. L'enfant est l'élément qui la porte. */
export function InfoBulle({ texte, children }: { texte: ReactNode; children: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} delay={500} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="flottant-couche">
          <Tooltip.Popup className="infobulle">{texte}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
