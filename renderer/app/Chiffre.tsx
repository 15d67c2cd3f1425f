import type { ReactNode } from 'react';
import { classes } from '../ui/index.ts';
import { inspecter } from './inspecteur.ts';
import './chiffre.css';

/** Un chiffre qui dit d'où il vient : un clic ou Entrée ouvre l'inspecteur sur `sujet`. */
export function Chiffre({ sujet, nom, className, children }: { sujet: string; nom?: string; className?: string; children: ReactNode }) {
  return (
    <button
      type="button"
      className={classes('chiffre', className)}
      data-sujet={sujet}
      aria-label={nom ? `${nom} : d’où vient ce chiffre` : undefined}
      onClick={() => inspecter(sujet)}
    >
      {children}
    </button>
  );
}
