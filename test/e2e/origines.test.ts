import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../electron/demo/index.ts';
import type { Totaux } from '../../electron/demo/index.ts';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { remplacerDialogues, type Dialogues } from './aides/dialogues.ts';
import { capturer, choisirAuClavier, dimensionner, entier, tabuler } from './aides/ecran.ts';
import { MAINTENANT } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** Deux bailleurs aux mêmes identifiants dans un dossier : ce que l'écran montre est la somme de leurs totaux connus. */
const options = { graine: 23, logements: 600, annee: 2026, salete: 0.02, departements: ['13'], nombreCommunes: 4 };
let dossier: string;
let atelier: Atelier;
let page: Page;
let dialogues: Dialogues;
let a: Totaux;
let b: Totaux;

function ecrire(nom: string, siren: string): Totaux {
  const generation = generateBailleur({ ...options, siren });
  ecrireFichier(generation, join(dossier, nom));
  return generation.totaux();
}

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-origines-'));
  [a, b] = [ecrire('littoral.csv', '913000006'), ecrire('rivage.csv', '913000014')];
  await cus(dossier, 'creer', 'fusion.cus', '--siren', '913000006', '--nom', 'Habitat du Littoral', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'fusion.cus', join(dossier, 'littoral.csv'));
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'fusion.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await dimensionner(atelier);
  dialogues = await remplacerDialogues(atelier.application);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
});
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

const normal = (t: string) => t.replaceAll(/[\u00a0\u202f]/g, ' ');
const section = () => page.getByRole('region', { name: 'Organismes repris ou fusionnés' });
const rangee = async (nom: string) => normal(await section().getByRole('row').filter({ hasText: nom }).innerText()).split(/\s*\t\s*/u);

it('un organisme repris se déclare au clavier, et son fichier entre sous son nom', async () => {
  await section().getByRole('button', { name: 'Déclarer un organisme repris' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('913 000 014');
  await tabuler(page, section().getByLabel('Nom', { exact: true }));
  await page.keyboard.type('Foyer du Rivage');
  await tabuler(page, section().getByRole('combobox'));
  await choisirAuClavier(page, 'Absorption');
  await section().getByRole('combobox').filter({ hasText: 'Absorption' }).waitFor();
  await tabuler(page, section().getByLabel('Date de l’opération'));
  await page.keyboard.type('31/12/2025');
  await page.keyboard.press('Enter');
  await section().getByRole('row').filter({ hasText: 'Foyer du Rivage' }).waitFor();
  await dialogues.repondre(join(dossier, 'rivage.csv'));
  await section().getByRole('button', { name: 'Importer des logements de Foyer du Rivage' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(`Foyer du Rivage : ${entier(b.acceptees)} lignes acceptées`).waitFor();
  await capturer(page, '60-origines-import');
  expect(normal(await page.locator('.grille-pied [aria-colindex="1"]').innerText())).toBe(`${normal(entier(a.parc + b.parc))} logements`);
});

it('les comptes par origine et leur total sont ceux des deux bailleurs', async () => {
  await page.keyboard.press('Control+1');
  await section().waitFor();
  expect((await rangee('Habitat du Littoral')).slice(-3, -1)).toEqual([entier(a.parc), entier(a.sortis)].map(normal));
  expect((await rangee('Foyer du Rivage')).slice(-3, -1)).toEqual([entier(b.parc), entier(b.sortis)].map(normal));
  expect((await rangee('Ensemble')).slice(1, 3)).toEqual([entier(a.parc + b.parc), entier(a.sortis + b.sortis)].map(normal));
  await capturer(page, '61-origines-liste');
});

it('la colonne Origine filtre les logements d’un seul bailleur', async () => {
  await page.keyboard.press('Control+2');
  const grille = page.getByRole('grid', { name: 'Logements' });
  await grille.waitFor();
  await page.getByRole('button', { name: /Filtrer.*Origine/u }).click();
  await page.getByRole('checkbox', { name: /Foyer du Rivage/u }).click();
  await page.getByRole('button', { name: 'Fermer', exact: true }).click();
  await page.locator('.grille-pied [aria-colindex="1"]').filter({ hasText: new RegExp(`^${entier(b.parc).replaceAll(/\s/gu, '\\s')}\\s`, 'u') }).waitFor();
  expect(await grille.locator('[role="row"][aria-rowindex="2"] [aria-colindex="1"]').innerText()).toMatch(/^913000014:/u);
  await capturer(page, '62-origines-filtre');
});
