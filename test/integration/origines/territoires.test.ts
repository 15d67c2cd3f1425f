import { expect, test } from 'vitest';
import { declaration, ligne, ouvrirAtelier } from '../import/aide.ts';

/** Un parc qui touche à tous les cas : Paris, EPT, métropoles, petite communauté de communes, outre-mer, COM, île sans EPCI. */
const COMMUNES = ['75101', '93066', '69381', '13201', '01004', '97411', '98818', '29155'];

async function importer() {
  const atelier = await ouvrirAtelier();
  await atelier.faire('champs.definir', { champ: 'calendrier/date-effet', valeur: '2026-01-01' });
  await atelier.faire('import.lire', { chemin: atelier.fichier('a.csv', declaration(...COMMUNES.map((c, i) => ligne({ IDENT_INT: `L${i}`, DEPCOM: c })))) });
  return atelier;
}

test('chaque logement est dans ses territoires d’aujourd’hui, arrondissements et outre-mer compris', async () => {
  const { faire } = await importer();
  const { communes, departements, epci } = await faire('etat.lire', {});
  expect(communes).toEqual({ '75056': 1, '93066': 1, '69123': 1, '13055': 1, '01004': 1, '97411': 1, '98818': 1, '29155': 1 });
  expect(departements).toEqual({ '75': 1, '93': 1, '69': 1, '13': 1, '01': 1, '974': 1, '988': 1, '29': 1 });
  // Les collectivités d'outre-mer et Ouessant n'ont pas d'EPCI à fiscalité propre ; Paris et Saint-Denis ont le même.
  expect(Object.values(epci).reduce((a, b) => a + b, 0)).toBe(6);
  expect(epci['200054781']).toBe(2);
});

test('les territoires de PS-1 sont proposés avec leur raison ; l’organisme en décide, et revient à la proposition', async () => {
  const { faire } = await importer();
  const lire = async () => {
    const { decide, territoires } = await faire('territoires.ps1', {});
    return { decide, codes: Object.fromEntries(territoires.map((t) => [t.code, [t.propose, t.certain, t.retenu]])) };
  };
  const propose = await lire();
  expect(propose.codes).toEqual({
    'com-75056': [false, false, false],
    'epci-200046977': [true, true, true],
    'epci-200054781': [false, true, false],
    'epci-200054807': [true, true, true],
    // Plus de 30 000 habitants, dont Ambérieu : sa compétence habitat reste à confirmer.
    'epci-240100883': [true, false, true],
    'epci-249740119': [true, true, true],
    'ept-200057867': [true, true, true],
  });
  expect(propose.decide).toBe(false);
  await faire('champs.definir', { champ: 'options/territoires-ps1', valeur: 'ept-200057867,com-75056,epci-200067205' });
  const decide = await lire();
  expect(decide.decide).toBe(true);
  expect(Object.entries(decide.codes).filter(([, [, , retenu]]) => retenu).map(([c]) => c)).toEqual(['com-75056', 'ept-200057867', 'epci-200067205']);
  const { lignes } = await faire('engagements.matrice', {});
  expect([...new Set(lignes.filter((l) => l.indicateur === 'PS-1').map((l) => l.territoire))].toSorted()).toEqual(['com-75056', 'epci-200067205', 'ept-200057867']);
  await faire('champs.definir', { champ: 'options/territoires-ps1', valeur: '' });
  expect(await lire()).toEqual(propose);
});
