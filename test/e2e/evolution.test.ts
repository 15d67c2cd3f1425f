import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import { Tendances } from '../../shared/contract.ts';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { capturer, dimensionner, entier } from './aides/ecran.ts';
import { ecrireMatiere, MAINTENANT } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** Deux années d'un parc : l'écran et le terminal disent les mêmes évolutions. */
let dossier: string;
let atelier: Atelier;
let page: Page;
let attendu: z.output<typeof Tendances>;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-evolution-'));
  const matiere = ecrireMatiere(dossier);
  const suivante = join(dossier, 'rpls-2027.csv');
  await writeFile(suivante, Buffer.from((await readFile(matiere.suivante)).toString('latin1').replace(/^2026/u, '2027'), 'latin1'));
  await cus(dossier, 'creer', 'evolution.cus', '--siren', matiere.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'evolution.cus', matiere.rpls);
  await cus(dossier, 'importer', 'evolution.cus', suivante, '--appliquer');
  attendu = Tendances.parse(await cus(dossier, 'etat', 'evolution.cus', '--tendances'));
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'evolution.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: 'Évolution', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Évolution du parc' }).getByRole('row', { name: /^Logements \d/u }).waitFor();
});
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

const normal = (t: string) => t.replaceAll(/[\u00a0\u202f]/g, ' ');
const rangee = async (nom: RegExp) => normal(await page.getByRole('region', { name: 'Évolution du parc' }).getByRole('row', { name: nom }).first().innerText()).split('\t').slice(1);

it('montre les chiffres du terminal, déclaration par déclaration', async () => {
  expect(attendu.points.map((p) => p.libelle)).toEqual(['2026', '2027']);
  expect(await rangee(/^Logements\s/u)).toEqual(attendu.points.map((p) => normal(entier(p.logements))));
  expect(await rangee(/^Vacants \(MODE 2\)/u)).toEqual(attendu.points.map((p) => normal(entier(p.vacance.vacants))));
  await capturer(page, '65-evolution');
});

it('met en vigueur l’ancienne déclaration : tout le dossier la suit', async () => {
  const declarations = page.getByRole('region', { name: 'Déclarations gardées' });
  await declarations.getByRole('button', { name: /Mettre en vigueur la déclaration 2026/u }).focus();
  await page.keyboard.press('Enter');
  await declarations.getByRole('row', { name: /^2026/u }).getByText('en vigueur', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Logements', exact: true }).click();
  await page.locator('.grille-pied [aria-colindex="1"]').filter({ hasText: new RegExp(`^${entier(attendu.points[0]!.logements).replaceAll(/\s/gu, '\\s')}\\s`, 'u') }).waitFor();
});
