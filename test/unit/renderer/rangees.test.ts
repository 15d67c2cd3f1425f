import { expect, test } from 'vitest';
import { champEn, compter, construireRangees, groupesDe, groupesNiveau, nommer } from '../../../renderer/features/engagements/rangees.ts';
import { borner, caseSuivante, caseVerticale, prochaineVide } from '../../../renderer/features/engagements/selection.ts';
import { ligne, matrice } from './matrice.ts';

const court = (code: string): string => `court ${code}`;
const rangees = construireRangees(matrice(), new Set(), court);

test('politique, indicateur, territoire à plusieurs ventilations, lignes', () => {
  expect(rangees.map((r) => `${r.genre} ${r.niveau} ${r.libelle}`)).toEqual([
    'groupe 0 Patrimoine',
    'groupe 1 court PP-1',
    'groupe 2 Bouches-du-Rhône (13)',
    'ligne 3 Total',
    'ligne 3 plai',
    'groupe 0 Sociale',
    'groupe 1 court PS-2',
    'ligne 2 dep-06',
    'ligne 2 Bouches-du-Rhône (13)',
  ]);
});

test('les parts d’un mode se rangent sous lui et ne le redisent pas ; leur case, elle, se nomme en entier', () => {
  const libelles = ['Total', 'PLAI', 'PLAI, dont part hors QPV', 'PLAI, dont part hors rénovation urbaine', 'PLUS', 'dont part hors QPV'];
  const m = matrice();
  m.lignes = libelles.map((libelleVentilation, i) => ({ ...ligne('PP-1', 'Patrimoine', 'dep-13', `v${i}`, ['3ans']), libelleVentilation }));
  const vues = construireRangees(m, new Set(), court).filter((r) => r.genre === 'ligne');
  expect(vues.map((r) => [r.niveau, r.libelle])).toEqual([
    [3, 'Total'], [3, 'PLAI'], [4, 'dont part hors QPV'], [4, 'dont part hors rénovation urbaine'], [3, 'PLUS'], [3, 'dont part hors QPV'],
  ]);
  expect(vues[2]?.genre === 'ligne' && nommer(vues[2].ligne, '3ans')).toBe('PP-1, Bouches-du-Rhône (13), PLAI, dont part hors QPV, 3 ans');
});

test('un groupe replié cache ce qu’il contient et garde son compte', () => {
  const repliees = construireRangees(matrice(), new Set(['Patrimoine/PP-1', 'Sociale']), court);
  expect(repliees.map((r) => (r.genre === 'groupe' ? [r.libelle, r.replie, r.attendus] : r.cle))).toEqual([
    ['Patrimoine', false, 2],
    ['court PP-1', true, 2],
    ['Sociale', true, 4],
  ]);
});

test('une case compte quand sa valeur se lit, et les groupes comptent comme le tout', () => {
  const m = matrice();
  const [a, b] = m.lignes.flatMap((l) => l.cellules);
  Object.assign(a ?? {}, { saisie: '1 250', valeur: '1250' });
  Object.assign(b ?? {}, { saisie: 'abc' });
  expect(compter(m.lignes)).toEqual({ attendus: 6, renseignes: 1 });
  const politiques = construireRangees(m, new Set(), court).flatMap((r) => (r.genre === 'groupe' && r.niveau === 0 ? [r.renseignes] : []));
  expect(politiques).toEqual([1, 0]);
});

test('déplier les groupes d’une ligne la rend visible', () => {
  const m = matrice();
  const replis = new Set([...groupesNiveau(m, 0), ...groupesNiveau(m, 1), ...groupesNiveau(m, 2)]);
  for (const l of m.lignes) {
    const reste = new Set([...replis].filter((r) => !groupesDe(l).includes(r)));
    const vues = construireRangees(m, reste, court);
    expect(vues.some((r) => r.genre === 'ligne' && r.ligne === l)).toBe(true);
  }
});

test('une case que la loi ne demande pas n’a pas de champ', () => {
  expect([0, 1, 2, 3].map((c) => champEn(rangees[3], c))).toEqual(['reference/PP-1/dep-13/total', null, null, 'engagement/PP-1/dep-13/3ans/total']);
  expect(champEn(rangees[0], 0)).toBe(null);
});

test('Tab visite chaque case ouverte une fois, puis sort', () => {
  const vus: (string | null)[] = [];
  let place = caseSuivante(rangees, 4, { rang: 0, colonne: 0 }, 1);
  while (place) {
    vus.push(champEn(rangees[place.rang], place.colonne));
    place = caseSuivante(rangees, 4, place, 1);
  }
  const attendus = rangees.flatMap((_, rang) => [0, 1, 2, 3].map((c) => champEn(rangees[rang], c))).filter((c) => c !== null);
  expect(vus).toEqual(attendus);
});

test('Entrée descend à la case ouverte suivante et reste au bout', () => {
  expect(caseVerticale(rangees, { rang: 3, colonne: 3 }, 1)).toEqual({ rang: 4, colonne: 3 });
  expect(caseVerticale(rangees, { rang: 4, colonne: 3 }, 1)).toEqual({ rang: 4, colonne: 3 });
});

test('la prochaine case vide reprend au début', () => {
  const vide = (champ: string): boolean => champ === 'engagement/PP-1/dep-13/3ans/plai';
  expect(prochaineVide(rangees, { rang: 8, colonne: 2 }, vide)).toEqual({ rang: 4, colonne: 3 });
  expect(prochaineVide(rangees, { rang: 8, colonne: 2 }, () => false)).toBe(null);
});

test('une place hors de la grille est ramenée au bord', () => {
  expect(borner({ rang: -3, colonne: 99 }, 9, 4)).toEqual({ rang: 0, colonne: 3 });
});

test('une case se nomme comme on la dirait', () => {
  const [total, plai] = matrice().lignes;
  expect([total && nommer(total, '3ans'), plai && nommer(plai, null)]).toEqual([
    'PP-1, Bouches-du-Rhône (13), 3 ans',
    'PP-1, Bouches-du-Rhône (13), plai, référence',
  ]);
});
