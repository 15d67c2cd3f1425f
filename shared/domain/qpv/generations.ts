/** Les deux générations de quartiers prioritaires dont un contour peut être chargé. */
export type Generation = '2015' | '2024';

export const GENERATIONS: readonly { generation: Generation; libelle: string; forme: RegExp; textes: string }[] = [
  {
    generation: '2015', libelle: 'QPV de 2015', forme: /^QP(\d{3}|02[AB])\d{3}$/,
    textes: 'Décrets n° 2014-1750 et n° 2014-1751, rectifiés par le n° 2015-1138. Outre-mer, cette liste a couru jusqu’au 31 décembre 2024.',
  },
  {
    generation: '2024', libelle: 'QPV de 2024', forme: /^QN(\d{3}|02[AB])\d{2}[A-Z]$/,
    textes: 'Décret n° 2023-1314 du 28 décembre 2023, noms rectifiés par le n° 2024-806. Outre-mer, la liste a été mise à jour après le 31 décembre 2024.',
  },
];

/** Génération dont ce code a la forme ; `null` s'il n'est d'aucune. */
export const generationDe = (code: string): Generation | null => GENERATIONS.find((g) => g.forme.test(code))?.generation ?? null;

/** Département d'un code de quartier (« QN01301M » → « 13 », « QP971001 » → « 971 », « QN02A01M » → « 2A »). */
export function departementDuCode(code: string): string {
  const trois = code.slice(2, 5);
  return trois.startsWith('97') || trois.startsWith('98') ? trois : trois.slice(1);
}
