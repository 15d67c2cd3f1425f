import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPaquet, readEntry } from '../../../electron/paquet/index.ts';
import { nomAttente, placePaquet, undoDepot } from '../../../electron/service/depot/place.ts';
import { openConnexion, openReadOnly } from '../../../electron/store/connexion.ts';
import { insertDepot, readDepots } from '../../../electron/store/depots.ts';
import { verifyJournal } from '../../../electron/store/journal.ts';
import { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { nomPaquet } from '../../../shared/paquet/noms.ts';
import { essaiService } from '../../aides/service.ts';
import { entrees, essaiDossier, lireJson, SIREN } from './aides.ts';

const paquetV1 = nomPaquet(SIREN, '2019', 1, false);

test('les chiffres du paquet sont ceux des opérations, et leur empreinte nomme le dépôt', async () => {
  const { faire, envoi } = await essaiDossier();
  const attendu = {
    etat: await faire('etat.lire', {}),
    ensembles: (await faire('ensembles.lister', {})).ensembles,
    communes: (await faire('loyers.lire', { par: 'commune', surface: 'SU' })).lignes,
    cibles: (await faire('engagements.matrice', {})).lignes.flatMap((l) => l.cellules.map((c) => [c.champ, c.saisie, c.numerateur, c.denominateur])),
    champs: (await faire('champs.lister', {})).champs.filter((c) => c.type !== 'cible').map((c) => [c.champ, c.valeur]),
  };
  const depot = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  const octets = await readEntry(await openPaquet(depot.paquet), 'donnees.json');
  const d = DonneesPaquet.parse(JSON.parse(new TextDecoder().decode(octets)));
  expect({
    etat: d.etat,
    ensembles: d.ensembles,
    communes: d.loyers.find((l) => l.par === 'commune' && l.surface === 'SU')?.lignes,
    cibles: d.engagements.map((e) => [e.champ, e.saisie, e.numerateur, e.denominateur]),
    champs: d.champs.map((c) => [c.champ, c.valeur]),
  }).toEqual(attendu);
  expect(depot).toEqual({
    paquet: join(envoi, paquetV1), version: 1, empreinte: createHash('sha256').update(octets).digest('hex'), certificat: null,
    fichiers: ['LISEZ-MOI.txt', 'convention.pdf', 'engagements.xlsx', 'engagements.ods', 'etat-des-lieux.xlsx', 'carte-loyers.pdf', 'avis.xlsx', 'donnees.json'],
  });
  expect((await faire('depot.lister', {})).depots).toEqual([
    { version: 1, date: d.date, empreinte: depot.empreinte, paquet: depot.paquet, signe: false, signataire: null, malgre: null, fichiers: depot.fichiers },
  ]);
  expect(readdirSync(envoi)).toEqual([paquetV1]);
});

test('même dossier, même instant : mêmes octets ; signé, seule la signature diffère', async () => {
  const { faire, chemin, repertoire, envoi } = await essaiDossier();
  const copie = join(repertoire, 'copie.cus');
  await faire('dossier.copier', { destination: copie });
  const p12 = join(repertoire, 'cle.p12');
  await faire('certificat.creer', { destination: p12, nom: 'Ada', motDePasse: 'x' });
  const deposer = async (dossier: string, r: string) => {
    await faire('dossier.ouvrir', { chemin: dossier });
    const zip = await faire('depot.deposer', { repertoire: r, sansSignature: true });
    const asice = await faire('depot.deposer', { repertoire: r, p12, motDePasse: 'x' });
    return { zip: readFileSync(zip.paquet), asice: (await entrees(asice.paquet)).map(([nom, h]) => [nom, nom === 'META-INF/signature.p7s' ? '' : h]) };
  };
  const premier = await deposer(chemin, envoi);
  const second = await deposer(copie, join(repertoire, 'ailleurs'));
  expect(second.zip.equals(premier.zip)).toBe(true);
  expect(second.asice).toEqual(premier.asice);
});

test('v1 extraite montre v1 après que tout a changé, ne se modifie pas, ne remplace rien', async () => {
  const { faire, echouer, chemin, repertoire, envoi } = await essaiDossier();
  const champ = 'engagement/G-1/organisme/2026/total';
  const figures = async () => ({ etat: await faire('etat.lire', {}), champs: (await faire('champs.lister', {})).champs, loyers: await faire('loyers.lire', { par: 'commune' }) });
  const avant = await figures();
  await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  await faire('champs.definir', { champ, valeur: '9' });
  await faire('champs.definir', { champ: 'organisme/nom', valeur: 'Autre nom' });
  await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  const v1 = join(repertoire, 'v1.cus');
  expect(await faire('depot.extraire', { version: 1, destination: v1 })).toEqual({ chemin: v1 });
  expect(await echouer('depot.extraire', { version: 2, destination: v1 })).toMatchObject({ code: 'fichier-existant' });
  expect(await echouer('depot.extraire', { version: 3, destination: join(repertoire, 'v3.cus') })).toMatchObject({ code: 'depot-inconnu' });
  expect(await faire('dossier.ouvrir', { chemin: v1 })).toMatchObject({ lectureSeule: true, organisme: { nom: 'Habitat du Littoral' } });
  expect(await figures()).toEqual(avant);
  expect(await echouer('champs.definir', { champ, valeur: '1' })).toMatchObject({ code: 'lecture-seule' });
  expect(await echouer('depot.deposer', { repertoire: envoi, sansSignature: true })).toMatchObject({ code: 'lecture-seule' });
  await faire('dossier.ouvrir', { chemin });
  await faire('depot.extraire', { version: 2, destination: join(repertoire, 'v2.cus') });
  await faire('dossier.ouvrir', { chemin: join(repertoire, 'v2.cus') });
  expect((await faire('champs.lister', {})).champs.find((c) => c.champ === champ)?.valeur).toBe('9');
  // La copie de v2 ne contient pas celle de v1 : un dossier ne double pas à chaque dépôt.
  await faire('dossier.fermer', {});
  const base = openReadOnly(join(repertoire, 'v2.cus'));
  expect(base.prepare('SELECT count(*) AS n FROM depot_copie').get()).toEqual({ n: 0 });
  base.close();
});

describe('constats bloquants', () => {
  test('refusé sans motif ; avec, le motif est dans le paquet ; sans constat, le motif n’a pas lieu d’être', async () => {
    const { faire, echouer, envoi } = await essaiDossier();
    const { paquet: libre } = await faire('depot.deposer', { repertoire: envoi, sansSignature: true, malgre: 'sans objet' });
    expect(await lireJson(libre, 'donnees.json')).toMatchObject({ malgre: null });
    await faire('champs.definir', { champ: 'organisme/psp/date', valeur: '' });
    expect(await faire('depot.apercu', {})).toMatchObject({ version: 2, nomPaquet: nomPaquet(SIREN, '2019', 2, true), bloquants: 1 });
    expect(await echouer('depot.deposer', { repertoire: envoi, sansSignature: true })).toMatchObject({ code: 'constats-bloquants', sortie: 1 });
    const { paquet } = await faire('depot.deposer', { repertoire: envoi, sansSignature: true, malgre: ' Délibération le 12 mars ' });
    expect(await lireJson(paquet, 'donnees.json')).toMatchObject({ malgre: 'Délibération le 12 mars', constats: { bloquants: [{ champ: 'organisme/psp/date' }] } });
    expect(new TextDecoder().decode(await readEntry(await openPaquet(paquet), 'LISEZ-MOI.txt'))).toContain('Délibération le 12 mars');
  });
});

test('modifications.json de v2 : ce qui a changé, l’empreinte d’avant, les réponses', async () => {
  const { faire, envoi } = await essaiDossier();
  const v1 = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  await faire('champs.definir', { champ: 'organisme/contact/nom', valeur: 'Ada' });
  const v2 = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  expect(await lireJson(v2.paquet, 'modifications.json')).toEqual({
    schema: 'atelier-cus/modifications/1', de: 1, a: 2, empreintePrecedente: v1.empreinte,
    modifications: [{ champ: 'organisme/contact/nom', libelle: 'Personne à joindre', avant: 'Camille Exemple', apres: 'Ada', quand: '2026-03-01T09:00:00.000Z' }],
    reponses: [],
  });
  expect(await lireJson(v2.paquet, 'donnees.json')).toMatchObject({ version: 2, precedent: v1.empreinte });
});

test('prévisualiser donne le document que le dépôt contiendra', async () => {
  const { faire, echouer, repertoire, envoi } = await essaiDossier();
  const { fichiers } = await faire('depot.apercu', {});
  const vus = new Map<string, string>();
  for (const { nom } of fichiers.filter((f) => f.nom !== 'LISEZ-MOI.txt')) {
    const { chemin } = await faire('depot.previsualiser', { fichier: nom, destination: join(repertoire, `vu-${nom}`) });
    vus.set(nom, createHash('sha256').update(readFileSync(chemin)).digest('hex'));
  }
  const { paquet } = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  expect(new Map((await entrees(paquet)).filter(([nom]) => vus.has(nom)))).toEqual(vus);
  expect(await echouer('depot.previsualiser', { fichier: 'secret.txt', destination: join(repertoire, 'x') })).toMatchObject({ code: 'document-inconnu' });
});

describe('ce qui est déjà là', () => {
  test('un fichier du même nom est gardé sous un autre', async () => {
    const { faire, envoi } = await essaiDossier();
    mkdirSync(envoi);
    writeFileSync(join(envoi, paquetV1), 'ancien');
    await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
    expect(readdirSync(envoi).toSorted()).toEqual([paquetV1.replace('.zip', '.precedent-1.zip'), paquetV1]);
    expect(readFileSync(join(envoi, paquetV1.replace('.zip', '.precedent-1.zip')), 'utf8')).toBe('ancien');
  });

  test('un répertoire à la place du paquet : refusé, rien d’enregistré, rien d’écrit', async () => {
    const { faire, echouer, envoi } = await essaiDossier();
    mkdirSync(join(envoi, paquetV1), { recursive: true });
    const avant = (await faire('journal.lire', { decalage: 0, nombre: 1 })).total;
    expect(await echouer('depot.deposer', { repertoire: envoi, sansSignature: true })).toMatchObject({ code: 'place-prise', sortie: 2 });
    expect({ depots: (await faire('depot.lister', {})).depots, journal: (await faire('journal.lire', { decalage: 0, nombre: 1 })).total, fichiers: readdirSync(envoi) }).toEqual({
      depots: [], journal: avant, fichiers: [paquetV1],
    });
  });
});

describe('coupures', () => {
  test('entre l’enregistrement et le dernier nom : le paquet attend, et prend son nom au premier regard', async () => {
    const { faire, chemin, envoi } = await essaiDossier();
    const depot = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
    await faire('dossier.fermer', {});
    renameSync(depot.paquet, nomAttente(depot));
    await faire('dossier.ouvrir', { chemin });
    await faire('depot.lister', {});
    expect({ fichiers: readdirSync(envoi), verdict: (await faire('paquet.verifier', { chemin: depot.paquet })).verdict }).toEqual({ fichiers: [paquetV1], verdict: 'non-signe' });
  });

  test('un reste d’un autre dépôt ne prend la place de rien', async () => {
    const { faire, envoi } = await essaiDossier();
    const depot = await faire('depot.deposer', { repertoire: envoi, sansSignature: true });
    renameSync(depot.paquet, join(envoi, 'ailleurs.zip'));
    writeFileSync(nomAttente(depot), 'à moitié');
    await faire('depot.lister', {});
    expect(existsSync(depot.paquet)).toBe(false);
  });

  test('le dernier nom impossible : le dépôt est défait, le journal reste enchaîné', async () => {
    const { faire, chemin, envoi } = await essaiDossier();
    await faire('dossier.fermer', {});
    mkdirSync(envoi);
    const base = openConnexion(chemin);
    const depot = { version: 1, date: '2026-03-01', empreinte: 'a'.repeat(64), paquet: join(envoi, 'P.zip'), signe: false, signataire: null, malgre: null, fichiers: [] };
    const par = { qui: 'Ada', quand: '2026-03-01' };
    insertDepot(base, depot, Buffer.from('{}'), [Buffer.from('copie')], par);
    const place = (): void => {
      try {
        placePaquet(depot);
      } catch (cause) {
        undoDepot(base, depot, par, cause);
      }
    };
    expect(place).toThrow('n’a pas pu prendre sa place');
    expect({ depots: readDepots(base), copies: base.prepare('SELECT count(*) AS n FROM depot_copie').get(), journal: verifyJournal(base) }).toEqual({ depots: [], copies: { n: 0 }, journal: null });
    base.close();
  });
});

test('une saisie pendant le dépôt : les chiffres du paquet et sa copie figée sont du même instant', async () => {
  const { faire, repertoire, envoi } = await essaiDossier();
  const enCours = faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  await faire('champs.definir', { champ: 'organisme/contact/nom', valeur: 'Tapé pendant' });
  const { paquet } = await enCours;
  const { champs } = DonneesPaquet.parse(await lireJson(paquet, 'donnees.json'));
  const v1 = join(repertoire, 'v1.cus');
  await faire('depot.extraire', { version: 1, destination: v1 });
  await faire('dossier.ouvrir', { chemin: v1 });
  const valeur = 'Tapé pendant';
  expect([champs.find((c) => c.champ === 'organisme/contact/nom')?.valeur, (await faire('champs.lister', {})).champs.find((c) => c.champ === 'organisme/contact/nom')?.valeur]).toEqual([valeur, valeur]);
});

test('deux dépôts demandés à la fois : un seul est fait', async () => {
  const { faire, echouer, envoi } = await essaiDossier();
  const premier = faire('depot.deposer', { repertoire: envoi, sansSignature: true });
  expect(await echouer('depot.deposer', { repertoire: envoi, sansSignature: true })).toMatchObject({ code: 'depot-en-cours' });
  await premier;
  expect((await faire('depot.lister', {})).depots.map((d) => d.version)).toEqual([1]);
});

test('certificat : créé, relu, refusé avec un autre mot de passe', async () => {
  const { faire, echouer, repertoire } = essaiService();
  const p12 = join(repertoire, 'ada.p12');
  const cree = await faire('certificat.creer', { destination: p12, nom: ' Ada ', motDePasse: 'mot de passe' });
  expect(cree).toMatchObject({ p12, certificat: join(repertoire, 'ada.pem'), description: { nom: 'Ada', emetteur: 'Ada', autosigne: true, du: '2026-03-01T09:00:00.000Z', algorithme: 'EC P-256' } });
  expect(await faire('certificat.lire', { p12, motDePasse: 'mot de passe' })).toEqual(cree.description);
  expect(await echouer('certificat.lire', { p12, motDePasse: 'autre' })).toMatchObject({ code: 'p12-mot-de-passe', sortie: 2 });
});
