import { expect, it } from 'vitest';
import { LienCartes } from '../../../renderer/map/lien.ts';
import type { Vue } from '../../../renderer/map/moteur.ts';

const carte = () => {
  const suivies: Vue[] = [];
  return { suivies, suivre: (v: Vue) => void suivies.push(v) };
};

it('une seconde carte arrive sur la vue de la première, et n’en choisit pas une autre', () => {
  const lien = new LienCartes();
  const [un, deux] = [carte(), carte()];
  lien.ajouter(un);
  // Seule, ou avant d'avoir rien montré : elle se cadre elle-même.
  expect(lien.mene(un)).toBe(false);
  const vue: Vue = { centre: [5.4, 43.3], zoom: 13 };
  lien.diffuser(un, vue);
  const delier = lien.ajouter(deux);
  expect([deux.suivies, un.suivies, lien.mene(deux)]).toEqual([[vue], [], true]);
  delier();
  expect(lien.mene(un)).toBe(false);
});
