import { expect, test } from 'vitest';
import { essaiDossier } from '../depot/aides.ts';

test('un nom d’ensemble, de commune, d’EPCI mène à ses ensembles, sans égard aux accents ni à la casse', async () => {
  const { faire } = await essaiDossier();
  const { ensembles } = await faire('ensembles.lister', {});
  const [premier] = ensembles;
  if (premier === undefined) throw new Error('dossier vide');
  const chercher = async (texte: string) => (await faire('carte.chercher', { texte })).trouves;
  expect((await chercher(premier.id)).map((t) => [t.nature, t.ensembles])).toContainEqual(['ensemble', [premier.id]]);
  const commune = (await chercher(premier.nomCommune.toUpperCase().normalize('NFD').replaceAll(/\p{M}/gu, ''))).find((t) => t.nature === 'commune' && t.detail === premier.commune);
  expect(commune?.ensembles.toSorted()).toEqual(ensembles.filter((e) => e.commune === premier.commune).map((e) => e.id).toSorted());
  const { lignes } = await faire('loyers.lire', { par: 'epci', surface: 'SH' });
  const epci = lignes.find((l) => l.code !== '');
  expect((await chercher(epci?.code ?? '')).filter((t) => t.nature === 'epci').map((t) => t.epci)).toEqual([[epci?.code]]);
  expect(await chercher('zzzzz introuvable')).toEqual([]);
  expect(await faire('carte.chercher', { texte: '  ' })).toEqual({ trouves: [], banChargee: false });
});
