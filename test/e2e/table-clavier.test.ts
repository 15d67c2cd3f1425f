import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { remplacerDialogues, type Dialogues } from './aides/dialogues.ts';
import { capturer, dimensionner, tabuler } from './aides/ecran.ts';
import { ecrireMatiere, MAINTENANT } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** La table des logements au clavier : filtrer depuis l'en-tête, grouper, choisir ses colonnes, exporter ; puis comme au terminal. */
let dossier: string;
let atelier: Atelier;
let page: Page;
let dialogues: Dialogues;

type Selection = { logements: number; groupes: { libelle: string; logements: number }[] };
const FILTRE = ['--filtre', 'surfhab:40..65'];

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-table-'));
  const matiere = ecrireMatiere(dossier);
  await cus(dossier, 'creer', 'table.cus', '--siren', matiere.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'table.cus', matiere.rpls);
});
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

const normal = (t: string) => t.replaceAll(/[\u00a0\u202f]/g, ' ');
const table = () => page.getByRole('grid', { name: 'Logements', exact: true });
const groupee = () => page.getByRole('treegrid');
const pied = async (colonne: number) => normal(await page.locator(`.grille-pied [aria-colindex="${colonne}"]`).innerText()).replaceAll(' ', '');

/** De la première ligne, va à l'en-tête d'une colonne et ouvre son menu. */
async function ouvrirMenu(titre: string): Promise<void> {
  await page.keyboard.press('Control+ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Home');
  const rang = Number(await page.getByRole('columnheader', { name: titre }).first().getAttribute('aria-colindex'));
  for (let i = 1; i < rang; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Alt+ArrowDown');
  // Le volet prend le clavier : avant, Tab partirait de la table.
  await page.getByRole('dialog', { name: `Filtre : ${titre}` }).locator(':focus').waitFor();
}

it('filtre par intervalle, groupe, choisit ses colonnes et exporte, sans souris', async () => {
  const attendu = (await cus(dossier, 'logements', 'table.cus', ...FILTRE, '--grouper', 'commune')) as Selection;
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'table.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  dialogues = await remplacerDialogues(atelier.application);
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
  await page.keyboard.press('Control+2');
  await tabuler(page, table());

  await ouvrirMenu('Surface habitable (m²)');
  await page.getByLabel('De', { exact: true }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type('40');
  await page.keyboard.press('Tab');
  await page.keyboard.type('65');
  await capturer(page, '50-table-intervalle');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Lever le filtre Surface habitable : 40 à 65.m²$/ }).waitFor();
  await page.locator('.table-totaux').getByText(new RegExp(`^${attendu.logements}.?logements$|^${String(attendu.logements).replace(/(\d)(\d{3})$/, '$1.$2')}.logements$`)).waitFor();
  expect(await table().evaluate((el) => el === document.activeElement)).toBe(true);

  await ouvrirMenu('Commune');
  await tabuler(page, page.getByRole('button', { name: 'Grouper', exact: true }));
  await page.keyboard.press('Enter');
  await groupee().and(page.locator(':focus')).waitFor();
  await page.locator('[role="row"][aria-expanded]').first().waitFor();
  expect([await pied(1), await pied(2)]).toEqual([`${attendu.groupes.length}groupes`, String(attendu.logements)]);
  await page.keyboard.press('ArrowRight');
  const premier = page.locator('[role="row"][aria-rowindex="2"]');
  await expect.poll(() => premier.getAttribute('aria-expanded')).toBe('true');
  expect(normal(await premier.locator('[aria-colindex="1"]').innerText())).toBe(attendu.groupes[0]?.libelle);
  await page.locator('[role="row"][aria-level="2"] [aria-colindex="3"]').first().getByText(/^\d+,\d\d$/).waitFor();
  await capturer(page, '51-table-groupee');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => premier.getAttribute('aria-expanded')).toBe('false');
  await tabuler(page, page.getByRole('combobox', { name: 'Grouper par' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('[role="listbox"]:focus-within').waitFor();
  await page.keyboard.press('Home');
  await page.locator('[role="option"][data-highlighted]').getByText('Sans groupes').waitFor();
  await page.keyboard.press('Enter');
  await table().waitFor();

  await tabuler(page, page.getByRole('button', { name: 'Colonnes', exact: true }));
  await page.keyboard.press('Enter');
  const choix = page.getByRole('dialog', { name: 'Colonnes : Identité' });
  await choix.waitFor();
  await tabuler(page, choix.locator('[data-colonne="nom_commune"]'));
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => choix.locator('[data-colonne]').evaluateAll((els) => els.slice(0, 2).map((e) => e.getAttribute('data-colonne')))).toEqual(['nom_ensemble', 'nom_commune']);
  await choix.locator('[data-colonne="nom_commune"]').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await tabuler(page, choix.getByRole('searchbox', { name: 'Chercher une colonne' }));
  await page.keyboard.type('methode');
  await tabuler(page, choix.getByRole('button', { name: /^Méthode du DPE/ }));
  await page.keyboard.press('Enter');
  await capturer(page, '52-table-colonnes');
  await page.keyboard.press('Escape');
  await choix.waitFor({ state: 'detached' });
  const titres = normal(await page.locator('.grille-tete').innerText()).split('\n').map((t) => t.trim()).filter((t) => t !== '');
  expect(titres.slice(0, 3)).toEqual(['Identifiant', 'Ensemble immobilier', 'Commune']);
  expect(titres.at(-1)).toBe('Méthode du DPE');

  const csv = join(dossier, 'montre.csv');
  await dialogues.repondre(csv);
  await tabuler(page, page.getByRole('button', { name: 'Exporter', exact: true }));
  await page.keyboard.press('Enter');
  await expect.poll(() => dialogues.demandes().then((d) => d.some((x) => x.genre === 'montrer' && x.chemin === csv))).toBe(true);
  const lues = parse(readFileSync(csv, 'utf8'), { bom: true, delimiter: ';' });
  expect(lues).toHaveLength(attendu.logements + 1);
  expect(lues[0]?.slice(0, 3)).toEqual(['Identifiant', 'Ensemble immobilier', 'Commune']);
  expect(lues[0]?.at(-1)).toBe('Méthode du DPE');
});

it('une barre filtre la table, la table refait les barres ; un filtre sans réponse le dit', async () => {
  const plus = page.getByRole('button', { name: /^Financement PLUS :/ });
  const nom = normal((await plus.getAttribute('aria-label')) ?? '');
  const logements = /: ([\d ]+) logement/.exec(nom)?.[1]?.replaceAll(' ', '') ?? '';
  await plus.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => pied(1)).toBe(`${logements}logements`);
  await page.getByRole('button', { name: /^Financement PLAI : 0 logement/ }).waitFor();
  await tabuler(page, table());
  await ouvrirMenu('Année de construction');
  await page.getByLabel('De', { exact: true }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type('2999');
  await page.keyboard.press('Enter');
  await page.getByText('Aucun logement ne répond à ces filtres.').waitFor();
  await capturer(page, '53-table-vide');
  expect(await pied(1)).toBe('0logement');
});
