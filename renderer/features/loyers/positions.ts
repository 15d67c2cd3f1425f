import type { Feature, MultiPolygon } from 'geojson';
import type { Sortie } from '../../../shared/contract.ts';
import { etendueTerre, milieuObjet, NIVEAUX, packPlan, type Plan } from '../../../shared/domain/carte/plan.ts';
import { PRECISIONS } from '../../../shared/contract/loyers.ts';
import { unpackTextes } from '../../../shared/domain/carte/colonnes.ts';
import type { DonneesCarte } from '../../map/donnees.ts';
import { GENRES_NOM, type GenreNom, type NomsPlan } from '../../map/tuiles/noms.ts';
import type { Foyer } from '../../map/tuiles/rayons.ts';
import { HORS } from '../../map/tuiles/surfaces.ts';
import type { LigneClassee, Maille, Taille } from './mesures.ts';

export type Precision = (typeof PRECISIONS)[number];
export type Positions = Omit<Sortie<'carte.lieux'>, 'codes' | 'nombre' | 'champs'> & { ensembles: { id: string; commune: string; nomCommune: string; lon: number; lat: number; precision: Precision }[] };

/** Les places, lues de leurs colonnes. */
export function positionsDe(lu: Sortie<'carte.lieux'> | undefined): Positions | undefined {
  if (lu === undefined) return undefined;
  const { codes, nombre, champs, ...reste } = lu;
  const ensembles = unpackTextes(codes, nombre).map((id, i) => {
    const commune = lu.communes[champs.commune[i] ?? -1];
    return { id, commune: commune?.code ?? '', nomCommune: commune?.nom ?? '', lon: champs.lon[i] ?? 0, lat: champs.lat[i] ?? 0, precision: PRECISIONS[champs.precision[i] ?? 0] ?? 'departement' };
  });
  return { ...reste, ensembles };
}
export type Etendue = [number, number, number, number];

/** Vrai pour un point qui n'est que le centre d'un territoire. */
export const isApprochee = (precision: string): boolean => precision === 'commune' || precision === 'departement';

export const LIBELLE_PRECISION: Record<Precision, string> = {
  adresse: 'à l’adresse', repere: 'repère posé', voie: 'à la voie', commune: 'autour du centre de la commune', departement: 'autour du centre du département',
};

/** « 12 ensembles à l'adresse, 3 repères posés… » : rien n'est montré plus précis qu'il n'est. */
export function direPrecisions(positions: Positions): string[] {
  const comptes = (Object.keys(LIBELLE_PRECISION) as (keyof typeof LIBELLE_PRECISION)[]).map((p) => [p, positions.ensembles.filter((e) => e.precision === p).length] as const);
  const dits = comptes.filter(([, n]) => n > 0).map(([p, n]) => `${n.toLocaleString('fr-FR')} ${p === 'repere' ? (n > 1 ? 'repères posés' : 'repère posé') : LIBELLE_PRECISION[p]}`);
  return dits.length === 0 ? [] : [`Ensembles placés : ${dits.join(', ')}.${positions.ensembles.some((e) => isApprochee(e.precision)) ? ' Les plus pâles ne sont pas à leur vraie place.' : ''}`];
}

type Quartier = Feature<MultiPolygon, { code: string; nom: string }>;
/** Les quartiers prioritaires, dans l'ordre de leur plan. */
export type Quartiers = DonneesCarte['quartiers'] & { noms: readonly string[] };

/** Les quartiers, tels que le service les rend ; leur code est distingué de ceux des ensembles. */
export function quartiersDe(geojson: unknown): Quartiers {
  // Le service a lu et reconnu chaque tracé.
  const lus = typeof geojson === 'object' && geojson !== null && 'features' in geojson && Array.isArray(geojson.features) ? (geojson.features as Quartier[]) : [];
  const codes = lus.map((q) => `qpv/${q.properties.code}`);
  return { plan: packPlan(lus.map((q) => ({ type: 'Feature', geometry: q.geometry, properties: { code: q.properties.code, nom: q.properties.nom } }))), codes, rangs: new Map(codes.map((c, i) => [c, i])), noms: lus.map((q) => q.properties.nom) };
}

/** Où placer les lignes sans tracé : le centre de la commune, ou le milieu des communes d'un territoire. */
export function centres(positions: Positions, maille: Maille): Map<string, [number, number]> {
  if (maille === 'ensemble') return new Map(positions.ensembles.map((e) => [e.id, [e.lon, e.lat]]));
  const sommes = new Map<string, { lon: number; lat: number; poids: number }>();
  for (const { code: commune, epci, lon, lat, logements } of positions.communes) {
    const code = maille === 'commune' ? commune : maille === 'epci' ? epci : '';
    if (code === '' || lon === null || lat === null) continue;
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

/** Le patrimoine sur le fond : la classe des objets coloriés, `HORS` pour les autres. */
export function surfacesDe(plan: Plan, codes: readonly string[], rangs: ReadonlyMap<string, number>, lignes: readonly LigneClassee[]): DonneesCarte['surfaces'] {
  const classes = new Int8Array(codes.length).fill(HORS);
  const montres = new Map<string, number>();
  for (const l of lignes) {
    const rang = rangs.get(l.code);
    if (rang === undefined) continue;
    classes[rang] = l.classe ?? -1;
    montres.set(l.code, rang);
  }
  return { plan, codes, rangs: montres, classes };
}

/** Cercles des lignes qui n'ont pas de tracé ; surface proportionnelle à la taille. `surs` : ceux qui sont à leur vraie place. */
export function cerclesDe(
  lignes: readonly LigneClassee[],
  places: ReadonlyMap<string, [number, number]>,
  avecTrace: { has: (code: string) => boolean },
  taille: Taille,
  autour: ReadonlyMap<string, Foyer> = new Map(),
  surs: ReadonlySet<string> = new Set(),
): DonneesCarte['cercles'] {
  const compte = (l: LigneClassee) => (taille === 'egale' ? 0.12 : taille === 'loues' ? l.loues : l.logements);
  const max = lignes.reduce((m, l) => Math.max(m, compte(l)), taille === 'egale' ? 1 : 0);
  const placees = lignes.filter((l) => places.has(l.code) && !avecTrace.has(l.code));
  const tous = [...new Set(autour.values())];
  const rangs = new Map(tous.map((f, i) => [f, i]));
  const foyerDe = (l: LigneClassee): number => {
    const f = autour.get(l.code);
    return f === undefined ? -1 : (rangs.get(f) ?? -1);
  };
  const codes = placees.map((l) => l.code);
  return {
    codes,
    rangs: new Map(codes.map((c, i) => [c, i])),
    plan: {
      lon: Float64Array.from(placees, (l) => places.get(l.code)?.[0] ?? 0),
      lat: Float64Array.from(placees, (l) => places.get(l.code)?.[1] ?? 0),
      taille: Float32Array.from(placees, (l) => (max === 0 ? 0 : Math.sqrt(compte(l) / max))),
      classe: Int8Array.from(placees, (l) => l.classe ?? -1),
      sur: Uint8Array.from(placees, (l) => (surs.has(l.code) ? 1 : 0)),
      foyer: Int32Array.from(placees, foyerDe),
      foyers: tous,
    },
  };
}

/** La plus petite étendue qui contient celles-ci ; `null` sans aucune. */
export function reunir(etendues: Iterable<Etendue>): Etendue | null {
  let e: Etendue | null = null;
  for (const [o, s, est, n] of etendues) e = e === null ? [o, s, est, n] : [Math.min(e[0], o), Math.min(e[1], s), Math.max(e[2], est), Math.max(e[3], n)];
  return e;
}

/** Les noms à écrire sur la carte : les départements du fond, les communes du parc à leur centre, les autres communes du fond à leur milieu. */
export function nomsDe(plan: Plan, codes: readonly string[], communes: Positions['communes']): NomsPlan {
  const noms: string[] = [];
  const [lon, lat, genre, poids]: number[][] = [[], [], [], []];
  const ecrire = (nom: string, g: GenreNom, [x, y]: readonly [number, number], p: number) => {
    noms.push(nom.replaceAll('\n', ' '));
    lon?.push(x);
    lat?.push(y);
    genre?.push(GENRES_NOM.indexOf(g));
    poids?.push(p);
  };
  for (const c of communes) if (c.lon !== null && c.lat !== null) ecrire(c.nom, 'parc', [c.lon, c.lat], Math.max(1, c.logements));
  const duParc = new Set(communes.map((c) => c.code));
  const [commune, departement] = [NIVEAUX.indexOf('commune'), NIVEAUX.indexOf('departement')];
  const nomsFond = plan.noms.split('\n');
  for (const [i, code] of codes.entries()) {
    if (plan.niveaux[i] === departement) {
      const [o, s, e, n] = etendueTerre(plan, i);
      ecrire(nomsFond[i] ?? code, 'departement', [(o + e) / 2, (s + n) / 2], 0);
    } else if (plan.niveaux[i] === commune && !duParc.has(code)) ecrire(nomsFond[i] ?? code, 'commune', milieuObjet(plan, i), 0);
  }
  return { noms: noms.join('\n'), lon: Float64Array.from(lon ?? []), lat: Float64Array.from(lat ?? []), genre: Uint8Array.from(genre ?? []), poids: Uint32Array.from(poids ?? []) };
}
