import Flatbush from 'flatbush';
import type { FeatureCollection } from 'geojson';

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

const pixelsMonde = (zoom: number): number => 512 * 2 ** zoom;
const mercatorX = (lon: number): number => (lon + 180) / 360;
const mercatorY = (lat: number): number => (1 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / Math.PI) / 2;

/**
 * Les cercles rangés par lieu : trouver celui qu'on montre ne relit pas les tuiles, où des milliers se superposent
 * quand la carte est vue de loin.
 */
export class IndexCercles {
  #codes: string[] = [];
  #tailles: number[] = [];
  #x: number[] = [];
  #y: number[] = [];
  #index: Flatbush | null = null;

  constructor(cercles: FeatureCollection) {
    for (const f of cercles.features) {
      const [code, taille]: unknown[] = [f.properties?.['code'], f.properties?.['taille']];
      if (f.geometry.type !== 'Point' || typeof code !== 'string') continue;
      const [lon = 0, lat = 0] = f.geometry.coordinates;
      this.#codes.push(code);
      this.#tailles.push(typeof taille === 'number' ? taille : 0);
      this.#x.push(mercatorX(lon));
      this.#y.push(mercatorY(lat));
    }
    if (this.#codes.length === 0) return;
    this.#index = new Flatbush(this.#codes.length);
    for (let i = 0; i < this.#codes.length; i += 1) this.#index.add(this.#x[i] ?? 0, this.#y[i] ?? 0);
    this.#index.finish();
  }

  /** Le cercle du dessus à ce point : le plus petit de ceux qui le contiennent, comme la carte les empile ; `null` aucun. */
  sous(lon: number, lat: number, zoom: number): string | null {
    const [x, y] = [mercatorX(lon), mercatorY(lat)];
    const monde = pixelsMonde(zoom);
    const portee = rayon(1, zoom) / monde;
    let trouve: number | null = null;
    for (const i of this.#index?.search(x - portee, y - portee, x + portee, y + portee) ?? []) {
      const taille = this.#tailles[i] ?? 0;
      if (Math.hypot((this.#x[i] ?? 0) - x, (this.#y[i] ?? 0) - y) * monde > rayon(taille, zoom)) continue;
      if (trouve === null || taille < (this.#tailles[trouve] ?? 0) || (taille === this.#tailles[trouve] && i > trouve)) trouve = i;
    }
    return trouve === null ? null : (this.#codes[trouve] ?? null);
  }
}
