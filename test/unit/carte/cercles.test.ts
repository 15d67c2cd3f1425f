import { expect, it } from 'vitest';
import { Cercles } from '../../../renderer/map/tuiles/cercles.ts';
import { mercatorX, mercatorY } from '../../../renderer/map/tuiles/mercator.ts';
import { rayon } from '../../../renderer/map/tuiles/rayons.ts';

function cercles(points: readonly [number, number, number][]): Cercles {
  const posees = new Cercles();
  posees.poser({
    lon: Float64Array.from(points, ([lon]) => lon), lat: Float64Array.from(points, ([, lat]) => lat), taille: Float32Array.from(points, ([, , t]) => t),
    classe: Int8Array.from(points, () => 0), sur: Uint8Array.from(points, () => 1), foyer: Int32Array.from(points, () => -1), foyers: [],
  });
  return posees;
}
const [GRAND, PETIT, LOIN] = [0, 1, 2];

it('le rayon suit l’échelle, entre les paliers et au-delà', () => {
  expect([rayon(1, 2), rayon(1, 4), rayon(1, 6), rayon(0, 8), rayon(1, 12), rayon(1, 16)]).toEqual([6.6, 6.6, 9.55, 2.5, 30, 30]);
});

it('montre le cercle du dessus : le plus petit de ceux qui contiennent le point', () => {
  const posees = cercles([[5, 43, 1], [5.001, 43, 0.1], [6, 44, 1]]);
  const sous = (lon: number, lat: number) => posees.sous(mercatorX(lon), mercatorY(lat), 10);
  const degre = 360 / (512 * 2 ** 10);
  expect([sous(5.001, 43), sous(5 - 10 * degre, 43), sous(5 - 23 * degre, 43), sous(6, 44), sous(0, 0)]).toEqual([PETIT, GRAND, null, LOIN, null]);
  expect(cercles([]).sous(0.5, 0.5, 10)).toBeNull();
});
