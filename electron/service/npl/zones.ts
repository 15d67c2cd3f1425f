import type { Zonage } from '../../store/npl/baremes.ts';

const ZONES: Readonly<Record<string, readonly [Zonage, string]>> = {
  '1': ['123', '1'], '1BIS': ['123', '1bis'], '2': ['123', '2'], '3': ['123', '3'],
  ABIS: ['ABC', 'Abis'], A: ['ABC', 'A'], B1: ['ABC', 'B1'], B2: ['ABC', 'B2'], C: ['ABC', 'C'],
};
/** Zonage et écriture gardée d'une zone ; `null` si elle n'est d'aucun des deux. */
export const findZone = (texte: string): readonly [Zonage, string] | null => ZONES[texte.toUpperCase().replace(/ZONE|[\s_-]/gu, '')] ?? null;
/** Le zonage dont une zone est. */
export const zonageDe = (zone: string): Zonage | null => findZone(zone)?.[0] ?? null;
/** Écriture gardée d'une zone (`A bis` → `Abis`) ; `null` si elle n'est d'aucun des deux zonages. */
export const normalizeZone = (texte: string): string | null => findZone(texte)?.[1] ?? null;

/** Code Insee d'une commune ; un tableur a pu lui ôter son zéro. */
export const codeCommune = (v: string): string => (/^\d{4}$/u.test(v) ? `0${v}` : v.toUpperCase());
