import { describe, expect, it } from 'vitest';
import { Portrait, plageNumeros } from '../../../shared/domain/ensembles/adresse.ts';
import { computeCle, computeCode, normaliser } from '../../../shared/domain/ensembles/cle.ts';
import type { Situation } from '../../../shared/domain/ensembles/cle.ts';

const situation = (s: Partial<Situation>): Situation => ({
  commune: '13055', numvoie: null, indrep: null, typvoie: null, nomvoie: null, bat: null, immeu: null, complgeo: null, lieudit: null, codsegpatrim: null, ...s,
});

describe('la clé d’un ensemble', () => {
  it('ne dépend ni de la casse, ni des accents, ni des espaces', () => {
    expect(normaliser('  Résidence  du Sacré-Cœur ')).toBe('RESIDENCE DU SACRE COEUR');
    expect(computeCle(situation({ complgeo: 'RÉSIDENCE  LES LILAS' }))).toBe(computeCle(situation({ complgeo: 'Residence les-lilas' })));
  });

  it('prend le programme, sinon l’adresse, sinon le bâtiment, sinon le lieudit, sinon la commune', () => {
    const tout = { complgeo: 'LES LILAS', numvoie: '12', typvoie: 'RUE', nomvoie: 'DU STADE', bat: 'B', lieudit: 'LE PLAN' };
    expect(computeCle(situation(tout))).toBe('13055|programme|LES LILAS');
    expect(computeCle(situation({ ...tout, complgeo: ' - ' }))).toBe('13055|adresse|12||RUE|DU STADE');
    expect(computeCle(situation({ bat: 'B', lieudit: 'LE PLAN' }))).toBe('13055|batiment||B|LE PLAN');
    expect(computeCle(situation({ lieudit: 'LE PLAN' }))).toBe('13055|lieudit|LE PLAN');
    expect(computeCle(situation({}))).toBe('13055|sans-adresse');
  });

  it('donne un code court, allongé quand il est pris', () => {
    const empreinte = '0123456789abcdef0123';
    expect(computeCode('13055', empreinte, () => false)).toBe('13055-01234567');
    expect(computeCode('13055', empreinte, (c) => c === '13055-01234567')).toBe('13055-0123456789AB');
  });
});

describe('le portrait d’un ensemble', () => {
  it('donne la plage des numéros de la voie la plus fréquente', () => {
    const p = new Portrait();
    p.add(situation({ numvoie: '18', typvoie: 'RUE', nomvoie: 'DES LILAS', complgeo: 'LES LILAS' }), 4);
    p.add(situation({ numvoie: '9', typvoie: 'RUE', nomvoie: 'DES LILAS', complgeo: 'Les Lilas' }), 3);
    p.add(situation({ numvoie: '100', typvoie: 'RUE', nomvoie: 'DES LILAS', complgeo: 'LES LILAS' }), 1);
    p.add(situation({ numvoie: '2', typvoie: 'PLACE', nomvoie: 'DU MARCHÉ', complgeo: 'LES LILAS' }), 5);
    expect({ nom: p.nom(), adresse: p.adresse() }).toEqual({ nom: 'LES LILAS', adresse: '9 à 100 RUE DES LILAS et 1 autre adresse' });
  });

  it('sans voie, donne le bâtiment ou le lieudit ; sans rien, rien', () => {
    const p = new Portrait();
    p.add(situation({ bat: 'B', lieudit: 'LE PLAN' }), 2);
    expect({ nom: p.nom(), adresse: p.adresse() }).toEqual({ nom: 'B LE PLAN', adresse: 'B LE PLAN' });
    expect(new Portrait().nom()).toBe('');
  });

  it.each([[['12'], '12'], [['14', '12'], '12 et 14'], [['12 BIS', '12', '14'], '12 à 14'], [[], '']])('%j', (numeros, plage) => {
    expect(plageNumeros(numeros)).toBe(plage);
  });
});
