import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { writeZip } from '../../../electron/documents/archive.ts';
import { essaiService } from '../../aides/service.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ban, BAN_TITRES, carre, contours, NORD, quartier } from './aide.ts';

const octets = (t: string): Uint8Array => Buffer.from(t);
const GEOJSON = contours(NORD);

test.each<[string, () => string | Uint8Array | Promise<Uint8Array>, string]>([
  ['nu', () => GEOJSON, 'q.bin'],
  ['avec marque', () => `\ufeff${GEOJSON}`, 'q.bin'],
  ['compressé', () => gzipSync(GEOJSON), 'q.bin'],
  [
    'dans l’archive officielle', () =>
      writeZip([
        { nom: 'SHP/qp.shp', octets: octets('x') }, { nom: 'GEOJSON/QP2024_LB93.geojson', octets: octets('{}') },
        { nom: 'GEOJSON/QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson', octets: octets(GEOJSON) },
      ]), 'q.bin : QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson',
  ],
])('un fichier de contours %s se charge', async (_nom, contenu, nom) => {
  const { faire, repertoire } = essaiService();
  const chemin = join(repertoire, 'q.bin');
  writeFileSync(chemin, await contenu());
  expect(await faire('qpv.charger', { chemin })).toMatchObject({ generation: '2024', nom, contours: 1, epsg: 4326, ecartes: {}, chargeLe: '2026-03-01T09:00:00.000Z', remplace: null });
});

test('les tracés écartés sont dits, et un chargement suivant remplace', async () => {
  const { faire, repertoire } = essaiService();
  const chemin = join(repertoire, 'a.json');
  writeFileSync(chemin, contours(NORD, quartier('13', 'Sans code', carre(5.3, 43.2, 0.01)), quartier('QN01302M', 'Échangé', carre(43.2, 5.3, 0.01))));
  expect(await faire('qpv.charger', { chemin })).toMatchObject({
    contours: 1, ecartes: { 'code de quartier absent ou inconnu': 1, 'point hors de France (longitude et latitude échangées, ou autre système de coordonnées)': 1 },
  });
  expect(await faire('qpv.charger', { chemin })).toMatchObject({ remplace: 'a.json' });
});

const mauvais: [string, () => string | Uint8Array | Promise<Uint8Array>, string][] = [
  ['un texte', () => 'bonjour', 'qpv-illisible'],
  ['un JSON sans tracés', () => '{"type":"FeatureCollection"}', 'qpv-illisible'],
  ['aucun tracé utilisable', () => contours(quartier('13', 'x', carre(5.3, 43.2, 0.01))), 'qpv-vide'],
  ['du Lambert 93 qui ne le dit pas', () => contours(quartier('QN01301M', 'x', carre(892_000, 6_247_000, 900))), 'qpv-vide'],
  ['un système inconnu', () => JSON.stringify({ type: 'FeatureCollection', crs: { type: 'name', properties: { name: 'EPSG:27572' } }, features: [NORD] }), 'qpv-projection'],
  ['une compression coupée', () => gzipSync(GEOJSON).subarray(0, 40), 'qpv-illisible'],
  ['une archive sans GeoJSON', () => writeZip([{ nom: 'a.txt', octets: octets('x') }]), 'qpv-archive'],
  ['une archive qui en a deux', () => writeZip([{ nom: 'a.json', octets: octets(GEOJSON) }, { nom: 'b.json', octets: octets(GEOJSON) }]), 'qpv-archive'],
];
test.each(mauvais)('%s est refusé, et les contours d’avant restent', async (_nom, contenu, code) => {
  const { faire, echouer, repertoire } = essaiService();
  const bon = join(repertoire, 'bon.json');
  writeFileSync(bon, GEOJSON);
  await faire('qpv.charger', { chemin: bon });
  const chemin = join(repertoire, 'x.json');
  writeFileSync(chemin, await contenu());
  expect(await echouer('qpv.charger', { chemin })).toMatchObject({ code, sortie: 2 });
  await faire('dossier.creer', { chemin: join(repertoire, 'd.cus'), siren: '913000006', nom: 'Office' });
  expect((await faire('qpv.etat', {})).contours).toMatchObject([{ nom: 'bon.json' }]);
});

test('un Lambert 93 annoncé est converti', async () => {
  const { faire, repertoire } = essaiService();
  const chemin = join(repertoire, 'l93.json');
  writeFileSync(chemin, JSON.stringify({ type: 'FeatureCollection', crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2154' } }, features: [quartier('QN01301M', 'Nord', carre(892_000, 6_246_000, 900))] }));
  expect(await faire('qpv.charger', { chemin })).toMatchObject({ contours: 1, epsg: 2154 });
});

test.each([
  ['d’autres colonnes', 'a;b\n1;2\n', 'ban-colonnes'],
  ['aucune adresse', `${BAN_TITRES}\n`, 'ban-vide'],
  ['une autre commune que de France', ban(['1', '', 'Rue A', 5, 43, '99999']), 'ban-vide'],
  ['une compression coupée', gzipSync(ban(...Array.from({ length: 500 }, (_, i): [string, string, string, number, number] => [String(i + 1), '', `Rue ${i * 7919}`, 5.3, 43.3]))).subarray(0, 900), 'ban-illisible'],
])('un extrait de la BAN avec %s est refusé, sans reste', async (_nom, contenu, code) => {
  const { faire, echouer, repertoire } = essaiService();
  const chemin = join(repertoire, 'adresses.csv');
  writeFileSync(chemin, contenu);
  expect(await echouer('qpv.chargerBan', { chemin })).toMatchObject({ code, sortie: 2 });
  await faire('dossier.creer', { chemin: join(repertoire, 'd.cus'), siren: '913000006', nom: 'Office' });
  expect((await faire('qpv.etat', {})).ban).toEqual([]);
});
