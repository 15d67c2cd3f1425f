/** Point en degrés (WGS 84). */
export type Point = { lon: number; lat: number };

type Zone = { nom: string; ouest: number; sud: number; est: number; nord: number };

/** Où se trouve la France, à gros traits : de quoi voir une longitude et une latitude échangées, ou un mauvais système. */
const ZONES: readonly Zone[] = [
  { nom: 'hexagone', ouest: -5.8, sud: 41, est: 10, nord: 51.5 },
  { nom: 'antilles', ouest: -63.3, sud: 14.2, est: -60.6, nord: 18.3 },
  { nom: 'guyane', ouest: -54.8, sud: 2, est: -51.4, nord: 6 },
  { nom: 'reunion', ouest: 55.1, sud: -21.5, est: 56, nord: -20.7 },
  { nom: 'mayotte', ouest: 44.9, sud: -13.1, est: 45.4, nord: -12.5 },
  { nom: 'saint-pierre-et-miquelon', ouest: -56.6, sud: 46.6, est: -55.9, nord: 47.3 },
  { nom: 'polynesie', ouest: -155, sud: -28.5, est: -134, nord: -7.5 },
  { nom: 'nouvelle-caledonie', ouest: 158, sud: -23, est: 173, nord: -17.5 },
  { nom: 'wallis-et-futuna', ouest: -178.5, sud: -14.6, est: -175.9, nord: -13 },
];

/** Zones où tombe ce point ; vide hors de France. */
export const zonesDe = ({ lon, lat }: Point): string[] =>
  ZONES.filter((z) => lon >= z.ouest && lon <= z.est && lat >= z.sud && lat <= z.nord).map((z) => z.nom);

const RAYON_TERRE = 6_371_008.8;
const radians = (d: number): number => (d * Math.PI) / 180;

/** Distance en mètres à vol d'oiseau (sphère). */
export function distance(a: Point, b: Point): number {
  const h = Math.sin(radians(b.lat - a.lat) / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * RAYON_TERRE * Math.asin(Math.min(1, Math.sqrt(h)));
}
