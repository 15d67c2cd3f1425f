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

/** Marge : Σ maximum − Σ loyer, en € par mois, sur les logements qui ont un maximum ; `null` s'il n'y en a aucun. */
export const computeMarge = (s: SommesLoyers): number | null => (s.avecMaximum > 0 ? (s.maximum - s.loyerPratiqueMax) / 100 : null);

/** Ce qu'une sélection de lignes additionne : des comptes, des montants, des surfaces ; jamais un taux. */
export type TotalLignes = { lignes: number; logements: number; loues: number; surface: number; loyerMensuel: number; loyerM2: number | null; avecMaximum: number };

/** Total de lignes disjointes d'une même surface : la moyenne est Σ loyer / Σ surface, en centimes et centièmes de m². */
export function totalLignes(lignes: Iterable<Pick<Loyers, 'logements' | 'loues' | 'surface' | 'loyerMensuel' | 'avecMaximum'>>): TotalLignes {
  let [n, logements, loues, avecMaximum, surface, loyer] = [0, 0, 0, 0, 0, 0];
  for (const l of lignes) {
    n += 1;
    logements += l.logements;
    loues += l.loues;
    avecMaximum += l.avecMaximum;
    surface += Math.round(l.surface * 100);
    loyer += Math.round(l.loyerMensuel * 100);
  }
  return { lignes: n, logements, loues, surface: surface / 100, loyerMensuel: loyer / 100, loyerM2: surface > 0 ? loyer / surface : null, avecMaximum };
}
