import { expect, it } from 'vitest';
import { analyserEtat } from '../../../electron/app/etat-fenetre.ts';

const ecrans = [{ x: 0, y: 0, width: 1920, height: 1080 }];
const DEFAUT = { bornes: null, maximisee: false };

it('la fenêtre revient où elle était', () => {
  const garde = { x: 40, y: 30, width: 1300, height: 900, maximisee: true };
  expect(analyserEtat(garde, ecrans)).toEqual({ bornes: { x: 40, y: 30, width: 1300, height: 900 }, maximisee: true });
});

it('une taille trop petite est ramenée au minimum', () => {
  expect(analyserEtat({ x: 0, y: 0, width: 10, height: 10 }, ecrans)).toEqual({
    bornes: { x: 0, y: 0, width: 960, height: 640 },
    maximisee: false,
  });
});

it.each([
  ['hors de l’écran à droite', { x: 1900, y: 0, width: 1280, height: 800 }],
  ['hors de l’écran en bas', { x: 0, y: 1060, width: 1280, height: 800 }],
  ['au-dessus de l’écran', { x: 0, y: -200, width: 1280, height: 800 }],
  ['sur un écran débranché', { x: 4000, y: 0, width: 1280, height: 800 }],
  ['incomplet', { x: 0, y: 0, width: 1280 }],
  ['avec un texte', { x: '0', y: 0, width: 1280, height: 800 }],
  ['avec un nombre à virgule', { x: 0.5, y: 0, width: 1280, height: 800 }],
  ['qui n’est pas un objet', 'fenêtre'],
  ['vide', null],
])('un état %s est oublié', (_nom, lu) => {
  expect(analyserEtat(lu, ecrans)).toEqual(DEFAUT);
});
