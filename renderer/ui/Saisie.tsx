import type { ComponentProps } from 'react';
import { Search } from 'lucide-react';
import { classes } from './classes.ts';
import './champ.css';

/** Champ d'une ligne. `fautif` le marque sans empêcher de garder ce qui est écrit. */
export function Saisie({
  fautif = false,
  compact = false,
  className,
  ...reste
}: ComponentProps<'input'> & { fautif?: boolean; compact?: boolean }) {
  return (
    <input
      type="text"
      spellCheck={false}
      autoComplete="off"
      {...reste}
      aria-invalid={fautif || undefined}
      className={classes('saisie', compact && 'saisie-compacte', className)}
    />
  );
}

export function Paragraphe({ className, ...reste }: ComponentProps<'textarea'>) {
  return <textarea rows={3} {...reste} className={classes('saisie', 'paragraphe', className)} />;
}

/** Champ de recherche ; `nom` est son nom accessible. */
export function Recherche({ nom, className, ...reste }: ComponentProps<'input'> & { nom: string }) {
  return (
    <span className={classes('recherche', className)}>
      <Search aria-hidden="true" />
      <input type="search" spellCheck={false} autoComplete="off" aria-label={nom} placeholder={nom} {...reste} className="saisie" />
    </span>
  );
}
