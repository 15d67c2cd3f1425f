import { expect, it } from 'vitest';
import { repondPour } from '../../../renderer/features/loyers/lectures.ts';

const A = { id: 1, nom: 'A', annee: 2026, retenu: true };
const B = { id: 2, nom: 'B', annee: 2027, retenu: false };
const deB = { scenario: 2, scenarios: [A, B] };

it.each([
  ['celle de B', deB, B, true],
  ['celle d’un autre', { scenario: 1, scenarios: [A, B] }, B, false],
  ['B a changé de nom depuis', deB, { ...B, nom: 'B bis' }, false],
  ['B a changé d’année depuis', deB, { ...B, annee: 2028 }, false],
  ['C a pris le numéro de B, supprimé', deB, { ...A, id: 2, nom: 'C' }, false],
  ['aucun scénario voulu', deB, null, false],
  ['rien n’est lu', undefined, B, false],
])('une réponse ne vaut que pour son scénario : %s', (_cas, donnees, scenario, attendu) => expect(repondPour(donnees, scenario)).toBe(attendu));
