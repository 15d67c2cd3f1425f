import type { NaturePersonne, SensEchange } from '../../millesimes/types.ts';
import type { Part } from './part.ts';

/** Une personne publique que la présence du parc désigne, avant toute décision. */
export type Presence = {
  /** `epci-…`, `ept-…`, `dep-…`, `com-…`. */
  code: string;
  nom: string;
  nature: NaturePersonne;
  logements: number;
  propose: boolean;
  certain: boolean;
  motif: string;
  article: string;
};

/** Ce que la personne a décidé ou saisi d'une personne publique ; gardé quoi que devienne le parc. */
export type Saisie = {
  code: string;
  nom: string;
  nature: NaturePersonne;
  territoire: string | null;
  /** `null` : la proposition vaut. */
  retenue: boolean | null;
  motif: string;
  rattachement: boolean;
  aoh: boolean;
  parcSocial: number | null;
  parcSource: string;
  contact: string;
  orientations: string;
};

export type Echange = { id: number; personne: string; objet: string; date: string; mode: string; texte: string };

/** `ecartee` : par décision, ou parce que les données le disent avec certitude. */
export type Groupe = 'etat' | 'signataire' | 'associee' | 'a-confirmer' | 'ecartee';
export type CodeQualite = 'rattachement' | 'aoh' | 'demande';

export type Personne = Omit<Saisie, 'retenue'> & {
  logements: number;
  /** Faux : le parc ne la désigne pas, ou plus ; elle vient d'une décision. */
  presente: boolean;
  propose: boolean;
  certain: boolean;
  pourquoi: string;
  article: string;
  retenue: boolean;
  /** L'organisme l'a décidé lui-même. */
  decidee: boolean;
  groupe: Groupe;
  qualite: { code: CodeQualite; libelle: string; article: string; texte: string; certain: boolean } | null;
  part: Part | null;
  /** Premiers envois et retours, et la date qui clôt chaque délai. */
  deliberationLe: string | null;
  elementsLe: string | null;
  reunionLe: string | null;
  demandeLe: string | null;
  renonciationLe: string | null;
  accordLe: string | null;
  limiteDemande: string | null;
  limiteRenonciation: string | null;
  reunionDes: string | null;
  demandeTardive: boolean;
  renonciationTardive: boolean;
  reunionTropTot: boolean;
  /** La prochaine date qui la concerne, à partir d'aujourd'hui. */
  prochaine: { libelle: string; date: string } | null;
};

export type { NaturePersonne, SensEchange };
