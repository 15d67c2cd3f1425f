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
      recouverts: [],
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
  test('une liste qui se recouvre compte une fois : le plus grand territoire l’emporte, l’autre est nommé', () => {
    const ps1 = matriceDe({ territoires: { departements: [], epciPs1: [{ code: 'com-13055', nom: 'Marseille' }, AMP], demandes: [] } });
    const membres = (t: string): string[] => (t === AMP.code ? ['13055', '13001'] : ['13055']);
    const lues = lectureDe({ 'engagement/PS-1/com-13055/2026/total': '30/100', [`engagement/PS-1/${AMP.code}/2026/total`]: '40/120' });
    expect(consolidate(ps1, stockDe, lues, membres).find((c) => c.indicateur === 'PS-1' && c.horizon === '2026')).toMatchObject({ nombre: 40, denominateur: 120, territoires: 1, recouverts: ['com-13055'] });
  });
  const TERRITOIRES = ['dep-01', 'dep-13', 'dep-2A', 'dep-83'].map((code) => ({ code, nom: code }));
  const parcs = fc.tuple(...TERRITOIRES.map(() => fc.integer({ min: 1, max: 10 ** 6 })));
  // Chaque territoire : vide, un nombre, une fraction, ou un taux seul.
  const forme = fc.oneof(fc.constant(''), fc.nat(10 ** 6).map(String), fc.tuple(fc.nat(10 ** 5), fc.integer({ min: 1, max: 10 ** 6 })).map(([n, d]) => `${Math.min(n, d)}/${d}`), fc.integer({ min: 0, max: 10_000 }).map((n) => `${(n / 100).toFixed(2).replace('.', ',')} %`));
  test('sommes, taux pondérés, manquants nommés, formes mêlées ; l’ordre des territoires ne change rien', () => {
    fc.assert(
      fc.property(parcs, fc.tuple(forme, forme, forme, forme), fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (parc, textes, ordre) => {
        const stock = (t: string) => ({ parc: parc[TERRITOIRES.findIndex((x) => x.code === t)] ?? 0, parcFG: 0 });
        const lues = lectureDe(Object.fromEntries(TERRITOIRES.map((t, i) => [sr1(t.code), textes[i] ?? ''])));
        const lire = (liste: typeof TERRITOIRES): Consolidation | undefined =>
          consolidate(matriceDe({ territoires: { departements: liste, epciPs1: [], demandes: [] } }), stock, lues).find((c) => c.indicateur === 'SR-1' && c.horizon === '2026');
        const c = lire(TERRITOIRES);
        const melange = lire(ordre.flatMap((i) => TERRITOIRES[i] ?? []));
        expect({ ...melange, manquants: melange?.manquants.toSorted() }).toEqual({ ...c, manquants: c?.manquants.toSorted() });
        expect(c?.manquants).toEqual(TERRITOIRES.filter((_, i) => textes[i] === '').map((t) => t.code));
        if (textes.includes('')) {
          expect([c?.methode, c?.nombre, c?.pourcentage]).toEqual(['incomplete', null, null]);
          return;
        }
        const taux = textes.some((t) => t.endsWith('%'));
        const [nombre, d] = textes.reduce(([n, s], t, i) => {
          const [a, b] = t.endsWith('%') ? [(Number(t.slice(0, -2).replace(',', '.')) * (parc[i] ?? 0)) / 100, parc[i] ?? 0] : t.includes('/') ? t.split('/').map(Number) : [Number(t), parc[i] ?? 0];
          return [n + (a ?? 0), s + (b ?? 0)];
        }, [0, 0]);
        expect([c?.methode, c?.denominateur, c?.nombre]).toEqual([taux ? 'ponderee' : 'somme', d, taux ? null : nombre]);
        // Un taux est exact à la moitié de son dernier chiffre, plus l'imprécision du flottant de l'essai.
        expect(Math.abs(Number(c?.pourcentage) - (100 * nombre) / d)).toBeLessThanOrEqual(0.005 + 1e-6);
      }),
    );
  });
  test('une fraction impossible ne se compte pas, et son territoire manque', () => {
    for (const impossible of ['12/0', '400/311']) {
      const c = consolide('SR-1', '2026', { [sr1('dep-13')]: impossible, [sr1('dep-83')]: '3/10' });
      expect([impossible, c?.methode, c?.nombre, c?.manquants.includes('dep-13'), c?.manquants.includes('dep-83')]).toEqual([impossible, 'incomplete', null, true, false]);
    }
  });
  test('la somme des nombres est exacte quel que soit le parc', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 8), fc.nat(10 ** 8), (a, b) => {
        expect(consolide('SR-1', '2026', { [sr1('dep-13')]: String(a), [sr1('dep-83')]: String(b) })?.nombre).toBe(a + b);
      }),
    );
  });
});
