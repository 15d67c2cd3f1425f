import type { Feature, FeatureCollection, Point } from 'geojson';

/**
 * Un cercle posé autour d'un foyer (le centre d'une commune) porte `foyerLon`, `foyerLat`, `ecart` (le
 * plus grand écart au foyer, en degrés de latitude) et `voisins` (combien de cercles y sont).
 */
export type Foyer = { foyerLon: number; foyerLat: number; ecart: number; voisins: number };

/** Pixels entre deux cercles voisins d'un foyer, et rayon qu'un foyer ne dépasse pas : il resterait sinon moins lisible que l'empilement. */
const PAS = 8;
const RAYON_MAX = 40;

const pixelsParDegre = (zoom: number, lat: number): number => (512 * 2 ** zoom) / 360 / Math.cos((lat * Math.PI) / 180);

/** De combien écarter un foyer à cette échelle : 1 dès que ses cercles se distinguent d'eux-mêmes. */
export function facteur({ foyerLat, ecart, voisins }: Foyer, zoom: number): number {
  if (voisins < 2 || ecart === 0) return 1;
  return Math.max(1, Math.min(RAYON_MAX, PAS * Math.sqrt(voisins - 1)) / (ecart * pixelsParDegre(zoom, foyerLat)));
}

function foyerDe(p: Feature['properties']): Foyer | null {
  const [foyerLon, foyerLat, ecart, voisins]: unknown[] = [p?.['foyerLon'], p?.['foyerLat'], p?.['ecart'], p?.['voisins']];
  return typeof foyerLon === 'number' && typeof foyerLat === 'number' && typeof ecart === 'number' && typeof voisins === 'number'
    ? { foyerLon, foyerLat, ecart, voisins }
    : null;
}

/** Les mêmes cercles, ceux d'un foyer écartés assez pour se lire à cette échelle ; la même collection si rien ne bouge. */
export function ecarter(cercles: FeatureCollection, zoom: number): FeatureCollection {
  let bouge = false;
  const features = cercles.features.map((f) => {
    const foyer = foyerDe(f.properties);
    const k = foyer === null ? 1 : facteur(foyer, zoom);
    if (foyer === null || k === 1 || f.geometry.type !== 'Point') return f;
    bouge = true;
    const [lon = 0, lat = 0] = f.geometry.coordinates;
    const geometry: Point = { type: 'Point', coordinates: [foyer.foyerLon + k * (lon - foyer.foyerLon), foyer.foyerLat + k * (lat - foyer.foyerLat)] };
    // Seulement ce que la carte dessine : chaque propriété se recopie vers son fil.
    return { type: 'Feature', geometry, properties: { code: f.properties?.['code'], classe: f.properties?.['classe'], taille: f.properties?.['taille'], sur: f.properties?.['sur'] } } satisfies Feature;
  });
  return bouge ? { ...cercles, features } : cercles;
}
