import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl';
import type { Palette } from './couleurs.ts';
import { ADRESSE_GLYPHES } from './glyphes/fil.ts';
import { MILLIEMES } from './tuiles/cercles.ts';
import { ZOOM_MAX } from './tuiles/mercator.ts';
import { GENRES_NOM, type GenreNom } from './tuiles/noms.ts';
import { RAYONS } from './tuiles/rayons.ts';
import { ZOOM_TRAME } from './tuiles/surfaces.ts';

/** Rayon d'un cercle d'après sa racine de taille relative (0 à 1), et selon le zoom. */
const RAYON: ExpressionSpecification = [
  'interpolate', ['linear'], ['zoom'],
  ...RAYONS.flatMap(({ zoom, fixe, part }): [number, ExpressionSpecification] => [zoom, ['+', fixe, ['*', part / MILLIEMES, ['get', 'taille']]]]),
] as ExpressionSpecification;

const choisi = (oui: number, non: number): ExpressionSpecification => ['case', ['boolean', ['feature-state', 'choisi'], false], oui, ['boolean', ['feature-state', 'survol'], false], (oui + non) / 2, non];

const RETENU: ExpressionSpecification = ['==', ['get', 'retenu'], 1];
/** Bord d'un objet : celui de la sélection, sinon l'encre. */
const bord = (palette: Palette): ExpressionSpecification => ['case', RETENU, palette.de('accent'), palette.de('encre')];
const gras = (retenu: number, autre: ExpressionSpecification): ExpressionSpecification => ['case', RETENU, retenu, autre];

/** Couleur d'une classe, que la tuile porte augmentée d'un : 0 y est « sans valeur ». */
export function couleurClasse(couleurs: readonly string[], palette: Palette, sans: string): ExpressionSpecification | string {
  if (couleurs.length === 0) return sans;
  const [cas, ...autres] = couleurs.flatMap((nom, i): (number | string)[] => [i + 1, palette.de(nom)]);
  const entree: ExpressionSpecification = ['get', 'classe'];
  return ['match', entree, cas, ...autres, sans] as ExpressionSpecification;
}

const POLICE = ['Inter Variable', 'sans-serif'];
const deGenre = (genre: GenreNom): ExpressionSpecification => ['==', ['get', 'genre'], GENRES_NOM.indexOf(genre)];

/** Les noms des lieux, dessinés sur place d'une police de l'application ; sous une voisine plus lourde, un nom s'efface. */
function noms(palette: Palette): StyleSpecification['layers'] {
  const source = { source: 'fond', 'source-layer': 'noms' };
  const halo = { 'text-halo-color': palette.de('surface'), 'text-halo-width': 1.4 };
  const place = { 'text-field': ['get', 'nom'] as ExpressionSpecification, 'text-font': POLICE, 'symbol-sort-key': ['-', 0, ['get', 'poids']] as ExpressionSpecification, 'text-max-width': 8, 'text-padding': 4 };
  return [
    { id: 'noms-communes', type: 'symbol', ...source, minzoom: 10, filter: deGenre('commune'), layout: { ...place, 'text-size': 11 }, paint: { ...halo, 'text-color': palette.de('encre-douce') } },
    {
      id: 'noms-parc', type: 'symbol', ...source, minzoom: 7.5, filter: deGenre('parc'),
      layout: { ...place, 'text-size': ['interpolate', ['linear'], ['zoom'], 8, 11, 12, 14], 'text-anchor': 'top', 'text-offset': [0, 0.5] },
      paint: { ...halo, 'text-color': palette.de('encre') },
    },
    { id: 'noms-departements', type: 'symbol', ...source, minzoom: 5, maxzoom: 10, filter: deGenre('departement'), layout: { ...place, 'text-size': 11, 'text-letter-spacing': 0.06, 'text-transform': 'uppercase' }, paint: { ...halo, 'text-color': palette.de('encre-douce') } },
  ];
}

/** Une carte entière sans rien demander au réseau : tuiles et glyphes sont tracés par l'application. */
export function styleCarte(palette: Palette, adresses: { fond: string; cercles: string }): StyleSpecification {
  const surface = palette.de('surface');
  const fond = (couche: string) => ({ source: 'fond', 'source-layer': couche });
  return {
    version: 8,
    glyphs: ADRESSE_GLYPHES,
    sources: {
      fond: { type: 'vector', tiles: [adresses.fond], maxzoom: ZOOM_MAX },
      cercles: { type: 'vector', tiles: [adresses.cercles], maxzoom: ZOOM_MAX },
    },
    layers: [
      { id: 'fond', type: 'background', paint: { 'background-color': palette.de('creux') } },
      { id: 'pays', type: 'fill', ...fond('contours'), paint: { 'fill-color': surface } },
      {
        id: 'surfaces-classe', type: 'fill', ...fond('surfaces'),
        paint: { 'fill-color': surface, 'fill-opacity': choisi(1, 0.86) },
      },
      {
        id: 'surfaces-sans', type: 'fill', ...fond('surfaces'),
        filter: ['==', ['get', 'classe'], 0],
        paint: { 'fill-pattern': 'hachures', 'fill-opacity': 0.7 },
      },
      { id: 'trame', type: 'line', ...fond('trame'), minzoom: ZOOM_TRAME, paint: { 'line-color': palette.de('bord'), 'line-width': 0.5, 'line-opacity': ['interpolate', ['linear'], ['zoom'], ZOOM_TRAME, 0.25, ZOOM_TRAME + 2, 0.7] } },
      { id: 'contours', type: 'line', ...fond('contours'), paint: { 'line-color': palette.de('bord'), 'line-width': 0.8, 'line-opacity': 0.7 } },
      {
        id: 'surfaces-bord', type: 'line', ...fond('surfaces'),
        // De loin, un bord épais couvrirait la couleur d'une petite commune.
        paint: { 'line-color': bord(palette), 'line-width': ['interpolate', ['linear'], ['zoom'], 6, gras(1, choisi(2.6, 0.25)), 9, gras(2.6, choisi(2.6, 0.4))], 'line-opacity': gras(1, choisi(1, 0.6)) },
      },
      { id: 'quartiers-fond', type: 'fill', ...fond('quartiers'), paint: { 'fill-color': palette.de('qpv'), 'fill-opacity': choisi(0.3, 0.12) } },
      {
        id: 'cercles', type: 'circle', source: 'cercles', 'source-layer': 'cercles',
        layout: { 'circle-sort-key': ['-', 0, ['get', 'taille']] },
        paint: {
          'circle-radius': RAYON,
          'circle-color': surface,
          // Un cercle qui n'est pas à sa vraie place est plus pâle ; la légende le dit aussi.
          'circle-opacity': ['case', ['==', ['get', 'sur'], 1], 0.95, 0.6],
          'circle-stroke-color': bord(palette),
          'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 5, gras(1.8, choisi(2.5, 0.25)), 9, gras(2.6, choisi(3, 0.7))],
          'circle-stroke-opacity': gras(1, choisi(1, 0.75)),
        },
      },
      // Au-dessus des cercles : un quartier petit y disparaîtrait.
      {
        id: 'quartiers-bord', type: 'line', ...fond('quartiers'),
        paint: { 'line-color': palette.de('qpv'), 'line-width': ['interpolate', ['linear'], ['zoom'], 6, choisi(2, 0.6), 12, choisi(3.5, 1.6)] },
      },
      ...noms(palette),
    ],
  };
}

/** Hachures grises : « pas de valeur », que rien ne fait prendre pour zéro. */
export function hachures(palette: Palette): { width: number; height: number; data: Uint8ClampedArray } {
  const cote = 8;
  const data = new Uint8ClampedArray(cote * cote * 4);
  const [r, v, b] = (/^#(..)(..)(..)$/.exec(palette.de('bord')) ?? ['', '88', '88', '88']).slice(1).map((h) => Number.parseInt(h, 16));
  for (let y = 0; y < cote; y += 1) {
    for (let x = 0; x < cote; x += 1) data.set([r ?? 136, v ?? 136, b ?? 136, (x + y) % cote < 2 ? 200 : 0], (y * cote + x) * 4);
  }
  return { width: cote, height: cote, data };
}
