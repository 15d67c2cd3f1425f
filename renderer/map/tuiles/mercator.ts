/** Le monde en carré de côté 1, comme la carte le découpe : x vers l'est, y vers le sud. */
export const mercatorX = (lon: number): number => (lon + 180) / 360;
export const mercatorY = (lat: number): number => (1 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / Math.PI) / 2;

/** Côté d'une tuile en pixels, et pixels du monde entier à cette échelle. */
export const COTE = 512;
export const pixelsMonde = (zoom: number): number => COTE * 2 ** zoom;

/** L'échelle la plus grande à laquelle on découpe ; au-delà, la carte agrandit. */
export const ZOOM_MAX = 14;

export type Tuile = { z: number; x: number; y: number };
