import Flatbush from 'flatbush';
import { isDedans, type Point } from '../../../shared/domain/carte/selection.ts';
import { mercatorX, mercatorY, pixelsMonde, ZOOM_MAX, type Tuile } from './mercator.ts';
import { Couche, POINT } from './mvt.ts';
import { facteur, rayon, type Foyer } from './rayons.ts';

/** Les cercles en tableaux de nombres, un rang par cercle : ils passent d'un fil à l'autre par copie de mémoire. */
export type CerclesPlan = {
  lon: Float64Array;
  lat: Float64Array;
  /** De 0 à 1. */
  taille: Float32Array;
  /** −1 : sans valeur. */
  classe: Int8Array;
  /** 1 : à sa vraie place. */
  sur: Uint8Array;
  /** Rang du foyer du cercle, ou −1. */
  foyer: Int32Array;
  foyers: readonly Foyer[];
};

export const CERCLES_VIDES: CerclesPlan = {
  lon: new Float64Array(0), lat: new Float64Array(0), taille: new Float32Array(0), classe: new Int8Array(0), sur: new Uint8Array(0), foyer: new Int32Array(0), foyers: [],
};

/** Un point n'a pas de marge à déborder : deux fois plus fin que les polygones ne coûte rien. */
const UNITES_POINT = 8192;
export const MILLIEMES = 1000;

type Poses = { x: Float64Array; y: Float64Array; index: Flatbush | null };

/** Les cercles d'une carte : où chacun est posé à chaque échelle, ceux d'une tuile, celui qui est sous un point. */
export class Cercles {
  #plan = CERCLES_VIDES;
  #retenus = new Uint8Array(0);
  #poses = new Map<number, Poses>();

  poser(plan: CerclesPlan): void {
    this.#plan = plan;
    this.#retenus = new Uint8Array(plan.lon.length);
    this.#poses.clear();
  }

  retenir(retenus: Uint8Array<ArrayBuffer>): void {
    this.#retenus = retenus;
  }

  /** Les cercles d'un même foyer sont écartés assez pour se lire à cette échelle, tenue le temps d'un niveau entier. */
  #a(niveau: number): Poses {
    const connues = this.#poses.get(niveau);
    if (connues) return connues;
    const { lon, lat, foyer, foyers } = this.#plan;
    const n = lon.length;
    const k = foyers.map((f) => facteur(f, niveau + 0.5));
    const [x, y] = [new Float64Array(n), new Float64Array(n)];
    const index = n === 0 ? null : new Flatbush(n);
    for (let i = 0; i < n; i += 1) {
      const rang = foyer[i] ?? -1;
      const f = foyers[rang];
      const e = f ? (k[rang] ?? 1) : 1;
      const [l, b] = [lon[i] ?? 0, lat[i] ?? 0];
      x[i] = mercatorX(f ? f.foyerLon + e * (l - f.foyerLon) : l);
      y[i] = mercatorY(f ? f.foyerLat + e * (b - f.foyerLat) : b);
      index?.add(x[i] ?? 0, y[i] ?? 0);
    }
    index?.finish();
    const poses = { x, y, index };
    this.#poses.set(niveau, poses);
    return poses;
  }

  couche({ z, x, y }: Tuile): Couche {
    const { taille, classe, sur } = this.#plan;
    const poses = this.#a(z);
    const couche = new Couche('cercles', ['classe', 'taille', 'sur', 'retenu'], UNITES_POINT);
    const cote = 2 ** -z;
    for (const i of poses.index?.search(x * cote, y * cote, (x + 1) * cote, (y + 1) * cote).toSorted((a, b) => a - b) ?? []) {
      const [px, py] = [Math.floor(((poses.x[i] ?? 0) / cote - x) * UNITES_POINT), Math.floor(((poses.y[i] ?? 0) / cote - y) * UNITES_POINT)];
      // Un cercle n'est que d'une tuile : dessiné deux fois, sa transparence se verrait.
      if (px < 0 || py < 0 || px >= UNITES_POINT || py >= UNITES_POINT) continue;
      couche.point(px, py);
      couche.objet(i, POINT, [(classe[i] ?? -1) + 1, Math.round((taille[i] ?? 0) * MILLIEMES), sur[i] ?? 0, this.#retenus[i] ?? 0]);
    }
    return couche;
  }

  /** Le cercle du dessus à ce point : le plus petit de ceux qui le contiennent, comme la carte les empile ; `null` aucun. */
  sous(x: number, y: number, zoom: number): number | null {
    const { taille } = this.#plan;
    const poses = this.#a(niveauDe(zoom));
    const monde = pixelsMonde(zoom);
    const portee = rayon(1, zoom) / monde;
    let trouve: number | null = null;
    for (const i of poses.index?.search(x - portee, y - portee, x + portee, y + portee) ?? []) {
      const t = taille[i] ?? 0;
      if (Math.hypot((poses.x[i] ?? 0) - x, (poses.y[i] ?? 0) - y) * monde > rayon(t, zoom)) continue;
      if (trouve === null || t < (taille[trouve] ?? 0) || (t === taille[trouve] && i > trouve)) trouve = i;
    }
    return trouve;
  }

  /** Les cercles que ce contour contient, là où ils sont posés à cette échelle. */
  dans(contour: readonly Point[], zoom: number): number[] {
    const { x, y } = this.#a(niveauDe(zoom));
    return Array.from(x.keys()).filter((i) => isDedans([x[i] ?? 0, y[i] ?? 0], contour));
  }
}

/** Le niveau des tuiles montrées à une échelle. */
const niveauDe = (zoom: number): number => Math.max(0, Math.min(ZOOM_MAX, Math.floor(zoom)));
