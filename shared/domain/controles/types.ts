import type { EtatAssociation } from '../association/etape.ts';
import type { CodeEtape, Millesime, Niveau } from '../../millesimes/types.ts';
import type { LectureSaisies, Saisies } from '../engagements/lecture.ts';
import type { StockDe } from '../engagements/denominateur.ts';
import type { SeuilsObserves } from '../attributions/seuils.ts';
import type { Matrice } from '../engagements/matrice.ts';
import type { ValeursChamps } from '../organisme/champs.ts';
import type { EntreeVentes } from './ventes.ts';

export type Constat = {
  code: string;
  niveau: Niveau;
  message: string;
  article: string;
  /** Champ à ouvrir ; `null` quand aucun champ ne porte seul la cause. */
  champ: string | null;
  etape: CodeEtape;
  /** Motif donné par l'utilisateur ; un constat justifié reste dans sa pile, avec son motif. */
  justification: string | null;
};

export type Constats = { bloquants: Constat[]; aJustifier: Constat[]; informations: Constat[] };

export type CommuneNommee = { code: string; nom: string };

export type EntreeControles = {
  millesime: Millesime;
  /** Date du jour, ISO. */
  aujourdhui: string;
  champs: ValeursChamps;
  /** Dates que l'application connaît d'elle-même, par champ : le premier dépôt. */
  constates: ValeursChamps;
  matrice: Matrice;
  /** Cibles et références, telles que tapées, par nom de champ. */
  saisies: Saisies;
  parc: {
    logements: number;
    /** Logements par territoire (`dep-13`, `epci-…`), zéro quand il n'y en a pas. */
    stockDe: StockDe;
    /** Départements où se trouve le parc. */
    departements: readonly { code: string; nom: string; logements: number }[];
    ensemblesSansAdresse: readonly { id: string; nom: string }[];
  };
  communes: {
    /** Commune d'aujourd'hui d'un code Insee, même d'hier ou d'un arrondissement ; `null` s'il n'en est pas un. */
    trouver(code: string): CommuneNommee | null;
    /** Celles où se trouve le parc. */
    duParc: readonly CommuneNommee[];
  };
  /** Dernier import ; `null` avant le premier. */
  import: { rejetees: number; remarques: readonly { code: string; libelle: string; nombre: number }[] } | null;
  /** SIREN que nomme la déclaration en vigueur de l'organisme, et son fichier ; `null` quand elle n'en nomme pas. */
  declarant?: { siren: string; fichier: string } | null;
  /** Logements du parc en désaccord avec les contours de QPV ; `null` sans contours sur cet ordinateur, ou hors de ce qui le demande. */
  qpv?: { generation: string; fichier: string; ouiDehors: number; nonDedans: number; inconnuDedans: number } | null;
  /** Politique des loyers retenue : ce qui y contredit L445-3, les logements qu'elle compte ou non ; `null` sans scénario retenu. */
  npl: { nom: string; comptes: number; exclus: number; bloquants: readonly ConstatLoyers[]; aJustifier?: readonly ConstatLoyers[] } | null;
  /** Logements loués déclarés à 0 €, logements dont un maximum l'est : les figures les comptent comme déclarés, sans le taire. */
  nuls?: { loyers: number; maximums: number };
  /** Personnes publiques, échanges, concertation ; absent de ce qui n'en dépend pas. */
  association?: EtatAssociation;
  /** Ce que les attributions importées montrent des minimums de la loi, et les objectifs qui les remplacent ; absent : rien d'importé ni de fixé. */
  attributions?: SeuilsObserves | null;
  /** Plan de mise en vente ; absent hors de ce qui le lit. */
  ventes?: EntreeVentes;
  /** Observations de l'État laissées sans réponse. */
  observations: { ouvertes: number };
  /** Motifs, par `cleJustification(code, champ)`. */
  justifications: ReadonlyMap<string, string>;
};

export type ConstatLoyers = { code?: string; ensemble: string | null; plafond: string | null; nom: string | null; article: string; message: string };

export function cleJustification(code: string, champ: string | null): string {
  return `${code}|${champ ?? ''}`;
}

/** Un constat avant mise en phrase : son code, où, et les mots qui remplissent le modèle. */
export type Releve = {
  code: string;
  champ: string | null;
  valeurs?: Readonly<Record<string, string>>;
  /** Article et étape plus précis que ceux du contrôle. */
  article?: string;
  etape?: CodeEtape;
};

export type Regle = (entree: EntreeControles, lecture: LectureSaisies) => Releve[];
