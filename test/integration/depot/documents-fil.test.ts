import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { runDocuments } from '../../../electron/service/depot/documents-fil.ts';
import type { Matiere } from '../../../electron/service/depot/documents.ts';
import { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { essaiDossier, lireJson } from './aides.ts';

const jamais = new AbortController().signal;

test('le fil gardé prêt donne les mêmes octets, après une annulation, une faute, ou deux demandes à la fois', async () => {
  const { faire, envoi } = await essaiDossier();
  const { paquet } = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  const { carte: _, ...donnees } = DonneesPaquet.parse(await lireJson(paquet, 'donnees.json'));
  const matiere = (nom: string): Matiere => ({ donnees: { ...donnees, ensembles: [], loyers: [], engagements: [], organisme: { ...donnees.organisme, nom } }, modifications: null, signe: false });
  const ecrire = async (demande: Matiere, suivre = (_fait: number): void => undefined, signal = jamais): Promise<Record<string, string>> =>
    Object.fromEntries((await runDocuments(demande, suivre, signal)).map((f) => [f.nom, createHash('sha256').update(f.octets).digest('hex')]));

  const [un, deux] = await Promise.all([ecrire(matiere('Un')), ecrire(matiere('Deux'))]);
  expect(Object.keys(un)).toContain('convention.pdf');
  for (const nom of ['convention.pdf', 'LISEZ-MOI.txt', 'donnees.json']) expect(un[nom]).not.toBe(deux[nom]);
  const arret = new AbortController();
  await expect(ecrire(matiere('Un'), (fait) => fait === 2 && arret.abort(new Error('annulé')), arret.signal)).rejects.toThrow('annulé');
  expect(await ecrire(matiere('Deux'))).toEqual(deux);
  await expect(ecrire({ ...matiere('Un'), donnees: { ...donnees, date: 'jamais' } })).rejects.toThrow();
  expect(await ecrire(matiere('Un'))).toEqual(un);
});
