/** Comment le patrimoine d'un autre bailleur est arrivé dans la convention. */
export const OPERATIONS_ORIGINE = ['absorption', 'fusion', 'transfert'] as const;
export type OperationOrigine = (typeof OPERATIONS_ORIGINE)[number];

export const LIBELLE_OPERATION: Readonly<Record<OperationOrigine, string>> = {
  absorption: 'Absorption',
  fusion: 'Fusion',
  transfert: 'Transfert de patrimoine',
};

/**
 * Clé d'ensemble proposée pour le logement d'un bailleur repris : jamais celle d'un autre bailleur.
 * Deux organismes nomment parfois leurs programmes pareil dans une commune ; les réunir se décide.
 */
export const cleDeOrigine = (cle: string, siren: string | null): string => (siren === null ? cle : `${cle}|origine|${siren}`);
