/** Sélection sur la carte : un contour tracé à l'écran, des points, et ce qu'un geste fait de la sélection. */
export type Point = readonly [number, number];
export type ModeSelection = 'remplacer' | 'ajouter' | 'retirer';

/** Les quatre coins d'un rectangle donné par deux coins opposés. */
export const rectangle = ([x1, y1]: Point, [x2, y2]: Point): Point[] => [[x1, y1], [x2, y1], [x2, y2], [x1, y2]];

/** Vrai si le point est dans le contour (fermé de lui-même, règle paire-impaire) ; un bord commun n'est jamais des deux côtés. */
export function isDedans([x, y]: Point, contour: readonly Point[]): boolean {
  let dedans = false;
  for (let i = 0, j = contour.length - 1; i < contour.length; j = i, i += 1) {
    const [xi, yi] = contour[i] ?? [0, 0];
    const [xj, yj] = contour[j] ?? [0, 0];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) dedans = !dedans;
  }
  return dedans;
}

/** Codes des points que le contour contient ; moins de trois sommets n'en contiennent aucun. */
export function codesDedans(points: Iterable<{ code: string; point: Point }>, contour: readonly Point[]): string[] {
  if (contour.length < 3) return [];
  const codes: string[] = [];
  for (const { code, point } of points) if (isDedans(point, contour)) codes.push(code);
  return codes;
}

/** La sélection après un geste sur ces codes. */
export function selectCodes(avant: ReadonlySet<string>, codes: Iterable<string>, mode: ModeSelection): Set<string> {
  const apres = new Set(mode === 'remplacer' ? [] : avant);
  for (const code of codes) {
    if (mode === 'retirer') apres.delete(code);
    else apres.add(code);
  }
  return apres;
}

/** Ajoute le code s'il n'y est pas, le retire sinon. */
export function toggleCode(avant: ReadonlySet<string>, code: string): Set<string> {
  const apres = new Set(avant);
  if (!apres.delete(code)) apres.add(code);
  return apres;
}
