import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partager } from '../../../shared/domain/nombres/partage.ts';

const poids = fc.array(fc.nat(10 ** 6), { minLength: 1, maxLength: 20 });

describe('partage d’un entier selon des poids', () => {
  test.each<[string, number, number[], number[]]>([
    ['plus forts restes', 10, [1, 1, 1], [4, 3, 3]],
    ['un poids nul n’a rien', 5, [0, 3, 2], [0, 3, 2]],
    ['rien à partager', 0, [3, 2], [0, 0]],
    ['sans aucun poids, personne n’a rien', 7, [0, 0], [0, 0]],
  ])('%s', (_, total, p, parts) => expect(partager(total, p)).toEqual(parts));
  test('la somme est exacte, chaque part est à moins d’une unité de la part exacte', () => {
    fc.assert(fc.property(fc.nat(10 ** 9), poids, (n, p) => {
      const somme = p.reduce((s, x) => s + x, 0);
      fc.pre(somme > 0);
      const parts = partager(n, p);
      expect(parts.reduce((s, x) => s + x, 0)).toBe(n);
      for (const [i, part] of parts.entries()) {
        const ecart = BigInt(part) * BigInt(somme) - BigInt(n) * BigInt(p[i] ?? 0);
        expect(ecart > -BigInt(somme) && ecart < BigInt(somme)).toBe(true);
      }
    }));
  });
  test('un poids nul n’a rien, un poids plus grand n’a jamais moins', () => {
    fc.assert(fc.property(fc.nat(10 ** 6), poids, (n, p) => {
      const parts = partager(n, p);
      for (const [i, a] of p.entries()) {
        if (a === 0) expect(parts[i]).toBe(0);
        for (const [j, b] of p.entries()) if (a > b) expect(parts[i]).toBeGreaterThanOrEqual(parts[j] ?? 0);
      }
    }));
  });
});
