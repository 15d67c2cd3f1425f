/** À la place d'un texte : il est dans les octets de la source, au rang du champ, sans espace autour. */
export const DANS_LA_SOURCE = Symbol('dans la source');
export type ValeurPreparee = string | number | null | typeof DANS_LA_SOURCE;

/** Les octets d'une ligne : le champ i va de `debuts[i]` à `debuts[i + 1] - 1`. */
export type Source = { octets: Uint8Array; debuts: Int32Array; traduire: boolean };

export type LogementPrepare = {
  /** `null` : dans la source. */
  identInt: string | null;
  commune: string;
  ensemble: number;
  groupe: number;
  ligne: number;
  valeurs: readonly ValeurPreparee[];
  source: Source | null;
  supplement: string | null;
};
