import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson';
import type { Sortie } from '../../../shared/contract.ts';
import type { Foyer } from '../../map/ecarter.ts';
import type { Ligne, Maille, Taille } from './mesures.ts';

export type Positions = Sortie<'carte.lire'>;
type Trace = Feature<Polygon | MultiPolygon, { code: string; nom: string; niveau: string }>;
export type Etendue = [number, number, number, number];

/** Les tracés d'un fond, tels que le service les rend : polygones portant code, nom, niveau. */
export function tracesDe(geojson: unknown): Trace[] {
  if (typeof geojson !== 'object' || geojson === null || !('features' in geojson) || !Array.isArray(geojson.features)) return [];
  // Le service a lu et reconnu chaque tracé (shared/domain/carte/fond.ts).
  return geojson.features as Trace[];
}

/** Vrai pour un point qui n'est que le centre d'un territoire. */
export const isApprochee = (precision: string): boolean => precision === 'commune' || precision === 'departement';

export const LIBELLE_PRECISION: Record<Positions['ensembles'][number]['precision'], string> = {
  adresse: 'à l’adresse', repere: 'repère posé', voie: 'à la voie', commune: 'autour du centre de la commune', departement: 'autour du centre du département',
};

/** « 12 ensembles à l'adresse, 3 repères posés… » : rien n'est montré plus précis qu'il n'est. */
export function direPrecisions(positions: Positions): string[] {
  const comptes = (Object.keys(LIBELLE_PRECISION) as (keyof typeof LIBELLE_PRECISION)[]).map((p) => [p, positions.ensembles.filter((e) => e.precision === p).length] as const);
  const dits = comptes.filter(([, n]) => n > 0).map(([p, n]) => `${n.toLocaleString('fr-FR')} ${p === 'repere' ? (n > 1 ? 'repères posés' : 'repère posé') : LIBELLE_PRECISION[p]}`);
  return dits.length === 0 ? [] : [`Ensembles placés : ${dits.join(', ')}.${positions.ensembles.some((e) => isApprochee(e.precision)) ? ' Les plus pâles ne sont pas à leur vraie place.' : ''}`];
}

export type Quartier = Feature<MultiPolygon, { code: string; nom: string }>;

/** Les quartiers prioritaires, tels que le service les rend ; leur code est distingué de ceux des ensembles. */
export function quartiersDe(geojson: unknown): Quartier[] {
  if (typeof geojson !== 'object' || geojson === null || !('features' in geojson) || !Array.isArray(geojson.features)) return [];
  return (geojson.features as Quartier[]).map((q) => ({ ...q, properties: { ...q.properties, code: `qpv/${q.properties.code}` } }));
}

export const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

/** Où placer les lignes sans tracé : le centre de la commune, ou le milieu des communes d'un territoire. */
export function centres(positions: Positions, maille: Maille): Map<string, [number, number]> {
  if (maille === 'ensemble') return new Map(positions.ensembles.map((e) => [e.id, [e.lon, e.lat]]));
  const sommes = new Map<string, { lon: number; lat: number; poids: number }>();
  for (const { code: commune, epci, lon, lat, logements } of positions.communes) {
    const code = maille === 'commune' ? commune : maille === 'epci' ? epci : '';
    if (code === '') continue;
    const poids = Math.max(1, logements);
    const s = sommes.get(code) ?? { lon: 0, lat: 0, poids: 0 };
    sommes.set(code, { lon: s.lon + lon * poids, lat: s.lat + lat * poids, poids: s.poids + poids });
  }
  return new Map([...sommes].map(([code, s]) => [code, [s.lon / s.poids, s.lat / s.poids]]));
}

/** Le centre autour duquel chaque ensemble sans position est posé : celui de sa commune, ou du département faute de mieux. */
export function foyers(positions: Positions): Map<string, Foyer> {
  const parLieu = new Map<string, Positions['ensembles']>();
  for (const e of positions.ensembles) {
    if (!isApprochee(e.precision)) continue;
    const lieu = e.precision === 'departement' ? `dep ${e.commune.slice(0, e.commune.startsWith('97') ? 3 : 2)}` : e.commune;
    const la = parLieu.get(lieu);
    if (la) la.push(e);
    else parLieu.set(lieu, [e]);
  }
  return new Map(
    [...parLieu.values()].flatMap((ensembles) => {
      const [centre] = ensembles;
      if (!centre) return [];
      const cos = Math.cos((centre.lat * Math.PI) / 180);
      const ecart = ensembles.reduce((max, e) => Math.max(max, Math.hypot(e.lat - centre.lat, (e.lon - centre.lon) * cos)), 0);
      const foyer: Foyer = { foyerLon: centre.lon, foyerLat: centre.lat, ecart, voisins: ensembles.length };
      return ensembles.map((e): [string, Foyer] => [e.id, foyer]);
    }),
  );
}

/** Cercles des lignes qui n'ont pas de tracé ; surface proportionnelle à la taille. `surs` : ceux qui sont à leur vraie place. */
export function cerclesDe(
  lignes: readonly Ligne[],
  places: ReadonlyMap<string, [number, number]>,
  avecTrace: ReadonlySet<string>,
  taille: Taille,
  classe: (l: Ligne) => number | null,
  autour: ReadonlyMap<string, Foyer> = new Map(),
  surs: ReadonlySet<string> = new Set(),
): Feature<Point>[] {
  const compte = (l: Ligne) => (taille === 'egale' ? 0.12 : taille === 'loues' ? l.loues : l.logements);
  const max = lignes.reduce((m, l) => Math.max(m, compte(l)), taille === 'egale' ? 1 : 0);
  return lignes.flatMap((l): Feature<Point>[] => {
    const place = places.get(l.code);
    if (place === undefined || avecTrace.has(l.code)) return [];
    return [
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: place },
        properties: { code: l.code, classe: classe(l) ?? -1, taille: max === 0 ? 0 : Math.sqrt(compte(l) / max), sur: surs.has(l.code), ...autour.get(l.code) },
      },
    ];
  });
}

function agrandir(e: Etendue | null, lon: number, lat: number): Etendue {
  return e === null ? [lon, lat, lon, lat] : [Math.min(e[0], lon), Math.min(e[1], lat), Math.max(e[2], lon), Math.max(e[3], lat)];
}

export function etendueDe(traces: readonly Feature[]): Etendue | null {
  let e: Etendue | null = null;
  for (const { geometry: g } of traces) {
    if (g.type === 'Point') e = agrandir(e, g.coordinates[0] ?? 0, g.coordinates[1] ?? 0);
    const anneaux = g.type === 'Polygon' ? g.coordinates : g.type === 'MultiPolygon' ? g.coordinates.flat() : [];
    for (const anneau of anneaux) for (const [lon = 0, lat = 0] of anneau) e = agrandir(e, lon, lat);
  }
  return e;
}

/** Le milieu d'un objet de la carte, pour l'amener à l'écran. */
export function milieu(f: Feature): [number, number] | null {
  const e = etendueDe([f]);
  return e && [(e[0] + e[2]) / 2, (e[1] + e[3]) / 2];
}
