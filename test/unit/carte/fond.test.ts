import type { Feature, FeatureCollection } from 'geojson';
import { expect, test } from 'vitest';
import { niveauDeCouche, readTraces } from '../../../shared/domain/carte/fond.ts';

const carre = { type: 'Polygon' as const, coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] };
const trace = (properties: Record<string, unknown>): Feature => ({ type: 'Feature', geometry: carre, properties });
const collection = (...features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

test('le nom de la couche dit le niveau', () => {
  expect(['communes-1000m', 'EPCI', 'departements', 'départements', 'regions', 'iris'].map(niveauDeCouche)).toEqual([
    'commune', 'epci', 'departement', 'departement', 'region', null,
  ]);
});

test('sans couche nommée, la forme du code décide ; le reste est compté, pas perdu', () => {
  const lu = readTraces(
    collection(
      trace({ INSEE_COM: '2A004', NOM: 'Ajaccio' }),
      trace({ code: '200054807', nom: 'Métropole' }),
      trace({ code: '13' }),
      trace({ code: '971', nom: 'Guadeloupe' }),
      trace({ code: '1305' }),
      trace({}),
      { type: 'Feature', geometry: { type: 'Point', coordinates: [0, 0] }, properties: { code: '13055' } },
      { type: 'Feature', geometry: carre, properties: null },
    ),
    null,
  );
  expect({ lus: lu.traces.map((t) => t.properties), ignores: lu.ignores }).toEqual({
    lus: [
      { code: '2A004', nom: 'Ajaccio', niveau: 'commune' },
      { code: '200054807', nom: 'Métropole', niveau: 'epci' },
      { code: '13', nom: '13', niveau: 'departement' },
      { code: '971', nom: 'Guadeloupe', niveau: 'departement' },
    ],
    ignores: 4,
  });
});

test('le niveau annoncé prime : une commune dans la couche des EPCI est laissée de côté', () => {
  expect(readTraces(collection(trace({ code: '22016', nom: 'Île-de-Bréhat' })), 'epci')).toEqual({ traces: [], ignores: 1 });
});
