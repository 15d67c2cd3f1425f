import { expect, it } from 'vitest';
import { additionner, compter } from '../../../build/outils/essais.ts';

const rapport = (passes: number, echecs: number, fichiers: [string, number][] = []) => ({
  numPassedTests: passes,
  numFailedTests: echecs,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: fichiers.map(([status, nombre]) => ({ status, assertionResults: Array.from({ length: nombre }, () => ({})) })),
});

it.each([
  ['tout passe', rapport(3, 0, [['passed', 3]]), 0, { passes: 3, echecs: 0, ignores: 0 }],
  ['un essai échoue', rapport(2, 1, [['failed', 3]]), 1, { passes: 2, echecs: 1, ignores: 0 }],
  ['un fichier ne se charge pas', rapport(2, 0, [['passed', 2], ['failed', 0]]), 1, { passes: 2, echecs: 1, ignores: 0 }],
  ['aucun essai', rapport(0, 0), 0, { passes: 0, echecs: 1, ignores: 0 }],
  ['une fin en erreur inexpliquée', rapport(3, 0, [['passed', 3]]), 1, { passes: 3, echecs: 1, ignores: 0 }],
  ['pas de rapport', null, 1, { passes: 0, echecs: 1, ignores: 0 }],
])('bilan quand %s', (_nom, lu, code, attendu) => {
  expect(compter(lu, code)).toEqual(attendu);
});

it('les bilans s’additionnent', () => {
  expect(additionner([{ passes: 1, echecs: 2, ignores: 3 }, { passes: 10, echecs: 20, ignores: 30 }])).toEqual({
    passes: 11,
    echecs: 22,
    ignores: 33,
  });
});
