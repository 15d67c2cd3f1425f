import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { lireCle, lireImage, readForme, sqlCle, sqlImage, sqlMemeCle } from '../../../electron/store/images.ts';

it('l’image d’une ligne la redit toute : octets, réels, vides, textes, clé de plusieurs colonnes', () => {
  const base = new Database(':memory:');
  base.exec('CREATE TABLE t (a TEXT, b INTEGER, o BLOB, r REAL, n ANY, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID');
  const lignes = [
    ['x"\'é', 1, Buffer.from([0, 255]), 0.1 + 0.2, 'texte'],
    ['y', 2, null, null, null],
    ['z', 3, Buffer.alloc(0), 652_345.123_456_789_1, 42],
  ];
  const inserer = base.prepare('INSERT INTO t VALUES (?, ?, ?, ?, ?)');
  for (const l of lignes) inserer.run(...l);
  const forme = readForme(base, 't');
  const images = base.prepare<[], { cle: string; image: string }>(`SELECT ${sqlCle(forme, 't')} AS cle, ${sqlImage(forme, 't')} AS image FROM t ORDER BY a`).all();
  expect(images.map(({ image }) => lireImage(image))).toEqual(lignes.map((valeurs) => ({ colonnes: ['a', 'b', 'o', 'r', 'n'], valeurs })));
  expect(images.map(({ cle }) => lireCle(forme, cle))).toEqual(lignes.map(([a, b]) => [a, b]));
  const parCle = base.prepare<string[], number>(`SELECT b FROM t WHERE ${sqlMemeCle(forme, 't', '?')}`).pluck();
  expect(images.map(({ cle }) => parCle.get(cle, cle))).toEqual([1, 2, 3]);
  base.close();
});
