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

/** L'occupation sociale : l'enquête importée à l'écran, ses totaux connus, ce qui s'explique et ce qui se masque. */
type Lu = Sortie<'occupation.lire'>;
let dossier: string;
let atelier: Atelier;
let page: Page;
const { texte, totaux } = bailleurDemonstration.genererOps();
const nombre = (n: number): string => new Intl.NumberFormat('fr-FR').format(n);

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-occupation-'));
  ecrireFichier(bailleurDemonstration.generer(), join(dossier, 'rpls.csv'));
  await writeFile(join(dossier, 'enquete.csv'), texte);
  await cus(dossier, 'creer', 'o.cus', '--siren', bailleurDemonstration.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'o.cus', 'rpls.csv');
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'o.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await atelier.application.evaluate(({ dialog }, chemin) => { dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chemin] }); }, join(dossier, 'enquete.csv'));
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
});
afterAll(async () => {
  await atelier.fermer().catch(() => undefined);
  await rm(dossier, { recursive: true, force: true });
});

it('sans enquête, dit ce qui se verra ici ; au clavier, elle s’importe par ses correspondances', async () => {
  await allerAuRang(page, 'occupation');
  const importer = page.getByRole('button', { name: 'Importer l’enquête' });
  await importer.waitFor();
  await capturer(page, '60-occupation-vide');
  await tabuler(page, importer);
  await page.keyboard.press('Enter');
  const lire = page.getByRole('button', { name: 'Lire le fichier' });
  await lire.waitFor();
  await capturer(page, '61-occupation-correspondances');
  await tabuler(page, lire);
  await page.keyboard.press('Enter');
  await page.getByText(`${nombre(totaux.acceptees)} lignes enregistrées`.replace(' lignes', '\u00a0lignes')).waitFor();
});

it('montre les totaux que le fichier a, et les explique par leurs lignes', async () => {
  const { total, qpv } = totaux.situations;
  const reponses = page.getByRole('button', { name: `Réponses à l’enquête , ${nombre(total.repondants)} sur ${nombre(total.concernes)}` });
  await reponses.waitFor();
  await page.getByRole('button', { name: `Réponses à l’enquête en QPV, ${nombre(qpv.repondants)} sur ${nombre(qpv.concernes)}` }).waitFor();
  await page.getByRole('button', { name: `40 à 60 %, ${nombre(total.bandes[2] ?? 0)}` }).click();
  const source = page.getByTestId('explication').getByRole('button', { name: /Ménages répondants de cette modalité/u });
  await source.waitFor();
  expect(await source.innerText()).toContain(nombre(total.bandes[2] ?? 0));
  await capturer(page, '62-occupation');
  await page.keyboard.press('Escape');
});

it('la date de référence compte les emménagés récents ; l’aperçu masque et le dit', async () => {
  const date = page.getByRole('textbox', { name: 'Date de référence de l’enquête' });
  await date.fill('01/01/2026');
  await date.press('Enter');
  await page.getByRole('combobox', { name: 'Ce que montrent le tableau et la figure' }).click();
  await page.getByRole('option', { name: 'Emménagement' }).click();
  await page.getByRole('button', { name: `depuis moins de deux ans, ${nombre(totaux.situations.total.recents)}` }).waitFor();
  await page.getByRole('checkbox', { name: 'Montrer comme l’export pour d’autres que l’État' }).click();
  await page.getByText('effectifs masqués dans ce tableau').waitFor();
  await capturer(page, '63-occupation-masquee');
  await atelier.fermer();
  const lu = (await cus(dossier, 'occupation', 'o.cus')) as Lu;
  const { total } = totaux.situations;
  expect({ repondants: lu.organisme?.total.repondants, concernes: lu.organisme?.total.concernes, bandes: lu.organisme?.total.variables[0], recents: lu.organisme?.total.variables[6]?.[0] }).toEqual({
    repondants: total.repondants, concernes: total.concernes, bandes: total.bandes, recents: total.recents,
  });
});
