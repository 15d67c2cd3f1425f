import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readXlsx } from '../../../electron/documents/index.ts';
import { openPaquet, readEntry } from '../../../electron/paquet/index.ts';
import { essaiDossier, lireJson } from '../depot/aides.ts';

it('le scénario retenu est dans le paquet : mêmes chiffres au classeur, au JSON, à l’écran ; retiré, il n’y est plus', async () => {
  const { faire, repertoire } = await essaiDossier();
  const { id } = await faire('npl.creer', { nom: 'Retenu', annee: 2027 });
  const { lignes } = await faire('npl.lire', { scenario: id });
  const su = lignes.find((l) => l.base === 'SU');
  await faire('npl.definir', { scenario: id, choix: [{ ensemble: su?.ensemble ?? '', plafonds: [{ plafond: su?.plafond ?? 'PLUS', maximum: 0.5 }] }] });
  await faire('npl.retenir', { scenario: id });
  const attendu = await faire('npl.lire', { scenario: id });
  const constats = await faire('controles.lister', {});
  expect(constats.aJustifier.filter((c) => c.etape === 'loyers').map((c) => c.code)).toEqual(['npl-incomplete']);

  const { paquet } = await faire('depot.deposer', { repertoire, sansSignature: true, malgre: 'essai' });
  const donnees = z.looseObject({ npl: z.looseObject({ resultat: z.unknown() }) }).parse(await lireJson(paquet, 'donnees.json'));
  expect(donnees.npl.resultat).toEqual(attendu);
  const feuilles = await readXlsx(await readEntry(await openPaquet(paquet), 'politique-des-loyers.xlsx'));
  const masse = new Map(feuilles.find((f) => f.nom === 'Masse')?.lignes.map((l) => [l[0], l[1]]));
  expect([masse.get('Masse maximale avant (par mois)'), masse.get('Masse maximale après (par mois)'), masse.get('Reste (par mois)')]).toEqual([attendu.avant, attendu.apres, attendu.reste].map(String));
  expect(feuilles.find((f) => f.nom === 'Ensembles')?.lignes.length).toBe(attendu.lignes.length + 1);

  const csv = join(repertoire, 'annexe.csv');
  await faire('npl.exporter', { scenario: id, destination: csv });
  expect(readFileSync(csv, 'utf8').trim().split('\n').length).toBe(attendu.lignes.length + 1);
  await faire('npl.exporter', { scenario: id, destination: join(repertoire, 'annexe.ods') });

  await faire('npl.retenir', { scenario: null });
  const { modifications } = await faire('modifications.lister', {});
  expect(modifications.filter((m) => m.champ.startsWith('npl/')).map((m) => [m.champ, m.apres])).toEqual([
    ['npl/retenu', null], ['npl/masse/avant', null], ['npl/masse/apres', null], [`npl/ensemble/${su?.ensemble}/${su?.plafond}`, null],
  ]);
  expect((await faire('depot.apercu', {})).fichiers.map((f) => f.nom)).not.toContain('politique-des-loyers.xlsx');
});
