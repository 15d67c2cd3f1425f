import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { Option } from './Choix.tsx';
import './champ.css';

/** Bascule entre quelques valeurs, toujours une choisie (*Logements | Ensembles | …*). */
export function Segments<V extends string>(props: {
  nom: string;
  valeur: V;
  options: readonly Option<V>[];
  surChoix: (valeur: V) => void;
}) {
  return (
    <ToggleGroup
      aria-label={props.nom}
      className="segments"
      value={[props.valeur]}
      onValueChange={([valeur]) => valeur !== undefined && props.surChoix(valeur)}
    >
      {props.options.map((o) => (
        <Toggle key={o.valeur} value={o.valeur} className="segment">
          {o.libelle}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
