/**
 * Fond de carte livré : centres des communes et contours grossiers des départements. Séparé de `index.ts`
 * pour que l'import, qui n'en a pas besoin, ne le charge pas.
 */
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import centresBruts from './centres-communes-2026.json' with { type: 'json' };
import contoursBruts from './contours-departements.json' with { type: 'json' };
import { findCommune, resolveDepcom } from './index.ts';

export type ContoursDepartements = FeatureCollection<Polygon | MultiPolygon, { code: string; nom: string }>;

/** Point en degrés (WGS 84), et à quoi il correspond : il n'est jamais une adresse. */
export type Centre = { lon: number; lat: number; precision: 'commune' | 'departement' };

export const ATTRIBUTION_CENTRES = centresBruts.attribution;
export const ATTRIBUTION_CONTOURS = contoursBruts.attribution;

const centres: Record<string, number[]> = centresBruts.centres;

/** GeoJSON des 101 départements, propriétés `code` et `nom`. */
export const contoursDepartements = contoursBruts as ContoursDepartements;

/** Aire signée (double) et centre de gravité d'un anneau, en degrés : assez pour placer un point de repli. */
function gravite(anneau: Position[]): { aire: number; lon: number; lat: number } {
  let aire = 0;
  let x = 0;
  let y = 0;
  for (let i = 1; i < anneau.length; i++) {
    const [x0 = 0, y0 = 0] = anneau[i - 1] ?? [];
    const [x1 = 0, y1 = 0] = anneau[i] ?? [];
    const produit = x0 * y1 - x1 * y0;
    aire += produit;
    x += (x0 + x1) * produit;
    y += (y0 + y1) * produit;
  }
  return { aire, lon: x / (3 * aire), lat: y / (3 * aire) };
}

let parDepartement: Map<string, Centre> | null = null;

/** Centre de gravité du plus grand polygone du département ; null sans contour (collectivités d'outre-mer). */
export function centreDepartement(code: string): Centre | null {
  parDepartement ??= new Map(
    contoursDepartements.features.map(({ properties, geometry }) => {
      const polygones = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
      const anneaux = polygones.map((p) => gravite(p[0] ?? []));
      const plusGrand = anneaux.reduce((a, b) => (Math.abs(b.aire) > Math.abs(a.aire) ? b : a));
      const arrondi = (v: number): number => Math.round(v * 1e5) / 1e5;
      return [properties.code, { lon: arrondi(plusGrand.lon), lat: arrondi(plusGrand.lat), precision: 'departement' }];
    }),
  );
  return parDepartement.get(code) ?? null;
}

/**
 * Où placer ce qui se trouve dans une commune (code d'aujourd'hui, d'hier ou d'arrondissement) : son centre,
 * sinon celui de son département, sinon null.
 */
export function centreCommune(code: string): Centre | null {
  const { commune } = resolveDepcom(code);
  if (commune === null) return null;
  const [lon, lat] = centres[commune] ?? [];
  if (lon !== undefined && lat !== undefined) return { lon, lat, precision: 'commune' };
  return centreDepartement(findCommune(commune)?.departement ?? '');
}
