import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { allerAuRang, attendreEnregistre, capturer, centimes, dimensionner, mettreAuPressePapiers, tabuler } from './aides/ecran.ts';
import { ecrireMatiere, MAINTENANT } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** Le service rendu au clavier : la grille proposée, les notes, l'annulation ; l'écran dit ce que dit le terminal. */
let dossier: string;
let atelier: Atelier;
let page: Page;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-service-'));
  const matiere = ecrireMatiere(dossier);
  await cus(dossier, 'creer', 'service.cus', '--siren', matiere.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'service.cus', matiere.rpls);
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'service.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
});
afterAll(async () => {
  await atelier.fermer().catch(() => undefined);
  await rm(dossier, { recursive: true, force: true });
});

const grille = () => page.getByRole('grid', { name: 'Notes du service rendu' });
const note = (rang: number, colonne: number) => page.locator(`[id="note-${rang}-${colonne}"]`);
const resultat = async (rang: number) => (await note(rang, 12).innerText()).trim();

it('part de la grille proposée, qui se dit nôtre', async () => {
  await allerAuRang(page, 'service-rendu');
  await page.getByText('proposée par Atelier CUS, non réglementaire').waitFor();
  await capturer(page, '50-service-vide');
  await tabuler(page, page.getByRole('button', { name: 'Partir de la grille proposée' }));
  await page.keyboard.press('Enter');
  await grille().waitFor();
});

it('se note au clavier, se colle, se recopie ; une note illisible reste et se voit ; Ctrl+Z revient', async () => {
  await tabuler(page, grille());
  await page.keyboard.type('3');
  await page.keyboard.press('Tab');
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await note(0, 1).and(page.locator('[aria-invalid="true"]')).waitFor();
  await mettreAuPressePapiers(atelier, '2\t2\t2\t2\t2\t2\t2\t2\t2\t2\t2\t2\n4\t4\t4\t4\t4\t4\t4\t4\t4\t4\t4\t4\n');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+v');
  await attendreEnregistre(page);
  await note(1, 12).filter({ hasText: '4,00' }).waitFor();
  expect([await resultat(0), await resultat(1)]).toEqual(['2,00', '4,00']);
  await capturer(page, '51-service-notes');
  await page.keyboard.press('Control+z');
  await note(1, 0).filter({ hasText: /^$/u }).waitFor();
  expect([await note(0, 0).innerText(), await note(0, 1).innerText()]).toEqual(['3', '9']);
  await page.keyboard.press('Control+y');
  await note(1, 12).filter({ hasText: '4,00' }).waitFor();
});

it('l’écran, le tableau par commune et le terminal disent le même résultat, qui s’explique', async () => {
  await page.getByRole('button', { name: 'Résultats', exact: true }).click();
  const chiffre = page.getByRole('button', { name: 'Résultat de l’organisme : d’où vient ce chiffre' });
  await chiffre.waitFor();
  const vu = await chiffre.innerText();
  await capturer(page, '52-service-resultats');
  await chiffre.click();
  await page.getByText('Moyenne des résultats des ensembles, pondérée par leurs logements').waitFor();
  await atelier.fermer();
  const { organisme } = (await cus(dossier, 'service-rendu', 'service.cus', '--par', 'organisme')) as { organisme: { resultat: number; ensemblesNotes: number } };
  expect({ vu, notes: organisme.ensemblesNotes }).toEqual({ vu: centimes(organisme.resultat), notes: 2 });
});
