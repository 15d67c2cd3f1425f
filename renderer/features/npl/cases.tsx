import type { ReactNode } from 'react';

/** Un texte qui peut être coupé dans sa case : entier au survol. */
export const entier = (texte: string): ReactNode => <span title={texte}>{texte}</span>;
