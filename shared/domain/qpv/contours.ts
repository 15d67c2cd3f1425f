import type { Position } from 'geojson';
import { toDegres } from '../positions/systemes.ts';
import { generationDe } from './generations.ts';
import type { Generation } from './generations.ts';

/** Un quartier : ses polygones (anneau extérieur puis trous), en degrés WGS 84. */
export type Contour = { code: string; nom: string; communes: string[]; polygones: Position[][][] };

/** Pourquoi un tracé du fichier n'est pas retenu. */
export type RaisonTrace = 'sans-code' | 'autre-generation' | 'sans-polygone' | 'anneau-ouvert' | 'coordonnee-invalide' | 'hors-de-france' | 'trop-etendu';

export const LIBELLES_TRACE: Readonly<Record<RaisonTrace, string>> = {
  'sans-code': 'code de quartier absent ou inconnu',
  'autre-generation': 'code d’une autre génération que le reste du fichier',
  'sans-polygone': 'ni polygone, ni multipolygone',
  'anneau-ouvert': 'anneau de moins de quatre points ou non refermé',
  'coordonnee-invalide': 'coordonnée absente ou qui n’est pas un nombre',
  'hors-de-france': 'point hors de France (longitude et latitude échangées, ou autre système de coordonnées)',
  'trop-etendu': 'tracé plus étendu qu’un département',
};

export type ContoursLus = {
  generation: Generation | null;
  contours: Contour[];
  /** Tracés lus, retenus ou non. */
  traces: number;
  ecartes: Partial<Record<RaisonTrace, number>>;
};

/** Aucun quartier n'approche un degré de côté : au-delà, un point est faux (antiméridien franchi, coordonnée oubliée). */
const COTE_MAX = 1;

type TraceLu = { code: string; generation: Generation; nom: string; communes: string[]; polygones: Position[][][] };

/**
 * Quartiers d'une collection GeoJSON, dont les coordonnées sont dans le système `epsg` (4326 : longitude
 * et latitude). La génération est celle de la plupart des codes ; les tracés de même code sont réunis.
 * Les tracés écartés sont comptés, par raison.
 */
export function readContours(features: readonly unknown[], epsg: number): ContoursLus {
  const ecartes: Partial<Record<RaisonTrace, number>> = {};
  const compter = (raison: RaisonTrace): void => void (ecartes[raison] = (ecartes[raison] ?? 0) + 1);
  const lus: TraceLu[] = [];
  for (const f of features) {
    const lu = readTrace(f, epsg);
    if (typeof lu === 'string') compter(lu);
    else lus.push(lu);
  }
  const de2024 = lus.filter((t) => t.generation === '2024').length;
  const generation: Generation | null = lus.length === 0 ? null : de2024 * 2 >= lus.length ? '2024' : '2015';
  const parCode = new Map<string, Contour>();
  for (const { generation: g, ...t } of lus) {
    if (g !== generation) {
      compter('autre-generation');
      continue;
    }
    const connu = parCode.get(t.code);
    if (connu === undefined) parCode.set(t.code, t);
    else {
      connu.polygones.push(...t.polygones);
      connu.communes = [...new Set([...connu.communes, ...t.communes])];
    }
  }
  const contours = [...parCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  return { generation, contours, traces: features.length, ecartes };
}

const isObjet = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);

function readTrace(f: unknown, epsg: number): TraceLu | RaisonTrace {
  if (!isObjet(f) || !isObjet(f['properties'])) return 'sans-code';
  const proprietes = new Map(Object.entries(f['properties']).map(([k, v]) => [k.toLowerCase(), typeof v === 'string' || typeof v === 'number' ? String(v).trim() : '']));
  const code = (proprietes.get('code_qp') ?? '').toUpperCase();
  const generation = generationDe(code);
  if (generation === null) return 'sans-code';
  const geometrie = f['geometry'];
  if (!isObjet(geometrie)) return 'sans-polygone';
  const bruts = geometrie['type'] === 'Polygon' ? [geometrie['coordinates']] : geometrie['type'] === 'MultiPolygon' ? geometrie['coordinates'] : null;
  if (!Array.isArray(bruts) || bruts.length === 0) return 'sans-polygone';
  const polygones: Position[][][] = [];
  for (const brut of bruts as unknown[]) {
    if (!Array.isArray(brut) || brut.length === 0) return 'sans-polygone';
    const anneaux: Position[][] = [];
    for (const a of brut as unknown[]) {
      const anneau = readAnneau(a, epsg);
      if (typeof anneau === 'string') return anneau;
      anneaux.push(anneau);
    }
    polygones.push(anneaux);
  }
  if (isTropEtendu(polygones)) return 'trop-etendu';
  const communes = (proprietes.get('insee_com') ?? '').split(/[^0-9AB]+/i).filter((c) => c !== '').map((c) => c.toUpperCase());
  return { code, generation, nom: proprietes.get('lib_qp') ?? '', communes, polygones };
}

function readAnneau(brut: unknown, epsg: number): Position[] | RaisonTrace {
  if (!Array.isArray(brut)) return 'coordonnee-invalide';
  const anneau: Position[] = [];
  for (const p of brut as unknown[]) {
    const [x, y]: unknown[] = Array.isArray(p) ? p : [];
    if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) return 'coordonnee-invalide';
    const point = toDegres(epsg, x, y);
    if (point === null) return 'hors-de-france';
    anneau.push([point.lon, point.lat]);
  }
  const [premier, dernier] = [brut[0] as Position | undefined, brut.at(-1) as Position | undefined];
  if (anneau.length < 4 || premier?.[0] !== dernier?.[0] || premier?.[1] !== dernier?.[1]) return 'anneau-ouvert';
  return anneau;
}

function isTropEtendu(polygones: readonly Position[][][]): boolean {
  const points = polygones.flat(2);
  const cote = (axe: 0 | 1): number => {
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const p of points) [min, max] = [Math.min(min, p[axe] ?? 0), Math.max(max, p[axe] ?? 0)];
    return max - min;
  };
  return cote(0) > COTE_MAX || cote(1) > COTE_MAX;
}

/** Système d'un GeoJSON d'après son membre `crs` : absent ou CRS84, 4326 ; sinon le code EPSG écrit ; `null` s'il ne se lit pas. */
export function readCrs(crs: unknown): number | null {
  if (crs === undefined || crs === null) return 4326;
  const proprietes = isObjet(crs) ? crs['properties'] : null;
  const nom = isObjet(proprietes) ? proprietes['name'] : null;
  if (typeof nom !== 'string') return null;
  if (/CRS84$/i.test(nom)) return 4326;
  const code = /EPSG:{1,2}(?:[\d.]*:)?(\d+)$/i.exec(nom)?.[1];
  return code === undefined ? null : Number(code);
}
