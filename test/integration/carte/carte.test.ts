import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FeatureCollection } from 'geojson';
import { expect, test } from 'vitest';
import { essaiService } from '../../aides/service.ts';

const FOND: FeatureCollection = {
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties: { code: '13', nom: 'Bouches-du-Rhône' }, geometry: { type: 'Polygon', coordinates: [[[5, 43], [6, 43], [6, 44], [5, 43]]] } },
    { type: 'Feature', properties: { code: '13055', nom: 'Marseille' }, geometry: { type: 'Polygon', coordinates: [[[5, 43], [5.5, 43], [5.5, 43.5], [5, 43]]] } },
  ],
};

test('sans fichier, les contours des départements, avec leur attribution', async () => {
  const { faire } = essaiService();
  const fond = await faire('carte.fond', {});
  const geojson = fond.geojson as FeatureCollection;
  expect({ origine: fond.origine, traces: geojson.features.length, niveaux: new Set(geojson.features.map((f) => f.properties?.['niveau'])) }).toEqual({
    origine: 'fourni', traces: 101, niveaux: new Set(['departement']),
  });
  expect(fond.attribution).toContain('Natural Earth');
});

test('un fond chargé est gardé sur l’ordinateur, puis retiré', async () => {
  const { faire, repertoire } = essaiService();
  const chemin = join(repertoire, 'communes.geojson.gz');
  writeFileSync(chemin, gzipSync(JSON.stringify(FOND)));
  expect(await faire('carte.chargerFond', { chemin })).toEqual({ nom: 'communes.geojson.gz', niveaux: { departement: 1, commune: 1 }, ignores: 0 });
  const fond = await faire('carte.fond', {});
  expect({ origine: fond.origine, codes: (fond.geojson as FeatureCollection).features.map((f) => f.properties?.['code']) }).toEqual({ origine: 'charge', codes: ['13'] });
  await faire('carte.retirerFond', {});
  expect((await faire('carte.fond', {})).origine).toBe('fourni');
});

const mauvais: [string, string | Buffer, string][] = [
  ['un texte', 'bonjour', 'fond-illisible'],
  ['un JSON qui n’est pas une carte', '{"a":1}', 'fond-illisible'],
  ['une carte sans code', JSON.stringify({ type: 'FeatureCollection', features: [{ ...FOND.features[0], properties: {} }] }), 'fond-vide'],
  ['une compression coupée', gzipSync(JSON.stringify(FOND)).subarray(0, 40), 'fond-illisible'],
  ['une bombe', gzipSync(Buffer.alloc(220 * 1024 * 1024)), 'fond-trop-gros'],
];
test.each(mauvais)('%s est refusé et le fond d’avant reste', async (_nom, contenu, code) => {
  const { faire, echouer, repertoire } = essaiService();
  const chemin = join(repertoire, 'x.json');
  writeFileSync(chemin, contenu);
  expect(await echouer('carte.chargerFond', { chemin })).toMatchObject({ code, sortie: 2 });
  expect((await faire('carte.fond', {})).origine).toBe('fourni');
});
