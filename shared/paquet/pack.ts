import type { Sortie } from '../contract.ts';
import type { DonneesPaquet } from './donnees.ts';

type Etat = DonneesPaquet['etat'];
export type OccupationPack = Sortie<'occupation.lire'>;

/**
 * Ce qui est transmis à une personne publique (R445-2-5, 1°) : pour son territoire seul, l'état des lieux, les
 * orientations et les engagements. Rien d'un autre territoire, ni aucun total de l'organisme, n'y entre.
 */
export type DonneesPack = {
  organisme: { siren: string; nom: string };
  periode: string;
  dateEffet: string | null;
  millesime: string;
  /** Instant ISO. */
  date: string;
  personne: { code: string; nom: string; nature: string; article: string };
  /** Sans les vacants, les sortis, ni les territoires plus larges : voir l'occupation, masquée. */
  etat: Pick<Etat, 'logements' | 'ensembles' | 'qpv' | 'horsQpv' | 'qpvInconnu' | 'financements' | 'familles' | 'dpe' | 'types' | 'pieces' | 'annees'>;
  communes: { code: string; nom: string; logements: number; qpv: number; horsQpv: number; qpvInconnu: number }[];
  /** Ceux dont tous les logements sont sur le territoire. */
  ensembles: DonneesPaquet['ensembles'];
  /** Ensembles qui s'étendent au-delà : comptés dans les totaux, non détaillés. */
  partages: { ensembles: number; logements: number };
  /** Masquée pour d'autres que l'État (R411-5) ; lignes du territoire, de ses communes, de ses ensembles. */
  occupation: OccupationPack[];
  masques: number;
  serviceRendu: { id: string; nom: string; resultat: number | null; classe: string; notes: number; criteres: number }[];
  orientations: string;
  engagements: DonneesPaquet['engagements'];
  /** Ce que le pack ne contient pas, et pourquoi. */
  remarques: string[];
};
