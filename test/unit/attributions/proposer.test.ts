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
      valeur: '10/120', annees: [2023, 2024, 2025], compte: c(10, 120), reserve: 'Réserve.',
      formule: `Total de 2023, 2024, 2025 : 10 sur 120. ${mesure('dalo').formule} Par année : 2023, 3 sur 40 ; 2024, 5 sur 50 ; 2025, 2 sur 30`,
    });
  });

  it('est un nombre seul pour une donnée qui accompagne', () => {
    expect(proposer(false, c(12, 40), c(8, 50), c(0, 0))?.valeur).toBe('20');
  });

  it('dit les années absentes, celles où l’on sait trop peu, et ce qui reste inconnu', () => {
    const p = proposer(true, null, c(5, 50, 2, 3), c(1, 30, 16));
    expect([p?.valeur, p?.formule]).toEqual(['5/50', expect.stringContaining('Année 2024 : 5 sur 50.')]);
    expect(p?.reserve).toBe(
      'Réserve. Aucune attribution n’est importée pour 2023 : le total est celui des autres années. 2025 : hors du total, plus de la moitié des valeurs y sont inconnues (règle proposée par Atelier CUS, non réglementaire). 2 attributions sans valeur connue, comptées au seul dénominateur ; 3 attributions dont rien ne dit si elles y entrent, hors du compte : la valeur exacte peut être autre (de 9,4 à 18,9\u202f%).',
    );
    expect(proposer(true, c(1, 30, 15))?.valeur).toBe('1/30');
  });

  it.each([[[]], [[null, null]], [[c(0, 0)]], [[c(0, 20, 20), c(0, 0)]]])('n’est rien quand rien n’est connu : %j', (comptes) => {
    expect(proposer(true, ...comptes)).toBeNull();
  });
});
