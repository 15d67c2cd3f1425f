import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ETAPES, LIBELLES, type EtapeId } from '../../../renderer/app/etapes.ts';
import type { Atelier } from './atelier.ts';

/** Captures à regarder, hors du dépôt. */
const CAPTURES = resolve(import.meta.dirname, '../../../test-results/e2e');

/** Donne à la page la taille de référence, menu non compris. */
export async function dimensionner({ application, page }: Atelier, largeur = 1280, hauteur = 800): Promise<void> {
  await application.evaluate(({ BrowserWindow }, [l, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(l, h), [largeur, hauteur] as const);
  await page.waitForFunction(([l, h]) => window.innerWidth === l && window.innerHeight === h, [largeur, hauteur] as const);
}

export async function capturer(page: Page, nom: string): Promise<void> {
  await mkdir(CAPTURES, { recursive: true });
  // Les polices arrivent après la page : une capture sans elles ne montrerait pas ce que l'on voit.
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(CAPTURES, `${nom}.png`), animations: 'disabled' });
}

/** Attend que toutes les saisies soient dans le dossier, et qu'aucune n'ait échoué. */
export async function attendreEnregistre(page: Page): Promise<void> {
  await page.locator('[aria-label="État d’enregistrement"][data-etat="repos"]').waitFor();
}

/** Va à une étape par son raccourci : Ctrl et son rang dans le rail ; par la palette pour la dixième, qui n'en a pas. */
export async function allerAuRang(page: Page, etape: EtapeId): Promise<void> {
  const rang = ETAPES.indexOf(etape) + 1;
  if (rang <= 9) return page.keyboard.press(`Control+${rang}`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type(LIBELLES[etape]);
  await page.keyboard.press('Enter');
}

/** Met un texte au presse-papiers du système, comme le ferait un tableur. */
export function mettreAuPressePapiers({ application }: Atelier, texte: string): Promise<void> {
  return application.evaluate(({ clipboard }, t) => clipboard.writeText(t), texte);
}

const FOCUS_MAX = 120;

/** Avance avec Tab jusqu'à ce que `cible` ait le focus : prouve qu'on y arrive au clavier. */
export async function tabuler(page: Page, cible: Locator, touche: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await cible.waitFor();
  const aLeFocus = (): Promise<boolean> => cible.evaluate((el) => el === document.activeElement);
  for (let i = 0; i < FOCUS_MAX && !(await aLeFocus()); i += 1) await page.keyboard.press(touche);
  if (!(await aLeFocus())) throw new Error(`${String(cible)} ne s’atteint pas au clavier`);
}

/** Choisit une ligne d'une liste fermée qui a déjà le focus, au clavier. */
export async function choisirAuClavier(page: Page, libelle: string): Promise<void> {
  await page.keyboard.press('Enter');
  // Ouverte, la liste prend le clavier un instant après : un Entrée plus tôt la refermerait.
  await page.locator('[role="listbox"]:focus-within').waitFor();
  await page.keyboard.press('Home');
  for (let i = 0; i < FOCUS_MAX; i += 1) {
    const ici = await page.locator('[role="option"][data-highlighted]').allInnerTexts();
    if (ici.some((t) => t.trim() === libelle)) {
      await page.keyboard.press('Enter');
      await page.getByRole('listbox').waitFor({ state: 'detached' });
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`« ${libelle} » ne s’atteint pas au clavier`);
}

/** Choisit une ligne d'une liste fermée, à la souris. */
export async function choisir(page: Page, liste: Locator, libelle: string): Promise<void> {
  await liste.click();
  await page.getByRole('option', { name: libelle, exact: true }).click();
  await page.getByRole('listbox').waitFor({ state: 'detached' });
}

/** Nombres tels que l'écran les écrit : `2 959`, `5,50`. */
export const entier = (n: number): string => new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 }).format(n);
export const centimes = (n: number): string => new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(n);
