/** Ce qu'un anneau devient dans une tuile : moins de sommets, coupé au bord, en entiers. */

/**
 * Poids de chaque sommet d'une suite de points : son écart (au carré) à la ligne qui passerait sans lui, selon
 * Douglas et Peucker. Un sommet se garde à une échelle si son poids dépasse le carré de la tolérance.
 */
export function peserSommets(xy: Float64Array, debut: number, fin: number, poids: Float64Array): void {
  poids[debut] = Infinity;
  poids[fin - 1] = Infinity;
  const pile: [number, number][] = [[debut, fin - 1]];
  for (let tour = pile.pop(); tour !== undefined; tour = pile.pop()) {
    const [a, b] = tour;
    if (b - a < 2) continue;
    let [pire, ici] = [-1, a + 1];
    for (let i = a + 1; i < b; i += 1) {
      const d = distance2(xy, i, a, b);
      if (d > pire) [pire, ici] = [d, i];
    }
    // Un sommet ne reste jamais sans celui dont il dépend.
    poids[ici] = Math.min(pire, poids[a] ?? pire, poids[b] ?? pire);
    pile.push([a, ici], [ici, b]);
  }
}

function distance2(xy: Float64Array, i: number, a: number, b: number): number {
  const [ax, ay] = [xy[2 * a] ?? 0, xy[2 * a + 1] ?? 0];
  const [dx, dy] = [(xy[2 * b] ?? 0) - ax, (xy[2 * b + 1] ?? 0) - ay];
  const [px, py] = [(xy[2 * i] ?? 0) - ax, (xy[2 * i + 1] ?? 0) - ay];
  const l2 = dx * dx + dy * dy;
  const t = l2 === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / l2));
  return (px - t * dx) ** 2 + (py - t * dy) ** 2;
}

/** Coupe un polygone (x, y à la suite, non fermé) au carré de `min` à `max` sur les deux axes. */
export function couper(points: number[], min: number, max: number): number[] {
  let reste = points;
  for (const axe of [0, 1] as const) {
    reste = couperCote(reste, axe, min, 1);
    reste = couperCote(reste, axe, max, -1);
  }
  return reste;
}

function couperCote(points: number[], axe: 0 | 1, borne: number, sens: 1 | -1): number[] {
  const n = points.length;
  const garde: number[] = [];
  for (let i = 0; i < n; i += 2) {
    const avant = (i + n - 2) % n;
    const [x0, y0, x1, y1] = [points[avant] ?? 0, points[avant + 1] ?? 0, points[i] ?? 0, points[i + 1] ?? 0];
    const [d0, d1] = [sens * ((axe === 0 ? x0 : y0) - borne), sens * ((axe === 0 ? x1 : y1) - borne)];
    if (d0 >= 0 !== d1 >= 0) {
      const t = d0 / (d0 - d1);
      garde.push(axe === 0 ? borne : x0 + t * (x1 - x0), axe === 1 ? borne : y0 + t * (y1 - y0));
    }
    if (d1 >= 0) garde.push(x1, y1);
  }
  return garde;
}

/** En entiers, sans sommet répété ; vide s'il n'en reste pas trois. */
export function arrondir(points: readonly number[]): number[] {
  const entiers: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [Math.round(points[i] ?? 0), Math.round(points[i + 1] ?? 0)];
    if (x !== entiers.at(-2) || y !== entiers.at(-1)) entiers.push(x, y);
  }
  if (entiers.length > 2 && entiers[0] === entiers.at(-2) && entiers[1] === entiers.at(-1)) entiers.length -= 2;
  return entiers.length < 6 ? [] : entiers;
}
