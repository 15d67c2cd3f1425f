import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import './pastille.css';

export type TonPastille = 'neutre' | 'accent' | 'brique' | 'ambre' | 'ardoise' | 'qpv';

/** Petit compte ou mot d'état. La couleur double toujours un mot ou un nombre. */
export function Pastille({ ton = 'neutre', children }: { ton?: TonPastille; children: ReactNode }) {
  return <span className={classes('pastille', `pastille-${ton}`)}>{children}</span>;
}
