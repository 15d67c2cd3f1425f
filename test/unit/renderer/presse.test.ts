import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copierBloc, ecrireTsv, FERMEE, lireTsv, planifierCollage, planifierEffacement, planifierEtirement, planifierRecopie, planifierRecopieDroite } from '../../../renderer/features/engagements/presse.ts';
import { construireRangees } from '../../../renderer/features/engagements/rangees.ts';
import { matrice } from './matrice.ts';

const rangees = construireRangees(matrice(), new Set(), (c) => c);
const HORIZONS = ['2026', '2027', '3ans'];
const bloc = (haut: number, gauche: number, bas = haut, droite = gauche) => ({ haut, bas, gauche, droite });

test('ce que les tableurs posent au presse-papiers', () => {
  expect(lireTsv('25 %\t12/48\r\n1 250\t\r\n')).toEqual([
    ['25 %', '12/48'],
    ['1 250', ''],
  ]);
  expect(lireTsv('"deux\nlignes"\t"a ""b"""')).toEqual([['deux\nlignes', 'a "b"']]);
  expect(lireTsv('seul')).toEqual([['seul']]);
});

test('un tableau copié se relit tel quel', () => {
  const valeur = fc.stringMatching(/^[0-9a-z%/ "\t\n,]{0,8}$/);
  fc.assert(
    fc.property(fc.array(fc.array(valeur, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (tableau) => {
      const droit = tableau.map((l) => l.slice(0, 2));
      expect(lireTsv(ecrireTsv(droit))).toEqual(droit);
    }),
  );
});

test('un bloc collé saute les en-têtes et nomme ce qu’il ne peut pas garder', () => {
  const { poses, refus } = planifierCollage(rangees, HORIZONS, bloc(7, 1), [
    ['25 %', '12/48', '9'],
    ['abc', '1 250'],
    ['7', '8'],
  ]);
  expect(poses).toEqual([
    { champ: 'engagement/PS-2/dep-06/2026/total', valeur: '25 %', nom: 'PS-2, dep-06, 2026' },
    { champ: 'engagement/PS-2/dep-06/2027/total', valeur: '12/48', nom: 'PS-2, dep-06, 2027' },
    { champ: 'engagement/PS-2/dep-13/2026/total', valeur: 'abc', nom: 'PS-2, Bouches-du-Rhône (13), 2026' },
    { champ: 'engagement/PS-2/dep-13/2027/total', valeur: '1 250', nom: 'PS-2, Bouches-du-Rhône (13), 2027' },
  ]);
  expect(refus.map(({ champ, nom, valeur }) => ({ champ, nom, valeur }))).toEqual([
    { champ: null, nom: 'PS-2, dep-06, 3 ans', valeur: '9' },
    { champ: 'engagement/PS-2/dep-13/2026/total', nom: 'PS-2, Bouches-du-Rhône (13), 2026', valeur: 'abc' },
    { champ: null, nom: '1re ligne sous le tableau, 2026', valeur: '7' },
    { champ: null, nom: '1re ligne sous le tableau, 2027', valeur: '8' },
  ]);
  expect(refus[0]?.raison).toBe(FERMEE);
});

test('une valeur qui dépasse à droite nomme sa ligne', () => {
  const { refus } = planifierCollage(rangees, HORIZONS, bloc(8, 3), [['', '9', '10']]);
  expect(refus.map((r) => r.nom)).toEqual([
    'PS-2, Bouches-du-Rhône (13), 1re colonne après la dernière',
    'PS-2, Bouches-du-Rhône (13), 2e colonne après la dernière',
  ]);
});

test('aucune valeur collée ne disparaît sans être dite', () => {
  const valeur = fc.constantFrom('', '12', 'abc', '25 %');
  fc.assert(
    fc.property(
      fc.nat({ max: 8 }),
      fc.nat({ max: 3 }),
      fc.array(fc.array(valeur, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 12 }),
      (rang, colonne, tableau) => {
        const { poses, refus } = planifierCollage(rangees, HORIZONS, bloc(rang, colonne), tableau);
        const nommees = refus.filter((r) => r.champ === null).length;
        const donnees = tableau.flat().filter((v) => v !== '').length;
        expect(poses.filter((p) => p.valeur !== '').length + nommees).toBe(donnees);
      },
    ),
  );
});

test('une valeur seule remplit les cases ouvertes de la sélection', () => {
  const { poses, refus } = planifierCollage(rangees, HORIZONS, bloc(5, 1, 8, 3), [['10']]);
  expect(poses.map((p) => p.champ)).toEqual([
    'engagement/PS-2/dep-06/2026/total',
    'engagement/PS-2/dep-06/2027/total',
    'engagement/PS-2/dep-13/2026/total',
    'engagement/PS-2/dep-13/2027/total',
  ]);
  expect(refus).toEqual([]);
});

test('une case fermée visée seule le dit', () => {
  expect(planifierCollage(rangees, HORIZONS, bloc(3, 1), [['10']])).toEqual({
    poses: [],
    refus: [{ champ: null, nom: 'PP-1, Bouches-du-Rhône (13), 2026', valeur: '10', raison: FERMEE }],
  });
});

test('recopier vers le bas', () => {
  const textes = new Map([
    ['engagement/PS-2/dep-06/2026/total', '25 %'],
    ['engagement/PS-2/dep-06/2027/total', '30 %'],
  ]);
  const texteDe = (c: string): string => textes.get(c) ?? '';
  const poses = planifierRecopie(rangees, HORIZONS, bloc(7, 1, 8, 2), texteDe);
  expect(poses.map((p) => [p.champ, p.valeur])).toEqual([
    ['engagement/PS-2/dep-13/2026/total', '25 %'],
    ['engagement/PS-2/dep-13/2027/total', '30 %'],
  ]);
  expect(planifierRecopie(rangees, HORIZONS, bloc(8, 1), texteDe).map((p) => p.valeur)).toEqual(['25 %']);
});

test('effacer vide les cases ouvertes du bloc, et elles seules', () => {
  expect(planifierEffacement(rangees, HORIZONS, bloc(2, 1, 4, 3)).map((p) => [p.champ, p.valeur])).toEqual([
    ['engagement/PP-1/dep-13/3ans/total', ''],
    ['engagement/PP-1/dep-13/3ans/plai', ''],
  ]);
});

test('copier ne prend que les lignes', () => {
  expect(copierBloc(rangees, bloc(5, 0, 8, 1), (c) => c.split('/')[0] ?? '')).toEqual([
    ['reference', 'engagement'],
    ['reference', 'engagement'],
  ]);
});

test('recopier à droite : la première case ouverte de chaque ligne, ou celle de gauche', () => {
  const texteDe = (c: string): string => ({ 'engagement/PS-2/dep-06/2026/total': '25 %', 'engagement/PS-2/dep-13/2026/total': '30 %' })[c] ?? '';
  expect(planifierRecopieDroite(rangees, HORIZONS, bloc(7, 1, 8, 3), texteDe).map((p) => [p.champ, p.valeur])).toEqual([
    ['engagement/PS-2/dep-06/2027/total', '25 %'],
    ['engagement/PS-2/dep-13/2027/total', '30 %'],
  ]);
  expect(planifierRecopieDroite(rangees, HORIZONS, bloc(8, 2), texteDe).map((p) => [p.champ, p.valeur])).toEqual([['engagement/PS-2/dep-13/2027/total', '30 %']]);
});

test('étirer répète le bloc vers le bas ou la droite, sans sortir des cases ouvertes', () => {
  const texteDe = (c: string): string => c.split('/').slice(2, 4).join(' ');
  expect(planifierEtirement(rangees, HORIZONS, bloc(7, 1, 7, 2), { rang: 8, colonne: 2 }, texteDe).map((p) => [p.champ, p.valeur])).toEqual([
    ['engagement/PS-2/dep-13/2026/total', 'dep-06 2026'],
    ['engagement/PS-2/dep-13/2027/total', 'dep-06 2027'],
  ]);
  expect(planifierEtirement(rangees, HORIZONS, bloc(7, 1), { rang: 7, colonne: 3 }, texteDe).map((p) => [p.champ, p.valeur])).toEqual([['engagement/PS-2/dep-06/2027/total', 'dep-06 2026']]);
  expect(planifierEtirement(rangees, HORIZONS, bloc(7, 1), { rang: 7, colonne: 1 }, texteDe)).toEqual([]);
});

test.each([
  ['virgule décimale', '12,5 %', '12,5 %', null],
  ['espace insécable des milliers', '1\u00a0250', '1\u00a0250', null],
  ['espace fine des milliers', '1\u202f250', '1\u202f250', null],
  ['pourcentage', '25 %', '25 %', null],
  ['non communiqué', 'n.c.', 'n.c.', 'Non communiqué'],
  ['formule', '=A1+B2', '=A1+B2', 'formule'],
  ['erreur de tableur', '#REF!', '#REF!', 'en erreur'],
])('collé tel quel, %s : gardé, et nommé s’il ne se lit pas', (_, colle, garde, raison) => {
  const { poses, refus } = planifierCollage(rangees, HORIZONS, bloc(7, 1), [[colle, '']]);
  expect(poses[0]).toMatchObject({ champ: 'engagement/PS-2/dep-06/2026/total', valeur: garde });
  expect(refus.map((r) => [r.champ, r.raison.includes(raison ?? '')])).toEqual(raison === null ? [] : [['engagement/PS-2/dep-06/2026/total', true]]);
});
