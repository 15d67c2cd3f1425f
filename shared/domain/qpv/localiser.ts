import Flatbush from 'flatbush';
import type { Position } from 'geojson';
import pointInPolygon from 'point-in-polygon-hao';
import type { Contour } from './contours.ts';
import { departementDuCode } from './generations.ts';

export type Localisateur = {
  /** Le quartier où se trouve ce point (degrés WGS 84) ; `null` hors de tous. */
  trouver(lon: number, lat: number): Contour | null;
  /** Vrai quand le fichier a au moins un quartier dans ce département : hors de là, il ne dit rien. */
  couvre(departement: string): boolean;
};

/**
 * Prépare la recherche d'un quartier par point. Un point sur la limite est dans le quartier ; dans deux
 * quartiers à la fois, celui du plus petit code. Les côtés sont des droites en longitude et latitude.
 */
export function openLocalisateur(contours: readonly Contour[]): Localisateur {
  const pieces = contours.flatMap((contour) => contour.polygones.map((anneaux) => ({ contour, anneaux })));
  const departements = new Set(contours.flatMap((c) => [departementDuCode(c.code), ...c.communes.map(departementDeCommune)]));
  const couvre = (departement: string): boolean => departements.has(departement);
  if (pieces.length === 0) return { trouver: () => null, couvre };
  const index = new Flatbush(pieces.length);
  for (const { anneaux } of pieces) index.add(...boite(anneaux.flat()));
  index.finish();
  return {
    couvre,
    trouver(lon, lat) {
      let trouve: Contour | null = null;
      for (const i of index.search(lon, lat, lon, lat)) {
        const piece = pieces[i];
        if (piece === undefined || (trouve !== null && trouve.code <= piece.contour.code)) continue;
        // `0` : sur la limite.
        if (pointInPolygon([lon, lat], piece.anneaux) !== false) trouve = piece.contour;
      }
      return trouve;
    },
  };
}

function boite(points: readonly Position[]): [number, number, number, number] {
  const b: [number, number, number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [x = 0, y = 0] of points) {
    b[0] = Math.min(b[0], x);
    b[1] = Math.min(b[1], y);
    b[2] = Math.max(b[2], x);
    b[3] = Math.max(b[3], y);
  }
  return b;
}

const departementDeCommune = (commune: string): string => (commune.startsWith('97') || commune.startsWith('98') ? commune.slice(0, 3) : commune.slice(0, 2));
