import { expect, test } from 'vitest';
import { avecArticle, deCommune, deConsulte } from '../../../shared/territoires/noms.ts';
import { findCommune } from '../../../shared/territoires/index.ts';

test.each([
  ['Arles', 'd’Arles'], ['Évreux', 'd’Évreux'], ['Œting', 'd’Œting'], ['Aÿ-Champagne', 'd’Aÿ-Champagne'], ['Oullins-Pierre-Bénite', 'd’Oullins-Pierre-Bénite'], ['Yvetot', 'd’Yvetot'], ['Y', 'd’Y'],
  ['Yerres', 'de Yerres'], ['Yutz', 'de Yutz'], ['Haguenau', 'de Haguenau'], ['Marseille', 'de Marseille'], ['Saint-Étienne', 'de Saint-Étienne'],
  ['Le Havre', 'du Havre'], ['Le Mans', 'du Mans'], ['Les Mureaux', 'des Mureaux'], ['Les Herbiers', 'des Herbiers'], ['La Rochelle', 'de La Rochelle'], ['L’Isle-d’Abeau', 'de L’Isle-d’Abeau'], ["L'Isle-d'Abeau", "de L'Isle-d'Abeau"],
  ['Lesparre-Médoc', 'de Lesparre-Médoc'], ['Lens', 'de Lens'], ['Levallois-Perret', 'de Levallois-Perret'],
])('%s', (nom, attendu) => expect(deCommune(nom)).toBe(attendu));

test('les noms du référentiel ont bien leur article devant une espace', () => {
  expect(['76351', '72181', '78440', '17300', '13004'].map((code) => deCommune(findCommune(code)?.nom ?? ''))).toEqual(['du Havre', 'du Mans', 'des Mureaux', 'de La Rochelle', 'd’Arles']);
});

test('une collectivité saisie garde son nom, entre guillemets', () => {
  expect([deConsulte(true, 'Arles'), deConsulte(false, 'Métropole d’Aix')]).toEqual(['d’Arles', 'de « Métropole d’Aix »']);
});

test.each([
  ['Métropole de Lyon', 'la Métropole de Lyon'], ['Département du Rhône', 'le Département du Rhône'], ['La Métropole de Lyon', 'la Métropole de Lyon'], ['Établissement public territorial Est Ensemble', 'l’Établissement public territorial Est Ensemble'],
  ['Communauté de communes du Pays', 'la Communauté de communes du Pays'], ['Eurométropole de Strasbourg', 'l’Eurométropole de Strasbourg'], ['Conseil départemental', 'le Conseil départemental'], ['Grand Lyon', 'le groupement « Grand Lyon »'], ['Villeurbanne', 'le groupement « Villeurbanne »'],
])('un garant dans une phrase : %s', (nom, attendu) => expect(avecArticle(nom, 'groupement')).toBe(attendu));
