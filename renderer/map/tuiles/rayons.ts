import { pixelsMonde } from './mercator.ts';

/** Rayon d'un cercle à trois échelles : une part fixe, une part de sa taille (0 à 1). Le style et le pointage lisent cette table. */
export const RAYONS = [
  { zoom: 4, fixe: 1.6, part: 5 },
  { zoom: 8, fixe: 2.5, part: 10 },
  { zoom: 12, fixe: 4, part: 26 },
] as const;

/** Rayon en pixels, comme la carte l'interpole. */
export function rayon(taille: number, zoom: number): number {
  const a = RAYONS.findLast((r) => r.zoom <= zoom) ?? RAYONS[0];
  const b = RAYONS.find((r) => r.zoom > zoom) ?? a;
  const part = a === b ? 0 : Math.max(0, (zoom - a.zoom) / (b.zoom - a.zoom));
  const de = (r: (typeof RAYONS)[number]): number => r.fixe + r.part * taille;
  return de(a) + part * (de(b) - de(a));
}

/**
 * Un foyer : le centre d'une commune autour duquel des cercles sont posés. `ecart` : leur plus grand écart à lui, en
 * degrés de latitude ; `voisins` : combien ils sont.
 */
export type Foyer = { foyerLon: number; foyerLat: number; ecart: number; voisins: number };

/** Pixels entre deux cercles voisins d'un foyer, et rayon qu'un foyer ne dépasse pas : il resterait sinon moins lisible que l'empilement. */
const PAS = 8;
const RAYON_MAX = 40;

const pixelsParDegre = (zoom: number, lat: number): number => pixelsMonde(zoom) / 360 / Math.cos((lat * Math.PI) / 180);

/** De combien écarter un foyer à cette échelle : 1 dès que ses cercles se distinguent d'eux-mêmes. */
export function facteur({ foyerLat, ecart, voisins }: Foyer, zoom: number): number {
  if (voisins < 2 || ecart === 0) return 1;
  return Math.max(1, Math.min(RAYON_MAX, PAS * Math.sqrt(voisins - 1)) / (ecart * pixelsParDegre(zoom, foyerLat)));
}
