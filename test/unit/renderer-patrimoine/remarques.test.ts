import { expect, test } from 'vitest';
import { direRemarques } from '../../../renderer/features/patrimoine/corrections.ts';

const r = (identifiant: string, message = 'à vérifier.') => ({ identifiant, message });

test.each([
  ['aucune', [], 0, []],
  ['cinq', ['A', 'B', 'C', 'D', 'E'].map((i) => r(i)), 5, ['A', 'B', 'C', 'D', 'E'].map((i) => `${i} : à vérifier.`)],
  ['une redite ne compte pas comme une autre', [r('A'), r('A'), r('B')], 3, ['A : à vérifier.', 'B : à vérifier.']],
  ['six, toutes rendues : la sixième est comptée', ['A', 'B', 'C', 'D', 'E', 'F'].map((i) => r(i)), 6, [...['A', 'B', 'C', 'D', 'E'].map((i) => `${i} : à vérifier.`), 'Et 1\u00a0autre remarque.']],
  ['plus que le service n’en rend', [r('A'), r('B')], 300, ['A : à vérifier.', 'B : à vérifier.', 'Et 298\u00a0autres remarques.']],
])('les remarques d’une correction : %s', (_cas, remarques, nombreRemarques, dites) => {
  expect(direRemarques({ remarques, nombreRemarques })).toEqual(dites);
});
