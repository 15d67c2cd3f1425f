/**
 * Des lignes de chiffres en colonnes : un tableau de nombres par champ. D'un processus à l'autre, dix mille lignes
 * d'objets se recopient champ par champ ; des colonnes, d'un bloc.
 */
export type Colonnes<C extends string> = {
  /** Un code par ligne. */
  codes: string;
  nombre: number;
  /** Sans valeur : NaN. */
  champs: Record<C, Float64Array<ArrayBuffer>>;
};

type Champs<C extends string> = { code: string } & { [K in C]?: number | null | undefined };

/** Les colonnes de ces champs, une ligne par objet, dans l'ordre. */
export function packColonnes<C extends string>(lignes: readonly Champs<C>[], champs: readonly C[]): Colonnes<C> {
  return { codes: packTextes(lignes.map((l) => l.code)), nombre: lignes.length, champs: packChamps(lignes, champs) };
}

/** Les seuls nombres de ces champs, sans recopier les lignes. */
export function packChamps<C extends string>(lignes: readonly { [K in C]?: number | null | undefined }[], champs: readonly C[]): Record<C, Float64Array<ArrayBuffer>> {
  const colonnes = champs.map((c): [C, Float64Array<ArrayBuffer>] => {
    const colonne = new Float64Array(lignes.length);
    for (let i = 0; i < lignes.length; i++) colonne[i] = lignes[i]?.[c] ?? Number.NaN;
    return [c, colonne];
  });
  return Object.fromEntries(colonnes) as Record<C, Float64Array<ArrayBuffer>>;
}

/** Des textes d'une ligne chacun, en un seul. */
export const packTextes = (textes: readonly string[]): string => textes.map((t) => t.replaceAll('\n', ' ')).join('\n');
export const unpackTextes = (texte: string, nombre: number): string[] => (nombre === 0 ? [] : texte.split('\n'));

/** Le nombre de cette ligne ; `null` sans valeur. */
export function nombreA(colonne: Float64Array | undefined, ligne: number): number | null {
  const v = colonne?.[ligne];
  return v === undefined || Number.isNaN(v) ? null : v;
}
