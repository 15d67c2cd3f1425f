import type { FeatureCollection } from 'geojson';
import { expect, test } from 'vitest';
import { charger, PARC, preparer } from './aide.ts';

test('la carte place un ensemble à son point le plus sûr, et dit la précision', async () => {
  const atelier = await preparer();
  const lire = async () => {
    const { ensembles } = await atelier.faire('ensembles.lister', {});
    const noms = new Map(ensembles.map((e) => [e.id, e.nom]));
    const carte = await atelier.faire('carte.lire', {});
    return { carte, places: Object.fromEntries(carte.ensembles.map((e) => [noms.get(e.id), e.precision])) };
  };
  const avant = await lire();
  expect(avant.places).toEqual({ A: 'adresse', B: 'adresse', C: 'commune', D: 'commune', E: 'adresse' });
  // Le point d'un ensemble est celui de l'un de ses logements.
  const points = PARC.map((l) => l.split(';')).filter((c) => c[6] === 'B').map((c) => [Number(c[8]), Number(c[9])]);
  const b = avant.carte.ensembles.find((e) => points.some(([x, y]) => x === e.lon && y === e.lat));
  expect(b?.logements).toBe(4);
  expect(avant.carte.communes.map((c) => [c.code, c.logements])).toEqual([['13055', 11], ['69123', 1]]);
  const { ensembles } = await atelier.faire('ensembles.lister', {});
  await atelier.faire('qpv.poser', { objet: 'ensemble', cle: ensembles.find((e) => e.nom === 'C')?.id ?? '', lon: 5.37, lat: 43.3 });
  const apres = await lire();
  expect(apres.places).toMatchObject({ C: 'repere', D: 'commune' });
  expect(apres.carte.ensembles.filter((e) => e.precision === 'repere')).toMatchObject([{ lon: 5.37, lat: 43.3, logements: 3 }]);
});

test('les contours tracés sont ceux des départements du parc, et chaque compte s’explique', async () => {
  const atelier = await preparer();
  expect(await atelier.faire('qpv.tracer', {})).toEqual({ generation: null, geojson: { type: 'FeatureCollection', features: [] } });
  await charger(atelier);
  const { generation, geojson } = await atelier.faire('qpv.tracer', {});
  expect({ generation, codes: (geojson as FeatureCollection).features.map((f) => f.properties) }).toEqual({ generation: '2024', codes: [{ code: 'QN01301M', nom: 'Nord' }] });
  const { ecarts, positions } = await atelier.faire('qpv.etat', {});
  for (const [sujet, n] of [...Object.entries(ecarts ?? {}).map(([e, k]) => [`qpv/ecart/${e}`, k] as const), ...Object.entries(positions).map(([o, k]) => [`qpv/position/${o}`, k] as const), ['qpv/desaccords', 4] as const]) {
    const e = await atelier.faire('explication.lire', { sujet });
    expect([e.valeur, e.articles]).toEqual([String(n), ['R445-3']]);
    for (const { nombre, filtres } of e.sources) {
      const { total } = await atelier.faire('logements.page', { decalage: 0, nombre: 1, filtres });
      expect([sujet, total]).toEqual([sujet, nombre]);
    }
  }
});

test('un repère refuse ce qui n’existe pas, et un point hors de France', async () => {
  const atelier = await preparer();
  expect(await atelier.echouer('qpv.poser', { objet: 'logement', cle: 'absent', lon: 5, lat: 43 })).toMatchObject({ code: 'objet-inconnu', sortie: 2 });
  expect(await atelier.echouer('qpv.poser', { objet: 'logement', cle: 'R-non', lon: 43, lat: 5 })).toMatchObject({ code: 'point-hors-de-france', sortie: 2 });
  expect(await atelier.echouer('qpv.lever', { objet: 'logement', cle: 'R-non' })).toMatchObject({ code: 'repere-absent', sortie: 2 });
});
