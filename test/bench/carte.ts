/**
 * La carte d'un grand bailleur, dans la vraie application : déplacements et changements d'échelle sur un trajet
 * fixe, tracés, contre le même trajet sur une carte presque vide. `null` sans fenêtre possible.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { compiler } from '../../build/outils/compiler.ts';
import { aUnEcran, ouvrirEcranVirtuel } from '../../build/outils/ecran.ts';
import { assurerElectron } from '../../build/outils/electron.ts';
import { racine } from '../../build/outils/chemins.ts';
import { ecrireFichier, generateBailleur } from '../../electron/demo/index.ts';
import { fondDeCommunes } from './fond-essai.ts';
import { allerAuRang } from '../e2e/aides/ecran.ts';
import { tracer, type Trace } from './trace.ts';

export type MesureCarte = {
  ensembles: number;
  communes: number;
  /** De l'étape demandée à la carte qui a tout. */
  ouvertureMs: number;
  ouverture: Trace;
  trajet: Trace;
};

/** Les tâches longues de notre fait pendant un trajet : aucune. */
export const CIBLES_CARTE = { notres: 0 };

const images = (page: Page, n = 2): Promise<void> =>
  page.evaluate((combien) => new Promise<void>((fini) => {
    const une = (reste: number): void => void (reste === 0 ? fini() : requestAnimationFrame(() => une(reste - 1)));
    une(combien);
  }), n);

/** Zoome, traîne, dézoome ; toujours les mêmes gestes, chacun attendant deux images et non un délai. */
async function parcourir(page: Page): Promise<void> {
  const boite = await page.locator('.carte canvas').first().boundingBox();
  if (boite === null) throw new Error('la carte n’est pas montrée');
  const [cx, cy] = [boite.x + boite.width / 2, boite.y + boite.height / 2];
  const rouler = async (crans: number, sens: 1 | -1, x = cx, y = cy): Promise<void> => {
    await page.mouse.move(x, y);
    for (let i = 0; i < crans; i++) {
      await page.mouse.wheel(0, sens * 120);
      await images(page, 3);
    }
    await images(page, 8);
  };
  const trainer = async (dx: number, dy: number): Promise<void> => {
    await page.mouse.move(cx, cy);
    await page.mouse.down();
    for (let i = 1; i <= 12; i++) {
      await page.mouse.move(cx + (dx * i) / 12, cy + (dy * i) / 12);
      await images(page, 1);
    }
    await page.mouse.up();
    await images(page, 8);
  };
  for (let tour = 0; tour < 2; tour++) {
    await rouler(8, -1, cx + 60, cy + 40);
    await trainer(-140, 60);
    await trainer(120, -90);
    await rouler(8, -1);
    await trainer(-100, -100);
    await rouler(16, 1);
    await trainer(40, 60);
  }
}

export type Bailleur = { donnees: string; fichier: string };

/** Un bailleur de tant de logements, importé dans un dossier neuf. */
export function preparerBailleur(repertoire: string, logements: number): Bailleur {
  const dossier = mkdtempSync(join(repertoire, 'carte-'));
  const [donnees, rpls, fichier] = [join(dossier, 'donnees'), join(dossier, 'rpls.csv'), join(dossier, 'carte.cus')];
  const generation = generateBailleur({ graine: 7, logements, annee: 2026 });
  ecrireFichier(generation, rpls);
  const cus = (...args: string[]): void => void execFileSync(process.execPath, [join(racine, 'electron/cli/cus.ts'), ...args, '--json'], { cwd: dossier, env: { ...process.env, ATELIER_CUS_DONNEES: donnees }, stdio: ['ignore', 'ignore', 'inherit'] });
  cus('creer', fichier, '--siren', generation.identite.siren, '--nom', 'Habitat du banc', '--effet', '2026-01-01');
  cus('importer', fichier, rpls);
  rmSync(rpls);
  return { donnees, fichier };
}

/** Ouvre l'étape Loyers de ce bailleur et parcourt sa carte ; `fond` : un fond à charger d'abord, par l'opération de l'écran. */
export async function mesurerBailleur({ donnees, fichier }: Bailleur, fond: string | null, captures: string | null): Promise<MesureCarte> {
  const moteur = await assurerElectron();
  const main = await compiler(moteur.genre === 'essai' ? 'spawn' : 'utilityProcess');
  const application = await _electron.launch({
    executablePath: moteur.executable,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--use-gl=angle', '--use-angle=swiftshader', main, `--donnees=${donnees}`, fichier],
    env: { ...Object.fromEntries(Object.entries(process.env).filter((e): e is [string, string] => e[1] !== undefined)), ATELIER_NOEUD: process.execPath },
  });
  try {
    const page = await application.firstWindow();
    page.setDefaultTimeout(120_000);
    await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800));
    let communes = 0;
    if (fond !== null) {
      const charge = await page.evaluate((c) => window.atelier.appeler('carte.chargerFond', { chemin: c }), fond);
      if (!charge.ok) throw new Error(charge.error.message);
      communes = (charge.value as { niveaux: Record<string, number> }).niveaux['commune'] ?? 0;
    }
    let ouvertureMs = 0;
    const ouverture = await tracer(application, page, async () => {
      const debut = performance.now();
      await allerAuRang(page, 'loyers');
      await page.locator('.carte-toile[aria-busy="false"]').first().waitFor();
      ouvertureMs = performance.now() - debut;
    });
    const capturer = async (nom: string): Promise<void> => {
      if (captures !== null) await page.screenshot({ path: join(captures, `carte-${nom}.png`) });
    };
    await capturer('ouverte');
    const trajet = await tracer(application, page, () => parcourir(page));
    await capturer('parcourue');
    const lus = await page.evaluate(() => window.atelier.appeler('carte.lire', {}));
    return { ensembles: lus.ok ? (lus.value as { ensembles: unknown[] }).ensembles.length : 0, communes, ouvertureMs, ouverture, trajet };
  } finally {
    await application.close();
  }
}

/** Le bailleur demandé, puis un bailleur de dix logements pour étalon. */
export async function mesurerCarte(logements: number, repertoire: string): Promise<{ grande: MesureCarte; vide: MesureCarte } | null> {
  const ecran = aUnEcran() ? null : spawnSync('Xvfb', ['-help']).error === undefined ? await ouvrirEcranVirtuel() : undefined;
  if (ecran === undefined) return null;
  if (ecran !== null) process.env['DISPLAY'] = ecran.affichage;
  try {
    const fond = join(repertoire, 'communes.geojson');
    writeFileSync(fond, fondDeCommunes());
    const vide = await mesurerBailleur(preparerBailleur(repertoire, 10), null, null);
    return { vide, grande: await mesurerBailleur(preparerBailleur(repertoire, logements), fond, null) };
  } finally {
    await ecran?.fermer();
  }
}
