import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { remplacerDialogues, type Dialogues } from './aides/dialogues.ts';
import { allerAuRang, capturer, choisirAuClavier, dimensionner, tabuler } from './aides/ecran.ts';
import { ecrireMatiere, MAINTENANT } from './aides/matiere.ts';
import { cus } from './aides/terminal.ts';

/** La carte des loyers au clavier : chercher, sélectionner, comparer, imprimer ; la sélection est la même partout. */
let dossier: string;
let atelier: Atelier;
let page: Page;
let dialogues: Dialogues;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-carte-'));
  const matiere = ecrireMatiere(dossier);
  await cus(dossier, 'creer', 'carte.cus', '--siren', matiere.siren, '--nom', 'Habitat fictif', '--effet', '2026-01-01');
  await cus(dossier, 'importer', 'carte.cus', matiere.rpls);
  atelier = await launchAtelier({ dossierDonnees: join(dossier, 'donnees'), args: [`--maintenant=${MAINTENANT}`, join(dossier, 'carte.cus')] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  dialogues = await remplacerDialogues(atelier.application);
  await dimensionner(atelier);
  await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
  await creerScenarios();
  await allerAuRang(page, 'loyers');
});
afterAll(async () => {
  await atelier.fermer().catch(() => undefined);
  await rm(dossier, { recursive: true, force: true });
});

/** Deux scénarios de politique des loyers, le premier retenu ; le second abaisse un maximum sur deux. */
async function creerScenarios(): Promise<void> {
  await page.evaluate(async () => {
    const lire = <T>(r: unknown): T => (r as { value: T }).value;
    const { id } = lire<{ id: number }>(await window.atelier.appeler('npl.creer', { nom: 'Prudent', annee: 2026 }));
    const { id: second } = lire<{ id: number }>(await window.atelier.appeler('npl.creer', { nom: 'Ambitieux', annee: 2027, depuis: id }));
    const { lignes } = lire<{ lignes: { ensemble: string; plafond: string }[] }>(await window.atelier.appeler('npl.lire', { scenario: second }));
    const cibles = lignes.filter((_, i) => i % 2 === 0).map(({ ensemble, plafond }) => ({ ensemble, plafond }));
    await window.atelier.appeler('npl.aider', { scenario: second, aide: { nature: 'ajouter', ecart: '-0,8' }, cibles, appliquer: true });
    await window.atelier.appeler('npl.retenir', { scenario: id });
  });
}

const grille = () => page.getByRole('grid', { name: 'Loyers' });
const totaux = () => page.getByRole('group', { name: 'Sélection' }).getByRole('status').first();
const surLaCarte = (n: number) => page.locator(`.carte[data-retenus="${n}"]`).first().waitFor();

it('sélectionne dans le tableau : la carte et les totaux disent la même chose, Échap vide', async () => {
  await grille().waitFor();
  await tabuler(page, grille());
  for (const touche of ['ArrowDown', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(touche);
  await totaux().filter({ hasText: /^Sélection : 3\sensembles/u }).waitFor();
  await surLaCarte(3);
  await capturer(page, '60-carte-selection');
  await page.keyboard.press('Escape');
  await totaux().filter({ hasText: /^Tout/u }).waitFor();
  await surLaCarte(0);
});

it('cherche une commune : elle est sélectionnée, avec tous ses ensembles', async () => {
  const lignes = await page.evaluate(() => window.atelier.appeler('ensembles.lister', {}));
  const { ensembles } = (lignes as { ok: true; value: { ensembles: { nomCommune: string; commune: string }[] } }).value;
  const [premier] = ensembles;
  const n = ensembles.filter((e) => e.commune === premier?.commune).length;
  await tabuler(page, page.getByRole('combobox', { name: /^Chercher une adresse/u }));
  await page.keyboard.type(premier?.commune ?? '');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await surLaCarte(n);
  expect(await totaux().innerText()).toMatch(new RegExp(String.raw`^Sélection : ${n}\sensemble`, 'u'));
});

it('déplace une borne aux flèches : dix appuis qui se suivent font dix pas', async () => {
  const borne = page.getByRole('slider', { name: 'Borne 2' });
  const lire = async (): Promise<number> => Number(await borne.getAttribute('aria-valuenow'));
  await borne.focus();
  const [depart, suivante] = [await lire(), Number(await borne.getAttribute('aria-valuemax'))];
  // La touche est tenue : les appuis n'attendent pas que la carte ait suivi.
  await Promise.all(Array.from({ length: 10 }, () => page.keyboard.press('ArrowRight')));
  await expect.poll(lire, { timeout: 10_000 }).toBeCloseTo(Math.min(depart + 0.1, suivante - (suivante - Number(await borne.getAttribute('aria-valuemin'))) / 1000), 6);
  await page.getByRole('button', { name: /^Classes et cercles/u }).filter({ hasText: 'Posées à la main' }).waitFor();
});

it('imprime ce qu’elle montre, en PNG à sa taille', async () => {
  const image = join(dossier, 'carte.png');
  await dialogues.repondre(image);
  await tabuler(page, page.getByRole('button', { name: 'Imprimer la carte' }));
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Image PNG A4, tout le parc' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/^Carte écrite à l’échelle/u).waitFor();
  const octets = await readFile(image);
  const phys = octets.indexOf('pHYs') + 4;
  expect([octets.subarray(1, 4).toString(), octets.readUInt32BE(16), octets.readUInt32BE(20), octets.readUInt32BE(phys), octets.readUInt32BE(phys + 4), octets[phys + 8]]).toEqual(['PNG', 2339, 1654, 7875, 7876, 1]);
  await capturer(page, '61-carte-imprimee');
});

/**
 * Se déplacer et changer d'échelle ne refait rien de ce qui est donné à la carte : aucun rendu de React, aucune donnée
 * envoyée à un autre fil ; seulement des demandes de tuiles, et les réponses à ces demandes.
 */
it('ne refait rien à chaque image : ni rendu, ni données renvoyées, pendant tout un trajet', async () => {
  await page.keyboard.press('Escape');
  const canevas = page.locator('.carte canvas').first();
  await tabuler(page, canevas);
  const repos = () => page.locator('.carte-toile[aria-busy="false"]').first().waitFor();
  await repos();
  // Ce qui se ferme encore (une bulle, un message de l'essai d'avant) n'est pas du trajet : attendre trente images sans changement.
  await page.evaluate(
    () =>
      new Promise<void>((fini) => {
        let [calmes, touche] = [0, false];
        const guet = new MutationObserver(() => (touche = true));
        guet.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        const image = (): void => {
          calmes = touche ? 0 : calmes + 1;
          touche = false;
          if (calmes < 30) return void requestAnimationFrame(image);
          guet.disconnect();
          fini();
        };
        image();
      }),
  );
  await page.evaluate(() => {
    const compte = { rendus: 0, etats: 0, geojson: 0, tuiles: 0 };
    Object.assign(globalThis, { compte });
    // Un rendu de React qui change l'écran change le document ; la carte ne change que son canevas et son échelle.
    new MutationObserver((m) => { compte.rendus += m.filter((r) => !(r.target instanceof Element ? r.target : r.target.parentElement)?.closest('.carte-toile')).length; })
      .observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    const envoyer = Reflect.get(Worker.prototype, 'postMessage') as (...a: unknown[]) => void;
    Worker.prototype.postMessage = function compter(this: Worker, ...a: unknown[]) {
      const m = a[0] as { etat?: unknown; question?: string; type?: string };
      if ('etat' in m) compte.etats += 1;
      if (m.question === 'tuile') compte.tuiles += 1;
      if (m.type === 'LD') compte.geojson += 1;
      Reflect.apply(envoyer, this, a);
    };
  });
  for (const touche of ['+', '+', '+', 'ArrowRight', 'ArrowDown', 'ArrowLeft', '+', '+', 'ArrowUp', '-', '-', '-', '-', '-', 'ArrowRight']) {
    await page.keyboard.press(touche);
    await page.evaluate(() => new Promise((fini) => requestAnimationFrame(() => requestAnimationFrame(fini))));
    await repos();
  }
  const compte = await page.evaluate(() => Reflect.get(globalThis, 'compte') as Record<string, number>);
  expect({ ...compte, tuiles: (compte['tuiles'] ?? 0) > 0 }).toEqual({ rendus: 0, etats: 0, geojson: 0, tuiles: true });
});

it('compare deux scénarios : chaque carte, légende et colonne nomme le sien ; la feuille imprimée aussi', async () => {
  await page.keyboard.press('Escape');
  await totaux().filter({ hasText: /^Tout/u }).waitFor();
  const regler = async (nom: string, choix: string): Promise<void> => {
    await tabuler(page, page.getByRole('combobox', { name: nom, exact: true }));
    await choisirAuClavier(page, choix);
  };
  await regler('Surface', 'Utile (SU)');
  for (const nom of ['Colorer par', 'Comparer à']) await regler(nom, 'Maximum du scénario');
  // De deux cartes semblables, celle dont on ne change pas le scénario le garde.
  await regler('Scénario', 'Ambitieux, 2027');
  await page.getByRole('region', { name: 'Seconde carte : Maximum du scénario « Prudent » (2026)' }).waitFor();
  await regler('Scénario', 'Prudent, 2026 (retenu)');
  await regler('Scénario de la seconde carte', 'Ambitieux, 2027');
  await page.getByRole('region', { name: 'Seconde carte : Maximum du scénario « Ambitieux » (2027)' }).waitFor();
  const titres = ['« Prudent » (2026)', '« Ambitieux » (2027)'].map((nom) => `Maximum du scénario ${nom}`);
  for (const titre of titres) for (const suite of ['', ', € par m² de surface utile']) await page.getByRole('heading', { name: `${titre}${suite}`, exact: true }).waitFor();
  await page.locator('.carte-toile[aria-busy="false"]').nth(1).waitFor();
  await capturer(page, '62-carte-scenarios');
  // Les deux colonnes sont celles que le service donne pour chacun, ligne à ligne ; le pied est l'organisme.
  const enTetes = ['Prudent', 'Ambitieux'].map((nom) => grille().getByRole('columnheader', { name: `Max. « ${nom} » €/m²`, exact: true }));
  for (let i = 0; i < 2; i += 1) await enTetes[1]?.getByRole('button').click();
  const rangs = await Promise.all(enTetes.map((e) => e.getAttribute('aria-colindex')));
  const lire = (ligne: string) => Promise.all(rangs.map((c) => grille().locator(`[role="row"]${ligne} > [aria-colindex="${c}"]`).innerText()));
  const attendu = await page.evaluate(async () => {
    type Lignes = { lignes: { valeurs: { maximumNpl?: number | null } }[] };
    const valeurs = async (par: 'ensemble' | 'organisme', scenario: number) => ((await window.atelier.appeler('carte.mesures', { par, surface: 'SU', scenario })) as { value: Lignes }).value.lignes.map((l) => l.valeurs.maximumNpl ?? null);
    const { scenarios } = ((await window.atelier.appeler('npl.scenarios', {})) as { value: { scenarios: { id: number; nom: string }[] } }).value;
    const ids = ['Prudent', 'Ambitieux'].map((nom) => scenarios.find((s) => s.nom === nom)?.id ?? 0);
    const [[un = [], deux = []], tout] = await Promise.all([Promise.all(ids.map((id) => valeurs('ensemble', id))), Promise.all(ids.map((id) => valeurs('organisme', id)))]);
    const dire = (v: number | null | undefined) => (v == null ? '–' : v.toFixed(2).replace('.', ','));
    const paires = deux.map((d, i) => [un[i] ?? null, d] as const).toSorted(([, d], [, e]) => (e ?? -1) - (d ?? -1)).slice(0, 6);
    return { lignes: paires.map((p) => p.map(dire)), tout: tout.map(([v]) => dire(v)), differe: paires.some(([u, d]) => u !== d) };
  });
  await expect.poll(() => Promise.all(attendu.lignes.map((_, i) => lire(`[aria-rowindex="${i + 2}"]`)))).toEqual(attendu.lignes);
  expect([await lire('.grille-pied'), attendu.differe]).toEqual([attendu.tout, true]);
  const feuille = join(dossier, 'scenarios.pdf');
  await dialogues.repondre(feuille);
  await tabuler(page, page.getByRole('button', { name: 'Imprimer les cartes' }));
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'PDF A3, tout le parc' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/scenarios\.pdf/u).waitFor();
});
