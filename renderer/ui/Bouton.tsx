import type { ComponentProps, ReactNode } from 'react';
import type { LucideIcon } from 'lucide-react';
import { classes } from './classes.ts';
import { InfoBulle } from './InfoBulle.tsx';
import './bouton.css';

export type VarianteBouton = 'principal' | 'normal' | 'texte' | 'danger';

type Commun = Omit<ComponentProps<'button'>, 'children'> & { variante?: VarianteBouton; icone?: LucideIcon };

/** Bouton avec un mot. `occupe` le désactive pendant qu'une opération répond. */
export function Bouton({
  variante = 'normal',
  icone: Icone,
  occupe = false,
  className,
  children,
  disabled,
  type = 'button',
  ...reste
}: Commun & { children: ReactNode; occupe?: boolean }) {
  return (
    <button
      {...reste}
      type={type}
      disabled={disabled || occupe}
      aria-busy={occupe || undefined}
      className={classes('bouton', `bouton-${variante}`, className)}
    >
      {Icone && <Icone aria-hidden="true" />}
      <span>{children}</span>
    </button>
  );
}

/** Bouton réduit à une icône : son nom est dit aux lecteurs d'écran et dans une infobulle. */
export function BoutonIcone({
  nom,
  icone: Icone,
  variante = 'texte',
  raccourci,
  className,
  ...reste
}: Commun & { nom: string; icone: LucideIcon; raccourci?: string }) {
  return (
    <InfoBulle texte={raccourci ? `${nom} (${raccourci})` : nom}>
      <button
        type="button"
        {...reste}
        aria-label={nom}
        className={classes('bouton', 'bouton-icone', `bouton-${variante}`, className)}
      >
        <Icone aria-hidden="true" />
      </button>
    </InfoBulle>
  );
}
