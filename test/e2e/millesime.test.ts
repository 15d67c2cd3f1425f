import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { allerAuRang, capturer, choisirAuClavier, dimensionner, tabuler } from './aides/ecran.ts';
import { ecrireMatiere, MAINTENANT } from './aides/matiere.ts';
import { compilerAvecMillesime } from './aides/millesime.ts';
import { cus } from './aides/terminal.ts';

/** Passer un dossier à d'autres règles, au clavier : lire ce qui reste, se déplace, se perd ; le faire, le défaire, le refaire. */
let dossier: string;
let atelier: Atelier;
let page: Page;

const CIBLES = [['PP-2', '1'], ['PP-3', '3'], ['SR-1', '2']] as const;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-millesime-'));
  const matiere = ecrireMatiere(dossier);
  await cus(dossier, 'creer', 'm.cus', '--siren', matiere.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'm.cus', matiere.rpls);
  for (const [indicateur, valeur] of CIBLES) await cus(dossier, 'definir', 'm.cus', `engagement/${indicateur}/dep-13/2026/total`, valeur);
  const main = await compilerAvecMillesime();
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'm.cus')], main });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
  // Construire l'application une fois de plus prend son temps sur une machine occupée.
}, 300_000);
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

const regles = () => page.getByRole('region', { name: 'Règles appliquées' });

/** Ouvre au clavier une liste du passage et rend ses lignes. */
async function lire(titre: string): Promise<string[]> {
  const resume = regles().locator('summary', { hasText: titre });
  await tabuler(page, resume);
  await page.keyboard.press('Enter');
  return (await resume.locator('..').locator('li').allInnerTexts()).map((t) => t.replaceAll(/[\u00a0\u202f]/gu, ' '));
}

async function comparer(): Promise<void> {
  await tabuler(page, regles().getByRole('combobox', { name: 'Comparer à d’autres règles' }));
  await choisirAuClavier(page, 'essai · Règles d’essai');
  await regles().getByRole('button', { name: 'Passer au millésime essai' }).waitFor();
}

async function passer(): Promise<void> {
  await tabuler(page, regles().getByRole('button', { name: 'Passer au millésime essai' }));
  await page.keyboard.press('Enter');
  await regles().getByText('Passage au millésime essai fait').waitFor();
}

it('le passage se lit, se fait, se défait par Ctrl+Z et se refait', async () => {
  await comparer();
  expect(await regles().getByText('Signataire : préfet du département du siège').count()).toBe(1);
  expect(await lire('Indicateurs ajoutés')).toEqual(['PR-1, Mises en service']);
  expect(await lire('Indicateurs retirés')).toEqual([expect.stringMatching(/^SR-1, ./u)]);
  expect(await lire('Indicateurs renommés')).toEqual(['PP-3 devient RE-1']);
  expect(await lire('Valeurs gardées')).toEqual(['PP-2, Bouches-du-Rhône (13), 2026, Total']);
  expect(await lire('Valeurs déplacées')).toEqual(['PP-3, Bouches-du-Rhône (13), 2026 devient RE-1, Bouches-du-Rhône (13), 2026']);
  expect(await lire('Valeurs que ces règles ne demandent plus')).toEqual(['SR-1, Bouches-du-Rhône (13), 2026 : L’indicateur SR-1 n’est pas du millésime essai.']);
  await capturer(page, 'millesime-comparaison');
  await passer();
  await capturer(page, 'millesime-fait');

  // Le clavier est allé au bouton qui défait : Ctrl+Z suffit.
  await page.keyboard.press('Control+z');
  await regles().getByText('Passage annulé').waitFor();
  await regles().getByText('Convention d’utilité sociale, décret du 26 juillet 2019').waitFor();
  await capturer(page, 'millesime-annule');

  await comparer();
  await passer();
  await allerAuRang(page, 'engagements');
  const matrice = page.getByRole('grid', { name: 'Matrice des engagements' });
  await matrice.waitFor();
  await tabuler(page, page.getByRole('button', { name: 'Tout replier par indicateur' }));
  await page.keyboard.press('Enter');
  const codes = matrice.locator('.matrice-code');
  await expect.poll(() => codes.allInnerTexts(), { timeout: 20_000 }).toEqual(expect.arrayContaining(['PP-1', 'RE-1', 'PR-1']));
  expect((await codes.allInnerTexts()).filter((c) => c === 'SR-1' || c === 'PP-3')).toEqual([]);
  await capturer(page, 'millesime-matrice');
});
