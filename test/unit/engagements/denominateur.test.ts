import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consolidate, type Consolidation } from '../../../shared/domain/engagements/consolidation.ts';
import { proposeDenominateur, proposeSomme, type Proposition } from '../../../shared/domain/engagements/denominateur.ts';
import { AMP, lectureDe, matriceDe, stockDe, TREIZE, VAR } from './exemple.ts';

const m = matriceDe({ territoires: { departements: [TREIZE, VAR], epciPs1: [AMP], demandes: [AMP] } });

function propose(id: string, horizon: string, saisies: Record<string, string> = {}): Proposition | null {
  const ligne = m.lignes.find((l) => l.id === id);
  if (ligne === undefined) throw new Error(id);
  return proposeDenominateur(ligne, horizon, stockDe, lectureDe(saisies));
}

describe('dénominateurs connus par les données', () => {
  test.each<[string, string, number | null]>([
    ['PP-3/dep-13/total', '2026', 1000],
    ['PP-4/dep-83/total', '6ans', 500],
    ['SR-1/epci-200054807/total', '2031', 900],
    ['PP-2/dep-13/total', '2026', 80],
    ['PP-2/dep-83/total', '2026', 0],
    ['PS-1/epci-200054807/total', '2026', null],
    ['PS-2/dep-13/total', '2026', null],
    ['PS-2/dep-13/hors-qpv', '2026', null],
    ['PP-1/dep-13/plai', '3ans', null],
    ['PP-1/dep-13/plai.hors-qpv', '3ans', null],
    ['G-1/organisme/total', '2026', null],
  ])('%s à %s : %s', (id, horizon, valeur) => {
    expect(propose(id, horizon)?.valeur ?? null).toBe(valeur);
  });
  test('avec formule et source ; part de PP-1 sur le nombre saisi', () => {
    expect([propose('PP-3/dep-13/total', '2026'), propose('PP-1/dep-13/plai.hors-qpv', '3ans', { 'engagement/PP-1/dep-13/3ans/plai': '40' })]).toEqual([
      { valeur: 1000, formule: 'Logements du parc, Bouches-du-Rhône', source: 'Logements en stock du dernier import' },
      { valeur: 40, formule: 'Nombre saisi pour PLAI au même horizon', source: 'Engagement PP-1, Bouches-du-Rhône' },
    ]);
  });
  test('total de PP-1 : somme des trois modes, ou rien', () => {
    const ligne = m.lignes.find((l) => l.id === 'PP-1/dep-13/total');
    const trois = { 'engagement/PP-1/dep-13/3ans/plai': '1', 'engagement/PP-1/dep-13/3ans/plus': '2', 'engagement/PP-1/dep-13/3ans/pls': '3' };
    expect([ligne && proposeSomme(ligne, '3ans', lectureDe(trois))?.valeur, ligne && proposeSomme(ligne, '6ans', lectureDe(trois))]).toEqual([6, null]);
  });
});

describe("consolidation à l'échelle de l'organisme", () => {
  function consolide(indicateur: string, horizon: string, saisies: Record<string, string>): Consolidation | undefined {
    return consolidate(m, stockDe, lectureDe(saisies)).find((c) => c.indicateur === indicateur && c.horizon === horizon && c.ventilation === 'total');
  }
  const sr1 = (t: string): string => `engagement/SR-1/${t}/2026/total`;
  test('somme exacte ; la collectivité demandée ne compte pas deux fois', () => {
    expect(consolide('SR-1', '2026', { [sr1('dep-13')]: '100/1000', [sr1('dep-83')]: '100', [sr1('epci-200054807')]: '900/900' })).toEqual({
      indicateur: 'SR-1',
      ventilation: 'total',
      horizon: '2026',
      nombre: 200,
      denominateur: 1500,
      pourcentage: '13.33',
      methode: 'somme',
      territoires: 2,
      manquants: [],
    });
  });
  test('taux pondérés par le parc connu, pas une moyenne de taux', () => {
    expect(consolide('SR-1', '2026', { [sr1('dep-13')]: '10 %', [sr1('dep-83')]: '40 %' })).toMatchObject({
      nombre: null,
      denominateur: 1500,
      pourcentage: '20.00',
      methode: 'ponderee',
    });
  });
  test('un territoire manque : rien ne se conclut', () => {
    expect(consolide('SR-1', '2026', { [sr1('dep-13')]: '100/1000' })).toMatchObject({ nombre: null, pourcentage: null, methode: 'incomplete', manquants: ['dep-83'] });
  });
  test("des taux d'attributions sans dénominateur ne se consolident pas", () => {
    const ps2 = (t: string): string => `engagement/PS-2/${t}/2026/total`;
    expect(consolide('PS-2', '2026', { [ps2('dep-13')]: '25 %', [ps2('dep-83')]: '25 %' })).toMatchObject({ pourcentage: null, methode: 'incomplete' });
    expect(consolide('PS-2', '2026', { [ps2('dep-13')]: '12/48', [ps2('dep-83')]: '10/52' })).toMatchObject({ nombre: 22, denominateur: 100, pourcentage: '22.00' });
  });
  test("G-1 est déjà à cette échelle", () => {
    expect(consolide('G-1', '2026', { 'engagement/G-1/organisme/2026/total': '1000' })).toBeUndefined();
  });
  test('la somme des nombres est exacte quel que soit le parc', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 8), fc.nat(10 ** 8), (a, b) => {
        expect(consolide('SR-1', '2026', { [sr1('dep-13')]: String(a), [sr1('dep-83')]: String(b) })?.nombre).toBe(a + b);
      }),
    );
  });
});
