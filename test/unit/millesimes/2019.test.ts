import { describe, expect, test } from 'vitest';
import { findChamp, findIndicateur, findMillesime } from '../../../shared/millesimes/index.ts';
import { ErreurCus } from '../../../shared/erreurs.ts';
import { checkMillesime } from '../../../shared/millesimes/coherence.ts';

const millesime = findMillesime('2019');

describe('millésime 2019', () => {
  test('les indicateurs des cinq articles, dans leur ordre', () => {
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
      ['DEM-1', 'R445-5-3', true, 'trois-et-six-ans'],
      ['PP-LF-1', 'R445-36', true, 'trois-et-six-ans'],
      ['PP-LF-2', 'R445-36', true, 'annuelle'],
      ['PP-LF-3', 'R445-36', true, 'annuelle'],
      ['PP-ACC-1', 'R445-22', true, 'trois-et-six-ans'],
      ['PS-ACC-1', 'R445-22', true, 'annuelle'],
    ]);
  });
  test("le libellé dit l'horizon que la donnée porte", () => {
    for (const i of millesime.indicateurs) {
      const annuel = i.libelle.endsWith(', par année') || i.libelle.includes(' par an ');
      expect([i.code, i.periodicite === 'annuelle' ? annuel : i.libelle.endsWith(', à trois et six ans')]).toEqual([i.code, true]);
    }
  });
  test('transmission annuelle (R445-2-9) : PP-2, PP-LF-2, PP-3 et PP-LF-3', () => {
    expect(millesime.indicateurs.filter((i) => i.transmissionAnnuelle !== null).map((i) => i.code)).toEqual(['PP-2', 'PP-3', 'PP-LF-2', 'PP-LF-3']);
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
