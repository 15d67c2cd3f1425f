import { expect, test } from 'vitest';
import { avecDenominateur, lireCase, valeurNumerique } from '../../../renderer/features/engagements/valeurs.ts';

test('une case lisible est mise en forme, une autre reste telle que tapée', () => {
  expect([lireCase('1250'), lireCase('25%'), lireCase('12/48'), lireCase('')]).toEqual([
    { affiche: '1\u202f250', message: null },
    { affiche: '25\u202f%', message: null },
    { affiche: '12/48', message: null },
    { affiche: '', message: null },
  ]);
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
  expect([valeurNumerique('12/48'), valeurNumerique('25,5 %'), valeurNumerique('1 250'), valeurNumerique('abc'), valeurNumerique('3/0')]).toEqual([25, 25.5, 1250, null, null]);
});
