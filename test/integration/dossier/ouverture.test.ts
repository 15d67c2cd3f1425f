import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ErreurCus } from '../../../shared/erreurs.ts';
import { writeChamp } from '../../../electron/store/champs.ts';
import { openConnexion } from '../../../electron/store/connexion.ts';
import { verifyJournal } from '../../../electron/store/journal.ts';
import { migrate } from '../../../electron/store/migrer.ts';
import { VERSION_FICHIER } from '../../../electron/store/migrations/index.ts';
import { createDossier, openDossier } from '../../../electron/store/ouverture.ts';
import { backupDossier, listSauvegardes, restoreSauvegarde } from '../../../electron/store/sauvegarde.ts';
import { tempDir } from '../../aides/repertoire.ts';

const QUI = { utilisateur: 'Ada', ordinateur: 'poste-1', maintenant: new Date('2026-03-01T09:00:00Z') };
const PAR = { qui: 'Ada', quand: '2026-03-01T09:00:00.000Z' };

function nouveau(): string {
  const chemin = join(tempDir(), 'essai.cus');
  createDossier(chemin, (base) => void writeChamp(base, 'organisme/nom', 'Habitat du Littoral', PAR));
  return chemin;
}

async function erreurDe(faire: Promise<unknown> | (() => unknown)): Promise<{ code: string; sortie: number; message: string; action: string }> {
  try {
    await (typeof faire === 'function' ? faire() : faire);
  } catch (e) {
    if (e instanceof ErreurCus) return e.erreur;
    throw e;
  }
  throw new Error('aucune erreur');
}

test('un dossier créé est un SQLite sain, identifié, STRICT, sans reste', async () => {
  const chemin = nouveau();
  const sqlite = (sql: string): string => execFileSync('sqlite3', [chemin, sql], { encoding: 'utf8' }).trim();
  expect({
    identite: sqlite('PRAGMA application_id'),
    version: sqlite('PRAGMA user_version'),
    sain: sqlite('PRAGMA integrity_check'),
    nonStricts: sqlite("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND NOT strict"),
    nom: sqlite("SELECT valeur FROM champ WHERE nom = 'organisme/nom'"),
    fichiers: readdirSync(join(chemin, '..')),
  }).toEqual({
    identite: String(0x43555321),
    version: String(VERSION_FICHIER),
    sain: 'ok',
    nonStricts: '0',
    nom: 'Habitat du Littoral',
    fichiers: ['essai.cus'],
  });
});

test('créer par-dessus un fichier est refusé et ne le touche pas', async () => {
  const chemin = nouveau();
  const avant = readFileSync(chemin);
  expect(await erreurDe(() => createDossier(chemin, () => undefined))).toMatchObject({ code: 'fichier-existant', sortie: 2 });
  expect(readFileSync(chemin).equals(avant)).toBe(true);
});

test('ouvrir puis fermer ne laisse que le fichier', async () => {
  const chemin = nouveau();
  const dossier = await openDossier(chemin, QUI);
  expect(readdirSync(join(chemin, '..')).filter((f) => f.endsWith('.verrou'))).toEqual(['essai.cus.verrou']);
  const { temporaire } = dossier;
  expect(existsSync(temporaire)).toBe(true);
  dossier.fermer();
  expect({ fichiers: readdirSync(join(chemin, '..')), temporaire: existsSync(temporaire) }).toEqual({ fichiers: ['essai.cus'], temporaire: false });
});

const TENEUR = `
import { openDossier } from '${new URL('../../../electron/store/ouverture.ts', import.meta.url).href}';
await openDossier(process.argv[1], { utilisateur: 'Grace', ordinateur: 'poste-1', maintenant: new Date('2026-03-01T08:00:00Z') });
console.log('ouvert');
setInterval(() => undefined, 1000);
`;

async function tenirAilleurs(chemin: string) {
  const autre = spawn(process.execPath, ['--input-type=module', '-e', TENEUR, chemin], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void autre.kill('SIGKILL'));
  await once(autre.stdout, 'data');
  return autre;
}

test('un dossier ouvert ailleurs est refusé en nommant qui le tient, et se rouvre après un arrêt brutal', async () => {
  const chemin = nouveau();
  const autre = await tenirAilleurs(chemin);
  expect(await erreurDe(openDossier(chemin, QUI))).toMatchObject({
    code: 'dossier-tenu',
    sortie: 2,
    message: expect.stringContaining('par Grace sur poste-1 depuis le 01/03/2026 à 08:00 (UTC)'),
  });
  const mort = once(autre, 'exit');
  autre.kill('SIGKILL');
  await mort;
  const dossier = await openDossier(chemin, QUI);
  expect(JSON.parse(readFileSync(`${chemin}.verrou`, 'utf8'))).toMatchObject({ utilisateur: 'Ada' });
  dossier.fermer();
});

test('un verrou posé par un autre ordinateur est respecté', async () => {
  const chemin = nouveau();
  writeFileSync(`${chemin}.verrou`, JSON.stringify({ utilisateur: 'Grace', ordinateur: 'poste-2', pid: 1, depuis: '2026-03-01T08:00:00Z' }));
  expect(await erreurDe(openDossier(chemin, QUI))).toMatchObject({ code: 'dossier-tenu', message: expect.stringContaining('poste-2') });
});

const abimes: [string, (chemin: string) => void, string][] = [
  ['un fichier de texte', (c) => writeFileSync(c, 'Ceci est une lettre, pas un dossier.\n'.repeat(100)), 'pas-un-dossier'],
  ['un fichier vide', (c) => writeFileSync(c, ''), 'pas-un-dossier'],
  ['un dossier tronqué', (c) => truncateSync(c, 3 * 8192), 'dossier-endommage'],
  ['un dossier écrasé en son milieu', (c) => {
    const octets = readFileSync(c);
    octets.fill(0x5a, 8192, 6 * 8192);
    writeFileSync(c, octets);
  }, 'dossier-endommage'],
  ['un SQLite étranger', (c) => execFileSync('sqlite3', [c, 'PRAGMA application_id = 7'], { encoding: 'utf8' }), 'pas-un-dossier'],
  ['un dossier d’une version à venir', (c) => execFileSync('sqlite3', [c, 'PRAGMA user_version = 99'], { encoding: 'utf8' }), 'dossier-trop-recent'],
];

test.each(abimes)('%s est refusé en deux parties, sans changer un octet', async (_nom, abimer, code) => {
  const chemin = nouveau();
  abimer(chemin);
  const avant = readFileSync(chemin);
  const erreur = await erreurDe(openDossier(chemin, QUI));
  expect(erreur).toMatchObject({ code, sortie: 2 });
  expect(erreur.message.endsWith('.') || erreur.message.endsWith(').')).toBe(true);
  expect(erreur.action.length).toBeGreaterThan(10);
  expect(readFileSync(chemin).equals(avant)).toBe(true);
  expect(readdirSync(join(chemin, '..'))).toEqual(['essai.cus']);
});

test('la version à venir nomme les deux versions', async () => {
  const chemin = nouveau();
  execFileSync('sqlite3', [chemin, 'PRAGMA user_version = 99']);
  expect((await erreurDe(openDossier(chemin, QUI))).message).toContain(`version 99 ; cette application connaît jusqu’à la version ${VERSION_FICHIER}`);
});

test('une migration qui échoue ne laisse rien', () => {
  const chemin = nouveau();
  const base = openConnexion(chemin);
  onTestFinished(() => void base.close());
  const suite = [
    { version: VERSION_FICHIER + 1, nom: 'bonne', sql: 'CREATE TABLE nouvelle (a INTEGER) STRICT' },
    { version: VERSION_FICHIER + 2, nom: 'mauvaise', sql: 'CREATE TABLE champ (a INTEGER) STRICT' },
  ];
  expect(() => migrate(base, VERSION_FICHIER, suite)).toThrow();
  expect({
    version: base.pragma('user_version', { simple: true }),
    nouvelle: base.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'nouvelle'").get(),
  }).toEqual({ version: VERSION_FICHIER, nouvelle: { n: 0 } });
  expect(migrate(base, VERSION_FICHIER, suite.slice(0, 1))).toBe(1);
  expect(base.pragma('user_version', { simple: true })).toBe(VERSION_FICHIER + 1);
});

test('sauvegarde, puis restauration : le fichier abîmé est mis de côté, jamais détruit', async () => {
  const chemin = nouveau();
  const dossier = await openDossier(chemin, QUI);
  const sauvegarde = await backupDossier(dossier.base, chemin, QUI.maintenant);
  dossier.fermer();
  truncateSync(chemin, 20_000);
  const abime = readFileSync(chemin);
  expect(await erreurDe(openDossier(chemin, QUI))).toMatchObject({ code: 'dossier-endommage', details: { sauvegardes: [sauvegarde] } });
  expect(listSauvegardes(chemin)).toEqual([sauvegarde]);
  const cote = restoreSauvegarde(chemin, sauvegarde, QUI.maintenant);
  expect(readFileSync(cote).equals(abime)).toBe(true);
  const rouvert = await openDossier(chemin, QUI);
  expect(rouvert.base.prepare('SELECT valeur FROM champ').all()).toEqual([{ valeur: 'Habitat du Littoral' }]);
  rouvert.fermer();
});

test('le journal est chaîné : une ligne changée se voit', async () => {
  const chemin = nouveau();
  const dossier = await openDossier(chemin, QUI);
  onTestFinished(() => dossier.fermer());
  for (const nom of ['A', 'B', 'C']) writeChamp(dossier.base, 'organisme/nom', nom, PAR);
  expect(verifyJournal(dossier.base)).toBeNull();
  dossier.base.prepare("UPDATE journal SET apres = 'Z' WHERE id = 3").run();
  expect(verifyJournal(dossier.base)).toBe(3);
});

test('un dossier ou un répertoire en lecture seule : dit, avec son nom, sans rien laisser', () => {
  for (const verrouille of ['fichier', 'repertoire'] as const) {
    const chemin = nouveau();
    const repertoire = join(chemin, '..');
    chmodSync(chemin, verrouille === 'fichier' ? 0o444 : 0o666);
    chmodSync(repertoire, verrouille === 'repertoire' ? 0o555 : 0o777);
    // L'administrateur passe outre les droits : l'essai les perd, une fois les modules chargés.
    const programme = `
      import { openDossier } from ${JSON.stringify(join(import.meta.dirname, '../../../electron/store/ouverture.ts'))};
      if (process.getuid() === 0) process.setuid(65534);
      await openDossier(${JSON.stringify(chemin)}, { utilisateur: 'A', ordinateur: 'B', maintenant: new Date() }).then(() => console.log('ouvert'), (e) => console.log(JSON.stringify(e.erreur)));
    `;
    const dit = execFileSync(process.execPath, ['--input-type=module', '-e', programme], { encoding: 'utf8' });
    expect(JSON.parse(dit)).toMatchObject({ code: 'lecture-seule', sortie: 2, message: expect.stringContaining(`« ${chemin} » ne peut pas être ouvert en écriture`) });
    expect(readdirSync(repertoire)).toEqual(['essai.cus']);
    chmodSync(repertoire, 0o777);
  }
});

test('un répertoire à la place du dossier est nommé pour ce qu’il est', async () => {
  const chemin = join(tempDir(), 'dir.cus');
  mkdirSync(chemin);
  expect(await erreurDe(openDossier(chemin, QUI))).toMatchObject({ code: 'repertoire', message: `« ${chemin} » est un répertoire, non un dossier Atelier CUS.` });
});
