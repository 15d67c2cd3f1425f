/** Le plan de mise en vente (L445-1, L443-7) : ce que l'on sait d'un logement, d'une commune, d'une consultation. */

export const ETATS_VENTE = ['a-vendre', 'commercialise', 'vendu'] as const;
export type EtatVente = (typeof ETATS_VENTE)[number];
export const LIBELLE_ETAT_VENTE: Readonly<Record<EtatVente, string>> = { 'a-vendre': 'À vendre', commercialise: 'Mis en commercialisation', vendu: 'Vendu' };

/** Ce que la déclaration en vigueur dit d'un logement. Années, codes du RPLS ; `null` : inconnu. */
export type LogementParc = {
  construct: number | null;
  /** Année d'entrée dans le patrimoine. */
  patrimoine: number | null;
  /** 1 construction, 2 et 3 acquisition, 4 VEFA. */
  origine: number | null;
  vendeur: string | null;
  dpe: string | null;
  /** `AAAA-MM`. */
  dpeDate: string | null;
  cus: string | null;
  finan: string | null;
  /** 1 oui, 2 non. */
  qpv: number | null;
  /** 1 loué, 2 vacant proposé, 3 vide… */
  mode: number | null;
  /** Code de sortie du patrimoine ; `null` : au parc. */
  sortie: number | null;
};

export type VentePrevue = {
  /** Année civile de mise en vente ; `null` : pas encore dite. */
  annee: number | null;
  acquereur: string | null;
  etat: EtatVente;
  /** Date ISO de la mise en commercialisation ou de la vente. */
  date: string | null;
  /** Consommation connue par ailleurs, en kWhEP/m²/an (écriture décimale). */
  conso: string | null;
  /** Documents d'habitabilité et d'énergie réunis (L445-1). */
  documents: boolean;
  note: string;
};

export type LogementVente = VentePrevue & { identifiant: string; commune: string; /** `null` : aucun logement en vigueur n'a cet identifiant. */ parc: LogementParc | null };

/** Ce que l'organisme a chargé ou saisi d'une commune (L302-5) ; décimaux en écriture exacte, en pour cent. */
export type CommuneVente = {
  commune: string;
  taux: string | null;
  objectif: string | null;
  residences: number | null;
  sociaux: number | null;
  carence: boolean | null;
  mixite: boolean | null;
  source: string;
};

export type ReponseAvis = 'favorable' | 'defavorable' | 'reserves';

/** Un drapeau posé sur un logement : son code, et les mots qui remplissent le modèle du millésime. */
export type Drapeau = { code: string; mots: Readonly<Record<string, string>> };
