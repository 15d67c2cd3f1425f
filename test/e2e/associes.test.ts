import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../electron/demo/index.ts';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { remplacerDialogues, type Dialogues } from './aides/dialogues.ts';
import { dimensionner } from './aides/ecran.ts';
import { MAINTENANT } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** Association : désigner une autorité organisatrice, noter un envoi au clavier, écrire les packs. */
const SIREN = '913000006';
let dossier: string;
let atelier: Atelier;
let page: Page;
let dialogues: Dialogues;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-associes-'));
  ecrireFichier(generateBailleur({ graine: 23, logements: 300, annee: 2026, siren: SIREN, departements: ['13'], nombreCommunes: 4 }), join(dossier, 'rpls.csv'));
  await cus(dossier, 'creer', 'a.cus', '--siren', SIREN, '--nom', 'Habitat du Littoral', '--effet', '2026-07-01');
  await cus(dossier, 'importer', 'a.cus', join(dossier, 'rpls.csv'));
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'a.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await dimensionner(atelier);
  dialogues = await remplacerDialogues(atelier.application);
  await page.getByRole('button', { name: /^Associés/u }).first().click();
});
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

it('5 % du parc social : le calcul est montré, la métropole devient signataire', async () => {
  await page.getByRole('button', { name: 'Métropole d\'Aix-Marseille-Provence', exact: true }).focus();
  await page.keyboard.press('Enter');
  const detail = page.getByRole('complementary', { name: /Aix-Marseille/u });
  await detail.getByRole('checkbox', { name: /Autorité organisatrice/u }).click();
  await detail.getByLabel('Parc social de son ressort').fill('1 000');
  await detail.getByLabel('Source').fill('RPLS 2025');
  await detail.getByRole('button', { name: 'Enregistrer le parc social' }).click();
  await detail.getByText(/≥ 1\s000 × 5 = 5\s000 : signataire/u).waitFor();
  await page.getByRole('rowheader', { name: /^Signataires/u }).waitFor();
});

it('à 1280, le volet ouvert, aucune colonne n’est coupée ; fermé, le clavier revient à sa ligne', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const table = page.getByRole('region', { name: 'Personnes publiques' });
  expect(await table.evaluate((t) => t.scrollWidth - t.clientWidth)).toBe(0);
  expect(await table.getByRole('columnheader', { name: 'Réunion' }).isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Fermer le détail' }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Métropole d\'Aix-Marseille-Provence');
});

it('ce qui vient d’être décidé s’annule d’un Ctrl+Z, et se refait', async () => {
  const source = page.getByRole('button', { name: /^Annuler : Personne publique/u });
  await source.waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText(/^Annulé\s: Personne publique/u).waitFor();
  await page.getByRole('button', { name: /^Refaire : Personne publique/u }).waitFor();
  await page.keyboard.press('Control+Shift+z');
  await page.getByText(/^Refait\s: Personne publique/u).waitFor();
  // Le clavier dans un champ où rien n'est tapé : le geste s'annule ; de la frappe en cours se défait d'abord.
  await page.getByRole('button', { name: 'Masquer' }).click();
  await page.getByRole('button', { name: 'Métropole d\'Aix-Marseille-Provence', exact: true }).click();
  const motif = page.getByRole('complementary', { name: /Aix-Marseille/u }).getByLabel('Motif');
  await motif.focus();
  await page.keyboard.type('En cours');
  await page.keyboard.press('Control+z');
  await expect.poll(() => motif.inputValue()).toBe('');
  await page.keyboard.press('Control+z');
  await page.getByText(/^Annulé\s: Personne publique/u).waitFor();
  await page.keyboard.press('Control+Shift+z');
  await page.getByText(/^Refait\s: Personne publique/u).waitFor();
  await page.getByRole('button', { name: 'Fermer le détail' }).click();
  await page.getByRole('rowheader', { name: /^Signataires/u }).waitFor();
});

it('un envoi se note au clavier pour plusieurs personnes, et les packs s’écrivent', async () => {
  for (const groupe of ['Signataires', 'Associées']) await page.getByRole('checkbox', { name: `Toutes : ${groupe}` }).click();
  await page.getByRole('button', { name: /^Noter un échange, / }).focus();
  await page.keyboard.press('Enter');
  const formulaire = page.getByRole('form', { name: 'Noter un échange' });
  await formulaire.getByLabel('Date').focus();
  await page.keyboard.type('15/01/2026');
  await page.keyboard.press('Enter');
  await formulaire.waitFor({ state: 'detached' });
  const rangees = page.locator('.associes-rangee').filter({ hasText: '15/01/2026' });
  await rangees.first().waitFor();
  const nombre = await rangees.count();
  expect(nombre).toBeGreaterThan(1);
  expect(await page.getByRole('tab', { name: /Échanges/u }).innerText()).toContain(String(nombre));
  await dialogues.repondre(join(dossier, 'packs'));
  await page.getByRole('button', { name: /^Écrire / }).click();
  await page.getByText(/packs écrits, en PDF et en classeur/u).waitFor();
  expect((await readdir(join(dossier, 'packs'))).filter((f) => f.endsWith('.pdf'))).toHaveLength(nombre);
});
