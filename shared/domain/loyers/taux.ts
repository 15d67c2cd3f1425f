/**
 * Loyers au m² (décisions « Rents ») : montants en centimes, surfaces en centièmes de m², toujours
 * sommés avant d'être divisés. Un taux n'est jamais gardé, ni arrondi ailleurs qu'à l'affichage.
 */
export type SommesLoyers = {
  /** Logements du parc. */
  logements: number;
  /** Loués (MODE 1), avec un loyer et une surface du mode demandé : ceux de la moyenne. */
  loues: number;
  /** Σ surface des loués, en centièmes de m². */
  surface: number;
  /** Σ loyer mensuel des loués, en centimes. */
  loyer: number;
  /** Ceux des loués qui ont un maximum (LOYERMAXCUS, sinon LOYERMAXAPL). */
  avecMaximum: number;
  surfaceMax: number;
  /** Σ loyer pratiqué de ceux qui ont un maximum, en centimes. */
  loyerPratiqueMax: number;
  /** Σ loyer maximal, en centimes. */
  maximum: number;
};

export type Loyers = {
  logements: number;
  loues: number;
  /** m² */
  surface: number;
  /** € par mois */
  loyerMensuel: number;
  /** € par m² et par mois ; null si rien n'est loué. */
  loyerM2: number | null;
  avecMaximum: number;
  loyerMaxM2: number | null;
  /** Maximum moins pratiqué, sur les mêmes logements (ceux qui ont un maximum). */
  ecartM2: number | null;
};

export const SOMMES_NULLES: SommesLoyers = {
  logements: 0, loues: 0, surface: 0, loyer: 0, avecMaximum: 0, surfaceMax: 0, loyerPratiqueMax: 0, maximum: 0,
};

/** Somme de deux groupes de logements disjoints. */
export function addSommes(a: SommesLoyers, b: SommesLoyers): SommesLoyers {
  return {
    logements: a.logements + b.logements,
    loues: a.loues + b.loues,
    surface: a.surface + b.surface,
    loyer: a.loyer + b.loyer,
    avecMaximum: a.avecMaximum + b.avecMaximum,
    surfaceMax: a.surfaceMax + b.surfaceMax,
    loyerPratiqueMax: a.loyerPratiqueMax + b.loyerPratiqueMax,
    maximum: a.maximum + b.maximum,
  };
}

/** Taux d'un groupe. Centimes par centième de m² : les centièmes se simplifient, reste des €/m². */
export function computeLoyers(s: SommesLoyers): Loyers {
  const taux = (montant: number, surface: number): number | null => (surface > 0 ? montant / surface : null);
  return {
    logements: s.logements,
    loues: s.loues,
    surface: s.surface / 100,
    loyerMensuel: s.loyer / 100,
    loyerM2: taux(s.loyer, s.surface),
    avecMaximum: s.avecMaximum,
    loyerMaxM2: taux(s.maximum, s.surfaceMax),
    // Une seule division : la différence des sommes, sur les mêmes logements.
    ecartM2: taux(s.maximum - s.loyerPratiqueMax, s.surfaceMax),
  };
}
