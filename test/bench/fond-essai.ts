/**
 * Un fond de communes inventé, de la taille et de la finesse du vrai : une grille secouée sur la France, une
 * maille par commune d'aujourd'hui, des bords communs à deux voisines. Chaque commune dont le centre est connu
 * est dans sa maille si elle y est seule ; les autres prennent les mailles libres.
 */
import { communesDe, departements } from '../../shared/territoires/index.ts';
import { centreCommune } from '../../shared/territoires/carte.ts';

type Point = [number, number];
const [OUEST, SUD, EST, NORD] = [-4.8, 42.4, 8.2, 51];
/** Sommets ajoutés sur chaque bord : 24 par commune, comme un contour à 100 m. */
const PAR_BORD = 5;

/** Entre −1 et 1, toujours le même pour un même couple. */
function secousse(a: number, b: number): number {
  const h = Math.imul(a * 73_856_093 ^ b * 19_349_663, 0x5bd1e995) >>> 0;
  return (h / 0xffffffff) * 2 - 1;
}

const toutes = (): string[] => departements().flatMap((d) => communesDe(`dep-${d.code}`)).toSorted();

/** GeoJSON des communes, en texte. */
export function fondDeCommunes(): string {
  const codes = toutes();
  const cote = Math.ceil(Math.sqrt(codes.length));
  const [dx, dy] = [(EST - OUEST) / cote, (NORD - SUD) / cote];
  const coin = (i: number, j: number): Point => [OUEST + (i + 0.3 * secousse(i, j)) * dx, SUD + (j + 0.3 * secousse(j + 7, i + 3)) * dy];
  /** Le bord d'un coin à un autre, sans le dernier ; le même dans les deux sens. */
  const bord = (a: [number, number], b: [number, number]): Point[] => {
    const sens = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
    const [d, f] = sens ? [a, b] : [b, a];
    const [[x0, y0], [x1, y1]] = [coin(...d), coin(...f)];
    const points = Array.from({ length: PAR_BORD + 2 }, (_, k): Point => {
      const t = k / (PAR_BORD + 1);
      const ecart = k === 0 || k === PAR_BORD + 1 ? 0 : 0.08 * secousse(d[0] * 31 + f[0] * 17 + k, d[1] * 13 + f[1] * 29);
      return [x0 + t * (x1 - x0) - ecart * (y1 - y0), y0 + t * (y1 - y0) + ecart * (x1 - x0)];
    });
    return (sens ? points : points.toReversed()).slice(0, -1);
  };
  const maille = new Map<number, string>();
  const attente = codes.filter((code) => {
    const c = centreCommune(code);
    if (c?.precision !== 'commune') return true;
    const [i, j] = [Math.floor((c.lon - OUEST) / dx), Math.floor((c.lat - SUD) / dy)];
    if (i < 0 || j < 0 || i >= cote || j >= cote || maille.has(j * cote + i)) return true;
    maille.set(j * cote + i, code);
    return false;
  });
  for (let m = 0; attente.length > 0; m++) if (!maille.has(m)) maille.set(m, attente.shift() ?? '');
  const traces = [...maille].map(([m, code]) => {
    const [i, j] = [m % cote, Math.floor(m / cote)];
    const anneau = [...bord([i, j], [i + 1, j]), ...bord([i + 1, j], [i + 1, j + 1]), ...bord([i + 1, j + 1], [i, j + 1]), ...bord([i, j + 1], [i, j])];
    const points = [...anneau, ...anneau.slice(0, 1)].map(([x, y]) => `[${x.toFixed(5)},${y.toFixed(5)}]`).join(',');
    return `{"type":"Feature","properties":{"code":"${code}","nom":"${code}"},"geometry":{"type":"Polygon","coordinates":[[${points}]]}}`;
  });
  return `{"type":"FeatureCollection","features":[${traces.join(',\n')}]}`;
}
