/** Lecture d'un fond de carte chargé par l'utilisateur : quel niveau, quel code, quel nom, pour chaque tracé. */
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon } from 'geojson';

export type Niveau = 'commune' | 'epci' | 'departement' | 'region';
export type TraceFond = Feature<Polygon | MultiPolygon, { code: string; nom: string; niveau: Niveau }>;

const CODES: Record<Niveau, string[]> = {
  commune: ['code', 'insee', 'insee_com', 'codgeo', 'code_insee', 'com'],
  epci: ['code', 'siren', 'siren_epci', 'code_epci', 'codgeo', 'epci'],
  departement: ['code', 'insee_dep', 'dep', 'code_dept', 'code_dep'],
  region: ['code', 'insee_reg', 'reg', 'code_reg'],
};
const NOMS = ['nom', 'name', 'libelle', 'libgeo', 'nom_com', 'lib'];

const FORMES: Record<Niveau, RegExp> = {
  commune: /^(\d{2}|2[AB])\d{3}$/u,
  epci: /^2\d{8}$/u,
  departement: /^(\d{2,3}|2[AB])$/u,
  region: /^\d{2}$/u,
};

/** Niveau annoncé par le nom d'une couche (`communes`, `epci-1000m`…) ; `null` s'il ne dit rien. */
export function niveauDeCouche(nom: string): Niveau | null {
  const n = nom.toLowerCase();
  if (n.includes('commune')) return 'commune';
  if (n.includes('epci')) return 'epci';
  if (n.includes('depart') || n.includes('départ')) return 'departement';
  if (n.includes('region') || n.includes('région')) return 'region';
  return null;
}

/**
 * Tracés reconnus d'une collection, et nombre de ceux qui ne le sont pas (ni polygone, ni code d'un
 * niveau connu). Sans niveau annoncé, la forme du code décide : cinq caractères, commune ; SIREN, EPCI.
 */
export function readTraces(collection: FeatureCollection, annonce: Niveau | null): { traces: TraceFond[]; ignores: number } {
  const traces: TraceFond[] = [];
  let ignores = 0;
  for (const f of collection.features) {
    const trace = readTrace(f, annonce);
    if (trace === null) ignores += 1;
    else traces.push(trace);
  }
  return { traces, ignores };
}

function readTrace(f: Feature<Geometry | null>, annonce: Niveau | null): TraceFond | null {
  const { geometry } = f;
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') return null;
  const proprietes = new Map(Object.entries(f.properties ?? {}).map(([k, v]) => [k.toLowerCase(), String(v ?? '')]));
  const niveaux: Niveau[] = annonce === null ? ['commune', 'epci', 'departement'] : [annonce];
  for (const niveau of niveaux) {
    const code = CODES[niveau].map((c) => proprietes.get(c) ?? '').find((v) => FORMES[niveau].test(v));
    if (code === undefined) continue;
    const nom = NOMS.map((c) => proprietes.get(c)).find((v) => v !== undefined && v !== '') ?? code;
    return { type: 'Feature', geometry, properties: { code, nom, niveau } };
  }
  return null;
}
