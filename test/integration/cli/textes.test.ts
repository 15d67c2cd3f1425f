/** Ce que la commande dit à une personne : accords, libellés, refus qui aident. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { execute as runIci } from '../../../electron/cli/executer.ts';
import { tableau } from '../../../electron/cli/tableau.ts';
import { writeOds } from '../../../electron/documents/index.ts';
import { fillChamps, fillEngagements, importParc } from '../../../electron/service/demonstration-etapes.ts';
import { bailleurDemonstration } from '../../../electron/demo/index.ts';
import { copier, execute, jsonIci, MAINTENANT, preparer, RACINE } from './aides/cus.ts';

const { siren, nom } = bailleurDemonstration;
let r: string;
let paquet: string;

beforeAll(async () => {
  r = mkdtempSync(join(tmpdir(), 'cus-textes-'));
  await preparer(r, async (faire) => {
    await faire('dossier.creer', { chemin: join(r, 'd.cus'), siren, nom, nature: 'OPH', effet: '2026-01-01' });
    await fillChamps(faire);
    await importParc(faire, r);
    await fillEngagements(faire);
    paquet = (await faire('depot.deposer', { repertoire: r, sansSignature: true, malgre: 'essai' })).paquet;
    await faire('paquet.annoter', { paquet, sortie: join(r, 'avis.xlsx'), avis: 'reserve', auteur: 'DDTM', observations: [{ champ: 'organisme/nom', nature: 'proposition', texte: '', valeurProposee: 'X' }] });
  });
  mkdirSync(join(r, 'dir.cus'));
  writeFileSync(join(r, 'o.csv'), 'champ;nature;texte;valeur_proposee\norganisme/nom;question;ok;\n');
  writeFileSync(join(r, 'avis.ods'), await writeOds({ titre: 't', auteur: 'a', date: '2026-01-01T00:00:00Z', feuilles: [{ nom: 'Avis', colonnes: [{ titre: 'a', largeur: 10, format: 'texte' }], lignes: [], figerEntete: true }] }));
}, 60_000);
afterAll(() => rmSync(r, { recursive: true, force: true }));

async function dire(...args: string[]): Promise<{ sortie: number; stdout: string; stderr: string }> {
  return runIci([...args, '--maintenant', MAINTENANT], { cwd: r, env: { ATELIER_CUS_DONNEES: join(r, '.donnees') }, signal: new AbortController().signal, progression: { suivre: () => undefined, effacer: () => undefined } });
}

test('les codes internes ne sont pas montrés : état, loyers, observations', async () => {
  const etat = (await dire('etat', 'd.cus')).stdout;
  expect(etat).toMatch(/^Avant 1977 +\d/mu);
  expect(etat).toMatch(/^13 PLUS +\d/mu);
  expect(etat).not.toMatch(/AVANT_1977|INCONNU/u);
  const loyers = (await dire('loyers', 'd.cus', '--par', 'organisme')).stdout;
  expect(loyers).toContain('Hors moyenne. Logements non loués : ');
  expect(loyers).not.toMatch(/non-loue|sans-loyer/u);
  copier(join(r, 'd.cus'), join(r, 'lu.cus'));
  expect((await dire('retour', 'lu.cus', 'avis.xlsx')).stdout).toBe('Retour sur le dépôt v1 : 1 observation nouvelle, 0 déjà connue, 0 refusée.\n');
  const observations = (await dire('observations', 'lu.cus')).stdout;
  expect(observations).toMatch(/^Avis : réservé$/mu);
  expect(observations).toContain('  ouverte  proposition de valeur  organisme/nom');
});

test('la consolidation se lit avec une virgule, et se programme avec des nombres', async () => {
  copier(join(r, 'd.cus'), join(r, 'ensemble.cus'));
  const texte = (await dire('engagements', 'ensemble.cus', '--consolidation')).stdout;
  expect(texte).toMatch(/^PS-2\/2026\/total .* \d+(?:,\d+)?\u202f%/mu);
  expect(texte).not.toMatch(/\d\.\d/u);
  const { objet } = await jsonIci(['engagements', 'ensemble.cus', '--consolidation'], r);
  expect(objet).toEqual({ lignes: expect.arrayContaining([expect.objectContaining({ indicateur: 'PS-2', horizon: '2026', ventilation: 'total', pourcentage: expect.any(Number), nombre: expect.any(Number), denominateur: expect.any(Number) })]) });
});

test('au terminal, le point d’une cible est celui des décimales', async () => {
  copier(join(r, 'd.cus'), join(r, 'point.cus'));
  for (const [tape, garde] of [['1.250', '1,250'], ['1250', '1250'], ['12.5 %', '12.5 %']] as const) {
    expect((await dire('definir', 'point.cus', 'engagement/G-1/organisme/2027/total', tape)).stdout).toContain(`: ${garde} (`);
  }
  expect((await dire('definir', 'point.cus', 'organisme/nom', '1.250')).stdout).toContain(': 1.250 (');
});

test('une valeur sur deux lignes tient dans sa ligne de tableau', () => {
  expect(tableau([{ titre: 'Nom', valeur: (l: string) => l }], ['Les\nCèdres', 'A\u001b[31mB\u2028C'])).toBe('Nom\n──────────\nLes Cèdres\nA [31mB C');
});

test('l’aide d’importer dit quels types se lisent', async () => {
  expect((await dire('importer', '--aide')).stdout).toMatch(/\(rpls, logements, ops, service-rendu, attributions\)[\s\S]*Notes du service rendu \(--type service-rendu\)[\s\S]*Attributions \(--type attributions\)[\s\S]*logements : [\s\S]*IDENT_INT\*[\s\S]*attributions : DATE\*, BAIL_SIGNE, /u);
});

const REFUS: [string[], RegExp, RegExp][] = [
  [['--json'], /Il manque le verbe/u, /Choisir parmi : creer, definir/u],
  [['creer', 'x9', '--siren', siren, '--nom', 'X'], /« .*x9 » n’est pas un nom de dossier : il ne finit pas par \.cus/u, /« x9\.cus »/u],
  [['creer', 'n.cus', '--siren', '12', '--nom', 'X'], /« 12 » n’est pas valide : il compte 2 chiffres au lieu de neuf\./u, /./u],
  [['creer', 'n.cus', '--siren', '123456789', '--nom', 'X'], /sa clé, .* ne correspond pas/u, /./u],
  [['etat', 'dir.cus'], /dir\.cus » est un répertoire/u, /fichier \.cus/u],
  [['retour', 'd.cus', 'avis.ods'], /avis\.ods » est un classeur OpenDocument/u, /l’enregistrer au format XLSX/u],
  [['annoter', 'P', '--observations', 'o.csv', '--sortie', 'P'], /est le fichier à lire/u, /rien n’a été changé/u],
  [['engagements', 'd.cus', '--importer', 'o.csv', '--exporter', 'o.csv'], /est le fichier à lire/u, /rien n’a été changé/u],
];

test.each(REFUS)('%j', async (args, message, action) => {
  const avant = readdirSync(r).toSorted();
  const octets = readFileSync(paquet);
  const { sortie, stderr, stdout } = await dire(...args.map((a) => (a === 'P' ? paquet : a)));
  const dit = args[0] === '--json' ? (JSON.parse(stdout) as { erreur: { message: string; action: string } }).erreur : { message: stderr.split('\n')[0], action: stderr.split('\n')[1] };
  expect({ sortie, ...dit }).toMatchObject({ sortie: 2, message: expect.stringMatching(message), action: expect.stringMatching(action) });
  expect(readdirSync(r).toSorted()).toEqual(avant);
  expect(readFileSync(paquet).equals(octets)).toBe(true);
});

test.skipIf(process.platform === 'win32')('sans aucune place : lire se peut, rien ne reste derrière', async () => {
  mkdirSync(join(r, 'plein'));
  copier(join(r, 'd.cus'), join(r, 'plein/d.cus'));
  const limite = (...args: string[]) => execute('bash', ['-c', `ulimit -f 0; exec "${process.execPath}" "${join(RACINE, 'electron/cli/cus.ts')}" "$@"`, 'cus', ...args], { cwd: join(r, 'plein') });
  expect(await limite('etat', 'd.cus')).toMatchObject({ code: 0, stdout: expect.stringContaining('Logements') });
  expect(await limite('definir', 'd.cus', 'organisme/nom', 'Y')).toMatchObject({ code: 2, stderr: expect.stringContaining('plus de place') });
  expect(await limite('demo', 'dm/sous')).toMatchObject({ code: 2 });
  expect(readdirSync(join(r, 'plein')).filter((f) => f !== '.donnees')).toEqual(['d.cus']);
}, 20_000);

test('un tableau sans colonne de date : les champs possibles, ce qui est obligatoire, leurs codes, et les colonnes laissées', async () => {
  copier(join(r, 'd.cus'), join(r, 'champs.cus'));
  writeFileSync(join(r, 'z.csv'), 'Commune;Jour de bail;DALO\n13055;01/02/2025;oui\n');
  const dits: string[] = [];
  const espion = vi.spyOn(process.stderr, 'write').mockImplementation((texte) => dits.push(String(texte)) > 0);
  const refus = await dire('importer', 'champs.cus', 'z.csv', '--type', 'attributions');
  espion.mockRestore();
  const liste = /Champs d’un fichier de type « attributions » :[\s\S]*\nDATE {2,}– {2,}Date du bail ou de l’attribution {2,}date, obligatoire\n[\s\S]*QUARTILE[^\n]*1 \(1er quartile\)[\s\S]*\nDALO {2,}DALO {2,}[\s\S]*Colonnes du fichier sans champ : Jour de bail\./u;
  expect([refus.sortie, refus.stderr, dits.join('')]).toEqual([2, expect.stringContaining('Aucune colonne ne donne : Date du bail'), expect.stringMatching(liste)]);
  expect((await dire('importer', 'champs.cus', 'z.csv', '--type', 'attributions', '--champs')).stdout).toMatch(liste);
});
