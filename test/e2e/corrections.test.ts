import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { attendreEnregistre, capturer, dimensionner, mettreAuPressePapiers, tabuler } from './aides/ecran.ts';
import { ecrireMatiere, MAINTENANT, type Matiere } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** Les cases des logements, au clavier : modifier, refuser, coller, annuler, refaire, puis trancher un conflit d'import. */
let dossier: string;
let atelier: Atelier;
let page: Page;
let matiere: Matiere;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-corrections-'));
  matiere = ecrireMatiere(dossier);
  await cus(dossier, 'creer', 'cases.cus', '--siren', matiere.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'cases.cus', matiere.rpls);
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'cases.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: 'Loyers', exact: true }).click();
  await grille().waitFor();
});
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

const grille = () => page.getByRole('grid', { name: 'Logements' });
const normal = (t: string) => t.replaceAll(/[\u00a0\u202f]/g, ' ');
const LOYER = 'Loyer principal (€)';
async function case_(ligne: number, titre = LOYER) {
  const rang = await grille().getByRole('columnheader', { name: titre, exact: false }).first().getAttribute('aria-colindex');
  return grille().locator(`[role="row"][aria-rowindex="${ligne + 2}"] [aria-colindex="${rang}"]`);
}
const attendre = async (ligne: number, texte: string) => (await case_(ligne)).filter({ hasText: new RegExp(`^${texte}$`) }).waitFor();
const champ = () => grille().locator('.grille-champ');

it('une case se modifie, se refuse et se reprend au clavier, et ce qui est écrit survit', async () => {
  await (await case_(0)).click();
  await tabuler(page, grille());
  const avant = normal(await (await case_(0)).innerText());
  await page.keyboard.press('F2');
  await champ().waitFor();
  await page.keyboard.type('beaucoup');
  await page.keyboard.press('Enter');
  await grille().getByRole('alert').filter({ hasText: 'n’est pas un montant en euros' }).waitFor();
  await capturer(page, '60-case-refusee');
  await page.keyboard.press('Escape');
  await champ().waitFor({ state: 'detached' });
  expect(normal(await (await case_(0)).innerText())).toBe(avant);
  await page.keyboard.type('456,78 €');
  await page.keyboard.press('Enter');
  await attendre(0, '456,78');
  await attendreEnregistre(page);
  await page.keyboard.press('Control+z');
  await page.getByText(/^Annulé/).waitFor();
  await attendre(0, avant);
  await page.keyboard.press('Control+Shift+z');
  await attendre(0, '456,78');
});

it('un bloc se colle ; illisible en partie, rien ne change avant de l’avoir dit', async () => {
  await (await case_(1)).click();
  await tabuler(page, grille());
  await mettreAuPressePapiers(atelier, '511,5\tvingt\n512\t22\n');
  await page.keyboard.press('Control+v');
  await page.getByText(/^1\scase ne se lit pas/u).waitFor();
  await capturer(page, '61-collage-refuse');
  await page.getByRole('button', { name: /^Corriger 3\sautres cases$/u }).focus();
  await page.keyboard.press('Enter');
  await attendre(1, '511,50');
  await attendre(2, '512,00');
  await (await case_(1)).click();
  await tabuler(page, grille());
  await page.keyboard.press('Delete');
  await attendre(1, '–');
  await page.keyboard.press('Control+z');
  await attendre(1, '511,50');
});

it('un fichier qui contredit une correction la montre comme un conflit, qui se tranche', async () => {
  const identifiant = (await grille().locator('[role="row"][aria-rowindex="2"] [role="rowheader"]').innerText()).trim();
  const suite = join(dossier, 'suite.csv');
  const lignes = (await readFile(matiere.rpls, 'latin1')).split('\n');
  const corrigees = lignes.map((l) => {
    const champs = l.split(';');
    if (champs[1] !== identifiant) return l;
    champs[43] = '470';
    return champs.join(';');
  });
  await writeFile(suite, corrigees.join('\n'), 'latin1');
  await atelier.application.evaluate(({ dialog }, f) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [f] });
  }, suite);
  await page.getByRole('button', { name: 'Importer une mise à jour' }).click();
  const conflits = page.getByRole('region', { name: /^Conflits/ });
  await conflits.getByText('470,00').waitFor();
  await capturer(page, '62-conflits');
  await conflits.getByRole('button', { name: `Prendre la valeur du fichier : Loyer principal, ${identifiant}` }).focus();
  await page.keyboard.press('Enter');
  await conflits.getByRole('button', { name: `Garder la correction : Loyer principal, ${identifiant}` }).waitFor();
  await page.getByRole('button', { name: 'Appliquer', exact: true }).focus();
  await page.keyboard.press('Enter');
  await grille().waitFor();
  await attendre(0, '470,00');
  await attendre(2, '512,00');
});
