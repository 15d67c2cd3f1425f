import { describe, expect, test } from 'vitest';
import { readContours, readCrs } from '../../../shared/domain/qpv/contours.ts';
import { departementDuCode, generationDe } from '../../../shared/domain/qpv/generations.ts';

const carre = (x: number, y: number, c: number): number[][] => [[x, y], [x + c, y], [x + c, y + c], [x, y + c], [x, y]];
const trace = (code: unknown, type: string, coordinates: unknown, autres: Record<string, unknown> = {}) => ({ type: 'Feature', properties: { code_qp: code, lib_qp: 'La Cité', insee_com: '13055', ...autres }, geometry: { type, coordinates } });
const CARRE = [carre(5.3, 43.3, 0.01)];

test('codes : les deux générations, l’outre-mer et la Corse', () => {
  expect(['QP013001', 'QP971001', 'QP02A001', 'QN01301M', 'QN97401C', 'QN02B01M', 'qn01301m', 'QP01300', 'QN0130M', 'XX013001', ''].map(generationDe)).toEqual([
    '2015', '2015', '2015', '2024', '2024', '2024', null, null, null, null, null,
  ]);
  expect(['QN01301M', 'QP971001', 'QN02A01M', 'QN97401C', 'QN98701C'].map(departementDuCode)).toEqual(['13', '971', '2A', '974', '987']);
});

test('la casse des propriétés ne compte pas, un code numérique de commune non plus', () => {
  const f = { type: 'Feature', properties: { CODE_QP: ' qn01301m ', Lib_QP: 'Nord', INSEE_COM: '13055, 13001' }, geometry: { type: 'Polygon', coordinates: CARRE } };
  expect(readContours([f], 4326)).toEqual({ generation: '2024', contours: [{ code: 'QN01301M', nom: 'Nord', communes: ['13055', '13001'], polygones: [CARRE] }], traces: 1, ecartes: {} });
});

test('multipolygone, trous, et deux tracés d’un même quartier réunis', () => {
  const troue = [carre(5.3, 43.3, 0.01), carre(5.303, 43.303, 0.002)];
  const lus = readContours([trace('QP013001', 'MultiPolygon', [troue, [carre(5.4, 43.3, 0.01)]]), trace('QP013001', 'Polygon', [carre(5.5, 43.3, 0.01)], { insee_com: '13001' })], 4326);
  expect(lus.contours.map((c) => ({ code: c.code, communes: c.communes, anneaux: c.polygones.map((p) => p.length) }))).toEqual([{ code: 'QP013001', communes: ['13055', '13001'], anneaux: [2, 1, 1] }]);
});

test('ce qui ne va pas est compté par raison, le reste est gardé', () => {
  const bon = trace('QN01301M', 'Polygon', CARRE);
  const mauvais = [
    trace('13', 'Polygon', CARRE), null, trace('QN01302M', 'Point', [5, 43]), { ...bon, geometry: null },
    trace('QN01303M', 'Polygon', [carre(5.3, 43.3, 0.01).slice(0, 4)]), trace('QN01304M', 'Polygon', [[[5.3, 43.3], [5.3, 43.3]]]),
    trace('QN01305M', 'Polygon', [[[5.3, 'x'], [5.4, 43.3], [5.4, 43.4], [5.3, 'x']]]), trace('QN01306M', 'Polygon', [carre(43.3, 5.3, 0.01)]),
    trace('QN01307M', 'Polygon', [[[-178, -13.5], [178, -13.5], [178, -14], [-178, -13.5]]]),
    trace('QN98601C', 'Polygon', [[[-154, -10], [-135, -10], [-135, -20], [-154, -10]]]), trace('QP013009', 'Polygon', CARRE),
  ];
  const { ecartes, contours, traces, generation } = readContours([bon, trace('QN01399N', 'Polygon', CARRE), ...mauvais], 4326);
  expect({ ecartes, traces, generation, codes: contours.map((c) => c.code) }).toEqual({
    ecartes: { 'sans-code': 2, 'sans-polygone': 2, 'anneau-ouvert': 2, 'coordonnee-invalide': 1, 'hors-de-france': 2, 'trop-etendu': 1, 'autre-generation': 1 },
    traces: 13, generation: '2024', codes: ['QN01301M', 'QN01399N'],
  });
});

test('un fichier en Lambert 93 est converti', () => {
  const [contour] = readContours([trace('QN01301M', 'Polygon', [[[892_000, 6_247_000], [893_000, 6_247_000], [893_000, 6_248_000], [892_000, 6_247_000]]])], 2154).contours;
  const [lon = 0, lat = 0] = contour?.polygones[0]?.[0]?.[0] ?? [];
  expect([lon.toFixed(2), lat.toFixed(2)]).toEqual(['5.36', '43.30']);
});

describe('système annoncé', () => {
  const crs = (name: string) => ({ type: 'name', properties: { name } });
  test.each([
    [undefined, 4326], [null, 4326], [crs('urn:ogc:def:crs:OGC:1.3:CRS84'), 4326], [crs('urn:ogc:def:crs:EPSG::2154'), 2154], [crs('EPSG:2975'), 2975],
    [crs('Lambert 93'), null], [{ type: 'link' }, null], ['x', null],
  ])('%j', (valeur, attendu) => {
    expect(readCrs(valeur)).toBe(attendu);
  });
});
