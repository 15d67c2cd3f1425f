import type { Sortie } from '../contract.ts';
import type { DonneesPaquet } from './donnees.ts';

type Etat = DonneesPaquet['etat'];
export type OccupationPack = Sortie<'occupation.lire'>;

type LigneVente = NonNullable<DonneesPaquet['ventes']>['lignes'][number];

/** Ce que l'organisme prévoit d'aliéner (L445-1) ; ni identifiant, ni occupation, ni vente déjà faite (R411-3 a, h et k ; R411-5). */
export type VentesPack = {
  /** Ce que cette liste dit, et tait (millésime). */
  limite: string;
  article: string;
  texte: string;
  logements: number;
  /** Années civiles du plan, triées. */
  annees: string[];
  communes: { code: string; nom: string; logements: number; annees: Record<string, number> }[];
  lignes: (Pick<LigneVente, 'nomCommune' | 'commune' | 'adresse' | 'nomEnsemble' | 'type' | 'pieces' | 'surface' | 'construct' | 'dpe' | 'annee'> & { acquereur: string })[];
};

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
  /** Ceux fixés sur ce territoire, ou sur un autre qui y est tout entier. */
  engagements: DonneesPaquet['engagements'];
  /** Indicateurs fixés à une échelle qui dépasse ce territoire : nommés, sans aucun chiffre. */
  ailleurs: { echelle: string; indicateur: string; libelle: string; article: string }[];
  /** Logements du plan de mise en vente situés sur le territoire ; `null` : aucun. */
  ventes: VentesPack | null;
  /** Ce que le pack ne contient pas, et pourquoi. */
  remarques: string[];
};
