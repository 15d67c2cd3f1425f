import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sirenFictif } from '../../electron/demo/identite.ts';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { remplacerDialogues, type Dialogues } from './aides/dialogues.ts';
import { attendreEnregistre, capturer, choisirAuClavier, dimensionner, tabuler } from './aides/ecran.ts';
import { ecrireTableau, MAINTENANT, NOM, TABLEAU } from './aides/matiere.ts';
import { enJson, lireContenu } from './aides/paquet.ts';
import { cus } from './aides/terminal.ts';
import { ETAPES, type EtapeId } from '../../renderer/app/etapes.ts';

/** Le raccourci d'une étape est son rang : une étape de plus le décale. */
const raccourci = (etape: EtapeId): string => `Control+${ETAPES.indexOf(etape) + 1}`;

/** De l'accueil au paquet sans souris, avec un tableau dont il faut dire les colonnes ; puis la même chose au terminal. */
let dossier: string;
let atelier: Atelier;
let page: Page;
let dialogues: Dialogues;
let paquet = '';
const SIREN = sirenFictif(43);
const MOTIF = 'Essai au clavier : matrice à compléter.';
const CASE = { champ: 'engagement/PP-1/dep-13/3ans/plai', saisie: '12' };

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-clavier-'));
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  dialogues = await remplacerDialogues(atelier.application);
  await dimensionner(atelier);
});
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

/** Va à un élément avec Tab, puis fait ce que fait Entrée. */
async function activer(nom: string | RegExp): Promise<void> {
  await tabuler(page, page.getByRole('button', { name: nom, exact: true }));
  await page.keyboard.press('Enter');
}

it('va de l’accueil au paquet au clavier seul', async () => {
  const tableau = await ecrireTableau(dossier);
  // Une souris qui servirait se verrait : ces événements n'existent pas au clavier.
  await page.evaluate(() => {
    document.documentElement.dataset['souris'] = '0';
    for (const nom of ['pointerdown', 'mousedown', 'wheel'])
      document.addEventListener(nom, () => (document.documentElement.dataset['souris'] = nom), { capture: true });
  });
  await page.getByRole('heading', { name: 'Conventions en cours' }).waitFor();
  await activer('Nouvelle convention');
  await page.getByRole('textbox', { name: 'SIREN' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type(SIREN);
  await page.keyboard.press('Tab');
  await page.keyboard.type(NOM);
  await page.keyboard.press('Tab');
  await choisirAuClavier(page, 'Office public de l’habitat (OPH)');
  await page.keyboard.press('Tab');
  await page.keyboard.type('01/01/2026');
  await page.keyboard.press('Tab');
  await page.keyboard.type(join(dossier, 'clavier.cus'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();

  await page.keyboard.press(raccourci('patrimoine'));
  await dialogues.repondre(tableau);
  await activer('Importer un fichier de logements');
  await page.getByRole('region', { name: 'Correspondance des colonnes' }).waitFor();
  // L'écran ne peut deviner ni la colonne de l'identifiant, ni le mot qui veut dire « loué ».
  await tabuler(page, page.getByRole('combobox', { name: 'Champ de la colonne Lot' }));
  await choisirAuClavier(page, 'Identifiant du logement (attendu)');
  await tabuler(page, page.getByRole('combobox', { name: /: en bail veut dire$/ }));
  await choisirAuClavier(page, '1 loué avec contrat');
  await capturer(page, '30-correspondance');
  await tabuler(page, page.getByRole('button', { name: 'Lire le fichier' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  const comptes = page.getByRole('list', { name: 'Lignes du dernier import' });
  await comptes.waitFor();
  expect((await comptes.innerText()).replaceAll('\u00a0', ' ').split('\n')).toEqual([`${TABLEAU.logements} acceptées`, '0 signalée', '0 rejetée']);
  await capturer(page, '31-patrimoine-tableau');

  await page.keyboard.press(raccourci('engagements'));
  await tabuler(page, page.getByRole('grid', { name: 'Matrice des engagements' }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type(CASE.saisie);
  await page.keyboard.press('Enter');
  await attendreEnregistre(page);
  expect(await page.locator(`[role="gridcell"][data-champ="${CASE.champ}"]`).innerText()).toBe(CASE.saisie);
  // Recopier à droite, puis annuler : deux pas, et la case revient vide.
  const voisine = page.locator(`[role="gridcell"][data-champ="${CASE.champ.replace('3ans', '6ans')}"]`);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+r');
  await attendreEnregistre(page);
  expect(await voisine.innerText()).toBe(CASE.saisie);
  await page.keyboard.press('Control+z');
  await attendreEnregistre(page);
  expect(await voisine.innerText()).toBe('');

  await page.keyboard.press(raccourci('controle'));
  await tabuler(page, page.getByRole('group', { name: 'Signature' }).getByRole('button', { name: 'Certificat .p12' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await tabuler(page, page.getByRole('textbox', { name: /^Motif du dépôt/ }));
  await page.keyboard.type(MOTIF);
  await dialogues.repondre(dossier);
  await activer('Déposer la v1 sans signature');
  await page.getByRole('status', { name: 'Version 1 déposée' }).getByText('Scellé, non signé').waitFor();
  await capturer(page, '32-depose-sans-signature');
  paquet = await page.locator('.sceau-cadre .paquet-nom').innerText();
  expect(await page.evaluate(() => document.documentElement.dataset['souris'])).toBe('0');
});

it('le terminal, avec le même tableau et le même profil, dépose le même paquet', async () => {
  await writeFile(join(dossier, 'profil.json'), JSON.stringify(TABLEAU.profil));
  await cus(dossier, 'creer', 'terminal.cus', '--siren', SIREN, '--nom', NOM, '--nature', 'OPH', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'terminal.cus', 'logements.csv', '--profil', 'profil.json');
  await cus(dossier, 'definir', 'terminal.cus', CASE.champ, CASE.saisie);
  const depot = await cus(dossier, 'deposer', 'terminal.cus', '--sortie', 'terminal', '--sans-signature', '--malgre', MOTIF);
  const [fenetre, terminal] = [await lireContenu(paquet), await lireContenu(String(depot['paquet']))];
  expect(enJson(terminal, 'donnees.json')).toEqual(enJson(fenetre, 'donnees.json'));
  expect([...terminal].filter(([nom, octets]) => !octets.equals(fenetre.get(nom) ?? Buffer.alloc(0))).map(([nom]) => nom)).toEqual([]);
});
