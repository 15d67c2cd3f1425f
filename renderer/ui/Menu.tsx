import { Menu as Base } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import './flottant.css';

export type LigneMenu =
  | { libelle: string; action: () => void; icone?: LucideIcon; raccourci?: string; inactif?: boolean }
  | 'separateur';

/** Menu déroulant ; `declencheur` est le bouton qui l'ouvre. */
export function Menu({ declencheur, lignes }: { declencheur: ReactElement; lignes: LigneMenu[] }) {
  return (
    <Base.Root>
      <Base.Trigger render={declencheur} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" className="flottant-couche">
          <Base.Popup className="flottant">
            {lignes.map((ligne, i) =>
              ligne === 'separateur' ? (
                <Base.Separator key={i} className="flottant-separateur" />
              ) : (
                <Base.Item key={i} className="flottant-ligne" onClick={ligne.action} disabled={ligne.inactif ?? false}>
                  {ligne.icone && <ligne.icone aria-hidden="true" />}
                  <span>{ligne.libelle}</span>
                  {ligne.raccourci && <span className="etiquette-droite">{ligne.raccourci}</span>}
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
