/** Compare les territoires livrés avec des données d'autres origines, rangées à côté du projet. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import { describe, expect, it } from 'vitest';
import { centreCommune } from '../../shared/territoires/carte.ts';
import { epciInfo, findCommune, resolveDepcom } from '../../shared/territoires/index.ts';

const reference = (chemin: string): Buffer => readFileSync(new URL(`../../../shared/donnees/${chemin}`, import.meta.url));
const lignes = (chemin: string): string[] => reference(chemin).toString('utf8').trim().split(/\r?\n/).slice(1);

type Proprietes = { code: string; nom: string; dep: string; reg: string; epci: string };
function communesDuFond(): Feature<Polygon | MultiPolygon, Proprietes>[] {
  const topo = JSON.parse(gunzipSync(reference('fonds/france-2026.topojson.gz')).toString('utf8')) as Parameters<typeof feature>[0];
  const objet = topo.objects['communes'];
  if (objet?.type !== 'GeometryCollection') throw new Error('fond inattendu');
  return feature(topo, objet).features as Feature<Polygon | MultiPolygon, Proprietes>[];
}

function contient(anneau: Position[], [x, y]: [number, number]): boolean {
  let dedans = false;
  for (let i = 0, j = anneau.length - 1; i < anneau.length; j = i++) {
    const [xi = 0, yi = 0] = anneau[i] ?? [];
    const [xj = 0, yj = 0] = anneau[j] ?? [];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) dedans = !dedans;
  }
  return dedans;
}

describe('fond de carte 2026 (IGN)', () => {
  const communes = communesDuFond();

  it('a les mêmes communes, dans les mêmes départements, régions et EPCI', () => {
    expect(communes).toHaveLength(34_868);
    const ecarts = communes.filter(({ properties: p }) => {
      const c = findCommune(p.code);
      return !c || c.departement !== p.dep || c.region !== p.reg || (c.epci ?? '') !== p.epci || (c.epci !== null && epciInfo(c.epci) === null);
    });
    expect(ecarts.map((f) => f.properties)).toEqual([]);
  });

  it('contient presque tous les centres livrés dans leur commune', () => {
    let places = 0;
    const dehors: string[] = [];
    for (const { properties, geometry } of communes) {
      const c = centreCommune(properties.code);
      if (c?.precision !== 'commune') continue;
      places++;
      const polygones = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
      if (!polygones.some((p) => contient(p[0] ?? [], [c.lon, c.lat]))) dehors.push(properties.code);
    }
    expect(places).toBeGreaterThan(8_600);
    // GeoNames place quelques centres de l'autre côté d'une limite ; le fond est simplifié.
    expect(dehors.length / places).toBeLessThan(0.02);
  });
});

describe('codes d’années passées', () => {
  it('de 2014 et de 2024 mènent tous à une commune d’aujourd’hui', () => {
    const codes2014 = lignes('zonages/20110914_zonage.csv').map((l) => l.slice(0, 5));
    const codes2024 = lignes('zonages/zonage-abc-juillet-2024.csv').map((l) => l.slice(0, 5));
    expect([codes2014.length, codes2024.length]).toEqual([36_681, 34_935]);
    expect([...codes2014, ...codes2024].filter((c) => resolveDepcom(c).commune === null)).toEqual([]);
  });
});
