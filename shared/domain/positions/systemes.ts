import proj4 from 'proj4';
import { zonesDe } from './zones.ts';
import type { Point } from './zones.ts';

/** Systèmes de coordonnées reconnus : leur code EPSG, leur nom, leur définition. */
export type Systeme = { epsg: number; nom: string; definition: string };

const GRS80 = '+ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs';
const utm = (zone: number, sud = false): string => `+proj=utm +zone=${zone}${sud ? ' +south' : ''} ${GRS80}`;

/** Projections coniques conformes 9 zones : parallèle d'origine n, y₀ = (n − 41) × 1 000 km + 200 km. */
const coniques: Systeme[] = [42, 43, 44, 45, 46, 47, 48, 49, 50].map((n) => ({
  epsg: 3900 + n,
  nom: `RGF93 CC${n}`,
  definition: `+proj=lcc +lat_0=${n} +lon_0=3 +lat_1=${n - 0.75} +lat_2=${n + 0.75} +x_0=1700000 +y_0=${(n - 41) * 1_000_000 + 200_000} ${GRS80}`,
}));

export const SYSTEMES: readonly Systeme[] = [
  { epsg: 2154, nom: 'Lambert 93', definition: `+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 ${GRS80}` },
  { epsg: 5490, nom: 'UTM 20 N (Guadeloupe, Martinique)', definition: utm(20) },
  { epsg: 2972, nom: 'UTM 22 N (Guyane)', definition: utm(22) },
  { epsg: 2975, nom: 'UTM 40 S (La Réunion)', definition: utm(40, true) },
  { epsg: 4471, nom: 'UTM 38 S (Mayotte)', definition: utm(38, true) },
  { epsg: 4326, nom: 'WGS 84 (longitude, latitude)', definition: '' },
  ...coniques,
];

const parCode = new Map(SYSTEMES.map((s) => [s.epsg, s]));
const convertisseurs = new Map<number, (x: number, y: number) => [number, number]>();

export const findSysteme = (epsg: number): Systeme | null => parCode.get(epsg) ?? null;

/** Le système légal d'un département (RGF93, RGAF09, RGFG95, RGR92 ou RGM04) ; `null` pour les collectivités que ces fichiers ne couvrent pas. */
export function systemeDuDepartement(departement: string): number | null {
  switch (departement) {
    case '971':
    case '972':
      return 5490;
    case '973':
      return 2972;
    case '974':
      return 2975;
    case '976':
      return 4471;
    default:
      return /^(\d{2}|2[AB])$/.test(departement) ? 2154 : null;
  }
}

/** Longitude et latitude (degrés WGS 84) d'un point ; `null` si le système n'est pas reconnu ou si le point n'est pas en France. */
export function toDegres(epsg: number, x: number, y: number): Point | null {
  const systeme = parCode.get(epsg);
  if (systeme === undefined || !Number.isFinite(x) || !Number.isFinite(y)) return null;
  if (systeme.definition === '') return enFrance({ lon: x, lat: y });
  let convertir = convertisseurs.get(epsg);
  if (convertir === undefined) {
    const projection = proj4(systeme.definition);
    convertir = (a, b) => projection.inverse([a, b]);
    convertisseurs.set(epsg, convertir);
  }
  const [lon, lat] = convertir(x, y);
  return Number.isFinite(lon) && Number.isFinite(lat) ? enFrance({ lon, lat }) : null;
}

const enFrance = (point: Point): Point | null => (zonesDe(point).length > 0 ? point : null);
