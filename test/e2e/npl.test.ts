import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Atelier } from './aides/atelier.ts';
import type { Dialogues } from './aides/dialogues.ts';
import { attendreEnregistre, capturer, centimes, choisirAuClavier, mettreAuPressePapiers, tabuler } from './aides/ecran.ts';
import { ouvrirImporte, type AtelierImporte } from './aides/importe.ts';
import { cus } from './aides/terminal.ts';

/** La politique des loyers au clavier : créer, saisir, dépasser, ramener, annuler, retenir ; le terminal relit la même masse. */
let importe: AtelierImporte;
let dossier: string;
let atelier: Atelier;
let page: Page;
let dialogues: Dialogues;

type Masse = { avant: number; apres: number; reste: number; respectee: boolean; lignes: unknown[] };

beforeAll(async () => {
  importe = await ouvrirImporte('npl');
  ({ dossier, atelier, dialogues } = importe);
  ({ page } = atelier);
});
afterAll(() => importe.fermer());

const normal = (t: string) => t.replaceAll(/[\u00a0\u202f]/g, ' ');
const table = () => page.getByRole('grid', { name: 'Maximums par ensemble' });
const jauge = () => page.getByRole('region', { name: 'Masse maximale des loyers' });
const montant = async (nom: string) => normal(await jauge().getByRole('button', { name: nom }).innerText());
const euros = (n: number) => `${normal(centimes(n)).replace('-', '−')} €`;
const caseA = (ligne: number, colonne: number) => page.locator(`[role="row"][aria-rowindex="${ligne + 1}"] > [aria-colindex="${colonne}"]`);
const MAXIMUM = 5;
const MOYENNE = 6;

async function allerA(colonne: number): Promise<void> {
  await tabuler(page, table());
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Home');
  for (let i = 1; i < colonne; i += 1) await page.keyboard.press('ArrowRight');
}

/** Les vues sont un seul arrêt de tabulation : les flèches y passent de l'une à l'autre. */
async function changerVue(nom: string, pas: number): Promise<void> {
  const vues = page.getByRole('group', { name: 'Vue de la politique des loyers' });
  await tabuler(page, vues.locator('[tabindex="0"]'), 'Shift+Tab');
  for (let i = 0; i < pas; i += 1) await page.keyboard.press('ArrowRight');
  await vues.getByRole('button', { name: nom, exact: true }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
}

it('crée un scénario, fixe un maximum et sa moyenne à la suite, dépasse, refuse ce qui ne se lit pas', async () => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('politique des loyers');
  await page.keyboard.press('Enter');
  await tabuler(page, page.getByRole('button', { name: 'Créer un scénario' }));
  await capturer(page, '60-npl-vide');
  await page.keyboard.press('Enter');
  await page.getByLabel('Nom du scénario').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await table().waitFor();
  const depart = await montant('Masse avant');
  expect([await montant('Masse après'), await montant('Reste')]).toEqual([depart, '0,00 €']);

  await allerA(MAXIMUM);
  // Sans attendre l'écriture : chaque frappe va dans sa case.
  await page.keyboard.type('1,5');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1,25');
  await page.keyboard.press('Enter');
  await jauge().getByText('Masse respectée').waitFor();
  await attendreEnregistre(page);
  await expect.poll(() => montant('Masse après')).not.toBe(depart);
  expect([normal(await caseA(1, MAXIMUM).innerText()), normal(await caseA(1, MOYENNE).innerText())]).toEqual(['1,50', '1,25']);

  await allerA(MAXIMUM);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('abc');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText(/« abc » ne se lit pas/u).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.type('950');
  await page.keyboard.press('Enter');
  await jauge().getByText('Masse dépassée').waitFor();
  await attendreEnregistre(page);
  await capturer(page, '61-npl-depassee');
});

it('colle un bloc d’un tableur, efface, annule ; la masse est celle du terminal', async () => {
  await allerA(MAXIMUM);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await mettreAuPressePapiers(atelier, '4,1\t4\r\nnon\t\r\n');
  await page.keyboard.press('Control+v');
  await page.getByText(/2\scases écrites, 1\srefusée/u).waitFor();
  await expect.poll(async () => normal(await caseA(3, MAXIMUM).innerText())).toBe('4,10');
  await page.keyboard.press('Delete');
  await expect.poll(async () => [normal(await caseA(3, MAXIMUM).innerText()), normal(await caseA(3, MOYENNE).innerText())]).toEqual(['–', '–']);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => [normal(await caseA(3, MAXIMUM).innerText()), normal(await caseA(3, MOYENNE).innerText())]).toEqual(['4,10', '4,00']);
  await attendreEnregistre(page);
});

it('ramène sous la masse par une aide, annule d’un geste, la refait et retient le scénario', async () => {
  const depassee = await montant('Masse après');
  await tabuler(page, page.getByRole('button', { name: 'Aides sur la sélection' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabuler(page, page.getByRole('combobox', { name: 'Aide', exact: true }));
  await choisirAuClavier(page, 'Ramener sous la masse');
  await tabuler(page, page.getByRole('button', { name: 'Voir les propositions' }));
  await page.keyboard.press('Enter');
  await page.getByText('Rien n’est encore changé.').waitFor();
  expect(await montant('Masse après')).toBe(depassee);
  await capturer(page, '62-npl-aide');
  await tabuler(page, page.getByRole('button', { name: 'Appliquer' }));
  await page.keyboard.press('Enter');
  await jauge().getByText('Masse respectée').waitFor();
  const ramenee = await montant('Masse après');
  await tabuler(page, table());
  await page.keyboard.press('Control+z');
  await jauge().getByText('Masse dépassée').waitFor();
  expect(await montant('Masse après')).toBe(depassee);
  await page.keyboard.press('Control+y');
  await jauge().getByText('Masse respectée').waitFor();
  expect(await montant('Masse après')).toBe(ramenee);

  const csv = join(dossier, 'npl.csv');
  await dialogues.repondre(csv);
  await tabuler(page, page.getByRole('button', { name: 'Exporter', exact: true }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => dialogues.demandes().then((d) => d.some((x) => x.genre === 'montrer' && x.chemin === csv))).toBe(true);

  await changerVue('Scénarios', 2);
  await tabuler(page, page.getByRole('button', { name: /^Retenir .* pour la convention$/u }));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Ne plus retenir/u }).waitFor();
  await capturer(page, '63-npl-retenu');

  await changerVue('Barèmes', 1);
  await page.getByText('Aucun barème n’est fourni avec l’application.').waitFor();
  await tabuler(page, page.getByLabel('Année, nouvelle ligne').first());
  for (const t of ['2026', 'PLS', '1 bis', '9,5', 'Avis fictif']) {
    await page.keyboard.type(t);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByLabel('Maximum €/m², 2026 PLS 1bis').waitFor();
  await capturer(page, '64-npl-baremes');
  const [avant, apres, reste] = [await montant('Masse avant'), await montant('Masse après'), await montant('Reste')];

  await page.keyboard.press('Control+1');
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
  await atelier.fermer();
  const relue = (await cus(dossier, 'npl', 'npl.cus', '--nom', 'Scénario A')) as Masse;
  expect([euros(relue.avant), euros(relue.apres), euros(relue.reste), relue.respectee]).toEqual([avant, apres, reste, true]);
  const lues = parse(readFileSync(csv, 'utf8'), { bom: true, delimiter: ';' });
  expect(lues).toHaveLength(relue.lignes.length + 1);
});
