import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils } from '@e965/xlsx';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../electron/demo/index.ts';
import { classeur } from '../aides/classeur.ts';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { capturer, dimensionner } from './aides/ecran.ts';
import { MAINTENANT } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** Un fichier déposé n'importe où sur la fenêtre fait ce qu'il faut. Le dépôt est celui du moteur : de vrais fichiers, avec leur chemin. */
let dossier: string;
let atelier: Atelier;
let page: Page;
let session: CDPSession;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-depot-'));
  ecrireFichier(generateBailleur({ graine: 3, logements: 40, annee: 2026, siren: '913000006' }), join(dossier, 'rpls.csv'));
  await writeFile(join(dossier, 'note.png'), 'rien');
  await writeFile(join(dossier, 'paquet.asice'), 'pas un paquet');
  const lignes = Array.from({ length: 12 }, (_, i) => [`L${i}`, i === 3 ? '99999' : '13055', 400 + i, 45 + i]);
  await writeFile(join(dossier, 'parc.ods'), classeur({ Notice: utils.aoa_to_sheet([['Lisez-moi']]), Parc: utils.aoa_to_sheet([['Référence logement', 'Code INSEE', 'Surface habitable', 'Loyer'], ...lignes]) }, 'ods'));
  await cus(dossier, 'creer', 'depot.cus', '--siren', '913000006', '--nom', 'Habitat du Littoral', '--effet', '2026-01-01');
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await dimensionner(atelier);
  session = await page.context().newCDPSession(page);
});
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

async function deposer(nom: string): Promise<void> {
  const data = { items: [], files: [join(dossier, nom)], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
}

it('à l’accueil : une déclaration commence une convention, un paquet s’ouvre en lecture, un .cus s’ouvre', async () => {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await deposer('rpls.csv');
  await page.getByText('rpls.csv').first().waitFor();
  await deposer('paquet.asice');
  await page.getByText('paquet.asice').first().waitFor();
  await deposer('note.png');
  await page.getByText(/n’est pas d’une sorte connue ici/).waitFor();
  await deposer('depot.cus');
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
});

it('dans un dossier : un tableau ouvre ses correspondances et dit aussitôt ce qui serait lu', async () => {
  await deposer('parc.ods');
  await page.getByRole('region', { name: 'Correspondance des colonnes' }).waitFor();
  const essai = page.getByRole('region', { name: 'Essai de lecture' });
  await expect.poll(() => essai.getByRole('status').textContent()).toMatch(/11.lignes acceptées, 0.signalée, 1.rejetée/);
  expect(await page.getByRole('combobox', { name: 'Feuille' }).textContent()).toContain('Parc');
  // Les loyers sont sous « Surface habitable », les surfaces sous « Loyer » : les deux colonnes le disent.
  expect(await page.locator('.correspondance-alerte').count()).toBe(2);
  await capturer(page, '40-correspondance-depot');
});

it('une déclaration déposée dans un dossier s’importe', async () => {
  await page.getByRole('button', { name: 'Renoncer' }).click();
  await deposer('rpls.csv');
  await page.getByRole('list', { name: 'Lignes du dernier import' }).waitFor();
});
