import { expect, test } from 'vitest';
import { proposeTerritoirePs1, type FaitsEpci } from '../../../shared/domain/engagements/territoires-ps1.ts';

const cc: FaitsEpci = { code: 'epci-200000172', nom: 'CC', type: 'CC', population: 20_000, populationCommune: 5_000, competenceHabitat: null, qpv: null };

test.each<[string, Partial<FaitsEpci>, { propose: boolean; certain: boolean }]>([
  ['EPT', { type: 'EPT' }, { propose: true, certain: true }],
  ['communauté d’agglomération', { type: 'CA' }, { propose: true, certain: true }],
  ['métropole', { type: 'METRO', code: 'epci-200054807' }, { propose: true, certain: true }],
  ['métropole du Grand Paris', { type: 'METRO', code: 'epci-200054781' }, { propose: false, certain: true }],
  ['petite CC, rien de connu', {}, { propose: false, certain: false }],
  ['petite CC, compétence et QPV', { competenceHabitat: true, qpv: true }, { propose: true, certain: true }],
  ['petite CC, QPV sans compétence connue', { qpv: true }, { propose: false, certain: false }],
  ['petite CC sans QPV', { competenceHabitat: true, qpv: false }, { propose: false, certain: true }],
  ['grande CC', { population: 30_001, populationCommune: 10_001 }, { propose: true, certain: false }],
  ['grande CC compétente', { population: 30_001, populationCommune: 10_001, competenceHabitat: true }, { propose: true, certain: true }],
  ['grande CC sans compétence', { population: 30_001, populationCommune: 10_001, competenceHabitat: false }, { propose: false, certain: true }],
  ['commune de Paris', { type: 'PARIS', code: 'com-75056' }, { propose: false, certain: false }],
  ['métropole de Lyon', { type: 'MET69' }, { propose: true, certain: true }],
  ['communauté urbaine', { type: 'CU' }, { propose: true, certain: true }],
  ['CC au seuil incertain, sous le seuil', { population: 51_811, populationCommune: 9_875, seuilIncertain: true, competenceHabitat: true }, { propose: false, certain: false }],
  ['CC au seuil incertain, au-dessus', { population: 30_001, populationCommune: 10_001, seuilIncertain: true }, { propose: true, certain: false }],
  ['CC au seuil incertain, sans compétence', { seuilIncertain: true, competenceHabitat: false }, { propose: false, certain: true }],
  ['CC à 30 000 habitants juste', { population: 30_000, populationCommune: 10_001 }, { propose: false, certain: false }],
  ['CC sans commune de plus de 10 000', { population: 60_000, populationCommune: 10_000 }, { propose: false, certain: false }],
])('%s', (_, faits, attendu) => {
  expect(proposeTerritoirePs1({ ...cc, ...faits })).toMatchObject(attendu);
});
