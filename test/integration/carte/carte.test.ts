import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FeatureCollection } from 'geojson';
import { expect, test } from 'vitest';
import { codesDe, etendueObjet, rangsDe } from '../../../shared/domain/carte/plan.ts';
import { essaiService } from '../../aides/service.ts';
import { contours, NORD } from '../qpv/aide.ts';

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
  expect({ fonds: fond.fonds, traces: geojson.features.length, niveaux: new Set(geojson.features.map((f) => f.properties?.['niveau'])) }).toEqual({
    fonds: [], traces: 101, niveaux: new Set(['departement']),
  });
  expect(fond.attribution).toContain('Natural Earth');
});

test('un fond chargé est gardé sur l’ordinateur, puis retiré', async () => {
  const { faire, repertoire } = essaiService();
  const chemin = join(repertoire, 'communes.geojson.gz');
  writeFileSync(chemin, gzipSync(JSON.stringify(FOND)));
  expect(await faire('carte.chargerFond', { chemin })).toEqual({ nom: 'communes.geojson.gz', niveaux: { departement: 1, commune: 1 }, ignores: 0, quartiers: null });
  const fond = await faire('carte.fond', {});
  const nom = 'communes.geojson.gz';
  expect({ fonds: fond.fonds, codes: (fond.geojson as FeatureCollection).features.map((f) => f.properties?.['code']) }).toEqual({ fonds: [{ niveau: 'commune', nom, traces: 1 }, { niveau: 'departement', nom, traces: 1 }], codes: ['13'] });
  await faire('carte.retirerFond', {});
  expect((await faire('carte.fond', {})).fonds).toEqual([]);
});

const EPCI: FeatureCollection = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { siren: '200054807', nom: 'Aix-Marseille-Provence' }, geometry: { type: 'Polygon', coordinates: [[[5, 43], [6, 43], [6, 44], [5, 43]]] } }] };

test('communes, EPCI et départements sont gardés côte à côte, chacun de son fichier ; chacun se remplace et se retire seul', async () => {
  const { faire, repertoire } = essaiService();
  const charger = async (nom: string, contenu: FeatureCollection) => {
    writeFileSync(join(repertoire, nom), JSON.stringify(contenu));
    return faire('carte.chargerFond', { chemin: join(repertoire, nom) });
  };
  await charger('communes.geojson', FOND);
  await charger('epci.geojson', EPCI);
  const lire = async () => (await faire('carte.plan', {})).fonds.map((f) => `${f.niveau} ${f.nom}`);
  expect(await lire()).toEqual(['commune communes.geojson', 'epci epci.geojson', 'departement communes.geojson']);
  expect((await faire('carte.plan', {})).attribution).toBe('Communes, départements : fichier communes.geojson. EPCI : fichier epci.geojson.');
  await charger('communes-2.geojson', { ...FOND, features: FOND.features.slice(1) });
  expect(await lire()).toEqual(['commune communes-2.geojson', 'epci epci.geojson', 'departement communes.geojson']);
  await faire('carte.retirerFond', { niveau: 'departement' });
  expect(await lire()).toEqual(['commune communes-2.geojson', 'epci epci.geojson']);
  // Sans les siens, les départements fournis reviennent.
  expect(rangsDe((await faire('carte.plan', {})).plan, 'departement').size).toBe(101);
  await faire('carte.retirerFond', { niveau: 'commune' });
  expect(await lire()).toEqual(['epci epci.geojson']);
});

test('un fond gardé d’un seul bloc par une version d’avant est rangé par niveau, sans rien perdre', async () => {
  const { faire, repertoire } = essaiService();
  const traces = FOND.features.map((f, i) => ({ ...f, properties: { ...f.properties, niveau: i === 0 ? 'departement' : 'commune' } }));
  mkdirSync(join(repertoire, 'donnees'), { recursive: true });
  writeFileSync(join(repertoire, 'donnees', 'fond-de-carte.json.gz'), gzipSync(JSON.stringify({ nom: 'ancien.json', traces })));
  expect((await faire('carte.fond', {})).fonds).toEqual([{ niveau: 'commune', nom: 'ancien.json', traces: 1 }, { niveau: 'departement', nom: 'ancien.json', traces: 1 }]);
  expect(existsSync(join(repertoire, 'donnees', 'fond-de-carte.json.gz'))).toBe(false);
});

test.each([['nu', (t: string) => t], ['compressé', (t: string) => gzipSync(t)]])('des contours de QPV (fichier %s) donnés comme fond vont avec ceux de QPV, le fond reste', async (_nom, emballer) => {
  const { faire, repertoire } = essaiService();
  writeFileSync(join(repertoire, 'epci.json'), JSON.stringify(EPCI));
  await faire('carte.chargerFond', { chemin: join(repertoire, 'epci.json') });
  const chemin = join(repertoire, 'q.json');
  writeFileSync(chemin, emballer(contours(NORD)));
  expect(await faire('carte.chargerFond', { chemin })).toEqual({ nom: 'q.json', niveaux: {}, ignores: 0, quartiers: { generation: '2024', contours: 1 } });
  expect((await faire('carte.fond', {})).fonds).toEqual([{ niveau: 'epci', nom: 'epci.json', traces: 1 }]);
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
  expect((await faire('carte.fond', {})).fonds).toEqual([]);
});

test('le plan porte tout le fond, où qu’il y ait du patrimoine, et les départements fournis s’il n’en a pas', async () => {
  const { faire, repertoire } = essaiService();
  const fourni = await faire('carte.plan', {});
  expect({ objets: codesDe(fourni.plan).length, departements: rangsDe(fourni.plan, 'departement').size, fonds: fourni.fonds }).toEqual({ objets: 101, departements: 101, fonds: [] });
  const chemin = join(repertoire, 'communes.geojson');
  writeFileSync(chemin, JSON.stringify({ ...FOND, features: FOND.features.slice(1) }));
  await faire('carte.chargerFond', { chemin });
  const { plan, fonds, attribution } = await faire('carte.plan', {});
  expect({ fonds: fonds.length, attribution: attribution.startsWith('Communes : fichier communes.geojson. '), communes: [...rangsDe(plan, 'commune').keys()], departements: rangsDe(plan, 'departement').size }).toEqual({ fonds: 1, attribution: true, communes: ['13055'], departements: 101 });
  expect(etendueObjet(plan, rangsDe(plan, 'commune').get('13055') ?? -1)).toEqual([5, 43, 5.5, 43.5]);
});
