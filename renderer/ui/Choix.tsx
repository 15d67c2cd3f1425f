import { Select } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { classes } from './classes.ts';
import { typographie } from './format.ts';
import './champ.css';
import './flottant.css';

/** `detail` : ce qu'il faut savoir avant de choisir, sous le libellé. */
export type Option<V extends string> = { valeur: V; libelle: string; detail?: string };

/** Liste fermée. `nom` est son nom accessible quand aucune étiquette ne la désigne (`id`). */
export function Choix<V extends string>(props: {
  valeur: V | null;
  options: readonly Option<V>[];
  surChoix: (valeur: V) => void;
  nom?: string;
  id?: string;
  decrit?: string | undefined;
  invite?: string;
  inactif?: boolean;
  compact?: boolean;
}) {
  const items = props.options.map((o) => ({ value: o.valeur, label: typographie(o.libelle) }));
  return (
    <Select.Root
      items={items}
      value={props.valeur}
      disabled={props.inactif ?? false}
      onValueChange={(valeur) => valeur !== null && props.surChoix(valeur)}
    >
      <Select.Trigger
        id={props.id}
        aria-label={props.nom}
        aria-describedby={props.decrit}
        className={classes('saisie', 'choix', props.compact && 'saisie-compacte')}
      >
        <Select.Value className="coupe" placeholder={props.invite ?? 'Choisir'} />
        <Select.Icon className="choix-icone">
          <ChevronsUpDown aria-hidden="true" />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner sideOffset={4} alignItemWithTrigger={false} className="flottant-couche">
          <Select.Popup className="flottant">
            <Select.List>
              {props.options.map((o) => (
                <Select.Item key={o.valeur} value={o.valeur} className="flottant-ligne">
                  <span className="flottant-coche">
                    <Select.ItemIndicator>
                      <Check aria-hidden="true" />
                    </Select.ItemIndicator>
                  </span>
                  <span className="choix-option">
                    <Select.ItemText>{typographie(o.libelle)}</Select.ItemText>
                    {o.detail !== undefined && <span className="choix-detail">{typographie(o.detail)}</span>}
                  </span>
                </Select.Item>
              ))}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  );
}
