import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { jsonIci } from '../cli/aides/cus.ts';
import { ouvrirParc, PARC } from './aide.ts';

it('logements : filtre, groupe, répartit et exporte comme l’écran', async () => {
  const { service, lignes } = await ouvrirParc(400);
  const filtres = [PARC, { colonne: 'finan', valeurs: ['13', '52'] }, { colonne: 'surfhab', de: '40', a: '70.5' }, { colonne: 'nomvoie', vide: false }];
  const { total, totaux, lignes: page } = await service.faire('logements.page', { decalage: 0, nombre: 3, filtres, tri: { colonne: 'loyerprinc', sens: 'desc' } });
  const repartition = await service.faire('logements.repartition', { filtres });
  const { groupes } = await service.faire('logements.groupes', { par: ['commune', 'finan'], filtres });
  const { colonnes } = await service.faire('logements.colonnes', {});
  await service.faire('dossier.fermer', {});
  const r = service.repertoire;
  const lancer = (...args: string[]) => jsonIci(['logements', 'parc.cus', ...args], r);
  const choisis = ['--filtre', 'finan=13,52', '--filtre', 'surfhab:40..70.5', '--filtre', 'nomvoie:renseigne'];
  expect(total).toBeGreaterThan(3);

  expect(await lancer(...choisis, '--tri', 'loyerprinc:desc', '--nombre', '3', '--colonnes', 'ident_int,loyerprinc')).toEqual({
    code: 0, stderr: '', objet: { ...totaux, repartition, lignes: page.map((l) => ({ ident_int: l['ident_int'], loyerprinc: l['loyerprinc'] })) },
  });
  expect((await lancer(...choisis, '--grouper', 'commune,finan')).objet).toEqual({ ...totaux, repartition, groupes });
  expect((await lancer(...choisis, '--exporter', 'e.csv', '--colonnes', 'ident_int')).objet).toEqual({ ...totaux, repartition, exporte: join(r, 'e.csv'), lignesEcrites: total });
  expect(readFileSync(join(r, 'e.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(total + 1);
  expect((await lancer('--filtre', 'parc=oui,non', '--nombre', '0')).objet).toMatchObject({ logements: lignes.length, lignes: [] });
  expect(colonnes.map((c) => c.nom)).toEqual(expect.arrayContaining(['epci', 'age', 'taille', 'dpe_periode']));

  const refus = [['--filtre', 'finan'], ['--filtre', 'surfhab:40'], ['--filtre', 'absente=1'], ['--colonnes', 'absente'], ['--nombre', 'dix'], ['--grouper', 'finan,finan'], ['--exporter', 'e.pdf']];
  const codes = [];
  for (const args of refus) codes.push(await lancer(...args).then(({ code, objet }) => [code, (objet as { erreur: { code: string } }).erreur.code]));
  expect(codes).toEqual([[2, 'filtre-invalide'], [2, 'filtre-invalide'], [2, 'colonne-inconnue'], [2, 'colonne-inconnue'], [2, 'usage'], [2, 'groupes-identiques'], [2, 'format-inconnu']]);
});
