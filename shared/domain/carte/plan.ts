/**
 * Des polygones en quelques tableaux de nombres : un fond de 35 000 communes passe d'un processus à l'autre, puis
 * d'un fil à l'autre, par des copies de mémoire, sans qu'un objet soit fait par sommet.
 */
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import type { Niveau } from './fond.ts';

/** Coordonnées en millionièmes de degré (11 cm) : exactes à cette précision, deux entiers par sommet. */
export const UNITES_PAR_DEGRE = 1e6;
export const NIVEAUX = ['commune', 'epci', 'departement', 'region'] as const satisfies readonly Niveau[];

export type Plan = {
  /** Un code par ligne, puis un nom par ligne : un seul texte se copie bien plus vite que des milliers. */
  codes: string;
  noms: string;
  /** Rang du niveau de chaque objet dans `NIVEAUX`. */
  niveaux: Uint8Array<ArrayBuffer>;
  /** Longitude, latitude de chaque sommet. */
  sommets: Int32Array<ArrayBuffer>;
  /** Où finit chaque anneau (en sommets), chaque polygone (en anneaux), chaque objet (en polygones). */
  anneaux: Uint32Array<ArrayBuffer>;
  polygones: Uint32Array<ArrayBuffer>;
  objets: Uint32Array<ArrayBuffer>;
  /** Ouest, sud, est, nord de chaque objet. */
  boites: Int32Array<ArrayBuffer>;
};

export type Etendue = [number, number, number, number];

type Trace = Feature<Polygon | MultiPolygon, { code: string; nom: string; niveau?: Niveau }>;

/** Le plan de ces polygones, dans leur ordre ; sans niveau, un objet est du premier. */
export function packPlan(traces: readonly Trace[]): Plan {
  const polygonesDe = (t: Trace) => (t.geometry.type === 'Polygon' ? [t.geometry.coordinates] : t.geometry.coordinates);
  let [sommets, anneaux, polygones] = [0, 0, 0];
  for (const t of traces) {
    for (const p of polygonesDe(t)) {
      polygones += 1;
      for (const a of p) [anneaux, sommets] = [anneaux + 1, sommets + a.length];
    }
  }
  const plan: Plan = {
    codes: traces.map((t) => t.properties.code).join('\n'),
    noms: traces.map((t) => t.properties.nom.replaceAll('\n', ' ')).join('\n'),
    niveaux: Uint8Array.from(traces, (t) => Math.max(0, NIVEAUX.indexOf(t.properties.niveau ?? 'commune'))),
    sommets: new Int32Array(2 * sommets),
    anneaux: new Uint32Array(anneaux),
    polygones: new Uint32Array(polygones),
    objets: new Uint32Array(traces.length),
    boites: new Int32Array(4 * traces.length),
  };
  let [s, a, p] = [0, 0, 0];
  for (const [i, t] of traces.entries()) {
    let [o, b, e, h] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const polygone of polygonesDe(t)) {
      for (const anneau of polygone) {
        for (const [lon = 0, lat = 0] of anneau) {
          const [x, y] = [Math.round(lon * UNITES_PAR_DEGRE), Math.round(lat * UNITES_PAR_DEGRE)];
          [o, b, e, h] = [Math.min(o, x), Math.min(b, y), Math.max(e, x), Math.max(h, y)];
          plan.sommets[2 * s] = x;
          plan.sommets[2 * s + 1] = y;
          s += 1;
        }
        plan.anneaux[a] = s;
        a += 1;
      }
      plan.polygones[p] = a;
      p += 1;
    }
    plan.objets[i] = p;
    if (o <= e) plan.boites.set([o, b, e, h], 4 * i);
  }
  return plan;
}

export const PLAN_VIDE: Plan = packPlan([]);

/** Le nombre d'objets du plan. */
export const tailleDe = (plan: Plan): number => plan.objets.length;

/** Les codes du plan, dans l'ordre de ses objets. */
export const codesDe = (plan: Plan): string[] => (tailleDe(plan) === 0 ? [] : plan.codes.split('\n'));

/** Rang des objets d'un niveau, par code. */
export function rangsDe(plan: Plan, niveau: string): Map<string, number> {
  const voulu = NIVEAUX.findIndex((n) => n === niveau);
  return new Map(codesDe(plan).flatMap((code, i): [string, number][] => (plan.niveaux[i] === voulu ? [[code, i]] : [])));
}

/** L'étendue d'un objet, en degrés. */
export function etendueObjet(plan: Plan, rang: number): Etendue {
  const de = (i: number): number => (plan.boites[4 * rang + i] ?? 0) / UNITES_PAR_DEGRE;
  return [de(0), de(1), de(2), de(3)];
}

/** Le milieu de l'étendue d'un objet, en degrés. */
export function milieuObjet(plan: Plan, rang: number): [number, number] {
  const [o, s, e, n] = etendueObjet(plan, rang);
  return [(o + e) / 2, (s + n) / 2];
}

/** L'étendue du plus grand polygone d'un objet, en degrés : ses îles n'écartent pas son nom de sa terre. */
export function etendueTerre(plan: Plan, rang: number): Etendue {
  let [meilleure, aire]: [Etendue, number] = [etendueObjet(plan, rang), -1];
  for (let p = rang === 0 ? 0 : (plan.objets[rang - 1] ?? 0); p < (plan.objets[rang] ?? 0); p += 1) {
    const anneau = p === 0 ? 0 : (plan.polygones[p - 1] ?? 0);
    let [o, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = anneau === 0 ? 0 : (plan.anneaux[anneau - 1] ?? 0); i < (plan.anneaux[anneau] ?? 0); i += 1) {
      const [x, y] = [(plan.sommets[2 * i] ?? 0) / UNITES_PAR_DEGRE, (plan.sommets[2 * i + 1] ?? 0) / UNITES_PAR_DEGRE];
      [o, s, e, n] = [Math.min(o, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)];
    }
    if ((e - o) * (n - s) > aire) [meilleure, aire] = [[o, s, e, n], (e - o) * (n - s)];
  }
  return meilleure;
}
