import { describe, expect, it } from 'vitest';
import { computeMasse } from '../../../shared/domain/loyers/npl/masse.ts';
import { direFixes, direOrigine, maximumEcrit, REPARTIE } from '../../../shared/domain/loyers/npl/libelles.ts';
import { controlerMaximums, readPlafonds } from '../../../shared/domain/loyers/npl/plafonds.ts';
import type { ChoixEnsemble, ChoixPlafond, PartEnsemble, Plafond, PlafondLoyer } from '../../../shared/domain/loyers/npl/types.ts';
import { ensemble, part, scenario } from './npl-aides.ts';

const PLS: PlafondLoyer = { annee: 2027, produit: 'PLS', zone: '2', taux: 90_000n, source: 'avis' };
const max = (plafond: Plafond, reste: Partial<ChoixPlafond> = {}): ChoixPlafond => ({ plafond, maximum: 55_000n, ...reste });
const choix = (plafonds: ChoixPlafond[], reste: Partial<ChoixEnsemble> = {}): ChoixEnsemble => ({ ensemble: 'A', base: 'SU', plafonds, ...reste });

/** Deux plafonds de ressources : PLUS fixé ou non, et un autre dont le maximum d'aujourd'hui, pour 600 m², vaut `euros` par mois. */
function controler(plafond: Plafond, euros: number, choisis: ChoixEnsemble[], { lignes = [PLS], ...reste }: Partial<PartEnsemble> & { lignes?: PlafondLoyer[] } = {}) {
  const e = [ensemble('A')];
  const m = computeMasse(e, [part('A', { plafond, maximum: euros * 100, ...reste }), part('A', reste)], scenario(choisis));
  return controlerMaximums(m, e, readPlafonds(lignes, 2027));
}
const codes = (constats: ReturnType<typeof controler>) => constats.map((c) => [c.code, c.bloquant, c.plafond, c.logements]);
const SANS = ['plafond-sans-maximum', false, 'PLAI', 10];

describe('un plafond de ressources laissé sans maximum (L445-3, IV)', () => {
  it('dans un ensemble fixé pour un autre : à justifier ; gardé au-dessus du PLS de la zone, c’est bloquant', () => {
    expect(codes(controler('PLAI', 5400, [choix([max('PLUS')])]))).toEqual([SANS]);
    expect(codes(controler('PLAI', 5401, [choix([max('PLUS')])]))).toEqual([SANS, ['superieur-au-pls', true, 'PLAI', 10]]);
    expect(controler('PLAI', 5401, [choix([max('PLUS')])])[1]?.message.replaceAll('\u00a0', ' ')).toBe('Maximum d’aujourd’hui gardé, 9,0016 €/m², supérieur à celui des logements PLS de la zone 2.');
  });
  it('comparé tel qu’il s’écrit, au dix-millième : ce que l’on fixerait en le recopiant passerait aussi', () => {
    // 5 400,05 € sur 600 m² : 9,00008 €/m², écrit 9,00.
    expect(codes(controler('PLAI', 5400.05, [choix([max('PLUS')])]))).toEqual([SANS]);
    expect(codes(controler('PLAI', 5400.05, [choix([max('PLUS'), max('PLAI', { maximum: 90_000n })])]))).toEqual([]);
  });
  it('le PLI gardé au-dessus du PLS ne l’est pas dit : IV l’en excepte', () => {
    expect(codes(controler('PLI', 9000, [choix([max('PLUS')])]))).toEqual([['plafond-sans-maximum', false, 'PLI', 10]]);
  });
  it('un ensemble non cité, cité sans maximum, ou fixé pour tous ses plafonds n’en dit rien', () => {
    expect([[], [choix([])], [choix([], { inconnus: 'PLUS' })], [choix([max('PLUS'), max('PLAI')])]].map((c) => controler('PLAI', 9000, c))).toEqual([[], [], [], []]);
  });
  it('sans plafond PLS, ou en surface corrigée seule, le maximum gardé n’est pas vérifié et c’est dit', () => {
    expect(codes(controler('PLAI', 9000, [choix([max('PLUS')])], { lignes: [] })).map(([code]) => code)).toEqual(['plafond-sans-maximum', 'plafond-pls-absent', 'plafond-pls-absent']);
    expect(codes(controler('PLAI', 9000, [choix([max('PLUS')], { base: 'SC' })], { mode: 2 })).map(([code]) => code)).toEqual(['plafond-sans-maximum', 'pls-non-verifie', 'pls-non-verifie']);
  });
  it('en surface corrigée dont la surface utile est connue, ce sont les montants qui se comparent', () => {
    // Par plafond, 600 m² corrigés et 300 m² utiles : 9 € × 300 = 2 700 €.
    const lire = (euros: number) => codes(controler('PLAI', euros, [choix([max('PLUS', { maximum: 1n })], { base: 'SC', habitable: 60_000 })], { mode: 2 })).map(([code]) => code);
    expect([lire(2700), lire(2701)]).toEqual([['plafond-sans-maximum'], ['plafond-sans-maximum', 'superieur-au-pls']]);
  });
});

describe('répartition décidée (L445-3, I)', () => {
  const reparties = (parts: PartEnsemble[], plafonds: ChoixPlafond[]) => computeMasse([ensemble('A')], parts, scenario([choix(plafonds)])).ensembles[0]?.parts.map((p) => [p.plafond, p.repartie, p.avant]);
  const decide = (plafond: Plafond, logements: number, surface: number): ChoixPlafond => max(plafond, { logements, surface });
  const [avant, deux] = [3_600_000_000n, [part('A', { plafond: 'PLAI', maximum: 300_000 }), part('A')]];
  it('entre deux plafonds, l’avant de l’ensemble se partage par surface, et chaque part le dit', () => {
    expect(reparties([part('A')], [decide('PLAI', 4, 20_000), decide('PLUS', 6, 40_000)])).toEqual([['PLAI', true, avant / 3n], ['PLUS', true, (2n * avant) / 3n]]);
    // Reprise telle quelle, elle remplace encore les montants du fichier : 5 € et 6 €/m² deviennent 5,50 €.
    expect(reparties(deux, [decide('PLAI', 10, 60_000), decide('PLUS', 10, 60_000)])).toEqual([['PLAI', true, 3_300_000_000n], ['PLUS', true, 3_300_000_000n]]);
  });
  it('d’un seul plafond vers lui-même, rien n’est partagé ; vers un autre, ou de deux vers un seul, si', () => {
    expect([reparties([part('A')], [decide('PLUS', 10, 60_000)]), reparties([part('A')], [decide('PLS', 10, 60_000)]), reparties(deux, [decide('PLUS', 20, 120_000)])]).toEqual([
      [['PLUS', false, avant]], [['PLS', true, avant]], [['PLUS', true, 6_600_000_000n]],
    ]);
  });
  it('incohérente ou absente, celle du fichier est gardée', () => {
    expect([reparties(deux, [decide('PLAI', 1, 1), decide('PLUS', 10, 60_000)]), reparties(deux, [max('PLUS')])]).toEqual([0, 0].map(() => [['PLAI', false, 3_000_000_000n], ['PLUS', false, avant]]));
  });
});

it('les mots d’une ligne : maximum gardé, origine répartie, paquet d’avant, logements comparés', () => {
  const apl = { origine: 'apl', court: '', libelle: 'convention APL', articles: ['L445-3'], logements: 3, cus: 0 };
  expect([
    maximumEcrit({ maximum: null }), maximumEcrit({ maximum: 0 }), direFixes(49, String),
    direOrigine([apl], { origine: 'apl', repartie: true }, String), direOrigine([apl], { origine: 'apl' }, String), direOrigine([apl], { origine: 'R445-10', plafonne: true, repartie: true }, String),
  ]).toEqual(['gardé', 0, '49 à un maximum fixé par le scénario', `convention APL (L445-3) ; ${REPARTIE}`, 'convention APL (L445-3)', `limite de R445-10, non révisée ; ${REPARTIE}`]);
});
