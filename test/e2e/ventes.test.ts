import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Atelier } from './aides/atelier.ts';
import type { Dialogues } from './aides/dialogues.ts';
import { allerAuRang, attendreEnregistre, capturer, choisirAuClavier, mettreAuPressePapiers, tabuler } from './aides/ecran.ts';
import { ouvrirImporte, type AtelierImporte } from './aides/importe.ts';

/** Le plan de mise en vente au clavier : du patrimoine au plan, remplir, recopier, coller, annuler, écrire les lettres. */
let importe: AtelierImporte;
let dossier: string;
let atelier: Atelier;
let page: Page;
let dialogues: Dialogues;

beforeAll(async () => {
  importe = await ouvrirImporte('ventes');
  ({ dossier, atelier, dialogues } = importe);
  ({ page } = atelier);
});
afterAll(() => importe.fermer());

const plan = () => page.getByRole('grid', { name: 'Plan de mise en vente' });
/** Ce que montrent les lignes de la table, dans une colonne (à partir de 1). */
const colonne = (rang: number) => plan().locator(`.grille-rangee > [aria-colindex="${rang}"]`).allInnerTexts();
const ANNEE = 4;
const ACQUEREUR = 5;

async function allerA(rang: number): Promise<void> {
  await tabuler(page, plan());
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Home');
  for (let i = 1; i < rang; i += 1) await page.keyboard.press('ArrowRight');
}

it('du patrimoine au plan, rempli comme un tableur, annulable, et ses lettres', async () => {
  await allerAuRang(page, 'patrimoine');
  const logements = page.getByRole('grid', { name: 'Logements', exact: true });
  await logements.locator('.grille-rangee').first().waitFor();
  await tabuler(page, logements);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Space');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowDown');
  await tabuler(page, page.getByRole('button', { name: 'Ajouter au plan de mise en vente…' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabuler(page, page.getByRole('combobox', { name: 'Année de mise en vente' }));
  await choisirAuClavier(page, 'Mise en vente en 2027');
  await tabuler(page, page.getByRole('button', { name: 'Ajouter 4 logements' }));
  await page.keyboard.press('Enter');
  await page.getByText('4 logements ajoutés au plan de mise en vente.').waitFor();

  await allerAuRang(page, 'ventes');
  await plan().locator('.grille-rangee').nth(3).waitFor();
  await expect.poll(() => colonne(ANNEE), { timeout: 20_000 }).toEqual(['2027', '2027', '2027', '2027']);

  // Une case tapée, puis recopiée dans tout ce qui est retenu.
  await allerA(ACQUEREUR);
  await page.keyboard.type('Locataires');
  await page.keyboard.press('Enter');
  await attendreEnregistre(page);
  await plan().getByText('Locataires').first().waitFor();
  await allerA(ACQUEREUR);
  await page.keyboard.press('Control+a');
  await page.getByText('4 logements retenus').waitFor();
  await page.keyboard.press('Control+d');
  await page.getByText('Acquéreur prévu « Locataires du parc social », 3 logements').waitFor();
  await expect.poll(() => colonne(ACQUEREUR), { timeout: 20_000 }).toEqual(['Locataires', 'Locataires', 'Locataires', 'Locataires']);
  await page.keyboard.press('Escape');

  // Un bloc collé : une case illisible, rien n'est écrit ; corrigé, tout l'est ; annulé, tout revient.
  await allerA(ANNEE);
  await mettreAuPressePapiers(atelier, '2028\tAutre\nbientôt\tAutre\n');
  await page.keyboard.press('Control+v');
  await page.getByText('1 case ne se lit pas : rien n’a été changé.').waitFor();
  await expect.poll(() => colonne(ANNEE), { timeout: 20_000 }).toEqual(['2027', '2027', '2027', '2027']);
  await page.getByRole('button', { name: 'Ne rien changer' }).click();
  await allerA(ANNEE);
  await mettreAuPressePapiers(atelier, '2028\tAutre\n2029\tAutre\n');
  await page.keyboard.press('Control+v');
  await page.getByText('Plan de mise en vente : 4 cases de 2 logements.').waitFor();
  await expect.poll(() => colonne(ANNEE), { timeout: 20_000 }).toEqual(['2028', '2029', '2027', '2027']);
  await capturer(page, 'ventes-plan');
  await page.keyboard.press('Control+z');
  await page.getByText('Annulé : Plan de mise en vente : 4 cases').waitFor();
  await plan().getByText('2027').nth(3).waitFor();

  // Les lettres, une par commune, et le délai de la réponse.
  await page.getByRole('button', { name: 'Consultations', exact: true }).click();
  const consultations = page.getByRole('grid', { name: 'Consultations sur le plan' });
  await consultations.locator('.grille-rangee').first().waitFor();
  const lettres = join(dossier, 'lettres');
  await mkdir(lettres);
  await dialogues.repondre(lettres);
  await page.getByRole('button', { name: 'Écrire les lettres' }).click();
  await page.getByText(/lettres? écrites? dans lettres/u).waitFor();
  expect(readdirSync(lettres).length).toBe(await consultations.locator('.grille-rangee').count());
  await tabuler(page, consultations);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Home');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.type('15/01/2026');
  await page.keyboard.press('Enter');
  await consultations.getByText('15/03/2026').waitFor();
  await capturer(page, 'ventes-consultations');
});
