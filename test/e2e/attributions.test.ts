import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bailleurDemonstration, ecrireFichier } from '../../electron/demo/index.ts';
import type { Sortie } from '../../shared/contract.ts';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { allerAuRang, capturer, dimensionner, tabuler } from './aides/ecran.ts';
import { MAINTENANT } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** Les attributions : importées à l'écran, leurs totaux connus, leurs minimums, ce qui s'explique ligne à ligne. */
let dossier: string;
let atelier: Atelier;
let page: Page;
const { texte, totaux } = bailleurDemonstration.genererAttributions();
const nombre = (n: number): string => new Intl.NumberFormat('fr-FR').format(n);

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-attributions-'));
  ecrireFichier(bailleurDemonstration.generer(), join(dossier, 'rpls.csv'));
  await writeFile(join(dossier, 'attributions.csv'), texte);
  await cus(dossier, 'creer', 'a.cus', '--siren', bailleurDemonstration.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'a.cus', 'rpls.csv');
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'a.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await atelier.application.evaluate(({ dialog }, chemin) => { dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chemin] }); }, join(dossier, 'attributions.csv'));
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
});
afterAll(async () => {
  await atelier.fermer().catch(() => undefined);
  await rm(dossier, { recursive: true, force: true });
});

it('vide, dit ce qui se verra ; au clavier, le tableau s’importe par ses correspondances', async () => {
  await allerAuRang(page, 'engagements');
  await page.getByRole('button', { name: 'Attributions', exact: true }).click();
  const importer = page.getByRole('button', { name: 'Importer des attributions' });
  await importer.waitFor();
  await capturer(page, '70-attributions-vide');
  await tabuler(page, importer);
  await page.keyboard.press('Enter');
  const lire = page.getByRole('button', { name: 'Lire le fichier' });
  await lire.waitFor();
  await tabuler(page, lire);
  await page.keyboard.press('Enter');
  await page.getByText(`${nombre(totaux.acceptees)}\u00a0attributions enregistrées`).waitFor();
});

it('montre les totaux que le fichier a, les explique, et liste les attributions derrière un chiffre', async () => {
  const attendu = totaux.territoires['organisme']?.[2024];
  await page.getByRole('button', { name: '2024', exact: true }).click();
  await page.getByRole('button', { name: `Attributions, ${nombre(attendu?.attributions ?? 0)}` }).waitFor();
  await page.getByRole('button', { name: new RegExp(`^DALO, ${nombre(attendu?.dalo.nombre ?? 0)} sur ${nombre(attendu?.dalo.base ?? 0)}`, 'u') }).click();
  const source = page.getByTestId('explication').getByRole('button', { name: /Attributions comptées/u });
  await source.click();
  await page.getByText(`${nombre(attendu?.dalo.nombre ?? 0)}\u00a0attributions`, { exact: true }).waitFor();
  await capturer(page, '71-attributions-lignes');
  await page.getByRole('button', { name: 'Revenir au tableau' }).click();
  await page.keyboard.press('Escape');
  await capturer(page, '72-attributions');
});

it('un autre objectif se fixe avec sa source, et le terminal dit la même chose', async () => {
  await page.getByRole('button', { name: 'EPCI et EPT' }).click();
  await page.getByRole('grid', { name: 'Attributions par territoire' }).getByText(/Aix-Marseille/u).first().click();
  await page.getByRole('button', { name: 'Un autre objectif y est fixé…' }).first().click();
  await page.getByRole('textbox', { name: 'Objectif', exact: true }).fill('30 %');
  await page.getByRole('textbox', { name: 'Source de l’objectif' }).fill('CIA du 12 mars 2024');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('L441-1, objectif 30').waitFor();
  await atelier.fermer();
  const lu = (await cus(dossier, 'attributions', 'a.cus', '--periode', '2024')) as Sortie<'attributions.resultats'>;
  const { attributions, dalo } = totaux.territoires['organisme']?.[2024] ?? {};
  const objectif = lu.seuils.find((s) => s.code === 'quartile-hors-qpv')?.territoires.find((t) => t.code === 'epci-200054807')?.objectif;
  expect([lu.organisme[0]?.attributions, lu.organisme[0]?.mesures['dalo']?.nombre, objectif]).toEqual([attributions, dalo?.nombre, { saisie: '30 %', source: 'CIA du 12 mars 2024' }]);
});
