import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addMillesime } from '../../../shared/millesimes/index.ts';
import { checkMillesime } from '../../../shared/millesimes/coherence.ts';
import { millesimeEssai } from '../../aides/millesime-essai.ts';
import { essaiDossier, lireJson } from '../depot/aides.ts';
import { z } from 'zod';

addMillesime(millesimeEssai);

it('un millésime de plus se tient', () => expect(checkMillesime(millesimeEssai)).toEqual([]));

it('le passage dit ce qui reste, se déplace, se perd ; l’inverse remet tout', async () => {
  const { faire, echouer, envoi } = await essaiDossier();
  await faire('engagements.definir', { cellules: [{ champ: 'engagement/PP-3/dep-13/2026/total#commentaire', valeur: 'Voir le PSP' }] });
  const avant = await faire('engagements.matrice', {});
  const dit = await faire('millesime.comparer', { vers: 'essai' });
  expect({ ajoutes: dit.indicateurs.ajoutes, retires: dit.indicateurs.retires, renommes: dit.indicateurs.renommes, libelles: dit.indicateurs.libelles, signature: dit.signature }).toEqual({
    ajoutes: ['PR-1'], retires: ['SR-1'], renommes: [{ de: 'PP-3', vers: 'RE-1' }], libelles: ['RE-1'],
    signature: 'Signataire : préfet du département du siège (avant : préfet de la région du siège) ; projet adressé au préfet du département du siège (R*445-1).',
  });
  expect(new Set(dit.deplaces.map((d) => d.de.split('/')[1]))).toEqual(new Set(['PP-3']));
  expect(new Set(dit.perdus.map((d) => d.champ.split('/')[1]))).toEqual(new Set(['SR-1']));
  expect(await faire('engagements.matrice', {})).toEqual(avant);

  await faire('millesime.changer', { vers: 'essai' });
  const apres = await faire('engagements.matrice', {});
  expect(new Set(apres.lignes.map((l) => l.indicateur))).toEqual(new Set(['PP-1', 'PP-2', 'RE-1', 'PP-4', 'PS-1', 'PS-2', 'G-1', 'DEM-1', 'PR-1']));
  const case3 = (m: typeof avant, i: string) => m.lignes.find((l) => l.indicateur === i && l.territoire === 'dep-13')?.cellules.map((c) => [c.horizon, c.saisie, c.commentaire]);
  expect(case3(apres, 'RE-1')).toEqual(case3(avant, 'PP-3'));
  const { constats } = { constats: await faire('controles.lister', {}) };
  expect(constats.aJustifier.filter((c) => c.code === 'cible-hors-matrice').length).toBeGreaterThan(0);
  expect(constats.bloquants.filter((c) => c.code === 'cible-vide').every((c) => c.champ?.startsWith('engagement/PR-1/'))).toBe(true);
  const { paquet } = await faire('depot.deposer', { repertoire: envoi, sansSignature: true, malgre: 'essai' });
  expect(z.looseObject({ millesime: z.string() }).parse(await lireJson(paquet, 'donnees.json')).millesime).toBe('essai');
  await faire('engagements.exporter', { destination: join(envoi, 'matrice.xlsx') });

  const operations = (await faire('operations.lister', {})).operations;
  const passage = operations.find((o) => o.nature === 'millesime.changer');
  expect([passage?.libelle, passage?.annulable]).toEqual(['Passage au millésime essai', true]);
  await faire('operations.annuler', { operation: passage?.id ?? 0 });
  expect([(await faire('millesime.lister', {})).actuel, await faire('engagements.matrice', {})]).toEqual(['2019', avant]);
  await faire('operations.refaire', { operation: passage?.id ?? 0 });
  expect([(await faire('millesime.lister', {})).actuel, await faire('engagements.matrice', {})]).toEqual(['essai', apres]);

  await faire('millesime.changer', { vers: '2019' });
  expect(await faire('engagements.matrice', {})).toEqual(avant);
  expect((await echouer('millesime.comparer', { vers: '2031' })).code).toBe('millesime-inconnu');
});
