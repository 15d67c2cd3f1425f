import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillChamps, fillEngagements, importParc } from '../../../electron/service/demonstration-etapes.ts';
import { bailleurDemonstration } from '../../../electron/demo/index.ts';
import { createSelfSigned } from '../../../electron/paquet/index.ts';
import { openConnexion } from '../../../electron/store/connexion.ts';
import { contenu, copier, cus, digestDossier, execute, json, jsonIci, MAINTENANT, preparer, RACINE } from './aides/cus.ts';

const { siren, nom } = bailleurDemonstration;
let r: string;
let plein: string;
let paquet: string;
let autre: string;

beforeAll(async () => {
  r = mkdtempSync(join(tmpdir(), 'cus-refus-'));
  plein = join(r, 'plein.cus');
  await preparer(r, async (faire) => {
    await faire('dossier.creer', { chemin: join(r, 'autre.cus'), siren: '782824114', nom: 'Autre Habitat', nature: 'OPH', effet: '2026-01-01' });
    autre = (await faire('depot.deposer', { repertoire: r, sansSignature: true, malgre: 'essai' })).paquet;
    await faire('dossier.creer', { chemin: plein, siren, nom, nature: 'OPH', effet: '2026-01-01' });
    await fillChamps(faire);
    await importParc(faire, r);
    await fillEngagements(faire);
    await faire('certificat.creer', { destination: join(r, 'cle.p12'), nom: 'Ada', motDePasse: 'secret' });
    paquet = (await faire('depot.deposer', { repertoire: r, p12: join(r, 'cle.p12'), motDePasse: 'secret' })).paquet;
  });
  const ecrire = (f: string, octets: string | Uint8Array): void => writeFileSync(join(r, f), octets);
  ecrire('secret.txt', 'secret\n');
  ecrire('faux.txt', 'autre\n');
  ecrire('texte.cus', 'ceci n’est pas un dossier');
  ecrire('vide.csv', '');
  ecrire('profil-faux.json', '{"version": 2}');
  ecrire('profil-texte.json', 'colonnes = …');
  ecrire('texte.txt', 'bonjour');
  ecrire('inconnu.csv', 'champ;nature;texte;valeur_proposee\norganisme/nom;question;ok;\norganisme/zzz;question;?;\n');
  ecrire('sans-colonne.csv', 'champ;texte\norganisme/nom;ok\n');
  ecrire('coupe.csv', 'champ;nature;texte;valeur_proposee\norganisme/nom;question;un ; deux ; trois;\n');
  ecrire('bonnes.csv', 'champ;nature;texte;valeur_proposee\norganisme/nom;question;ok;\n');
  const expire = await createSelfSigned({ nom: 'Vieux', instant: new Date('2020-01-01T00:00:00Z'), type: 'EC', validiteJours: 30, motDePasse: 'secret' });
  ecrire('expire.p12', expire.p12);
  ecrire('cert.pem', expire.certificatPem);
  execFileSync('openssl', ['pkcs12', '-export', '-nokeys', '-in', join(r, 'cle.pem'), '-out', join(r, 'sans-cle.p12'), '-passout', 'pass:secret'], { stdio: 'pipe' });
  const octets = readFileSync(paquet);
  const rang = octets.indexOf('donnees.json') + 4000;
  octets[rang] = (octets[rang] ?? 0) ^ 1;
  ecrire('modifie.asice', octets);
  copier(plein, join(r, 'tronque.cus'));
  truncateSync(join(r, 'tronque.cus'), 200_000);
  copier(plein, join(r, 'futur.cus'));
  const futur = openConnexion(join(r, 'futur.cus'));
  futur.pragma('user_version = 99');
  futur.close();
  for (const v of [1, 2]) await json(['annoter', v === 1 ? paquet : autre, '--observations', 'bonnes.csv', '--sortie', v === 1 ? 'avis.xlsx' : 'avis-autre.xlsx'], { cwd: r });
}, 60_000);
afterAll(() => rmSync(r, { recursive: true, force: true }));

const DEPOSER = ['deposer', 'd.cus', '--sortie', 'envoi'];
const SIGNER = ['--mot-de-passe-fichier', 'secret.txt'];

/** Ligne de commande, code de sortie, code d'erreur, et ce que le message doit nommer. */
const REFUS: [string[], 1 | 2, string, RegExp][] = [
  [['inconnu'], 2, 'usage', /« inconnu » n’existe pas/u],
  [['etat'], 2, 'usage', /DOSSIER/u],
  [['etat', 'd.cus', 'de trop'], 2, 'usage', /de trop/u],
  [['etat', 'd.cus', '--par', 'x'], 2, 'usage', /--par/u],
  [['etat', 'd.cus', '--territoire'], 2, 'usage', /--territoire/u],
  [['loyers', 'd.cus', '--par', 'region'], 2, 'usage', /region/u],
  [['creer', 'n.cus', '--siren', siren], 2, 'usage', /--nom/u],
  [['creer', 'n.cus', '--siren', '123456789', '--nom', 'X'], 2, 'siren-invalide', /123456789/u],
  [['creer', 'd.cus', '--siren', siren, '--nom', 'X'], 2, 'fichier-existant', /d\.cus/u],
  [['creer', 'n.cus', '--siren', siren, '--nom', 'X', '--effet', '2026-02-30'], 2, 'date-invalide', /2026-02-30/u],
  [['creer', 'n.cus', '--siren', siren, '--nom', 'X', '--millesime', '1999'], 2, 'millesime-inconnu', /1999/u],
  [['creer', 'absent/n.cus', '--siren', siren, '--nom', 'X'], 2, 'repertoire-absent', /absent/u],
  [['etat', 'absent.cus'], 2, 'dossier-absent', /absent\.cus/u],
  [['etat', 'texte.cus'], 2, 'pas-un-dossier', /texte\.cus/u],
  [['etat', 'tronque.cus'], 2, 'dossier-endommage', /tronque\.cus/u],
  [['etat', 'futur.cus'], 2, 'dossier-trop-recent', /version 99 .* version \d/u],
  [['definir', 'd.cus', 'organisme/zzz', 'x'], 2, 'champ-inconnu', /organisme\/zzz/u],
  [['definir', 'd.cus', 'engagement/PP-9/dep-13/3ans/total', '1'], 2, 'champ-inconnu', /PP-9/u],
  [['importer', 'd.cus', 'absent.csv'], 2, 'fichier-absent', /absent\.csv/u],
  [['importer', 'd.cus', 'vide.csv', '--appliquer'], 2, 'fichier-vide', /vide\.csv/u],
  [['importer', 'd.cus', 'vide.csv', '--profil', 'profil-faux.json'], 2, 'profil-invalide', /profil-faux\.json/u],
  [['importer', 'd.cus', 'vide.csv', '--profil', 'profil-texte.json'], 2, 'profil-invalide', /JSON/u],
  [['ensembles', 'd.cus', '--exporter', 'e.pdf'], 2, 'format-inconnu', /e\.pdf/u],
  [['npl', 'd.cus', '--scenario', 'texte.txt'], 2, 'scenario-illisible', /texte\.txt.*JSON/u],
  [['npl', 'd.cus', '--scenario', 'profil-faux.json'], 2, 'scenario-illisible', /version/u],
  [['npl', 'd.cus', '--scenario', 'absent.json'], 2, 'fichier-absent', /absent\.json/u],
  [['npl', 'd.cus', '--nom', 'Aucun'], 2, 'scenario-inconnu', /Aucun/u],
  [['npl', 'd.cus', '--bareme', 'bonnes.csv'], 2, 'nature-absente', /nature/u],
  [['npl', 'd.cus', '--bareme', 'bonnes.csv', '--nature', 'irl'], 2, 'colonnes-absentes', /annee, indice/u],
  [['npl', 'd.cus', '--nom', 'A', '--partager', 'zone', '--mixite', 'PLUS=100'], 2, 'options-incompatibles', /« --mixite » ne va pas avec « --partager »/u],
  [['npl', 'd.cus', '--nom', 'A', '--partager', 'occupation', '--zonage', 'ABC'], 2, 'options-incompatibles', /« --zonage » ne va pas avec « --partager »/u],
  [['npl', 'd.cus', '--nom', 'A', '--mixite', 'PLUS=100', '--poids', '1=1'], 2, 'options-incompatibles', /« --poids » ne va pas avec « --mixite »/u],
  [['npl', 'd.cus', '--retirer', '2027;PLS;B1', '--source', 'x'], 2, 'options-incompatibles', /« --source » ne va pas avec « --retirer »/u],
  [['npl', 'd.cus', '--nom', 'A', '--appliquer'], 2, 'options-incompatibles', /« --appliquer » ne va pas avec « --nom »/u],
  [['npl', 'd.cus', '--enregistrer'], 2, 'options-incompatibles', /« --enregistrer » ne va pas avec la liste des scénarios/u],
  [['npl', 'd.cus', '--ecrire', 's.json'], 2, 'nom-absent', /scénario/u],
  [['importer', 'd.cus', 'bonnes.csv', '--champs', '--appliquer', '--anomalies', 'a.csv'], 2, 'options-incompatibles', /« --anomalies », « --appliquer » ne vont pas avec « --champs »/u],
  [['npl', 'd.cus', '--nom', 'Aucun', '--ecrire', 'd.cus'], 2, 'cible-est-le-dossier', /d\.cus/u],
  [['engagements', 'd.cus', '--importer', 'absent.csv'], 2, 'fichier-absent', /absent\.csv/u],
  [DEPOSER, 2, 'usage', /comment signer/u],
  [['deposer', 'd.cus', '--sans-signature'], 2, 'usage', /--sortie/u],
  [[...DEPOSER, '--sans-signature', '--p12', 'cle.p12', ...SIGNER], 2, 'usage', /pas les deux/u],
  [[...DEPOSER, '--p12', 'cle.p12'], 2, 'usage', /--mot-de-passe-fichier/u],
  [[...DEPOSER, '--p12', 'cle.p12', '--mot-de-passe-fichier', 'faux.txt'], 2, 'p12-mot-de-passe', /mot de passe/u],
  [[...DEPOSER, '--p12', 'cle.p12', '--mot-de-passe-fichier', 'absent.txt'], 2, 'fichier-absent', /absent\.txt/u],
  [[...DEPOSER, '--p12', 'expire.p12', ...SIGNER], 2, 'certificat-expire', /31\/01\/2020/u],
  [[...DEPOSER, '--p12', 'sans-cle.p12', ...SIGNER], 2, 'p12-sans-cle', /clé privée/u],
  [[...DEPOSER, '--p12', 'texte.txt', ...SIGNER], 2, 'p12-illisible', /PKCS#12/u],
  [[...DEPOSER, '--sans-signature', '--malgre', ' '], 2, 'motif-vide', /motif/u],
  [['deposer', 'd.cus', '--sortie', 'texte.txt', '--sans-signature'], 2, 'pas-un-repertoire', /texte\.txt/u],
  [['deposer', 'bloque.cus', '--sortie', 'envoi', '--sans-signature'], 1, 'constats-bloquants', /plan stratégique/u],
  [['verifier', 'absent.asice'], 2, 'fichier-absent', /absent\.asice/u],
  [['annoter', 'modifie.asice', '--observations', 'bonnes.csv', '--sortie', 'R.xlsx'], 1, 'paquet-modifie', /modifié/u],
  [['annoter', 'texte.txt', '--observations', 'bonnes.csv', '--sortie', 'R.xlsx'], 2, 'paquet-illisible', /./u],
  [['annoter', 'P', '--observations', 'inconnu.csv', '--sortie', 'R.xlsx'], 2, 'observations-refusees', /ligne 3.*organisme\/zzz/u],
  [['annoter', 'P', '--observations', 'sans-colonne.csv', '--sortie', 'R.xlsx'], 2, 'observations-illisibles', /nature/u],
  [['annoter', 'P', '--observations', 'coupe.csv', '--sortie', 'R.xlsx'], 2, 'observations-illisibles', /ligne 2/u],
  [['annoter', 'P', '--observations', 'bonnes.csv', '--sortie', 'R.pdf'], 2, 'retour-format', /R\.pdf/u],
  [['annoter', 'P', '--observations', 'bonnes.csv', '--sortie', 'R.asice'], 2, 'retour-format', /signé/u],
  [['retour', 'd.cus', 'avis-autre.xlsx'], 1, 'retour-autre-organisme', /Autre Habitat.*782824114.*Habitat du Littoral/u],
  [['retour', 'd.cus', 'texte.txt'], 2, 'retour-illisible', /texte\.txt/u],
  [['retour', 'd.cus', 'P'], 2, 'retour-est-un-depot', /./u],
  [['retour', 'd.cus', 'modifie.asice'], 1, 'paquet-modifie', /modifié/u],
  [['observations', 'd.cus', '--repondre', 'zzz', '--texte', 'x'], 2, 'observation-inconnue', /zzz/u],
  [['observations', 'd.cus', '--repondre', 'zzz'], 2, 'usage', /--texte/u],
  [['observations', 'd.cus', '--accepter', 'zzz'], 2, 'observation-inconnue', /zzz/u],
  [['modifications', 'd.cus', '--de', '7'], 2, 'depot-inconnu', /v7/u],
  [['modifications', 'd.cus', '--de', '1', '--a', '1'], 2, 'depots-a-comparer', /v1/u],
  [['modifications', 'd.cus', '--de', 'un'], 2, 'usage', /« un »/u],
];

test('chaque refus : son code, sa sortie, un message en deux parties, rien de changé ni d’écrit', async () => {
  copier(plein, join(r, 'd.cus'));
  copier(plein, join(r, 'bloque.cus'));
  await json(['definir', 'bloque.cus', 'organisme/psp/date', ''], { cwd: r });
  await json(['etat', 'd.cus'], { cwd: r });
  const avant = { d: digestDossier(join(r, 'd.cus')), bloque: digestDossier(join(r, 'bloque.cus')), fichiers: contenu(r) };
  for (const [args, sortie, code, nomme] of REFUS) {
    const { code: fin, objet, stderr } = await jsonIci(args.map((a) => (a === 'P' ? paquet : a)), r);
    expect({ args, fin, objet }).toEqual({ args, fin: sortie, objet: { erreur: { code, message: expect.stringMatching(nomme), action: expect.stringMatching(/\S.*[.…»]$/u) } } });
    const { erreur } = objet as { erreur: { message: string; action: string } };
    expect(stderr).toContain(`${erreur.message}\n${erreur.action}\n`);
  }
  expect({ d: digestDossier(join(r, 'd.cus')), bloque: digestDossier(join(r, 'bloque.cus')), fichiers: contenu(r) }).toEqual(avant);
});

describe('verifier', () => {
  test('modifié : 1, le fichier nommé ; illisible : 2', async () => {
    expect(await json(['verifier', 'modifie.asice'], { cwd: r })).toMatchObject({ code: 1, objet: { verdict: 'modifie', signataires: [], ecarts: [{ quoi: 'change' }] } });
    expect(await json(['verifier', 'texte.txt'], { cwd: r })).toMatchObject({ code: 2, objet: { verdict: 'illisible', signataires: [], fichiers: [], ecarts: [] } });
    expect(await cus(['verifier', 'modifie.asice'], { cwd: r })).toMatchObject({ code: 1, stderr: expect.stringContaining('Modifié : refusé.') });
  });
});

test('un dossier ouvert ailleurs : refusé avec le nom de qui le tient', async () => {
  const d = copier(plein, join(r, 'tenu.cus'));
  await preparer(r, async (faire) => {
    await faire('dossier.ouvrir', { chemin: d });
    expect(await json(['definir', 'tenu.cus', 'organisme/nom', 'X'], { cwd: r })).toMatchObject({ code: 2, objet: { erreur: { code: 'dossier-tenu', message: expect.stringContaining(`par Ada sur ${hostname()} depuis`) } } });
  });
  expect((await json(['etat', 'tenu.cus'], { cwd: r })).code).toBe(0);
});

test.skipIf(process.platform === 'win32').each([100, 600, 1500])('plus de place (fichiers limités à %i Ko) : sortie 2, ni dépôt ni fichier', async (ko) => {
  const d = copier(plein, join(r, 'place.cus'));
  await json(['etat', 'place.cus'], { cwd: r });
  const avant = { dossier: digestDossier(d), fichiers: contenu(r) };
  const fin = await execute(
    'bash',
    ['-c', `ulimit -f ${ko}; exec "${process.execPath}" "${join(RACINE, 'electron/cli/cus.ts')}" deposer place.cus --sortie sans-place --sans-signature --json --maintenant ${MAINTENANT}`],
    { cwd: r },
  );
  expect({ ...fin, stdout: JSON.parse(fin.stdout) as unknown }).toMatchObject({ code: 2, stdout: { erreur: { action: expect.stringMatching(/rien n’a été changé/iu) } } });
  expect({ dossier: digestDossier(d), fichiers: contenu(r) }).toEqual(avant);
});
