import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { remplacerDialogues, type Dialogues } from './aides/dialogues.ts';
import { allerAuRang, capturer, dimensionner, tabuler } from './aides/ecran.ts';
import { ecrireMatiere, MAINTENANT } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** La carte des loyers au clavier : chercher, sélectionner, comparer, imprimer ; la sélection est la même partout. */
let dossier: string;
let atelier: Atelier;
let page: Page;
let dialogues: Dialogues;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-carte-'));
  const matiere = ecrireMatiere(dossier);
  await cus(dossier, 'creer', 'carte.cus', '--siren', matiere.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'carte.cus', matiere.rpls);
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'carte.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  dialogues = await remplacerDialogues(atelier.application);
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
  await allerAuRang(page, 'loyers');
});
afterAll(async () => {
  await atelier.fermer().catch(() => undefined);
  await rm(dossier, { recursive: true, force: true });
});

const grille = () => page.getByRole('grid', { name: 'Loyers' });
const totaux = () => page.getByRole('group', { name: 'Sélection' }).getByRole('status').first();
const surLaCarte = (n: number) => page.locator(`.carte[data-retenus="${n}"]`).first().waitFor();

it('sélectionne dans le tableau : la carte et les totaux disent la même chose, Échap vide', async () => {
  await grille().waitFor();
  await tabuler(page, grille());
  for (const touche of ['ArrowDown', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(touche);
  await totaux().filter({ hasText: /^Sélection : 3\sensembles/u }).waitFor();
  await surLaCarte(3);
  await capturer(page, '60-carte-selection');
  await page.keyboard.press('Escape');
  await totaux().filter({ hasText: /^Tout/u }).waitFor();
  await surLaCarte(0);
});

it('cherche une commune : elle est sélectionnée, avec tous ses ensembles', async () => {
  const lignes = await page.evaluate(() => window.atelier.appeler('ensembles.lister', {}));
  const { ensembles } = (lignes as { ok: true; value: { ensembles: { nomCommune: string; commune: string }[] } }).value;
  const [premier] = ensembles;
  const n = ensembles.filter((e) => e.commune === premier?.commune).length;
  await tabuler(page, page.getByRole('combobox', { name: /^Chercher une adresse/u }));
  await page.keyboard.type(premier?.commune ?? '');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await surLaCarte(n);
  expect(await totaux().innerText()).toMatch(new RegExp(String.raw`^Sélection : ${n}\sensemble`, 'u'));
});

it('imprime ce qu’elle montre, en PNG à sa taille', async () => {
  const image = join(dossier, 'carte.png');
  await dialogues.repondre(image);
  await tabuler(page, page.getByRole('button', { name: 'Imprimer la carte' }));
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Image PNG A4, tout le parc' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/^Carte écrite à l’échelle/u).waitFor();
  const octets = await readFile(image);
  expect([octets.subarray(1, 4).toString(), octets.readUInt32BE(16), octets.readUInt32BE(20)]).toEqual(['PNG', 2339, 1654]);
  await capturer(page, '61-carte-imprimee');
});
