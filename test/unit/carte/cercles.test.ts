import type { FeatureCollection } from 'geojson';
import { expect, it } from 'vitest';
import { IndexCercles, rayon } from '../../../renderer/map/cercles.ts';

const cercle = (code: string, lon: number, lat: number, taille: number) => ({ type: 'Feature' as const, geometry: { type: 'Point' as const, coordinates: [lon, lat] }, properties: { code, taille } });
const cercles: FeatureCollection = { type: 'FeatureCollection', features: [cercle('grand', 5, 43, 1), cercle('petit', 5.001, 43, 0.1), cercle('loin', 6, 44, 1)] };

it('le rayon suit l’échelle, entre les paliers et au-delà', () => {
  expect([rayon(1, 2), rayon(1, 4), rayon(1, 6), rayon(0, 8), rayon(1, 12), rayon(1, 16)]).toEqual([6.6, 6.6, 9.55, 2.5, 30, 30]);
});

it('montre le cercle du dessus : le plus petit de ceux qui contiennent le point', () => {
  const index = new IndexCercles(cercles);
  const degre = 360 / (512 * 2 ** 10);
  expect([index.sous(5.001, 43, 10), index.sous(5 - 10 * degre, 43, 10), index.sous(5 - 23 * degre, 43, 10), index.sous(6, 44, 10), index.sous(0, 0, 10)]).toEqual(['petit', 'grand', null, 'loin', null]);
  expect(new IndexCercles({ type: 'FeatureCollection', features: [] }).sous(5, 43, 10)).toBeNull();
});
