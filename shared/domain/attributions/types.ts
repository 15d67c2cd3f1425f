export type Reloge = 'non' | 'ru' | 'orcod' | 'oui';
export type Mutation = 'non' | 'interne' | 'externe' | 'oui';
export type Reserve = 'non' | 'oui' | 'etat' | 'collectivite' | 'action-logement' | 'autre';

/** Vrai, faux, ou inconnu (`null`) : une valeur absente n'est jamais prise pour un « non ». */
export type Tri = boolean | null;

/** Une attribution, telle que gardée : rien n'y désigne une personne. */
export type Attribution = {
  /** `AAAA-MM-JJ`, `AAAA-MM` ou `AAAA`, suivant ce que la ligne dit. */
  jour: string;
  /** Commune d'aujourd'hui. */
  commune: string | null;
  /** 1 : en QPV ; 2 : hors QPV. */
  qpv: 1 | 2 | null;
  bail: Tri;
  quartile: number | null;
  premier: Tri;
  reloge: Reloge | null;
  prioritaire: Tri;
  /** Telle que l'organisme la nomme. */
  categorie: string | null;
  dalo: Tri;
  reserve: Reserve | null;
  /** Logement réservé dont l'attribution à un candidat du réservataire a échoué. */
  echec: Tri;
  mutation: Mutation | null;
  mutationRu: Tri;
  /** Le ménage venait d'un QPV. */
  venant: Tri;
  /** Ménages qui avaient refusé le logement. */
  refus: number | null;
};

/** Ce dont les comptes dépendent. */
export type Comptee = Omit<Attribution, 'jour' | 'commune' | 'quartile' | 'categorie'>;

export const anneeDe = (a: Pick<Attribution, 'jour'>): number => Number(a.jour.slice(0, 4));
