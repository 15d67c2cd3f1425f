import type { SommesPart } from '../loyers/npl/types.ts';
import type { LogementCompte } from './comptes.ts';
import { maximumDeclare, positif } from './maximum.ts';

/** Sommes des logements d'un ensemble (son numéro) de mêmes plafond de CUS, financement et mode de surface ; 0 : non renseigné. */
export type LigneNpl = SommesPart & { ensemble: number; cus: number; finan: number; mode: 0 | 1 | 2 | 3; /** Loués déclarés à 0 €. */ loyersNuls: number };

const SOMMES = 17;

/**
 * Ce dont la masse maximale des loyers se déduit (L445-3, II), un logement du parc à la fois. Surface : en
 * mode utile (1) ou corrigée (2), celle déclarée avec le loyer ; en mode habitable (3), la même, sinon la
 * surface habitable ; sans mode, la surface habitable. Nulle, elle est inconnue. Maximum : LOYERMAXCUS, sinon LOYERMAXAPL ;
 * à 0 €, il n'y en a pas : l'autre vaut, et le zéro se compte. Les logements sans surface ont leurs propres sommes,
 * et ceux dont le maximum est LOYERMAXCUS, leur nombre.
 */
export class ComptesNpl {
  readonly #ensembles = new Map<number, Map<number, Float64Array>>();
  #ensemble = -1;
  #cle = -1;
  #parts: Map<number, Float64Array> = new Map();
  #sommes: Float64Array = new Float64Array(SOMMES);

  add(l: LogementCompte): void {
    const mode = modeDe(l.modesurf);
    const cle = ((l.cus ?? 0) * 1000 + (l.finan ?? 0)) * 4 + mode;
    if (l.ensemble !== this.#ensemble || cle !== this.#cle) this.#placer(l.ensemble, cle);
    const s = this.#sommes;
    const surface = mode === 1 || mode === 2 ? l.surfmode : mode === 3 ? (l.surfmode ?? l.surfhab) : l.surfhab;
    plus(s, 0, 1);
    const cus = positif(l.loyermaxcus);
    const maximum = maximumDeclare(l.loyermaxcus, l.loyermaxapl);
    const loyer = l.mode === 1 ? l.loyerprinc : null;
    if (l.loyermaxcus === 0 || l.loyermaxapl === 0) plus(s, 13, 1);
    if (loyer === 0) plus(s, 14, 1);
    if (surface === null || surface === 0) {
      plus(s, 1, 1);
      if (maximum !== null) {
        plus(s, 9, 1);
        plus(s, 10, maximum);
        if (cus !== null) plus(s, 16, 1);
      } else if (loyer !== null) {
        plus(s, 11, 1);
        plus(s, 12, loyer);
      }
      return;
    }
    plus(s, 2, surface);
    if (maximum !== null) {
      plus(s, 3, 1);
      plus(s, 4, surface);
      plus(s, 5, maximum);
      if (cus !== null) plus(s, 15, 1);
    } else if (loyer !== null) {
      plus(s, 6, 1);
      plus(s, 7, surface);
      plus(s, 8, loyer);
    }
  }

  *lignes(): Generator<LigneNpl> {
    for (const [ensemble, parts] of this.#ensembles) {
      for (const [cle, s] of parts) {
        const [logements = 0, sansSurface = 0, surface = 0, avecMaximum = 0, surfaceMax = 0, maximum = 0, pratiques = 0, surfacePratiques = 0, loyersPratiques = 0, sansSurfaceMax = 0, maximumSansSurface = 0, sansSurfacePratiques = 0, loyersSansSurface = 0, maximumsNuls = 0, loyersNuls = 0, maximumsCus = 0, maximumsCusSansSurface = 0] = s;
        const codes = Math.floor(cle / 4);
        yield {
          ensemble, cus: Math.floor(codes / 1000), finan: codes % 1000, mode: modeDe(cle % 4),
          logements, sansSurface, surface, avecMaximum, surfaceMax, maximum, pratiques, surfacePratiques, loyersPratiques,
          sansSurfaceMax, maximumSansSurface, sansSurfacePratiques, loyersSansSurface, maximumsNuls, loyersNuls, maximumsCus, maximumsCusSansSurface,
        };
      }
    }
  }

  /** Les logements d'un ensemble se suivent le plus souvent : ses sommes restent sous la main. */
  #placer(ensemble: number, cle: number): void {
    if (ensemble !== this.#ensemble) {
      let parts = this.#ensembles.get(ensemble);
      if (parts === undefined) this.#ensembles.set(ensemble, (parts = new Map<number, Float64Array>()));
      this.#parts = parts;
      this.#ensemble = ensemble;
    }
    let sommes = this.#parts.get(cle);
    if (sommes === undefined) this.#parts.set(cle, (sommes = new Float64Array(SOMMES)));
    this.#sommes = sommes;
    this.#cle = cle;
  }
}

const modeDe = (mode: number | null): 0 | 1 | 2 | 3 => (mode === 1 || mode === 2 || mode === 3 ? mode : 0);
const plus = (s: Float64Array, i: number, n: number): void => void (s[i] = (s[i] ?? 0) + n);
