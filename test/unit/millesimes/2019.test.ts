import { describe, expect, test } from 'vitest';
import { findChamp, findIndicateur, findMillesime } from '../../../shared/millesimes/index.ts';
import { ErreurCus } from '../../../shared/erreurs.ts';
import { checkMillesime } from '../../../shared/millesimes/coherence.ts';

const millesime = findMillesime('2019');

describe('millésime 2019', () => {
  test('dix indicateurs, huit obligatoires', () => {
    expect(millesime.indicateurs.map((i) => [i.code, i.article, i.obligatoire, i.periodicite])).toEqual([
      ['PP-1', 'R445-5', true, 'trois-et-six-ans'],
      ['PP-2', 'R445-5', true, 'annuelle'],
      ['PP-3', 'R445-5', true, 'annuelle'],
      ['PP-4', 'R445-5', true, 'trois-et-six-ans'],
      ['PS-1', 'R445-5', true, 'annuelle'],
      ['PS-2', 'R445-5', true, 'annuelle'],
      ['SR-1', 'R445-5', true, 'annuelle'],
      ['G-1', 'R445-5', true, 'annuelle'],
      ['PP-5', 'R445-5-1', false, 'annuelle'],
      ['PS-3', 'R445-5-1', false, 'annuelle'],
    ]);
  });
  test("le libellé dit l'horizon que la donnée porte", () => {
    for (const i of millesime.indicateurs) {
      expect([i.code, i.libelle.endsWith(i.periodicite === 'annuelle' ? ', par année' : ', à trois et six ans')]).toEqual([i.code, true]);
    }
  });
  test('transmission annuelle : PP-2 et PP-3', () => {
    expect(millesime.indicateurs.filter((i) => i.transmissionAnnuelle !== null).map((i) => i.code)).toEqual(['PP-2', 'PP-3']);
  });
  test('rien ne se contredit dans les données', () => {
    expect(checkMillesime(millesime)).toEqual([]);
  });
  test('les défauts se voient', () => {
    const faux = { ...millesime, indicateurs: [...millesime.indicateurs, ...millesime.indicateurs.slice(0, 1)], delais: millesime.delais.map((d) => ({ ...d, depuis: 'nulle/part' })) };
    expect(checkMillesime(faux)).toContain('indicateur en double : PP-1');
    expect(checkMillesime(faux)).toContain('champ inconnu : nulle/part');
  });
  test('recherches', () => {
    expect([findIndicateur(millesime, 'G1')?.code, findIndicateur(millesime, 'SR-2'), findChamp(millesime, 'organisme/psp/date')?.article, findChamp(millesime, 'x')]).toEqual([
      'G-1',
      undefined,
      'R445-2-2',
      undefined,
    ]);
    expect(() => findMillesime('2031')).toThrow(ErreurCus);
  });
});
