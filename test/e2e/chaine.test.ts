import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchAtelier, type Atelier } from './aides/atelier.ts';
import { remplacerDialogues, type Dialogues } from './aides/dialogues.ts';
import { allerAuRang, attendreEnregistre, capturer, centimes, choisir, dimensionner, entier, mettreAuPressePapiers } from './aides/ecran.ts';
import {
  CASES, CHAMPS, CHAMPS_COLLES, CLE, COLLAGE, ecrireMatiere, MAINTENANT, NOM, remarquesCsv, remplirEngagements, REPONSE, type Matiere,
} from './aides/matiere.ts';
import { enJson, lireContenu } from './aides/paquet.ts';
import { cus } from './aides/terminal.ts';

/**
 * Toute la chaîne, une fois dans une vraie fenêtre, à la souris et au clavier, puis une fois au terminal
 * sur les mêmes fichiers et les mêmes saisies : les deux paquets doivent être les mêmes.
 */
let dossier: string;
let matiere: Matiere;
let atelier: Atelier;
let page: Page;
let dialogues: Dialogues;
const dans = (...parties: string[]): string => join(dossier, ...parties);
/** Les mêmes étapes pour la fenêtre et le terminal, chacune dans son répertoire. */
const FENETRE = 'fenetre';
const TERMINAL = 'terminal';
let paquets: string[] = [];

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'atelier-chaine-'));
  matiere = ecrireMatiere(dossier);
  atelier = await launchAtelier({ dossierDonnees: dans('donnees'), args: [`--maintenant=${MAINTENANT}`] });
  page = atelier.page;
  page.setDefaultTimeout(20_000);
  dialogues = await remplacerDialogues(atelier.application);
  await dimensionner(atelier);
});
afterAll(async () => {
  await atelier.fermer();
  await rm(dossier, { recursive: true, force: true });
});

// Chaque étape part de la précédente : après un échec, les suivantes ne diraient rien de plus.
let rompue: string | null = null;
beforeEach(() => {
  if (rompue !== null) throw new Error(`la chaîne s’est arrêtée à « ${rompue} »`);
});
afterEach(async ({ task }) => {
  if (rompue !== null || task.result?.state !== 'fail') return;
  rompue = task.name;
  await capturer(page, 'echec');
});

/** Le rail, à la souris. */
async function etape(nom: string | RegExp): Promise<void> {
  await page.getByRole('navigation', { name: 'Étapes' }).getByRole('button', { name: nom }).click();
}
const champ = (nom: string): Locator => page.locator(`[data-champ="${nom}"]`);
const caseDe = (nom: string): Locator => page.locator(`[role="gridcell"][data-champ="${nom}"]`);

describe('dans la fenêtre', () => {
  it('crée un dossier depuis l’accueil', async () => {
    await page.getByRole('heading', { name: 'Conventions en cours' }).waitFor();
    await capturer(page, '01-accueil');
    await page.getByRole('button', { name: 'Nouvelle convention' }).click();
    // Un SIREN à la clé fausse se voit avant d'aller plus loin.
    await page.keyboard.type('123456789');
    await page.getByText('La clé de ce SIREN est fausse').waitFor();
    await page.getByRole('textbox', { name: 'SIREN' }).fill(matiere.siren);
    await page.getByText('clé vérifiée', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Nom de l’organisme' }).fill(NOM);
    await choisir(page, page.getByRole('combobox', { name: 'Nature' }), 'Office public de l’habitat (OPH)');
    await page.getByRole('textbox', { name: 'Date d’effet' }).fill('01/01/2026');
    await dialogues.repondre(dans(FENETRE));
    await page.getByRole('button', { name: 'Choisir…' }).click();
    await page.getByRole('textbox', { name: 'Emplacement du dossier' }).and(page.locator(`[value="${dans(`${FENETRE}.cus`)}"]`)).waitFor();
    await capturer(page, '02-nouvelle-convention');
    await page.getByRole('button', { name: 'Créer le dossier' }).click();
    await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
    expect(await dialogues.demandes()).toEqual([{ genre: 'enregistrer', titre: 'Où enregistrer le dossier', chemin: `${NOM}.cus` }]);
    expect(await page.getByRole('banner').innerText()).toContain('CUS 2026-2031');
  });

  it('remplit l’organisme et le calendrier au clavier', async () => {
    for (const { champ: nom, frappe } of CHAMPS) {
      await champ(nom).getByRole('textbox').focus();
      await page.keyboard.type(frappe);
      await page.keyboard.press('Tab');
    }
    await attendreEnregistre(page);
    await page.getByRole('region', { name: 'Frise des délais légaux' }).scrollIntoViewIfNeeded();
    await page.getByText('Réunion avec les personnes publiques associées').first().waitFor();
    // La frise et le rail comptent les jours depuis le même instant.
    const jours = await page.getByRole('region', { name: 'Frise des délais légaux' }).getByText(/^J-\d+$/).last().innerText();
    await page.getByRole('button', { name: `Prochaine échéance : Terme de la convention et évaluation finale, 31 décembre 2031, ${jours}` }).waitFor();
    await capturer(page, '03-organisme-calendrier');
  });

  it('importe la déclaration RPLS, montre ce qu’elle a donné, exporte le rapport', async () => {
    const { totaux } = matiere;
    await etape(/^Patrimoine/);
    await page.getByRole('button', { name: 'Importer un fichier de logements' }).waitFor();
    await capturer(page, '04-patrimoine-vide');
    await dialogues.repondre(matiere.rpls);
    await page.getByRole('button', { name: 'Importer un fichier de logements' }).click();
    const comptes = page.getByRole('list', { name: 'Lignes du dernier import' });
    await comptes.waitFor();
    expect(totaux.lignes).toBe(totaux.acceptees + totaux.rejetees);
    expect((await comptes.getByRole('listitem').allInnerTexts()).map(sansInsecables)).toEqual([
      `${sansInsecables(entier(totaux.acceptees))} acceptées`,
      `${totaux.signalees} signalées`,
      `${totaux.rejetees} rejetées`,
    ]);
    await page.getByRole('button', { name: 'Voir le rapport' }).click();
    const rapport = page.getByRole('region', { name: 'Rapport d’import' });
    await dialogues.repondre(dans('anomalies-fenetre.csv'));
    await rapport.getByRole('button', { name: 'Exporter le rapport' }).click();
    await rapport.getByText('écrites dans anomalies-fenetre.csv').waitFor();
    await capturer(page, '05-rapport-import');
    // Le rapport dit ce que disait l'annonce de l'import : elle s'efface devant lui.
    await page.getByRole('button', { name: 'Masquer', exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Masquer le rapport' }).click();
  });

  it('donne les chiffres de l’état des lieux, et dit d’où ils viennent', async () => {
    const { totaux } = matiere;
    const chiffres = page.getByRole('list', { name: 'Le parc en chiffres' });
    expect((await chiffres.getByRole('listitem').allInnerTexts()).map((t) => sansInsecables(t.replaceAll('\n', ' ')))).toEqual(
      expect.arrayContaining([
        `${sansInsecables(entier(totaux.parc))} logements`,
        `${sansInsecables(entier(totaux.qpv))} sur ${sansInsecables(entier(totaux.parc))} en QPV`,
        `${Object.keys(totaux.communes).length} communes`,
        `${Object.keys(totaux.epci).length} EPCI`,
        `${totaux.sortis} sortis du parc`,
      ]),
    );
    const plus = page.getByRole('button', { name: /^Financement PLUS : / });
    expect(sansInsecables((await plus.getAttribute('aria-label')) ?? '')).toContain(`${totaux.familles['PLUS']} logements`);
    await chiffres.getByRole('button', { name: /en QPV : d’où vient ce chiffre$/ }).click();
    const explication = page.getByTestId('explication');
    await explication.getByText('R445-3').waitFor();
    expect(sansInsecables(await explication.innerText())).toContain(sansInsecables(entier(totaux.qpv)));
    await capturer(page, '06-inspecteur');
    await page.keyboard.press('Escape');
    await explication.waitFor({ state: 'detached' });
  });

  it('parcourt, trie, filtre et totalise la table', async () => {
    const { totaux } = matiere;
    const table = page.getByRole('grid', { name: 'Logements' });
    const pied = table.locator('.grille-pied');
    await pied.getByText(`${entier(totaux.parc)} logements`).waitFor();
    await capturer(page, '07-patrimoine-logements');
    // Le dernier logement du parc, tout en bas d'une table dont une quarantaine de rangées existent.
    await table.focus();
    await page.keyboard.press('Control+End');
    await table.locator(`[role="row"][aria-rowindex="${totaux.parc + 1}"]:not([aria-busy])`).waitFor();
    await page.mouse.move(500, 500);
    await page.mouse.wheel(0, -1_000_000);
    await table.locator('[role="row"][aria-rowindex="2"]:not([aria-busy])').waitFor();

    const premiere = table.locator('[role="row"][aria-rowindex="2"] [role="rowheader"]');
    const avant = await premiere.innerText();
    const titre = table.getByRole('columnheader', { name: 'Identifiant Filtrer' }).getByRole('button', { name: 'Identifiant', exact: true });
    await titre.click();
    await titre.click();
    // Le plus grand vient d'abord ; entre deux lectures, la rangée peut manquer.
    await page.waitForFunction(
      ([ancien]) => (document.querySelector('[role="grid"][aria-label="Logements"]:not([aria-busy]) [aria-rowindex="2"] [role="rowheader"]')?.textContent ?? '').localeCompare(ancien) > 0,
      [avant] as const,
    );

    await page.getByRole('button', { name: 'en QPV', exact: true }).click();
    await pied.getByText(`${entier(totaux.qpv)} logements`).waitFor();
    await page.getByRole('group', { name: 'Colonnes' }).getByRole('button', { name: 'Loyers' }).click();
    await capturer(page, '08-patrimoine-filtre-qpv');
    await page.getByRole('button', { name: 'Tout lever' }).click();
    await page.getByRole('group', { name: 'Vue du patrimoine' }).getByRole('button', { name: 'Ensembles' }).click();
    await page.getByRole('grid', { name: /Ensembles/ }).waitFor();
    await capturer(page, '09-patrimoine-ensembles');
    await page.getByRole('group', { name: 'Vue du patrimoine' }).getByRole('button', { name: 'Logements' }).click();
  });

  it('compare une seconde déclaration, puis l’applique', async () => {
    const { evolution, totauxSuivants } = matiere;
    await dialogues.repondre(matiere.suivante);
    await page.getByRole('button', { name: 'Importer une mise à jour' }).click();
    const comparaison = page.getByRole('region', { name: 'Comparaison avant application' });
    await comparaison.waitFor();
    for (const [volet, n] of [['Ajoutés', evolution.ajoutes], ['Modifiés', evolution.modifies], ['Disparus', evolution.disparus]] as const)
      await comparaison.getByRole('region', { name: `${volet} : ${n}`, exact: true }).getByRole('listitem').first().waitFor();
    expect(sansInsecables(await comparaison.innerText())).toContain(`${sansInsecables(entier(evolution.inchanges))} logements inchangés`);
    await capturer(page, '10-comparaison');
    await comparaison.getByRole('button', { name: 'Appliquer' }).click();
    await page.getByRole('button', { name: `${sansInsecables(entier(totauxSuivants.parc))} logements : d’où vient ce chiffre` }).waitFor();
    await page.getByRole('button', { name: 'Masquer', exact: true }).click();
  });

  it('dessine la carte des loyers et donne les mêmes chiffres à côté', async () => {
    const { loyers, communes } = matiere.totauxSuivants;
    await etape(/^Loyers/);
    await page.locator('.carte[data-pret="true"]').waitFor();
    const toile = page.locator('.carte canvas');
    // Une toile qui n'aurait que son fond n'aurait qu'une couleur.
    await page.waitForFunction(() => {
      const c = document.querySelector<HTMLCanvasElement>('.carte canvas');
      const gl = c?.getContext('webgl2');
      return gl instanceof WebGL2RenderingContext && !gl.isContextLost() && gl.drawingBufferWidth > 200;
    });
    expect(await couleurs(await toile.screenshot())).toBeGreaterThan(20);
    const table = page.getByRole('grid', { name: 'Loyers' });
    const total = table.locator('.grille-pied');
    expect(await total.innerText()).toContain(centimes(loyers.SH.loyer / loyers.SH.surface));
    await capturer(page, '11-loyers-ensembles');
    await choisir(page, page.getByRole('combobox', { name: 'Maille' }), 'Commune');
    await page.waitForFunction(([n]) => document.querySelector('[role="grid"][aria-label="Loyers"]')?.getAttribute('aria-rowcount') === String(n), [Object.keys(communes).length + 2] as const);
    await choisir(page, page.getByRole('combobox', { name: 'Surface' }), 'Corrigée (SC)');
    await total.getByText(centimes(loyers.SC.loyer / loyers.SC.surface)).waitFor();
    await capturer(page, '12-loyers-communes-surface-corrigee');
    await table.getByRole('gridcell').first().click();
    await page.keyboard.press('Enter');
    await page.getByTestId('explication').waitFor();
    await capturer(page, '13-loyers-inspecteur');
    await page.keyboard.press('Escape');
  });

  it('remplit la matrice : au clavier, par collage, défait une saisie, importe le reste', async () => {
    await etape(/^Engagements/);
    const grille = page.getByRole('grid', { name: 'Matrice des engagements' });
    await grille.waitFor();
    await capturer(page, '14-engagements-vide');
    for (const { champ: nom, saisie } of CASES) {
      await caseDe(nom).click();
      await page.keyboard.type(saisie);
      await page.keyboard.press('Enter');
    }
    await mettreAuPressePapiers(atelier, COLLAGE.map((l) => `${l.join('\t')}\r\n`).join(''));
    await caseDe(CHAMPS_COLLES[0][0]).click();
    await page.keyboard.press('Control+v');
    await page.getByText('Collage : 4 cases posées').waitFor();
    // Une saisie de trop, défaite.
    await caseDe(CASES[0].champ).click();
    await page.keyboard.type('999');
    await page.keyboard.press('Enter');
    await caseDe(CASES[0].champ).getByText('999').waitFor();
    await page.keyboard.press('Control+z');
    await caseDe(CASES[0].champ).getByText('1\u202f200', { exact: true }).waitFor();
    await attendreEnregistre(page);
    expect(await caseDe(CHAMPS_COLLES[1][1]).innerText()).toBe('85,5\u202f%');
    await capturer(page, '15-engagements-saisie');
    await page.getByRole('button', { name: 'Masquer', exact: true }).click();

    await dialogues.repondre(dans('cibles-fenetre.csv'));
    await page.getByRole('button', { name: 'Exporter' }).click();
    await page.getByText('dans cibles-fenetre.csv').waitFor();
    const remplies = await remplirEngagements(dans('cibles-fenetre.csv'), dans('cibles.csv'));
    await dialogues.repondre(dans('cibles.csv'));
    await page.getByRole('button', { name: 'Importer', exact: true }).click();
    await page.getByText(/^Import de cibles\.csv : \d+\s+cases posées(?:, \d+ à revoir)?$/).waitFor();
    expect(remplies).toBeGreaterThan(100);
    const avancement = page.locator('.avancement');
    await page.waitForFunction(() => /^(\d+) sur \1\s/.test(document.querySelector('.avancement')?.textContent ?? ''));
    expect(await avancement.innerText()).toMatch(/cases obligatoires$/);
    await capturer(page, '16-engagements-complets');
  });

  it('contrôle, et mène au champ d’un constat', async () => {
    await etape(/^Contrôle et dépôt/);
    const constats = page.getByRole('region', { name: 'Contrôle et dépôt' });
    await constats.waitFor();
    await page.getByRole('heading', { name: 'Le paquet v1' }).waitFor();
    await capturer(page, '17-controle');
    for (const { champ: nom, corrigee } of CASES) {
      if (corrigee === null) continue;
      await constats.getByRole('button', { name: 'Corriger dans Engagements' }).first().click();
      const grille = page.getByRole('grid', { name: 'Matrice des engagements' });
      await grille.and(page.locator(':focus')).waitFor();
      const id = await grille.getAttribute('aria-activedescendant');
      expect(await page.locator(`[id="${id}"]`).getAttribute('data-champ')).toBe(nom);
      await page.keyboard.type(corrigee);
      await page.keyboard.press('Enter');
      await attendreEnregistre(page);
      await etape(/^Contrôle et dépôt/);
    }
    await constats.getByText('Rien ne bloque le dépôt.').waitFor();
  });

  it('crée une clé d’essai, signe et dépose la v1', async () => {
    await page.getByRole('button', { name: 'Clé d’essai' }).click();
    await page.getByRole('textbox', { name: 'Nom du signataire' }).fill(CLE.nom);
    await page.getByRole('textbox', { name: 'Mot de passe de la clé' }).fill(CLE.motDePasse);
    await dialogues.repondre(dans('cle.p12'));
    await page.getByRole('button', { name: 'Créer une clé d’essai…' }).click();
    await page.getByRole('group', { name: 'Certificat' }).getByText(CLE.nom).waitFor();
    await capturer(page, '18-signature');
    await deposer(1);
    await capturer(page, '19-depose');
    await page.getByRole('status', { name: 'Version 1 déposée' }).getByText('Scellé et signé').waitFor();
  });

  it('vérifie le paquet', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('vérifier');
    await capturer(page, '20-palette');
    await page.keyboard.press('Enter');
    await dialogues.repondre(paquets[0] ?? '');
    await page.getByRole('button', { name: 'Choisir un paquet…' }).click();
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await verdict.getByText(`Intègre et signé par ${CLE.nom}`).waitFor();
    await page.getByRole('region', { name: 'Lecture du paquet' }).waitFor();
    await capturer(page, '21-verifier');
  });

  it('lit un Retour fait au terminal, répond, accepte la valeur proposée', async () => {
    await writeFile(dans('remarques.csv'), remarquesCsv());
    await cus(dossier, 'annoter', paquets[0] ?? '', '--observations', 'remarques.csv', '--sortie', 'retour.xlsx', '--avis', 'reserve');
    await page.getByRole('button', { name: `${NOM} CUS 2026-2031` }).click();
    await etape(/^Échanges/);
    await page.getByText('Rien n’a changé depuis ce dépôt.').waitFor();
    await capturer(page, '22-echanges-avant');
    await dialogues.repondre(dans('retour.xlsx'));
    await page.getByRole('button', { name: 'Lire un retour' }).click();
    await page.getByText('Retour sur la v1 : 2').waitFor();
    const question = page.getByRole('listitem').filter({ hasText: 'Quelle délibération' });
    await question.getByRole('button').first().click();
    await question.getByRole('button', { name: 'Répondre' }).click();
    await page.keyboard.type(REPONSE);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('listitem').filter({ hasText: REPONSE }).first().waitFor();
    const proposition = page.getByRole('listitem').filter({ hasText: 'part plus forte' });
    await proposition.getByRole('button').first().click();
    await capturer(page, '23-echanges');
    await proposition.getByRole('button', { name: 'Accepter la valeur proposée' }).click();
    await page.getByText('Toutes les observations ont une suite').waitFor();
    await page.getByRole('region', { name: 'Modifications depuis la v1' }).getByRole('row').nth(1).waitFor();
    await capturer(page, '24-echanges-apres');
  });

  it('dépose la v2 avec ses modifications', async () => {
    await page.getByRole('button', { name: 'Préparer la v2' }).click();
    await page.getByRole('button', { name: 'Choisir un certificat…' }).waitFor();
    await dialogues.repondre(dans('cle.p12'));
    await page.getByRole('button', { name: 'Choisir un certificat…' }).click();
    await page.getByLabel('Mot de passe du certificat').fill(CLE.motDePasse);
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Certificat' }).waitFor();
    await deposer(2);
    const contenu = await lireContenu(paquets[1] ?? '');
    expect(enJson(contenu, 'modifications.json')).toMatchObject({
      modifications: [{ champ: CHAMPS_COLLES[1][1], avant: '85,5 %', apres: '90 %' }],
    });
    await allerAuRang(page, 'echanges');
    await page.getByText('Dépôt v2').waitFor();
    await capturer(page, '25-echanges-v2');
  });

  it('retrouve tout à la réouverture, par l’accueil', async () => {
    await page.keyboard.press('Control+1');
    await page.getByRole('button', { name: 'Accueil' }).click();
    await capturer(page, '26-accueil-recents');
    await page.getByRole('button', { name: `Ouvrir ${NOM}, 2026-2031` }).click();
    await page.getByRole('heading', { name: 'Organisme et calendrier' }).waitFor();
    expect(await champ('organisme/psp/date').getByRole('textbox').inputValue()).toBe('20/06/2024');
    // Le sombre a ses propres valeurs : une capture pour les juger.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('affichage sombre');
    await page.keyboard.press('Enter');
    await page.locator('html[data-theme="sombre"]').waitFor();
    await capturer(page, '27-sombre-organisme');
    await allerAuRang(page, 'engagements');
    await page.getByRole('grid', { name: 'Matrice des engagements' }).waitFor();
    // Ce qui a été accepté ailleurs est là dès que la matrice se montre.
    expect(await caseDe(CHAMPS_COLLES[1][1]).innerText()).toBe('90\u202f%');
    await capturer(page, '28-sombre-engagements');
  });
});

describe('au terminal', () => {
  it('écrit le même rapport, la même matrice, les mêmes paquets', async () => {
    const d = `${TERMINAL}.cus`;
    await cus(dossier, 'creer', d, '--siren', matiere.siren, '--nom', NOM, '--nature', 'OPH', '--effet', '2026-01-01');
    for (const { champ: nom, valeur } of CHAMPS) await cus(dossier, 'definir', d, nom, valeur);
    await cus(dossier, 'importer', d, matiere.rpls, '--anomalies', 'anomalies-terminal.csv');
    await cus(dossier, 'importer', d, matiere.suivante, '--appliquer');
    for (const { champ: nom, saisie } of CASES) await cus(dossier, 'definir', d, nom, saisie);
    for (const [i, ligne] of CHAMPS_COLLES.entries()) for (const [j, nom] of ligne.entries()) await cus(dossier, 'definir', d, nom, COLLAGE[i]?.[j] ?? '');
    await cus(dossier, 'engagements', d, '--exporter', 'cibles-terminal.csv');
    await cus(dossier, 'engagements', d, '--importer', 'cibles.csv');
    for (const { champ: nom, corrigee } of CASES) if (corrigee !== null) await cus(dossier, 'definir', d, nom, corrigee);
    await writeFile(dans('secret.txt'), CLE.motDePasse);
    const signature = ['--p12', 'cle.p12', '--mot-de-passe-fichier', 'secret.txt'];
    const v1 = await cus(dossier, 'deposer', d, '--sortie', TERMINAL, ...signature);
    await cus(dossier, 'retour', d, 'retour.xlsx');
    const { observations } = (await cus(dossier, 'observations', d)) as { observations: { id: string; nature: string }[] };
    const id = (nature: string): string => observations.find((o) => o.nature === nature)?.id ?? '';
    await cus(dossier, 'observations', d, '--repondre', id('question'), '--texte', REPONSE);
    await cus(dossier, 'observations', d, '--accepter', id('proposition'));
    const v2 = await cus(dossier, 'deposer', d, '--sortie', TERMINAL, ...signature);

    for (const nom of ['anomalies', 'cibles'])
      expect(await readFile(dans(`${nom}-terminal.csv`), 'utf8')).toBe(await readFile(dans(`${nom}-fenetre.csv`), 'utf8'));
    for (const [i, depot] of [v1, v2].entries()) {
      const fenetre = await lireContenu(paquets[i] ?? '');
      const terminal = await lireContenu(String(depot['paquet']));
      expect(enJson(terminal, 'donnees.json')).toEqual(enJson(fenetre, 'donnees.json'));
      expect(enJson(terminal, 'modifications.json')).toEqual(enJson(fenetre, 'modifications.json'));
      // Mêmes octets, donc même empreinte, pour tout ce que le paquet contient.
      expect([...terminal.keys()]).toEqual([...fenetre.keys()]);
      expect([...terminal].filter(([nom, octets]) => !octets.equals(fenetre.get(nom) ?? Buffer.alloc(0))).map(([nom]) => nom)).toEqual([]);
    }
  });
});

/** Signe et dépose avec la clé déjà ouverte ; le paquet rejoint `paquets`. */
async function deposer(version: number): Promise<void> {
  await dialogues.repondre(dans(FENETRE));
  await page.getByRole('button', { name: `Signer et déposer la v${version}` }).click();
  const sceau = page.getByRole('status', { name: `Version ${version} déposée` });
  await sceau.waitFor();
  paquets = [...paquets, await page.locator('.sceau-cadre .paquet-nom').innerText()];
}

/** Espaces ordinaires à la place des insécables, pour comparer des textes. */
function sansInsecables(texte: string): string {
  return texte.replaceAll(/[\u00a0\u202f]/g, ' ');
}

/** Nombre de couleurs d'une capture, comptées par l'écran lui-même. */
function couleurs(png: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const octets = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([octets], { type: 'image/png' }));
    const toile = new OffscreenCanvas(image.width, image.height);
    const contexte = toile.getContext('2d');
    contexte?.drawImage(image, 0, 0);
    return new Set(new Uint32Array(contexte?.getImageData(0, 0, image.width, image.height).data.buffer ?? new ArrayBuffer(0))).size;
  }, png.toString('base64'));
}
