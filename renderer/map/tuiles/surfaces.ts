import Flatbush from 'flatbush';
import { NIVEAUX, PLAN_VIDE, tailleDe, UNITES_PAR_DEGRE, type Plan } from '../../../shared/domain/carte/plan.ts';
import { isDedans, type Point } from '../../../shared/domain/carte/selection.ts';
import { arrondir, couper, peserSommets } from './anneaux.ts';
import { COTE, mercatorX, mercatorY, ZOOM_MAX, type Tuile } from './mercator.ts';
import { Couche, POLYGONE, UNITES } from './mvt.ts';

/** Un objet qui n'est pas colorié ; un autre a sa classe, −1 sans valeur. */
export const HORS = -2;
/** Ce qui déborde d'une tuile, pour que son bord ne se voie pas. */
const MARGE = 64;
/** Un trait de moins d'un demi-pixel de flèche ne se voit pas. */
const FLECHE = 0.5 / COTE;
/** En deçà, la trame des communes ferait un aplat. */
export const ZOOM_TRAME = 7;

const CONTOURS = [NIVEAUX.indexOf('departement'), NIVEAUX.indexOf('region')];
const COMMUNE = NIVEAUX.indexOf('commune');

/** Les polygones d'un plan, prêts à être découpés en tuiles et à être trouvés sous un point. */
export class Surfaces {
  #plan: Plan = PLAN_VIDE;
  #xy = new Float64Array(0);
  #poids = new Float64Array(0);
  #index: Flatbush | null = null;
  #classes = new Int8Array(0);
  #retenus = new Uint8Array(0);

  poserPlan(plan: Plan): void {
    const n = tailleDe(plan);
    this.#plan = plan;
    this.#classes = new Int8Array(n).fill(HORS);
    this.#retenus = new Uint8Array(n);
    this.#xy = new Float64Array(plan.sommets.length);
    for (let i = 0; i < plan.sommets.length; i += 2) {
      this.#xy[i] = mercatorX((plan.sommets[i] ?? 0) / UNITES_PAR_DEGRE);
      this.#xy[i + 1] = mercatorY((plan.sommets[i + 1] ?? 0) / UNITES_PAR_DEGRE);
    }
    this.#poids = new Float64Array(plan.sommets.length / 2);
    let debut = 0;
    for (const fin of plan.anneaux) {
      if (fin > debut) peserSommets(this.#xy, debut, fin, this.#poids);
      debut = fin;
    }
    this.#index = n === 0 ? null : new Flatbush(n);
    const de = (rang: number): number => (plan.boites[rang] ?? 0) / UNITES_PAR_DEGRE;
    for (let i = 0; i < n; i += 1) this.#index?.add(mercatorX(de(4 * i)), mercatorY(de(4 * i + 3)), mercatorX(de(4 * i + 2)), mercatorY(de(4 * i + 1)));
    this.#index?.finish();
  }

  poserClasses(classes: Int8Array<ArrayBuffer>): void {
    this.#classes = classes;
  }

  retenir(retenus: Uint8Array<ArrayBuffer>): void {
    this.#retenus = retenus;
  }

  /** Contours, trame des communes et surfaces coloriées d'une tuile. */
  couches(tuile: Tuile): Couche[] {
    const contours = new Couche('contours', [], UNITES);
    const trame = new Couche('trame', [], UNITES);
    const surfaces = new Couche('surfaces', ['classe', 'retenu'], UNITES);
    for (const i of this.#dans(tuile)) {
      const classe = this.#classes[i] ?? HORS;
      if (classe !== HORS && this.#dessiner(surfaces, i, tuile, true)) surfaces.objet(i, POLYGONE, [classe + 1, this.#retenus[i] ?? 0]);
      const niveau = this.#plan.niveaux[i] ?? COMMUNE;
      if (CONTOURS.includes(niveau)) {
        if (this.#dessiner(contours, i, tuile, false)) contours.objet(i, POLYGONE, []);
      } else if (niveau === COMMUNE && classe === HORS && tuile.z >= ZOOM_TRAME && this.#dessiner(trame, i, tuile, false)) trame.objet(i, POLYGONE, []);
    }
    return [contours, trame, surfaces];
  }

  /** Tous les objets du plan, en une couche. */
  couche(nom: string, tuile: Tuile): Couche {
    const couche = new Couche(nom, [], UNITES);
    for (const i of this.#dans(tuile)) if (this.#dessiner(couche, i, tuile, true)) couche.objet(i, POLYGONE, []);
    return couche;
  }

  #dans({ z, x, y }: Tuile): number[] {
    const cote = 2 ** -z;
    const marge = (cote * MARGE) / UNITES;
    return (this.#index?.search(x * cote - marge, y * cote - marge, (x + 1) * cote + marge, (y + 1) * cote + marge) ?? []).toSorted((a, b) => a - b);
  }

  /** Écrit la géométrie d'un objet ; `toujours` : trop petit pour cette échelle, il garde son carré. Faux si rien n'est dans la tuile. */
  #dessiner(couche: Couche, rang: number, { z, x, y }: Tuile, toujours: boolean): boolean {
    const p = this.#plan;
    const echelle = UNITES * 2 ** z;
    const seuil = z >= ZOOM_MAX ? -1 : (FLECHE * 2 ** -z) ** 2;
    let ecrit = false;
    for (let pol = rang === 0 ? 0 : (p.objets[rang - 1] ?? 0); pol < (p.objets[rang] ?? 0); pol += 1) {
      const premier = pol === 0 ? 0 : (p.polygones[pol - 1] ?? 0);
      for (let a = premier; a < (p.polygones[pol] ?? 0); a += 1) {
        const points: number[] = [];
        const [debut, fin] = [a === 0 ? 0 : (p.anneaux[a - 1] ?? 0), p.anneaux[a] ?? 0];
        let [o, n, e, s] = [Infinity, Infinity, -Infinity, -Infinity];
        for (let i = debut; i < fin - 1; i += 1) {
          const [px, py] = [((this.#xy[2 * i] ?? 0) * echelle - x * UNITES), ((this.#xy[2 * i + 1] ?? 0) * echelle - y * UNITES)];
          [o, n, e, s] = [Math.min(o, px), Math.min(n, py), Math.max(e, px), Math.max(s, py)];
          if ((this.#poids[i] ?? 0) > seuil) points.push(px, py);
        }
        if (e < -MARGE || s < -MARGE || o > UNITES + MARGE || n > UNITES + MARGE) {
          if (a === premier) break;
          continue;
        }
        const dedans = o >= -MARGE && n >= -MARGE && e <= UNITES + MARGE && s <= UNITES + MARGE;
        let entiers = arrondir(dedans ? points : couper(points, -MARGE, UNITES + MARGE));
        if (entiers.length === 0 && toujours && a === premier && dedans) entiers = arrondir([o, n, Math.max(e, o + 1), n, Math.max(e, o + 1), Math.max(s, n + 1), o, Math.max(s, n + 1)]);
        if (entiers.length === 0) {
          // Sans son bord, un polygone n'a plus de trous.
          if (a === premier) break;
          continue;
        }
        couche.anneau(entiers, a === premier);
        ecrit = true;
      }
    }
    return ecrit;
  }

  /** L'objet colorié (ou, `tous`, quel qu'il soit) qui contient ce point ; `null` aucun. */
  sous(x: number, y: number, tous: boolean): number | null {
    const candidats = (this.#index?.search(x, y, x, y) ?? []).toSorted((a, b) => b - a);
    return candidats.find((i) => (tous || (this.#classes[i] ?? HORS) !== HORS) && this.#contient(i, [x, y])) ?? null;
  }

  #contient(rang: number, point: Point): boolean {
    const p = this.#plan;
    let dedans = false;
    for (let pol = rang === 0 ? 0 : (p.objets[rang - 1] ?? 0); pol < (p.objets[rang] ?? 0); pol += 1) {
      for (let a = pol === 0 ? 0 : (p.polygones[pol - 1] ?? 0); a < (p.polygones[pol] ?? 0); a += 1) {
        const anneau: Point[] = [];
        for (let i = a === 0 ? 0 : (p.anneaux[a - 1] ?? 0); i < (p.anneaux[a] ?? 0); i += 1) anneau.push([this.#xy[2 * i] ?? 0, this.#xy[2 * i + 1] ?? 0]);
        if (isDedans(point, anneau)) dedans = !dedans;
      }
    }
    return dedans;
  }

  /** Les objets coloriés dont le milieu est dans ce contour. */
  dans(contour: readonly Point[]): number[] {
    const milieu = (i: number): Point => {
      const [o, s, e, n] = [0, 1, 2, 3].map((k) => (this.#plan.boites[4 * i + k] ?? 0) / UNITES_PAR_DEGRE);
      return [mercatorX(((o ?? 0) + (e ?? 0)) / 2), mercatorY(((s ?? 0) + (n ?? 0)) / 2)];
    };
    const pris: number[] = [];
    for (const [i, classe] of this.#classes.entries()) if (classe !== HORS && isDedans(milieu(i), contour)) pris.push(i);
    return pris;
  }
}
