import type { Plan } from '../../../shared/domain/carte/plan.ts';
import type { Point } from '../../../shared/domain/carte/selection.ts';
import { Cercles, type CerclesPlan } from './cercles.ts';
import { mercatorX, mercatorY, type Tuile } from './mercator.ts';
import { encodeTuile } from './mvt.ts';
import { Noms, type NomsPlan } from './noms.ts';
import { Surfaces } from './surfaces.ts';

export type Source = 'fond' | 'cercles';
export type CoucheObjet = 'cercles' | 'surfaces' | 'quartiers';
/** Un objet de la carte, par son rang dans ce qui a été donné. */
export type Objet = { couche: CoucheObjet; rang: number };

/** Ce que la fenêtre donne : des états, que les tuiles suivantes suivent. */
export type Etat =
  | { genre: 'fond'; plan: Plan }
  | { genre: 'quartiers'; plan: Plan }
  | { genre: 'noms'; noms: NomsPlan }
  | { genre: 'classes'; classes: Int8Array<ArrayBuffer> }
  | { genre: 'cercles'; cercles: CerclesPlan }
  | { genre: 'retenus'; cercles: Uint8Array<ArrayBuffer>; surfaces: Uint8Array<ArrayBuffer> };

export type Questions = {
  tuile: { demande: { source: Source; tuile: Tuile }; reponse: ArrayBuffer };
  /** L'objet sous un point, en degrés ; `quartiers` : à défaut de cercle, un quartier passe devant une surface. */
  sous: { demande: { lon: number; lat: number; zoom: number; quartiers: boolean }; reponse: Objet | null };
  /** Cercles et surfaces d'un contour, en degrés. */
  dans: { demande: { contour: [number, number][]; zoom: number }; reponse: { cercles: number[]; surfaces: number[] } };
};
export type Question = keyof Questions;

/** Tout ce que la carte sait de ses objets : découpés en tuiles, et trouvés sous un point ou dans un contour. */
export class AtelierTuiles {
  #fond = new Surfaces();
  #quartiers = new Surfaces();
  #noms = new Noms();
  #cercles = new Cercles();

  donner(etat: Etat): void {
    switch (etat.genre) {
      case 'fond': return this.#fond.poserPlan(etat.plan);
      case 'quartiers': return this.#quartiers.poserPlan(etat.plan);
      case 'noms': return this.#noms.poser(etat.noms);
      case 'classes': return this.#fond.poserClasses(etat.classes);
      case 'cercles': return this.#cercles.poser(etat.cercles);
      case 'retenus':
        this.#cercles.retenir(etat.cercles);
        return this.#fond.retenir(etat.surfaces);
    }
  }

  tuile({ source, tuile }: Questions['tuile']['demande']): ArrayBuffer {
    return encodeTuile(source === 'cercles' ? [this.#cercles.couche(tuile)] : [...this.#fond.couches(tuile), this.#quartiers.couche('quartiers', tuile), this.#noms.couche(tuile)]);
  }

  sous({ lon, lat, zoom, quartiers }: Questions['sous']['demande']): Objet | null {
    const [x, y] = [mercatorX(lon), mercatorY(lat)];
    const cercle = this.#cercles.sous(x, y, zoom);
    if (cercle !== null) return { couche: 'cercles', rang: cercle };
    const quartier = quartiers ? this.#quartiers.sous(x, y, true) : null;
    if (quartier !== null) return { couche: 'quartiers', rang: quartier };
    const surface = this.#fond.sous(x, y, false);
    return surface === null ? null : { couche: 'surfaces', rang: surface };
  }

  dans({ contour, zoom }: Questions['dans']['demande']): Questions['dans']['reponse'] {
    const trace = contour.map(([lon, lat]): Point => [mercatorX(lon), mercatorY(lat)]);
    return { cercles: this.#cercles.dans(trace, zoom), surfaces: this.#fond.dans(trace) };
  }

  /** Répond à une question, quelle qu'elle soit. */
  repondre<Q extends Question>(question: Q, demande: Questions[Q]['demande']): Questions[Q]['reponse'] {
    const reponses: { [K in Question]: (d: Questions[K]['demande']) => Questions[K]['reponse'] } = {
      tuile: (d) => this.tuile(d), sous: (d) => this.sous(d), dans: (d) => this.dans(d),
    };
    return reponses[question](demande);
  }
}
