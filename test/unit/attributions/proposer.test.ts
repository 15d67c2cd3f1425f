import { describe, expect, it } from 'vitest';
import { findMesure } from '../../../shared/domain/attributions/mesures.ts';
import type { Mesure } from '../../../shared/domain/attributions/mesures.ts';
import { proposerReference } from '../../../shared/domain/attributions/proposer.ts';
import type { Compte } from '../../../shared/domain/attributions/comptes.ts';

const mesure = (code: string): Mesure => {
  const m = findMesure(code);
  if (m === undefined) throw new Error(code);
  return m;
};
const c = (nombre: number, base: number, inconnu = 0, baseInconnue = 0): Compte => ({ nombre, base, inconnu, baseInconnue, baseInconnueOui: 0, baseInconnueNon: 0 });
const proposer = (fraction: boolean, ...comptes: (Compte | null)[]) => proposerReference(mesure(fraction ? 'dalo' : 'refus'), comptes.map((compte, i) => ({ annee: 2023 + i, compte })), fraction, ['Réserve.', '']);

describe('référence proposée', () => {
  it('est le total des années, en fraction, avec ses nombres par année', () => {
    expect(proposer(true, c(3, 40), c(5, 50), c(2, 30))).toEqual({
      genre: 'proposee', valeur: '10/120', compte: c(10, 120), prudence: '', reserve: 'Réserve.',
      formule: `Total de 2023, 2024, 2025 : 10 sur 120. ${mesure('dalo').formule} Par année : 2023, 3 sur 40 ; 2024, 5 sur 50 ; 2025, 2 sur 30`,
    });
  });

  it('est un nombre seul pour une donnée qui accompagne', () => {
    expect(proposer(false, c(12, 40), c(8, 50), c(0, 0))).toMatchObject({ genre: 'proposee', valeur: '20' });
  });

  it('dit d’abord ce qui reste inconnu, et les années absentes', () => {
    expect(proposer(true, null, c(5, 50, 2, 3), c(1, 30))).toMatchObject({
      genre: 'proposee', valeur: '6/80', reserve: 'Réserve.',
      prudence: '2 attributions sans valeur connue, comptées au seul dénominateur ; 3 attributions dont rien ne dit si elles y entrent, hors du compte : la valeur exacte peut être autre (de 7,2 à 13,3\u202f%). Aucune attribution n’est importée pour 2023 : le total est celui des autres années.',
    });
  });

  it('n’écarte jamais une année pour ses inconnues : l’année gardée serait la plus flatteuse', () => {
    // Relogement inconnu de tous : seules les attributions hors du premier quartile deviennent inconnues.
    expect(proposer(true, c(2, 5, 3), c(3, 6, 3), c(2, 3, 1))).toEqual({
      genre: 'tue', compte: c(7, 14, 7),
      raison: 'Trop d’attributions inconnues (7 sur 14, plus d’une sur 10) : 7 attributions sans valeur connue, comptées au seul dénominateur. La part vraie va de 50,0 à 100,0\u202f%. Rien n’est proposé (règle proposée par Atelier CUS, non réglementaire).',
    });
  });

  it.each<[string, Compte, string]>([
    ['une sur dix', c(1, 30, 3), 'proposee'], ['plus d’une sur dix', c(1, 30, 4), 'tue'], ['base inconnue comprise', c(1, 28, 1, 2), 'proposee'], ['base inconnue de trop', c(1, 27, 1, 3), 'tue'], ['rien de connu', c(0, 20, 20), 'tue'],
    ['rien de sûr', c(0, 0, 0, 3), 'tue'],
  ])('propose ou se tait suivant la part inconnue : %s', (_, compte, genre) => {
    expect([proposer(true, compte)?.genre, proposer(false, compte)?.genre]).toEqual([genre, genre]);
  });

  it.each([[[]], [[null, null]], [[c(0, 0)]]])('n’est rien quand il n’y a rien à compter : %j', (comptes) => {
    expect(proposer(true, ...comptes)).toBeNull();
  });
});
