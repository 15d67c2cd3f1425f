import { expect, test } from 'vitest';
import { avecDenominateur, grandeurDe, lireCase, nomTrajectoire, trajectoire } from '../../../renderer/features/engagements/valeurs.ts';

test('une case lisible est mise en forme, une autre reste telle que tapée', () => {
  expect([lireCase('1250'), lireCase('25%'), lireCase('12/48'), lireCase('')]).toEqual([
    { affiche: '1\u202f250', message: null },
    { affiche: '25\u202f%', message: null },
    { affiche: '12/48', message: null },
    { affiche: '', message: null },
  ]);
  expect(['1050,5', '1 050,50', '1050', '7,125'].map((t) => lireCase(t, '€ par logement et par an').affiche)).toEqual(['1\u202f050,50', '1\u202f050,50', '1\u202f050', '7,125']);
  const faux = lireCase('douze');
  expect([faux.affiche, faux.message === null]).toEqual(['douze', false]);
});

test('le dénominateur proposé complète ce qui est tapé sans le remplacer', () => {
  expect([
    avecDenominateur('12', 48),
    avecDenominateur('12/40', 48),
    avecDenominateur('12 = 25 %', 48),
    avecDenominateur('', 48),
    avecDenominateur('25,5 %', 48),
    avecDenominateur('12,5', 48),
    avecDenominateur('douze', 48),
  ]).toEqual([
    { texte: '12/48', complet: true },
    { texte: '12/48', complet: true },
    { texte: '12/48 = 25 %', complet: true },
    { texte: '/48', complet: false },
    { texte: '/48 = 25,5 %', complet: false },
    null,
    null,
  ]);
});

test('grandeur de la petite courbe', () => {
  expect(['12/48', '25,5 %', '1 250', 'abc', '3/0'].map(grandeurDe)).toEqual([
    { genre: 'taux', valeur: 25 },
    { genre: 'taux', valeur: 25.5 },
    { genre: 'nombre', valeur: 1250 },
    null,
    null,
  ]);
});

test('une courbe ne mêle ni nombres et taux, ni cumul et référence', () => {
  const en = (...cases: [string, string][]) => cases.map(([horizon, texte]) => ({ horizon, texte }));
  expect([
    trajectoire('10', en(['2026', '12'], ['2027', ''], ['2028', '20'])),
    trajectoire('10', en(['2026', '25 %'], ['2027', '30 %'])),
    trajectoire('', en(['2026', '25 %'], ['2027', '12/48'])),
    trajectoire('40', en(['3ans', '100'], ['6ans', '250'])),
    trajectoire('40', en(['2026', '10'], ['6ans', '250'])),
  ]).toEqual([[10, 12, null, 20], [], [null, 25, 25], [100, 250], []]);
});

test('la petite courbe dit ce qu’elle relie : toute la suite des années, ou les cumuls sans leur référence', () => {
  expect([nomTrajectoire(['2026', '2027']), nomTrajectoire(['3ans', '6ans'])]).toEqual(['De la référence à la cible', 'Du cumul à 3\u00a0ans au cumul à 6\u00a0ans']);
});

test('un dénominateur resté seul dans la case se complète comme une case vide', () => {
  expect([avecDenominateur('/641', 641), avecDenominateur('41', 641)]).toEqual([
    { texte: '/641', complet: false },
    { texte: '41/641', complet: true },
  ]);
});
