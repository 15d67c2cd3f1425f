/** Verdicts sur des conteneurs faits par d'autres outils, bons et mauvais. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { verifyPaquet, type Verdict } from '../../electron/paquet/index.ts';

const dossier = fileURLToPath(new URL('../../../shared/corpus/asice/', import.meta.url));
const instant = new Date('2026-03-01T09:00:00Z');

const signe = (date: string): Partial<Verdict> => ({ verdict: 'signe', signataires: [{ nom: 'good-user', date, autorite: 'inconnue' }], ecarts: [] });
const modifie = (fichier: string, quoi: Verdict['ecarts'][number]['quoi']): Partial<Verdict> => ({ verdict: 'modifie', signataires: [], ecarts: [{ fichier, quoi }] });
const illisible: Partial<Verdict> = { verdict: 'illisible', signataires: [], fichiers: [], ecarts: [] };

const attendus: Record<string, Partial<Verdict>> = {
  'onefile-ok.asice': { ...signe('2019-07-30T06:39:48.000Z'), fichiers: ['test.text'] },
  'onefile-ok.asics': { ...signe('2019-07-30T06:41:53.000Z'), fichiers: ['test.text'] },
  'multifiles-ok.asice': { ...signe('2019-07-30T06:39:07.000Z'), fichiers: ['test.text', 'test2.text'] },
  'brokenReference.asice': modifie('test.text', 'change'),
  'brokenReferenceAndAlteredManifest.asice': modifie('META-INF/ASiCManifest.xml', 'change'),
  'removedReference.asice': modifie('test.text', 'absent'),
  'removed-doc.asice': modifie('cacert.pem', 'absent'),
  'cp852encoded_signature.asice': modifie('éáéïú√határozat.pdf', 'en-trop'),
  'malformed-container.asics': illisible,
  'nonConformantManifest.asice': illisible,
  'no-signature.asics': illisible,
};

it('connaît chaque conteneur du corpus', () => expect(readdirSync(dossier).sort()).toEqual(Object.keys(attendus).sort()));

it.each(Object.entries(attendus))('%s', async (nom, attendu) => {
  const verdict = await verifyPaquet(`${dossier}${nom}`, { instant });
  expect(verdict).toMatchObject(attendu);
  expect(verdict.raison === null).toBe(verdict.verdict === 'signe');
});
