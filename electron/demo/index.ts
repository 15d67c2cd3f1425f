export { associationDemonstration } from './association.ts';
export { bailleurDemonstration, champsDemonstration } from './demonstration.ts';
export { valeursDemonstration } from './engagements.ts';
export type { CelluleDemandee, ValeurDemonstration } from './engagements.ts';
export { notesServiceRendu } from './service-rendu.ts';
export { ecrireFichier } from './ecrire.ts';
export { generateAttributions } from './attributions.ts';
export type { TotauxAnnee, TotauxAttributions } from './attributions.ts';
export { generateOps } from './ops.ts';
export type { TotauxOps } from './ops.ts';
export type { Logement } from './logements.ts';
export { generateBailleur, generateEvolution } from './rpls.ts';
export type {
  AnomalieAttendue, ComptesEvolution, FormatFichier, GenerationEvolution, GenerationRpls, OptionsBailleur, OptionsEvolution,
} from './rpls.ts';
export type { Comptes, Surface, Totaux, TotauxLoyers } from './totaux.ts';
