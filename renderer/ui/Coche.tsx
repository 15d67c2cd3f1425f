import { Checkbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import './champ.css';

/** Case à cocher avec son libellé. */
export function Coche(props: { coche: boolean; surChange: (coche: boolean) => void; children: ReactNode; inactif?: boolean }) {
  return (
    <label className="coche">
      <Checkbox.Root
        checked={props.coche}
        onCheckedChange={props.surChange}
        disabled={props.inactif ?? false}
        className="coche-case"
      >
        <Checkbox.Indicator>
          <Check aria-hidden="true" />
        </Checkbox.Indicator>
      </Checkbox.Root>
      <span>{props.children}</span>
    </label>
  );
}
