import Flatbush from 'flatbush';
import { mercatorX, mercatorY, type Tuile } from './mercator.ts';
import { Couche, POINT, UNITES } from './mvt.ts';

export const GENRES_NOM = ['departement', 'parc', 'commune'] as const;
export type GenreNom = (typeof GENRES_NOM)[number];

/** Les noms de lieux, en tableaux de nombres et un seul texte (un nom par ligne). */
export type NomsPlan = {
  noms: string;
  lon: Float64Array<ArrayBuffer>;
  lat: Float64Array<ArrayBuffer>;
  /** Rang dans `GENRES_NOM`. */
  genre: Uint8Array<ArrayBuffer>;
  /** Logements : de deux noms qui se gênent, le plus lourd reste. */
  poids: Uint32Array<ArrayBuffer>;
};

export const NOMS_VIDES: NomsPlan = { noms: '', lon: new Float64Array(0), lat: new Float64Array(0), genre: new Uint8Array(0), poids: new Uint32Array(0) };

/** À partir de quelle échelle un nom est dans les tuiles : les communes du parc avant les autres. */
const ZOOM_NOM: Record<GenreNom, number> = { departement: 4, parc: 7, commune: 10 };

/** Les noms d'une carte, rangés par lieu. */
export class Noms {
  #plan = NOMS_VIDES;
  #noms: string[] = [];
  #x = new Float64Array(0);
  #y = new Float64Array(0);
  #index: Flatbush | null = null;

  poser(plan: NomsPlan): void {
    const n = plan.lon.length;
    this.#plan = plan;
    this.#noms = n === 0 ? [] : plan.noms.split('\n');
    this.#x = plan.lon.map(mercatorX);
    this.#y = plan.lat.map(mercatorY);
    this.#index = n === 0 ? null : new Flatbush(n);
    for (let i = 0; i < n; i += 1) this.#index?.add(this.#x[i] ?? 0, this.#y[i] ?? 0);
    this.#index?.finish();
  }

  couche({ z, x, y }: Tuile): Couche {
    const couche = new Couche('noms', ['nom', 'genre', 'poids'], UNITES);
    const cote = 2 ** -z;
    for (const i of this.#index?.search(x * cote, y * cote, (x + 1) * cote, (y + 1) * cote).toSorted((a, b) => a - b) ?? []) {
      const genre = this.#plan.genre[i] ?? 0;
      const [px, py] = [Math.floor(((this.#x[i] ?? 0) / cote - x) * UNITES), Math.floor(((this.#y[i] ?? 0) / cote - y) * UNITES)];
      // Un nom n'est que d'une tuile : il serait écrit deux fois.
      if (z < ZOOM_NOM[GENRES_NOM[genre] ?? 'commune'] || px < 0 || py < 0 || px >= UNITES || py >= UNITES) continue;
      couche.point(px, py);
      couche.objet(i, POINT, [this.#noms[i] ?? '', genre, this.#plan.poids[i] ?? 0]);
    }
    return couche;
  }
}
