import type { MultiPolygon, Polygon } from 'geojson';
import type { Etendue } from './projection.ts';

type Points = Iterable<readonly [number, number]>;

/** L'étendue de points, élargie d'un dixième ; `null` sans point. Un seul point a 0,02 degré autour de lui. */
export function etendueDePoints(points: Points): Etendue | null {
  let [o, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) [o, s, e, n] = [Math.min(o, lon), Math.min(s, lat), Math.max(e, lon), Math.max(n, lat)];
  if (o > e) return null;
  const [dx, dy] = [Math.max(0.02, (e - o) * 0.05), Math.max(0.02, (n - s) * 0.05)];
  return [o - dx, s - dy, e + dx, n + dy];
}

export function* pointsDe(g: Polygon | MultiPolygon): Generator<readonly [number, number]> {
  for (const anneau of g.type === 'Polygon' ? g.coordinates : g.coordinates.flat()) for (const [lon = 0, lat = 0] of anneau) yield [lon, lat];
}

/** La métropole, puis chaque territoire d'outre-mer : une feuille n'en montre qu'un, à une échelle lisible. */
const zoneDe = (lon: number, lat: number): string => (lat > 40 && lon > -6 && lon < 11 ? 'metropole' : `${Math.round(lon / 10)} ${Math.round(lat / 10)}`);

/** Les points de la zone qui porte le plus de logements. */
export function zonePrincipale<P extends { lon: number; lat: number; logements: number }>(points: readonly P[]): P[] {
  const poids = new Map<string, number>();
  for (const p of points) poids.set(zoneDe(p.lon, p.lat), (poids.get(zoneDe(p.lon, p.lat)) ?? 0) + Math.max(1, p.logements));
  const [principale] = [...poids].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return points.filter((p) => zoneDe(p.lon, p.lat) === principale?.[0]);
}
