import { expect, it } from 'vitest';
import { essaiVentes } from './aide.ts';

it('le seuil d’énergie changé sans source, illisible, ou « aucun logement » avec un plan : chacun se dit, et cesse une fois corrigé', async () => {
  const { faire, choisis } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027' });
  const levés = async () => {
    const { bloquants, aJustifier } = await faire('controles.lister', {});
    return [...bloquants, ...aJustifier].filter((c) => c.champ === 'ventes/aucune' || c.champ?.startsWith('ventes/energie') === true).map((c) => [c.code, c.champ]);
  };
  const definir = (champ: string, valeur: string) => faire('champs.definir', { champ, valeur });
  expect(await levés()).toEqual([]);
  await definir('ventes/energie/seuil', '420');
  expect(await levés()).toEqual([['vente-seuil-sans-source', 'ventes/energie/source']]);
  await definir('ventes/energie/source', 'Décret à venir');
  expect(await levés()).toEqual([]);
  await definir('ventes/energie/seuil', 'abc');
  expect(await levés()).toEqual([['champ-invalide', 'ventes/energie/seuil']]);
  expect((await faire('ventes.resume', {})).energie).toMatchObject({ seuil: '330', source: expect.stringContaining('« abc » ne se lit pas : 330 est appliqué.') });
  await definir('ventes/energie/seuil', '');
  await definir('ventes/aucune', 'oui');
  expect(await levés()).toEqual([['vente-aucune-contredite', 'ventes/aucune']]);
  await definir('ventes/aucune', '');
  expect(await levés()).toEqual([]);
});
