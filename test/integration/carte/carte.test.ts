import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FeatureCollection } from 'geojson';
import { expect, test } from 'vitest';
import { codesDe, etendueObjet, rangsDe } from '../../../shared/domain/carte/plan.ts';
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

test('le plan porte tout le fond, où qu’il y ait du patrimoine, et les départements fournis s’il n’en a pas', async () => {
  const { faire, repertoire } = essaiService();
  const fourni = await faire('carte.plan', {});
  expect({ objets: codesDe(fourni.plan).length, departements: rangsDe(fourni.plan, 'departement').size, origine: fourni.origine }).toEqual({ objets: 101, departements: 101, origine: 'fourni' });
  const chemin = join(repertoire, 'communes.geojson');
  writeFileSync(chemin, JSON.stringify({ ...FOND, features: FOND.features.slice(1) }));
  await faire('carte.chargerFond', { chemin });
  const { plan, origine, attribution } = await faire('carte.plan', {});
  expect({ origine, attribution: attribution.startsWith('Fond de carte chargé : communes.geojson. '), communes: [...rangsDe(plan, 'commune').keys()], departements: rangsDe(plan, 'departement').size }).toEqual({ origine: 'charge', attribution: true, communes: ['13055'], departements: 101 });
  expect(etendueObjet(plan, rangsDe(plan, 'commune').get('13055') ?? -1)).toEqual([5, 43, 5.5, 43.5]);
});
