import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { allerAuRang, attendreEnregistre, capturer, dimensionner, mettreAuPressePapiers, tabuler } from './aides/ecran.ts';
import { ecrireMatiere, MAINTENANT } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** La matrice au clavier : un tableau de tableur plus grand qu'elle, ce qui n'en va nulle part, l'annuler ; un scénario renommé et rendu. */
let dossier: string;
let atelier: Atelier;
let page: Page;

const ANNEES = ['2026', '2027', '2028', '2029', '2030', '2031'];
const plat = (t: string): string => t.replaceAll(/[\u00a0\u202f]/gu, ' ').trim();

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-engagements-'));
  const matiere = ecrireMatiere(dossier);
  await cus(dossier, 'creer', 'e.cus', '--siren', matiere.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'e.cus', matiere.rpls);
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'e.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
  await allerAuRang(page, 'engagements');
  await grille().waitFor();
});
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

const grille = () => page.getByRole('grid', { name: 'Matrice des engagements' });
const caseDe = (champ: string) => grille().locator(`[data-champ="${champ}"]`);
const g1 = (annee: string) => caseDe(`engagement/G-1/organisme/${annee}/total`);
const lues = async (): Promise<string[]> => Promise.all(ANNEES.map(async (a) => plat(await g1(a).innerText())));
const bilan = () => page.getByText(/^Collage : /u);

/** Met le clavier sur une case, où qu'elle soit dans la matrice. */
async function allerALaCase(champ: string): Promise<void> {
  await tabuler(page, grille());
  await page.keyboard.press('Control+ArrowUp');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  for (let i = 0; i < 300; i += 1) {
    const active = await grille().getAttribute('aria-activedescendant');
    if ((await page.locator(`[id="${active ?? ''}"]`).getAttribute('data-champ')) === champ) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${champ} ne s’atteint pas au clavier`);
}

it('un bloc de tableur se colle tel quel, dit ce qu’il ne garde pas, et s’annule avec son compte rendu', async () => {
  await allerALaCase('engagement/G-1/organisme/2026/total');
  // Insécable et fine insécable entre les milliers, virgule, pourcentage, non communiqué, formule ; et deux colonnes de trop.
  await mettreAuPressePapiers(atelier, ['1\u00a0250,50', '1\u202f300', '25 %', 'n.c.', '=A1', '0,5', '', '', '9', '10'].join('\t') + '\r\n');
  await page.keyboard.press('Control+v');
  await bilan().waitFor();
  expect(await lues()).toEqual(['1 250,50', '1 300', '25 %', 'n.c.', '=A1', '0,50']);
  expect((await page.getByRole('list', { name: 'Cases à revoir' }).locator('li').allInnerTexts()).map(plat)).toEqual([
    'G-1, Habitat fictif, 2029 « n.c. » : « Non communiqué » n’est pas une valeur : laisser la case vide, ou taper 0 si c’est zéro.',
    'G-1, Habitat fictif, 2030 « =A1 » : Une formule a été collée : coller la valeur calculée.',
    'G-1, Habitat fictif, 1re colonne après la dernière « 9 » : Cette valeur tombe hors du tableau.',
    'G-1, Habitat fictif, 2e colonne après la dernière « 10 » : Cette valeur tombe hors du tableau.',
  ]);
  await attendreEnregistre(page);
  // Lisible, et pourtant marquée : les contrôles relus, elle est nommée aussi.
  await page.getByRole('list', { name: 'Cases à revoir' }).getByText(/2028 « 25.% » : /u).waitFor();
  await capturer(page, 'engagements-collage');
  await page.keyboard.press('Control+z');
  await bilan().waitFor({ state: 'detached' });
  expect(await lues()).toEqual(['', '', '', '', '', '']);
  await attendreEnregistre(page);
});

it('un bloc plus long que la matrice nomme les lignes qui n’y sont pas', async () => {
  await tabuler(page, grille());
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Home');
  await mettreAuPressePapiers(atelier, '12\r\n13\r\n14\r\n');
  await page.keyboard.press('Control+v');
  await bilan().waitFor();
  expect((await page.getByRole('list', { name: 'Cases à revoir' }).locator('li').allInnerTexts()).map(plat)).toEqual([
    '1re ligne sous le tableau, référence « 13 » : Cette valeur tombe hors du tableau.',
    '2e ligne sous le tableau, référence « 14 » : Cette valeur tombe hors du tableau.',
  ]);
  await page.keyboard.press('Control+z');
  await bilan().waitFor({ state: 'detached' });
  await attendreEnregistre(page);
});

it('un scénario se renomme en place, et Ctrl+Z rend son nom', async () => {
  // La grille garde Tab pour aller de case en case : Échap la quitte.
  await page.keyboard.press('Escape');
  await tabuler(page, page.getByRole('button', { name: 'Scénarios' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  const volet = page.getByRole('region', { name: 'Scénarios de cibles' });
  await tabuler(page, volet.getByRole('textbox', { name: 'Nom du nouveau scénario' }));
  await page.keyboard.type('Prudent');
  await page.keyboard.press('Enter');
  const montre = page.locator('.scenario-montre strong');
  await expect.poll(() => montre.innerText(), { timeout: 20_000 }).toBe('Prudent');
  const renommer = volet.getByRole('button', { name: 'Renommer' });
  await tabuler(page, renommer, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Perdu');
  await page.keyboard.press('Escape');
  await tabuler(page, renommer);
  await page.keyboard.press('Enter');
  const champ = volet.getByRole('textbox', { name: 'Nouveau nom de « Prudent »' });
  await tabuler(page, champ);
  await page.keyboard.type('Ambitieux');
  await page.keyboard.press('Enter');
  await expect.poll(() => montre.innerText(), { timeout: 20_000 }).toBe('Ambitieux');
  await volet.getByRole('status').waitFor();
  await capturer(page, 'engagements-scenario');
  await tabuler(page, renommer);
  await page.keyboard.press('Control+z');
  await expect.poll(() => montre.innerText(), { timeout: 20_000 }).toBe('Prudent');
  await volet.getByRole('combobox', { name: 'La grille montre' }).getByText('Prudent').waitFor();
});
