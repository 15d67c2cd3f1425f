import { expect, test } from 'vitest';
import { accord, aucunOu, pluriel } from '../../../shared/domain/nombres/accord.ts';

test('le pluriel commence à deux', () => {
  expect([0, 1, 2, 1200].map((n) => pluriel(n, 'ligne'))).toEqual(['0 ligne', '1 ligne', '2 lignes', '1\u202f200 lignes']);
  expect([0, 1, 2].map((n) => accord(n, 'a été rejetée', 'ont été rejetées'))).toEqual(['a été rejetée', 'a été rejetée', 'ont été rejetées']);
  expect([0, 1, 2].map((n) => aucunOu(n, 'aucun constat bloquant', 'constat bloquant', 'constats bloquants'))).toEqual(['aucun constat bloquant', '1 constat bloquant', '2 constats bloquants']);
});
