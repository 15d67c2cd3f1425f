import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../electron/demo/index.ts';
import type { Totaux } from '../../electron/demo/index.ts';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { remplacerDialogues, type Dialogues } from './aides/dialogues.ts';
import { capturer, dimensionner, entier } from './aides/ecran.ts';
import { MAINTENANT } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** Une convention se commence d'après la précédente : son dossier, son paquet, ou un fichier RPLS qui dit l'organisme. */
const options = { graine: 29, logements: 400, annee: 2026, salete: 0.02, departements: ['13'], nombreCommunes: 3, siren: '913000006', raisonSociale: 'HABITAT DU LITTORAL' };
let dossier: string;
let atelier: Atelier;
let page: Page;
let dialogues: Dialogues;
let totaux: Totaux;
let paquet: string;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-reprise-'));
  const generation = generateBailleur(options);
  ecrireFichier(generation, join(dossier, 'rpls.csv'));
  totaux = generation.totaux();
  await cus(dossier, 'creer', 'ancien.cus', '--siren', '913000006', '--nom', 'Habitat du Littoral', '--nature', 'OPH', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'ancien.cus', 'rpls.csv');
  await cus(dossier, 'definir', 'ancien.cus', 'engagement/PP-1/dep-13/3ans/total', '120');
  const depot = await cus(dossier, 'deposer', 'ancien.cus', '--sortie', 'envoi', '--sans-signature', '--malgre', 'essai');
  paquet = String(depot['paquet']);
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await dimensionner(atelier);
  dialogues = await remplacerDialogues(atelier.application);
});
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

const normal = (t: string) => t.replaceAll(/[\u00a0\u202f]/g, ' ');
const formulaire = () => page.getByRole('form', { name: 'Nouvelle convention' });
const champ = (libelle: string) => formulaire().getByLabel(libelle, { exact: true });

async function partirDe(chemin: string) {
  await page.getByRole('button', { name: 'Nouvelle convention' }).click();
  await dialogues.repondre(chemin);
  await formulaire().getByRole('button', { name: 'Partir d’une convention précédente…' }).click();
  await formulaire().getByRole('heading', { name: 'Repris' }).waitFor();
}

async function creer(nom: string) {
  await champ('Date d’effet').fill('01/01/2032');
  await champ('Emplacement du dossier').fill(join(dossier, nom));
  await formulaire().getByRole('button', { name: 'Créer le dossier' }).click();
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
}

it('d’après le dossier : ce qui est repris se lit d’abord, le parc est là, l’ancien fichier est intact', async () => {
  const avant = await readFile(join(dossier, 'ancien.cus'));
  await partirDe(join(dossier, 'ancien.cus'));
  expect(normal(await formulaire().innerText())).toContain('D’après Habitat du Littoral, 2026-2031');
  expect(normal(await formulaire().innerText())).toContain(`Logements ${normal(entier(totaux.parc + totaux.sortis))}`);
  expect([normal(await champ('SIREN').inputValue()), await champ('Nom de l’organisme').inputValue()]).toEqual(['913 000 006', 'Habitat du Littoral']);
  await capturer(page, '63-reprise-dossier');
  await creer('suite.cus');
  await page.keyboard.press('Control+2');
  await page.locator('.grille-pied [aria-colindex="1"]').filter({ hasText: 'logements' }).waitFor();
  expect(normal(await page.locator('.grille-pied [aria-colindex="1"]').innerText())).toBe(`${normal(entier(totaux.parc))} logements`);
  expect((await readFile(join(dossier, 'ancien.cus'))).equals(avant)).toBe(true);
});

it('d’après le paquet : vérifié, sans les logements, et c’est dit', async () => {
  await page.getByText('Atelier CUS', { exact: true }).first().click();
  await partirDe(paquet);
  const texte = normal(await formulaire().innerText());
  expect(texte).toContain('Paquet intègre, non signé.');
  expect(texte).toContain('Un paquet n’en contient pas : importer la déclaration RPLS.');
  await capturer(page, '64-reprise-paquet');
  await creer('suite-paquet.cus');
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: 'Importer un fichier de logements' }).waitFor();
});

it('un fichier RPLS donne le SIREN et le nom de sa première ligne', async () => {
  const autre = await launchAtelier({ dossierDonnees: join(dossier, 'autres-donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'rpls.csv')] });
  try {
    const saisie = autre.page.getByLabel('SIREN', { exact: true });
    await saisie.and(autre.page.locator('[value]:not([value=""])')).waitFor();
    expect([normal(await saisie.inputValue()), await autre.page.getByLabel('Nom de l’organisme').inputValue()]).toEqual(['913 000 006', 'HABITAT DU LITTORAL']);
    await autre.page.getByText('Le SIREN et le nom sont ceux de sa première ligne').waitFor();
  } finally {
    await autre.fermer();
  }
});
