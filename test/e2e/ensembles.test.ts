import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { attendreEnregistre, capturer, dimensionner, tabuler } from './aides/ecran.ts';
import { ecrireMatiere, MAINTENANT, type Matiere } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** Les ensembles, au clavier : retenir deux lignes, fusionner, annuler, renommer à sa place, scinder, déplacer. */
let dossier: string;
let atelier: Atelier;
let page: Page;
let matiere: Matiere;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-ensembles-'));
  matiere = ecrireMatiere(dossier);
  await cus(dossier, 'creer', 'ensembles.cus', '--siren', matiere.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'ensembles.cus', matiere.rpls);
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'ensembles.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: 'Ensembles', exact: true }).click();
  await grille().waitFor();
});
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

/** Colonnes lues. */
const LOGEMENTS = 2;
const COMMUNE = 4;
const grille = () => page.getByRole('grid', { name: 'Ensembles immobiliers' });
const normal = (t: string) => t.replaceAll(/[\u00a0\u202f]/g, ' ');
const case_ = (ligne: number, colonne: number) => grille().locator(`[role="row"][aria-rowindex="${ligne + 2}"] [aria-colindex="${colonne}"]`);
const texte = async (ligne: number, colonne: number) => normal(await case_(ligne, colonne).innerText());
const total = async () => normal(await page.locator('.grille-pied [aria-colindex="1"]').innerText());
const attendreTotal = (attendu: string) => page.locator('.grille-pied [aria-colindex="1"]').filter({ hasText: new RegExp(`^${attendu.replace(' ', '\\s')}$`) }).waitFor();

it('deux ensembles retenus au clavier fusionnent ; les comptes suivent ; Ctrl+Z les rend', async () => {
  const avant = Number((await total()).split(' ')[0]);
  const noms = [await texte(0, 1), await texte(1, 1)];
  const logements = [Number(await texte(0, LOGEMENTS)), Number(await texte(1, LOGEMENTS))];
  await tabuler(page, grille());
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  expect(await total()).toBe('2 ensembles retenus');
  expect(await grille().locator('[role="row"][aria-selected="true"]').count()).toBe(2);
  await capturer(page, '40-ensembles-retenus');
  await page.getByRole('button', { name: 'Fusionner (2)' }).focus();
  await page.keyboard.press('Enter');
  await attendreTotal(`${avant - 1} ensembles`);
  const garde = logements[0]! >= logements[1]! ? 0 : 1;
  const reunis = normal(await page.locator('.decisions').innerText());
  expect(reunis).toContain(`Fusion de 2 ensembles (${logements[0]! + logements[1]!} logements) dans « ${noms[garde]!} ».`);
  await attendreEnregistre(page);
  await capturer(page, '41-ensembles-fusionnes');
  expect(await grille().evaluate((el) => el === document.activeElement)).toBe(true);

  await page.keyboard.press('Control+z');
  await attendreTotal(`${avant} ensembles`);
  expect([await texte(0, 1), await texte(1, 1)]).toEqual(noms);
  expect([Number(await texte(0, LOGEMENTS)), Number(await texte(1, LOGEMENTS))]).toEqual(logements);
  expect(normal(await page.locator('.decisions').innerText())).toContain('Annulé : Fusion de 2 ensembles');
});

it('F2 renomme à sa place ; Échap laisse le nom', async () => {
  await tabuler(page, grille());
  await page.keyboard.press('Control+ArrowUp');
  await page.keyboard.press('F2');
  const ancien = await texte(0, COMMUNE);
  await page.keyboard.type('Perdu');
  await page.keyboard.press('Escape');
  expect(await grille().evaluate((el) => el === document.activeElement)).toBe(true);
  await page.keyboard.press('F2');
  await page.keyboard.type('Aaa résidence nommée');
  await page.keyboard.press('Enter');
  await grille().getByText('Aaa résidence nommée').waitFor();
  expect([await texte(0, 1), await texte(0, COMMUNE), await texte(0, 8)]).toEqual(['Aaa résidence nommée', ancien, 'nom']);
});

it('une scission montre les logements par adresse, et laisse au moins un logement', async () => {
  const avant = Number((await total()).split(' ')[0]);
  const logements = Number(await texte(0, LOGEMENTS));
  await page.getByRole('button', { name: 'Scinder…' }).click();
  const volet = page.getByRole('region', { name: 'Scinder Aaa résidence nommée' });
  await volet.getByRole('button', { name: /^Logements :/ }).first().click();
  const coches = volet.locator('.scission-logements').getByRole('checkbox');
  await coches.first().click();
  await coches.nth(1).click();
  await volet.getByRole('textbox', { name: 'Nom du nouvel ensemble' }).fill('Aab part');
  await capturer(page, '42-ensembles-scission');
  await volet.getByRole('button', { name: /^Sortir 2.logements$/ }).click();
  await attendreTotal(`${avant + 1} ensembles`);
  await grille().getByText('Aab part').waitFor();
  expect([Number(await texte(0, LOGEMENTS)), Number(await texte(1, LOGEMENTS))]).toEqual([logements - 2, 2]);
  expect(await grille().evaluate((el) => el === document.activeElement)).toBe(true);
});

it('un logement retenu va dans l’ensemble choisi par son nom', async () => {
  await page.getByRole('group', { name: 'Vue du patrimoine' }).getByRole('button', { name: 'Logements' }).click();
  const logements = page.getByRole('grid', { name: 'Logements' });
  await tabuler(page, logements);
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Déplacer vers un ensemble…' }).click();
  await page.getByRole('combobox', { name: 'Nom, adresse ou commune de l’ensemble' }).fill('aab');
  await capturer(page, '43-logement-deplace');
  await page.keyboard.press('Enter');
  await page.locator('.decisions').getByText(/^1.logement déplacé vers «.Aab part.»\.$/).waitFor();
  // La page se relit après l'écriture.
  await logements.locator('[role="row"][aria-rowindex="2"] [aria-colindex="3"]').getByText('Aab part', { exact: true }).waitFor();
});

const milieu = async (lieu: Locator) => {
  await lieu.scrollIntoViewIfNeeded();
  const cadre = await lieu.boundingBox();
  if (cadre === null) throw new Error('rien à cet endroit');
  return { x: cadre.x + cadre.width / 2, y: cadre.y + cadre.height / 2 };
};
const caseLogement = (ligne: number, colonne: number) => page.getByRole('grid', { name: 'Logements' }).locator(`[role="row"][aria-rowindex="${ligne + 2}"] [aria-colindex="${colonne}"]`);

it('des lignes glissées à la souris vont dans l’ensemble visé ; Échap les laisse', async () => {
  const logements = page.getByRole('grid', { name: 'Logements' });
  const ident = await caseLogement(1, 1).innerText();
  const avant = await caseLogement(1, 3).innerText();
  const prendre = async () => {
    const depart = await milieu(caseLogement(1, 1));
    await page.mouse.move(depart.x, depart.y);
    await page.mouse.down();
    await page.mouse.move(depart.x + 20, depart.y + 12, { steps: 4 });
    const vise = page.locator('[data-depot]').filter({ hasText: 'Aab part' });
    const la = await milieu(vise);
    await page.mouse.move(la.x, la.y, { steps: 6 });
    await page.locator('.glisse-etiquette').filter({ hasText: /1.logement vers «.Aab part.»/ }).waitFor();
  };
  await prendre();
  await capturer(page, '44-logement-glisse');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await page.locator('[data-depot]').count()).toBe(0);
  expect([await caseLogement(1, 1).innerText(), await caseLogement(1, 3).innerText()]).toEqual([ident, avant]);
  // Deux lignes retenues partent ensemble.
  await tabuler(page, logements);
  await page.keyboard.press('Control+ArrowUp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  const depart = await milieu(caseLogement(1, 1));
  await page.mouse.move(depart.x, depart.y);
  await page.mouse.down();
  await page.mouse.move(depart.x + 20, depart.y + 12, { steps: 4 });
  const la = await milieu(page.locator('[data-depot]').filter({ hasText: 'Aab part' }));
  await page.mouse.move(la.x, la.y, { steps: 6 });
  await page.mouse.up();
  await page.locator('.decisions').getByText(/^2.logements déplacés vers «.Aab part.»\.$/).waitFor();
  await page.getByRole('button', { name: /^Annuler : 2.logements déplacés/ }).waitFor();
  await page.keyboard.press('Control+z');
  await page.locator('.decisions').getByText(/^Annulé.: 2.logements déplacés/).waitFor();
});

it('la fiche d’un ensemble s’ouvre par Ctrl+K, passe au suivant, et chaque chiffre dit d’où il vient', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Rechercher ou faire' }).fill('aab part');
  await page.getByRole('option', { name: /^Aab part,/ }).waitFor();
  await page.keyboard.press('Enter');
  const fiche = page.getByRole('article', { name: 'Fiche de Aab part' });
  await fiche.waitFor();
  await capturer(page, '45-fiche-ensemble');
  const identite = fiche.getByRole('region', { name: 'Identité de l’ensemble' });
  expect(normal(await identite.innerText())).toMatch(/sur 3/);
  await identite.getByRole('button', { name: /^3.logements : d’où vient ce chiffre$/ }).click();
  await page.getByTestId('explication').getByText('Nom décidé par l’organisme, composition décidée par l’organisme.').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+ArrowRight');
  await fiche.waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+ArrowLeft');
  await fiche.waitFor();
  await fiche.getByRole('button', { name: 'Montrer la composition' }).click();
  await fiche.getByRole('list', { name: 'Logements de l’ensemble' }).waitFor();
  await page.keyboard.press('Escape');
  await fiche.waitFor({ state: 'detached' });
});

it('la règle se règle au clavier, dit ce qu’elle donnerait, s’applique et s’annule', async () => {
  await page.getByRole('group', { name: 'Vue du patrimoine' }).getByRole('button', { name: 'Ensembles' }).click();
  await grille().waitFor();
  const avant = Number((await total()).split(' ')[0]);
  await page.getByRole('button', { name: 'Règle de la proposition' }).focus();
  await page.keyboard.press('Enter');
  const regle = page.getByRole('region', { name: 'Règle de la proposition' });
  await regle.getByText('Ce que la règle donne').waitFor();
  expect(await regle.getByRole('button', { name: /^Appliquer la règle/ }).isDisabled()).toBe(true);
  await regle.getByRole('button', { name: 'Descendre le niveau 1' }).focus();
  await page.keyboard.press('Enter');
  await regle.getByText('Ce que cette règle donnerait').waitFor();
  const appliquer = regle.getByRole('button', { name: /^Appliquer la règle \(\d/ });
  const donnerait = Number(/\((\d+)/.exec(normal(await appliquer.innerText()).replaceAll(' ', ''))?.[1]);
  expect(donnerait).toBeGreaterThan(avant);
  await capturer(page, '46-regle-ensembles');
  await appliquer.focus();
  await page.keyboard.press('Enter');
  await regle.getByText('C’est la règle du dossier.').waitFor();
  await page.keyboard.press('Escape');
  await attendreTotal(`${donnerait} ensembles`);
  await grille().getByText('Aaa résidence nommée').waitFor();
  await page.keyboard.press('Control+z');
  await attendreTotal(`${avant} ensembles`);
});

it('le terminal lit les mêmes ensembles', async () => {
  await atelier.fermer();
  const { ensembles } = (await cus(dossier, 'ensembles', 'ensembles.cus')) as { ensembles: { nom: string; logements: number }[] };
  expect(ensembles.filter((e) => /^Aa[ab]/.test(e.nom)).map((e) => [e.nom, e.logements])).toEqual([['Aaa résidence nommée', expect.any(Number)], ['Aab part', 3]]);
});
