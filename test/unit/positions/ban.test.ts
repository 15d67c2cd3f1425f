import { describe, expect, test } from 'vitest';
import { adresseCherchee, cleAdresse, normaliserVoie } from '../../../shared/domain/positions/adresse.ts';
import { repondre } from '../../../shared/domain/positions/ban.ts';
import type { AdresseBan } from '../../../shared/domain/positions/ban.ts';

const declaree = (champs: Partial<Parameters<typeof adresseCherchee>[0]>) => ({ commune: '13055', depcom: '13055', numvoie: null, indrep: null, typvoie: null, nomvoie: null, ...champs });
const chercher = (champs: Partial<Parameters<typeof adresseCherchee>[0]>) => adresseCherchee(declaree(champs));

describe('voies', () => {
  test.each([
    [['RUE', 'DU STADE'], 'RUE DU STADE'],
    [['AV', 'DU GAL DE GAULLE'], 'AVENUE DU GENERAL DE GAULLE'],
    [['Bd', 'St-Michel'], 'BOULEVARD SAINT MICHEL'],
    [[null, 'Allée des Érables'], 'ALLEE DES ERABLES'],
    [['RUE', 'DU HUIT MAI 1945'], 'RUE DU 8 MAI 1945'],
    [['PL', 'R'], 'PLACE R'],
  ])('%j', (parties, attendu) => {
    expect(normaliserVoie(...parties)).toBe(attendu);
  });
  test('les articles et le type restent : deux voies différentes ne se confondent pas', () => {
    expect(new Set([['RUE', 'DE L’EGLISE'], ['RUE', 'EGLISE'], ['CHE', 'DE L’EGLISE'], ['RUE', 'DES EGLISES']].map((p) => normaliserVoie(...p))).size).toBe(4);
  });
});

describe('adresses déclarées', () => {
  const stade = { typvoie: 'RUE', nomvoie: 'DU STADE' };
  test.each([
    [{ ...stade, numvoie: '0012' }, 12, ''],
    [{ ...stade, numvoie: '12', indrep: 'b' }, 12, 'B'],
    [{ ...stade, numvoie: '12 bis' }, 12, 'BIS'],
    [{ ...stade, numvoie: '12-14' }, null, ''],
    [{ ...stade, numvoie: null }, null, ''],
    [{ ...stade, numvoie: '0' }, null, ''],
    [{ nomvoie: '12 bis rue du Stade' }, 12, 'BIS'],
    [{ nomvoie: '12, rue du Stade' }, 12, ''],
  ])('%j', (champs, numero, rep) => {
    expect(chercher(champs)).toEqual({ commune: '13055', depcom: '13055', voie: 'RUE DU STADE', numero, rep });
  });
  test('sans voie, il n’y a pas d’adresse', () => {
    expect([chercher({ numvoie: '12', typvoie: 'RUE' }), chercher({ nomvoie: ' -- ' })]).toEqual([null, null]);
  });
  test('la clé sépare ce qui est différent', () => {
    const cles = [{ ...stade, numvoie: '12' }, { ...stade, numvoie: '12', indrep: 'B' }, { ...stade, numvoie: '1', indrep: '2' }, { ...stade, depcom: '13201', numvoie: '12' }].map((a) => {
      const c = chercher(a);
      return c === null ? '' : cleAdresse(c);
    });
    expect(new Set(cles).size).toBe(4);
  });
});

describe('réponses', () => {
  const a = (numero: number, rep: string, lon: number, ancienne = ''): AdresseBan => ({ numero, rep, ancienne, lon, lat: 43.3, libelle: `${numero}${rep} rue du Stade`, fichier: 'b.csv' });
  const cherche = (numero: number | null, rep = '', depcom = '13055') => ({ commune: '13055', depcom, voie: 'RUE DU STADE', numero, rep });
  const qualite = (c: ReturnType<typeof cherche>, voie: AdresseBan[]) => {
    const { qualite: q, lon, libelle } = repondre(c, voie);
    return [q, lon, libelle];
  };
  const voie = [a(10, '', 5.30), a(12, '', 5.31), a(12, 'BIS', 5.311), a(14, '', 5.32)];
  test('le numéro exact, avec ou sans indice', () => {
    expect([qualite(cherche(12), voie), qualite(cherche(12, 'B'), voie), qualite(cherche(12, 'BIS'), voie)]).toEqual([
      ['adresse', 5.31, '12 rue du Stade'], ['adresse', 5.311, '12BIS rue du Stade'], ['adresse', 5.311, '12BIS rue du Stade'],
    ]);
  });
  test('un autre numéro, ou un autre indice, n’est que la voie', () => {
    expect([qualite(cherche(13), voie)[0], qualite(cherche(12, 'C'), voie)[0], qualite(cherche(null), voie)[0]]).toEqual(['voie', 'voie', 'voie']);
  });
  test('ce qui a deux sens est ambigu', () => {
    expect(repondre(cherche(12, 'B'), [...voie, a(12, 'B', 5.33)])).toMatchObject({ qualite: 'ambigue', lon: null, lat: null });
    expect(repondre(cherche(12), [a(12, '', 5.31), a(12, '', 5.4)])).toMatchObject({ qualite: 'ambigue', lon: null });
    expect(qualite(cherche(12), [a(12, '', 5.31), a(12, '', 5.3101)])).toEqual(['adresse', 5.31, '12 rue du Stade']);
  });
  test('le code de la commune d’avant départage deux rues de même nom', () => {
    const deux = [a(12, '', 5.31, '13001'), a(12, '', 5.9, '13002')];
    expect([qualite(cherche(12), deux)[0], qualite(cherche(12, '', '13002'), deux)]).toEqual(['ambigue', ['adresse', 5.9, '12 rue du Stade']]);
  });
  test('rien', () => {
    expect(repondre(cherche(12), [])).toEqual({ qualite: 'introuvable', lon: null, lat: null, libelle: '', fichier: '' });
  });
});
