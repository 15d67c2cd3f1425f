import fc from 'fast-check';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { AtelierTuiles } from '../../../renderer/map/tuiles/atelier.ts';
import { mercatorX, mercatorY, ZOOM_MAX } from '../../../renderer/map/tuiles/mercator.ts';
import { UNITES } from '../../../renderer/map/tuiles/mvt.ts';
import { HORS } from '../../../renderer/map/tuiles/surfaces.ts';
import type { Niveau } from '../../../shared/domain/carte/fond.ts';
import { codesDe, etendueObjet, milieuObjet, packPlan, rangsDe } from '../../../shared/domain/carte/plan.ts';
import { lireTuile, type ObjetLu } from '../../aides/tuile.ts';

const trace = (code: string, niveau: Niveau, ...anneaux: Position[][]) => ({ type: 'Feature' as const, properties: { code, nom: `Nom ${code}`, niveau }, geometry: { type: 'Polygon' as const, coordinates: anneaux } });
const carre = (o: number, s: number, cote: number): Position[] => [[o, s], [o + cote, s], [o + cote, s + cote], [o, s + cote], [o, s]];
const tuileDe = (lon: number, lat: number, z: number) => ({ z, x: Math.floor(mercatorX(lon) * 2 ** z), y: Math.floor(mercatorY(lat) * 2 ** z) });

/** Deux fois l'aire signée d'un anneau, y vers le bas. */
const aire = (a: readonly (readonly [number, number])[]): number => a.reduce((n, [x, y], i) => { const [u, v] = a[(i + 1) % a.length] ?? [0, 0]; return n + x * v - u * y; }, 0);

const PLAN = packPlan([
  trace('13', 'departement', carre(4, 43, 2)),
  trace('13055', 'commune', carre(5, 43, 0.2), carre(5.05, 43.05, 0.05)),
  trace('13001', 'commune', carre(5.2, 43, 0.2)),
  { type: 'Feature', properties: { code: '13002', nom: 'Deux\nmorceaux', niveau: 'commune' }, geometry: { type: 'MultiPolygon', coordinates: [[carre(4.2, 44, 0.1)], [carre(4.5, 44, 0.1)]] } },
]);
const classes = (...valeurs: number[]) => Int8Array.from(valeurs);

function atelier(): AtelierTuiles {
  const a = new AtelierTuiles();
  a.donner({ genre: 'fond', plan: PLAN });
  a.donner({ genre: 'classes', classes: classes(HORS, 2, -1, HORS) });
  return a;
}
const couches = (a: AtelierTuiles, z: number, lon = 5.1, lat = 43.1) => lireTuile(a.tuile({ source: 'fond', tuile: tuileDe(lon, lat, z) }));

describe('un plan', () => {
  it('garde codes, niveaux, étendues et milieux, dans l’ordre', () => {
    expect({ codes: codesDe(PLAN), noms: PLAN.noms.split('\n'), communes: [...rangsDe(PLAN, 'commune')], etendue: etendueObjet(PLAN, 3), milieu: milieuObjet(PLAN, 1) }).toEqual({
      codes: ['13', '13055', '13001', '13002'], noms: ['Nom 13', 'Nom 13055', 'Nom 13001', 'Deux morceaux'], communes: [['13055', 1], ['13001', 2], ['13002', 3]], etendue: [4.2, 44, 4.6, 44.1], milieu: [5.1, 43.1],
    });
  });
});

describe('une tuile du fond', () => {
  it('porte les contours, la trame des communes sans classe, et la classe des autres', () => {
    const lues = couches(atelier(), 7);
    expect(Object.entries(lues).map(([nom, objets]) => [nom, objets.map((o) => [o.id, o.type, o.proprietes])])).toEqual([
      ['contours', [[0, 3, {}]]],
      ['trame', [[3, 3, {}]]],
      ['surfaces', [[1, 3, { classe: 3, retenu: 0 }], [2, 3, { classe: 0, retenu: 0 }]]],
    ]);
  });

  it('de loin n’a pas de trame, mais garde chaque surface coloriée, si petite soit-elle', () => {
    for (let z = 0; z < 7; z++) {
      const lues = couches(atelier(), z);
      expect({ z, couches: Object.keys(lues), surfaces: lues['surfaces']?.map((o) => o.id) }).toEqual({ z, couches: ['contours', 'surfaces'], surfaces: [1, 2] });
    }
  });

  it('tourne l’extérieur dans un sens, les trous dans l’autre, et coupe au bord', () => {
    const ville = couches(atelier(), 8)['surfaces']?.find((o) => o.id === 1);
    expect(ville?.anneaux.map((a) => Math.sign(aire(a)))).toEqual([1, -1]);
    const coupee = couches(atelier(), 12)['surfaces']?.find((o) => o.id === 1);
    const bornes = coupee?.anneaux.flat(2) ?? [];
    expect([Math.min(...bornes) >= -64, Math.max(...bornes) <= UNITES + 64, bornes.length > 0]).toEqual([true, true, true]);
  });

  it('suit les classes et la sélection données ensuite, sans redonner le fond', () => {
    const a = atelier();
    a.donner({ genre: 'classes', classes: classes(HORS, HORS, 4, HORS) });
    a.donner({ genre: 'retenus', cercles: new Uint8Array(0), surfaces: Uint8Array.of(0, 0, 1, 0) });
    expect(couches(a, 7)['surfaces']?.map((o) => [o.id, o.proprietes])).toEqual([[2, { classe: 5, retenu: 1 }]]);
  });

  it('deux voisines ont le même bord à toutes les échelles, où qu’on les coupe', () => {
    const bordDe = (o: ObjetLu | undefined, x: number) => new Set(o?.anneaux[0]?.filter(([px]) => px === x).map(([, py]) => py));
    for (const z of [9, 10, 11]) {
      const t = tuileDe(5.199, 43.1, z);
      const lues = lireTuile(atelier().tuile({ source: 'fond', tuile: t }))['surfaces'] ?? [];
      const x = Math.round(mercatorX(5.2) * UNITES * 2 ** z - t.x * UNITES);
      expect(bordDe(lues.find((o) => o.id === 1), x)).toEqual(bordDe(lues.find((o) => o.id === 2), x));
    }
  });
});

describe('les cercles', () => {
  const points = fc.array(fc.tuple(fc.double({ min: -4, max: 8, noNaN: true }), fc.double({ min: 42, max: 51, noNaN: true }), fc.integer({ min: -1, max: 6 })), { minLength: 1, maxLength: 60 });
  const donner = (lus: readonly (readonly [number, number, number])[]): AtelierTuiles => {
    const a = new AtelierTuiles();
    a.donner({
      genre: 'cercles',
      cercles: {
        lon: Float64Array.from(lus, ([lon]) => lon), lat: Float64Array.from(lus, ([, lat]) => lat), taille: Float32Array.from(lus, () => 0.5), classe: Int8Array.from(lus, ([, , c]) => c),
        sur: Uint8Array.from(lus, () => 1), foyer: Int32Array.from(lus, () => -1), foyers: [],
      },
    });
    return a;
  };

  it('chaque cercle est dans une tuile et une seule, à toute échelle, avec sa classe', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: 7 }), (lus, z) => {
        const a = donner(lus);
        const ids = new Map<number, number>();
        const [haut, bas] = [tuileDe(-4, 51, z), tuileDe(8, 42, z)];
        for (let x = haut.x; x <= bas.x; x++) for (let y = haut.y; y <= bas.y; y++) for (const o of lireTuile(a.tuile({ source: 'cercles', tuile: { z, x, y } }))['cercles'] ?? []) {
          expect(ids.has(o.id)).toBe(false);
          ids.set(o.id, Number(o.proprietes['classe'] ?? -9));
        }
        expect([...ids].toSorted(([i], [j]) => i - j)).toEqual(lus.map(([, , c], i) => [i, c + 1]));
      }),
      { numRuns: 40 },
    );
  });

  it('ceux d’un contour, et les surfaces par leur milieu', () => {
    const a = atelier();
    a.donner({ genre: 'cercles', cercles: { lon: Float64Array.of(5.1, 6), lat: Float64Array.of(43.1, 44), taille: Float32Array.of(1, 1), classe: Int8Array.of(0, 0), sur: Uint8Array.of(1, 1), foyer: Int32Array.of(-1, -1), foyers: [] } });
    expect(a.dans({ contour: [[5, 43], [5.25, 43], [5.25, 43.3], [5, 43.3]], zoom: 9 })).toEqual({ cercles: [0], surfaces: [1] });
    expect(a.dans({ contour: [[4, 42], [7, 42], [7, 45], [4, 45]], zoom: 9 })).toEqual({ cercles: [0, 1], surfaces: [1, 2] });
  });

  it('ceux d’un foyer s’écartent de lui, dans leur direction, tant que l’échelle les confond', () => {
    const a = new AtelierTuiles();
    const foyer = { foyerLon: 5, foyerLat: 43, ecart: 0.01, voisins: 2 };
    a.donner({ genre: 'cercles', cercles: { lon: Float64Array.of(5, 5.01), lat: Float64Array.of(43, 43), taille: Float32Array.of(0, 0), classe: Int8Array.of(0, 0), sur: Uint8Array.of(0, 0), foyer: Int32Array.of(0, 0), foyers: [foyer] } });
    const ecart = (z: number) => {
      const t = tuileDe(5, 43, z);
      const lus = lireTuile(a.tuile({ source: 'cercles', tuile: t }))['cercles'] ?? [];
      const [p, q] = [0, 1].map((id) => lus.find((o) => o.id === id)?.anneaux[0]?.[0] ?? [NaN, NaN]);
      return [((q?.[0] ?? 0) - (p?.[0] ?? 0)) * (512 / 8192), (q?.[1] ?? 0) - (p?.[1] ?? 0)];
    };
    const [loin = 0, dy] = ecart(4);
    // Huit pixels au milieu du niveau (à la latitude du foyer), quand la vraie distance en ferait moins d'un.
    expect([dy, loin > 3, loin < 12]).toEqual([0, true, true]);
    const [pres = 0] = ecart(ZOOM_MAX - 3);
    expect(pres).toBeCloseTo((0.01 / 360) * 512 * 2 ** (ZOOM_MAX - 3), 0);
  });
});

describe('les noms', () => {
  it('un nom est d’une seule tuile : les départements de loin, les communes du parc plus près, les autres de tout près', () => {
    const a = new AtelierTuiles();
    a.donner({ genre: 'noms', noms: { noms: 'Ain\nÉguilles\nVauvenargues', lon: Float64Array.of(5.1, 5.11, 5.12), lat: Float64Array.of(43.1, 43.11, 43.12), genre: Uint8Array.of(0, 1, 2), poids: Uint32Array.of(0, 250, 0) } });
    const lus = (z: number) => {
      const { x, y } = tuileDe(5.1, 43.1, z);
      return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => lireTuile(a.tuile({ source: 'fond', tuile: { z, x: x + dx, y: y + dy } }))['noms'] ?? [])).map((o) => o.proprietes).toSorted((p, q) => Number(p['genre']) - Number(q['genre']));
    };
    const [ain, eguilles, vauvenargues] = [{ nom: 'Ain', genre: 0, poids: 0 }, { nom: 'Éguilles', genre: 1, poids: 250 }, { nom: 'Vauvenargues', genre: 2, poids: 0 }];
    expect([3, 5, 8, 11].map(lus)).toEqual([[], [ain], [ain, eguilles], [ain, eguilles, vauvenargues]]);
  });
});

describe('sous un point', () => {
  it('un cercle, sinon un quartier au survol, sinon une surface coloriée ; jamais dans un trou', () => {
    const a = atelier();
    a.donner({ genre: 'quartiers', plan: packPlan([trace('QN1', 'commune', carre(5.15, 43.15, 0.02))]) });
    const sous = (lon: number, lat: number, quartiers: boolean) => a.sous({ lon, lat, zoom: 10, quartiers });
    expect([sous(5.16, 43.16, true), sous(5.16, 43.16, false), sous(5.07, 43.07, true), sous(5.3, 43.1, true), sous(4.25, 44.05, true), sous(0, 0, true)]).toEqual([
      { couche: 'quartiers', rang: 0 }, { couche: 'surfaces', rang: 1 }, null, { couche: 'surfaces', rang: 2 }, null, null,
    ]);
  });
});
