import { expect, it } from 'vitest';
import { codesDePlage, encodePlage } from '../../../renderer/map/glyphes/plage.ts';
import { champs } from '../../aides/tuile.ts';

/** Un caractère : son code, ses points et ses mesures, comme le lit la carte (`glyphs.proto`). */
function lireGlyphe(octets: Uint8Array) {
  const lus = new Map([...champs(octets)].map((c) => [c.numero, c]));
  const entier = (n: number) => lus.get(n)?.valeur ?? 0;
  const signe = (n: number) => (entier(n) % 2 === 0 ? entier(n) / 2 : -(entier(n) + 1) / 2);
  return { code: entier(1), points: lus.get(2)?.octets.length, largeur: entier(3), hauteur: entier(4), gauche: signe(5), haut: signe(6), avance: entier(7) };
}
function lirePlage(octets: ArrayBuffer) {
  const [pile] = [...champs(new Uint8Array(octets))];
  const lus = [...champs(pile?.octets ?? new Uint8Array())];
  const texte = (n: number) => new TextDecoder().decode(lus.find((c) => c.numero === n)?.octets);
  return { champ: pile?.numero, police: texte(1), plage: texte(2), glyphes: lus.filter((c) => c.numero === 3).map((c) => lireGlyphe(c.octets)) };
}

/** Un traceur sans écran : ses mesures dépendent du caractère, une espace n'a pas de points. */
const traceur = {
  draw(c: string) {
    const glyphWidth = c.trim() === '' ? 0 : 10 + (c.codePointAt(0) ?? 0) % 3;
    const glyphHeight = glyphWidth === 0 ? 0 : 17;
    const [width, height] = [glyphWidth + 6, glyphHeight + 6];
    return { data: new Uint8ClampedArray(width * height).fill(200), width, height, glyphWidth, glyphHeight, glyphTop: c === ',' ? 3 : 18, glyphLeft: c === 'j' ? -2 : 1, glyphAdvance: 12.6 };
  },
};

it('une plage se relit : chaque caractère visible, sa marge autour, ses mesures signées', () => {
  const { glyphes, ...reste } = lirePlage(encodePlage('Inter Variable,sans-serif', '0-255', traceur));
  const de = (c: string) => glyphes.find((g) => g.code === c.codePointAt(0));
  expect(reste).toEqual({ champ: 1, police: 'Inter Variable,sans-serif', plage: '0-255' });
  expect([de('A'), de('j'), de(','), de(' '), de('é')]).toEqual([
    { code: 65, points: 18 * 23, largeur: 12, hauteur: 17, gauche: 1, haut: -9, avance: 13 },
    { code: 106, points: 17 * 23, largeur: 11, hauteur: 17, gauche: -2, haut: -9, avance: 13 },
    { code: 44, points: 18 * 23, largeur: 12, hauteur: 17, gauche: 1, haut: -24, avance: 13 },
    { code: 32, points: 36, largeur: 0, hauteur: 0, gauche: 1, haut: -9, avance: 13 },
    { code: 233, points: 18 * 23, largeur: 12, hauteur: 17, gauche: 1, haut: -9, avance: 13 },
  ]);
});

it('toutes les lettres des noms de lieux français y sont, aucun caractère de commande', () => {
  const connus = new Set(['0-255', '256-511', '8192-8447'].flatMap(codesDePlage).map((c) => String.fromCodePoint(c)));
  expect(Array.from("L'Haÿ-les-Roses, Œting, ÉVRY-COURCOURONNES, Saint-Maur\u2019, 1er – (20)").filter((c) => !connus.has(c))).toEqual([]);
  expect(Array.from('\u0000\n\u007f\u009f').filter((c) => connus.has(c))).toEqual([]);
});

it('une plage absurde est vide', () => {
  expect(['', '0', '255-0', 'a-b', '1114112-1114367'].map(codesDePlage)).toEqual([[], [], [], [], []]);
  expect(lirePlage(encodePlage('x', 'absurde', traceur)).glyphes).toEqual([]);
});
