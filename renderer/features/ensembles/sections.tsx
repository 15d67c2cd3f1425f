import type { ComponentType } from 'react';
import { SectionComposition } from './SectionComposition.tsx';
import { SectionDecisions } from './SectionDecisions.tsx';
import { SectionLogements } from './SectionLogements.tsx';
import { SectionLoyers } from './SectionLoyers.tsx';
import { SectionOccupation } from './SectionOccupation.tsx';
import { SectionObservations } from './SectionObservations.tsx';
import { SectionServiceRendu } from './SectionServiceRendu.tsx';
import { SectionVentes } from './SectionVentes.tsx';

/**
 * Une section de la fiche d'un ensemble. Elle ne reçoit que le code de l'ensemble et lit elle-même ce
 * qu'elle montre (`useRequete`). Sans donnée, elle montre `SansDonnee` : une phrase et une action.
 */
export type SectionFiche = {
  cle: string;
  titre: string;
  /** Article de la loi, s'il y en a un. */
  article?: string;
  Section: ComponentType<{ id: string }>;
};

/** Les sections, dans l'ordre de la fiche, après l'identité (R445-3) qui est toujours la première. */
export const SECTIONS: readonly SectionFiche[] = [
  { cle: 'logements', titre: 'Logements', Section: SectionLogements },
  { cle: 'composition', titre: 'Composition', Section: SectionComposition },
  { cle: 'loyers', titre: 'Loyers', Section: SectionLoyers },
  { cle: 'service-rendu', titre: 'Service rendu', article: 'R445-3', Section: SectionServiceRendu },
  { cle: 'occupation', titre: 'Occupation sociale', article: 'R445-3', Section: SectionOccupation },
  { cle: 'ventes', titre: 'Ventes et sorties', Section: SectionVentes },
  { cle: 'observations', titre: 'Observations de l’État', Section: SectionObservations },
  { cle: 'decisions', titre: 'Décisions', article: 'R445-3', Section: SectionDecisions },
];
