import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fillChamps, fillEngagements, importParc } from '../../../electron/service/demonstration-etapes.ts';
import { bailleurDemonstration, ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import { copier, cus, execute, json, MAINTENANT, preparer, RACINE } from './aides/cus.ts';

const { siren, nom } = bailleurDemonstration;
let r: string;
let plein: string;
let rpls: string;

/** Un dossier complet, prêt à déposer, que chaque essai copie. */
beforeAll(async () => {
  r = mkdtempSync(join(tmpdir(), 'cus-verbes-'));
  plein = join(r, 'plein.cus');
  await preparer(r, async (faire) => {
    await faire('dossier.creer', { chemin: plein, siren, nom, nature: 'OPH', effet: '2026-01-01' });
    await fillChamps(faire);
    rpls = (await importParc(faire, r)).fichier;
    await fillEngagements(faire);
    await faire('certificat.creer', { destination: join(r, 'cle.p12'), nom: 'Ada', motDePasse: 'secret' });
  });
  writeFileSync(join(r, 'secret.txt'), 'secret\n');
}, 60_000);
afterAll(() => rmSync(r, { recursive: true, force: true }));

const comptes = z.record(z.string(), z.int());
const lancer = (...args: string[]) => json(args, { cwd: r });
async function lire<S extends z.ZodType>(schema: S, ...args: string[]): Promise<z.output<S>> {
  const { code, objet, stderr } = await lancer(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return schema.parse(objet);
}

describe('préparer', () => {
  test('creer, definir, champs', async () => {
    expect(await lancer('creer', 'neuf.cus', '--siren', '782824114', '--nom', 'Habitat', '--nature', 'ESH', '--effet', '2026-07-01', '--millesime', '2019')).toEqual({
      code: 0, stderr: '', objet: { dossier: join(r, 'neuf.cus'), organisme: { siren: '782824114', nom: 'Habitat', nature: 'ESH' }, millesime: '2019' },
    });
    expect((await lancer('definir', 'neuf.cus', 'organisme/psp/date', '18/06/2024')).objet).toEqual({ champ: 'organisme/psp/date', avant: null, apres: '2024-06-18' });
    expect((await lancer('definir', 'neuf.cus', 'organisme/psp/date', '2024-06-20')).objet).toEqual({ champ: 'organisme/psp/date', avant: '2024-06-18', apres: '2024-06-20' });
    expect((await lancer('definir', 'neuf.cus', 'engagement/PP-1/dep-13/3ans/total', '120')).objet).toEqual({ champ: 'engagement/PP-1/dep-13/3ans/total', avant: null, apres: '120' });
    const { champs } = await lire(
      z.strictObject({ champs: z.array(z.strictObject({ champ: z.string(), libelle: z.string(), valeur: z.string().nullable(), obligatoire: z.boolean() })) }),
      'champs', 'neuf.cus',
    );
    const valeurs = Object.fromEntries(champs.map((c) => [c.champ, c.valeur]));
    expect(valeurs).toMatchObject({ 'organisme/siren': '782824114', 'organisme/psp/date': '2024-06-20', 'engagement/PP-1/dep-13/3ans/total': '120' });
    expect(champs.find((c) => c.champ === 'organisme/siren')).toEqual({ champ: 'organisme/siren', libelle: 'SIREN', valeur: '782824114', obligatoire: true });
  });

  test('importer : le premier est appliqué, le second comparé, puis appliqué à la demande', async () => {
    await lancer('creer', 'import.cus', '--siren', siren, '--nom', nom, '--effet', '2026-01-01');
    const Resultat = z.strictObject({
      lignes: z.int(), acceptees: z.int(), rejetees: z.int(), signalees: z.int(), ajoutes: z.int(), modifies: z.int(), disparus: z.int(), inchanges: z.int(),
      applique: z.boolean(), logements: z.int(), ensembles: z.int(), dureeMs: z.number(),
      rejets: z.string().optional(),
      conflits: z.int(),
      corrections: z.unknown().optional(),
      anomalies: z.array(z.strictObject({ ligne: z.int(), champ: z.string(), valeur: z.string(), code: z.string(), message: z.string() })).max(100),
    });
    const premier = await lire(Resultat, 'importer', 'import.cus', rpls, '--anomalies', 'anomalies.csv');
    expect(premier).toMatchObject({ lignes: 2400, applique: true, ajoutes: premier.acceptees, modifies: 0, disparus: 0, inchanges: 0 });
    expect(premier.lignes).toBe(premier.acceptees + premier.rejetees);
    expect(premier.rejets).toBe(join(r, 'anomalies.rejets.csv'));
    expect(readFileSync(join(r, 'anomalies.csv'), 'utf8').split('\n').length).toBeGreaterThan(premier.rejetees);
    const { dureeMs: _, rejets: __, ...second } = await lire(Resultat, 'importer', 'import.cus', rpls);
    expect(second).toMatchObject({ applique: false, ajoutes: 0, modifies: 0, disparus: 0, inchanges: premier.acceptees });
    expect(await lire(Resultat, 'importer', 'import.cus', rpls, '--type', 'rpls', '--appliquer')).toMatchObject({ applique: true, inchanges: premier.acceptees });
  });

  test('attributions : importées, montrées par territoire et période, un objectif fixé ; une date illisible est refusée', async () => {
    copier(plein, join(r, 'attributions.cus'));
    writeFileSync(join(r, 'x.csv'), 'Identifiant;Date\n1;2\n');
    expect(await lancer('importer', 'attributions.cus', 'x.csv', '--type', 'attributions')).toMatchObject({ code: 2, objet: { erreur: { code: 'aucune-ligne' } } });
    writeFileSync(join(r, 'z.csv'), 'Commune;Jour de bail;DALO\n13055;01/02/2025;oui\n');
    expect(await lancer('importer', 'attributions.cus', 'z.csv', '--type', 'attributions')).toMatchObject({ code: 2, objet: { erreur: { code: 'profil-incomplet' } } });
    expect(await lancer('importer', 'attributions.cus', 'z.csv', '--type', 'attributions', '--champs')).toMatchObject({
      code: 0, objet: { type: 'attributions', colonnes: [{ nom: 'Commune', champ: 'COMMUNE' }, { nom: 'Jour de bail', champ: null }, { nom: 'DALO', champ: 'DALO' }], champs: expect.arrayContaining([expect.objectContaining({ nom: 'DATE', obligatoire: true, colonne: null }), expect.objectContaining({ nom: 'DALO', obligatoire: false, colonne: 'DALO' })]) },
    });
    // Un profil partiel est suivi, et complété par les titres ; ce qui vient d'où est dit.
    writeFileSync(join(r, 'p.json'), JSON.stringify({ version: 1, type: 'attributions', colonnes: { 'Jour de bail': 'DATE', DALO: '' } }));
    const suivi = [{ nom: 'Commune', champ: 'COMMUNE', origine: 'titre' }, { nom: 'Jour de bail', champ: 'DATE', origine: 'profil' }, { nom: 'DALO', champ: null, origine: null }];
    expect(await lancer('importer', 'attributions.cus', 'z.csv', '--profil', 'p.json', '--champs')).toMatchObject({ code: 0, objet: { colonnes: suivi, champs: expect.arrayContaining([expect.objectContaining({ nom: 'DATE', colonne: 'Jour de bail' })]) } });
    copier(plein, join(r, 'profil.cus'));
    expect(await lancer('importer', 'profil.cus', 'z.csv', '--profil', 'p.json')).toMatchObject({ code: 0, objet: { acceptees: 1, colonnes: suivi } });
    writeFileSync(join(r, 'a.csv'), 'date;commune;qpv;dalo\n2025-02-01;13055;non;oui\n2025-03-01;13055;non;non\n2024-03-01;13055;oui;\n');
    expect(await lancer('importer', 'attributions.cus', 'a.csv', '--type', 'attributions')).toMatchObject({ code: 0, objet: { lignes: 3, acceptees: 3, applique: true, ajoutes: 3 } });
    const montre = await lancer('attributions', 'attributions.cus', '--par', 'commune', '--periode', '2025', '--seuil', 'quartile-hors-qpv', '--territoire', 'epci-200054807', '--objectif', '30 %', '--source', 'CIA');
    expect(montre).toMatchObject({ code: 0, objet: { par: 'commune', lignes: [{ territoire: 'com-13055', periode: '2025', attributions: 2, mesures: { dalo: { nombre: 1, base: 2, inconnu: 0, baseInconnue: 0, baseInconnueOui: 0, baseInconnueNon: 0 } } }] } });
    expect(await lancer('attributions', 'attributions.cus', '--objectif', '30 %')).toMatchObject({ code: 2, objet: { erreur: { code: 'usage' } } });
  });

  test('npl : un scénario lu, gardé, relu ; sortie 1 quand la masse est dépassée', async () => {
    copier(plein, join(r, 'npl.cus'));
    const ecrire = (f: string, maximum: number) => {
      writeFileSync(join(r, f), JSON.stringify({ version: 1, nom: 'A', annee: 2027, choix: [{ ensemble: id, base: 'SU', plafonds: [{ plafond: 'PLUS', maximum }] }] }));
    };
    const Resultat = z.looseObject({ respectee: z.boolean(), avant: z.number(), apres: z.number(), lignes: z.array(z.looseObject({ ensemble: z.string(), base: z.string(), plafond: z.string() })) });
    writeFileSync(join(r, 'vide.json'), '{"version":1,"nom":"Base","annee":2027}');
    const base = await lire(Resultat, 'npl', 'npl.cus', '--scenario', 'vide.json');
    const id = base.lignes.find((l) => l.base === 'SU' && l.plafond === 'PLUS')?.ensemble ?? '';
    expect(await lire(z.strictObject({ scenarios: z.array(z.unknown()) }), 'npl', 'npl.cus')).toEqual({ scenarios: [] });
    ecrire('bas.json', 0.5);
    ecrire('haut.json', 50);
    const bas = await lire(Resultat, 'npl', 'npl.cus', '--scenario', 'bas.json', '--enregistrer');
    expect([bas.respectee, bas.avant === base.avant, bas.apres < base.apres]).toEqual([true, true, true]);
    const haut = await lancer('npl', 'npl.cus', '--scenario', 'haut.json');
    expect([haut.code, Resultat.parse(haut.objet).respectee]).toEqual([1, false]);
    await lire(z.unknown(), 'npl', 'npl.cus', '--nom', 'A', '--ecrire', 'relu.json');
    const sansNumero = (o: unknown) => ({ ...Resultat.parse(o), scenario: null });
    expect(sansNumero((await lancer('npl', 'npl.cus', '--scenario', 'relu.json')).objet)).toEqual(sansNumero(bas));
    expect(sansNumero((await lancer('npl', 'npl.cus', '--nom', 'A')).objet)).toEqual(sansNumero(bas));
  });

  test('etat, ensembles, loyers : les mêmes totaux partout', async () => {
    const etat = await lire(
      z.strictObject({
        logements: z.int(), ensembles: z.int(), qpv: z.int(), horsQpv: z.int(), qpvInconnu: z.int(), financements: comptes, familles: comptes, dpe: comptes,
        annees: comptes, types: comptes, communes: comptes, epci: comptes, departements: comptes,
        dpeAvant: comptes, dpeDepuis: comptes, dpeSansDate: comptes, ages: comptes, pieces: comptes, surfaces: comptes, regions: comptes, vacants: z.int(), sortis: z.int(),
      }),
      'etat', 'plein.cus',
    );
    const somme = (c: Record<string, number>): number => Object.values(c).reduce((s, n) => s + n, 0);
    for (const c of [etat.financements, etat.familles, etat.dpe, etat.communes, etat.departements]) expect(somme(c)).toBe(etat.logements);
    expect(etat.qpv + etat.horsQpv + etat.qpvInconnu).toBe(etat.logements);
    const { ensembles } = await lire(
      z.strictObject({
        ensembles: z.array(z.strictObject({ id: z.string(), nom: z.string(), adresse: z.string(), commune: z.string(), logements: z.int(), financements: comptes, qpv: z.int() })),
      }),
      'ensembles', 'plein.cus',
    );
    expect({ nombre: ensembles.length, logements: ensembles.reduce((s, e) => s + e.logements, 0), qpv: ensembles.reduce((s, e) => s + e.qpv, 0) }).toEqual({
      nombre: etat.ensembles, logements: etat.logements, qpv: etat.qpv,
    });
    const Loyers = z.strictObject({
      lignes: z.array(
        z.strictObject({
          code: z.string(), nom: z.string(), logements: z.int(), loues: z.int(), surface: z.number(), loyerMensuel: z.number(), loyerM2: z.number().nullable(),
          avecMaximum: z.int(), loyerMaxM2: z.number().nullable(), ecartM2: z.number().nullable(),
        }),
      ),
    });
    const total = (l: z.output<typeof Loyers>) => ({
      logements: l.lignes.reduce((s, x) => s + x.logements, 0), loues: l.lignes.reduce((s, x) => s + x.loues, 0),
      centimes: l.lignes.reduce((s, x) => s + Math.round(x.loyerMensuel * 100), 0),
    });
    const organisme = await lire(Loyers, 'loyers', 'plein.cus', '--par', 'organisme');
    expect(organisme.lignes.map((l) => l.code)).toEqual(['organisme']);
    for (const par of ['departement', 'epci', 'commune', 'ensemble']) {
      expect(total(await lire(Loyers, 'loyers', 'plein.cus', '--par', par))).toEqual(total(organisme));
    }
    const departement = Object.keys(etat.departements)[0] ?? '';
    expect((await lancer('etat', 'plein.cus', '--territoire', `dep-${departement}`)).objet).toMatchObject({ logements: etat.departements[departement], departements: { [departement]: etat.departements[departement] } });
    expect((await lancer('etat', 'plein.cus', '--territoire', 'dep-99')).code).toBe(2);
  });

  test('engagements : la matrice, son export, sa relecture', async () => {
    const Cellules = z.array(
      z.strictObject({ champ: z.string(), reference: z.string().nullable(), valeur: z.number().nullable(), pourcentage: z.number().nullable(), numerateur: z.number().nullable(), denominateur: z.number().nullable() }),
    );
    const Engagements = z.object({ attendus: z.int(), renseignes: z.int(), cellules: Cellules });
    const avant = await lire(Engagements.strict(), 'engagements', 'plein.cus');
    expect(avant.renseignes).toBe(avant.attendus);
    await lire(Engagements.extend({ exporte: z.literal(join(r, 'cibles.csv')) }).strict(), 'engagements', 'plein.cus', '--exporter', 'cibles.csv');
    expect(readFileSync(join(r, 'cibles.csv'), 'utf8').split('\r\n')[0]).toBe('\ufeffindicateur;territoire;horizon;ventilation;reference;valeur;pourcentage;numerateur;denominateur;commentaire;saisie');
    copier(plein, join(r, 'relu.cus'));
    const relu = await lire(Engagements.extend({ import: z.unknown() }), 'engagements', 'relu.cus', '--importer', 'cibles.csv');
    expect(relu.cellules).toEqual(avant.cellules);
  });

  test('controler : 0 quand rien ne bloque, 1 sinon', async () => {
    const Constats = z.array(z.strictObject({ code: z.string(), message: z.string(), article: z.string(), champ: z.string().nullable() }));
    const Tous = z.strictObject({ bloquants: Constats, aJustifier: Constats, informations: Constats });
    expect((await lire(Tous, 'controler', 'plein.cus')).bloquants).toEqual([]);
    copier(plein, join(r, 'bloque.cus'));
    await lancer('definir', 'bloque.cus', 'organisme/psp/date', '');
    const { code, objet } = await lancer('controler', 'bloque.cus');
    expect({ code, champs: Tous.parse(objet).bloquants.map((c) => c.champ) }).toEqual({ code: 1, champs: ['organisme/psp/date'] });
  });
});

test('déposer, vérifier, annoter, lire le Retour, répondre, accepter, redéposer, comparer', async () => {
  copier(plein, join(r, 'chaine.cus'));
  const v1 = await lire(
    z.strictObject({ paquet: z.string(), version: z.int(), empreinte: z.string().regex(/^[0-9a-f]{64}$/u), fichiers: z.array(z.string()) }),
    'deposer', 'chaine.cus', '--sortie', 'envoi', '--p12', 'cle.p12', '--mot-de-passe-fichier', 'secret.txt',
  );
  const fichiers = ['LISEZ-MOI.txt', 'convention.pdf', 'engagements.xlsx', 'engagements.ods', 'etat-des-lieux.xlsx', 'carte-loyers.pdf', 'avis.xlsx', 'donnees.json'];
  expect(v1).toMatchObject({ paquet: join(r, 'envoi', `CUS_${siren}_2019_v01.asice`), version: 1, fichiers });
  expect(await lancer('verifier', v1.paquet, '--autorites', 'cle.pem')).toEqual({
    code: 0, stderr: '', objet: { verdict: 'signe', signataires: [{ nom: 'Ada', date: '2026-03-01T09:00:00.000Z', autorite: 'verifiee' }], fichiers, ecarts: [] },
  });
  const champ = 'engagement/G-1/organisme/2031/total';
  writeFileSync(join(r, 'remarques.csv'), `\ufeffchamp;nature;texte;valeur_proposee\r\norganisme/contact/telephone;a-completer;"Un numéro\nou un courriel ; au choix";\r\n${champ};proposition;;1400\r\n`);
  expect(await lancer('annoter', v1.paquet, '--observations', 'remarques.csv', '--sortie', 'avis.xlsx', '--avis', 'reserve')).toEqual({
    code: 0, stderr: '', objet: { retour: join(r, 'avis.xlsx'), observations: 2 },
  });
  expect((await lancer('annoter', v1.paquet, '--observations', 'remarques.csv', '--sortie', 'R.asice', '--avis', 'reserve', '--p12', 'cle.p12', '--mot-de-passe-fichier', 'secret.txt')).objet)
    .toEqual({ retour: join(r, 'R.asice'), observations: 2 });
  expect(await lancer('retour', 'chaine.cus', 'avis.xlsx')).toEqual({ code: 0, stderr: '', objet: { version: 1, nouvelles: 2, dejaConnues: 0, refusees: [] } });
  // Le même Retour par l'autre chemin : rien ne double.
  expect((await lancer('retour', 'chaine.cus', 'R.asice')).objet).toEqual({ version: 1, nouvelles: 0, dejaConnues: 2, refusees: [] });
  const Fils = z.strictObject({
    avis: z.literal('reserve'),
    observations: z.array(
      z.strictObject({
        id: z.string(), champ: z.string(), nature: z.string(), etat: z.string(), texte: z.string(), valeurProposee: z.string().nullable(),
        reponses: z.array(z.strictObject({ texte: z.string(), auteur: z.string(), date: z.string() })),
      }),
    ),
  });
  const fils = await lire(Fils, 'observations', 'chaine.cus');
  const de = (c: string): string => fils.observations.find((o) => o.champ === c)?.id ?? '';
  await lancer('observations', 'chaine.cus', '--repondre', de('organisme/contact/telephone'), '--texte', 'Le voici.');
  await lancer('definir', 'chaine.cus', 'organisme/contact/telephone', '01 99 00 00 00');
  const apres = await lire(Fils, 'observations', 'chaine.cus', '--accepter', de(champ));
  expect(apres.observations.map((o) => [o.champ, o.etat, o.reponses.map((x) => [x.texte, x.date])])).toEqual([
    [champ, 'repondue', [['Valeur proposée acceptée : 1400.', '2026-03-01T09:00:00.000Z']]],
    ['organisme/contact/telephone', 'repondue', [['Le voici.', '2026-03-01T09:00:00.000Z']]],
  ]);
  const v2 = await lancer('deposer', 'chaine.cus', '--sortie', 'envoi', '--sans-signature');
  expect(v2).toMatchObject({ code: 0, objet: { paquet: join(r, 'envoi', `CUS_${siren}_2019_v02.zip`), version: 2, fichiers: [...fichiers, 'modifications.json'] } });
  expect(await lire(z.unknown(), 'modifications', 'chaine.cus', '--de', '1', '--a', '2')).toEqual({
    modifications: [
      { champ: 'organisme/contact/telephone', avant: null, apres: '01 99 00 00 00', quand: '2026-03-01T09:00:00.000Z' },
      { champ, avant: '1442', apres: '1400', quand: '2026-03-01T09:00:00.000Z' },
    ],
  });
  expect((await lancer('modifications', 'chaine.cus')).objet).toEqual({ modifications: [] });
}, 120_000);

describe('la commande elle-même', () => {
  test('aide générale, aide d’un verbe, sans --json une phrase', async () => {
    const generale = await cus(['aide'], { cwd: r });
    const verbes = ['creer', 'definir', 'champs', 'importer', 'etat', 'logements', 'ensembles', 'loyers', 'engagements', 'controler', 'deposer', 'verifier', 'annoter', 'retour', 'observations', 'modifications', 'demo'];
    expect({ code: generale.code, verbes: verbes.filter((v) => new RegExp(`^  ${v} `, 'mu').test(generale.stdout)) }).toEqual({ code: 0, verbes });
    for (const verbe of ['deposer', 'importer']) expect(await cus([verbe, '--aide'], { cwd: r })).toMatchObject({ code: 0, stdout: expect.stringContaining(`Usage : cus ${verbe} DOSSIER`), stderr: '' });
    expect(await cus(['etat', 'plein.cus'], { cwd: r })).toMatchObject({ code: 0, stdout: expect.stringMatching(/Logements +2\u202f\d{3}/u), stderr: '' });
    expect(await cus([], { cwd: r })).toMatchObject({ code: 0, stdout: generale.stdout });
  });

  test('par npm, un chemin relatif part de là où la commande est tapée', async () => {
    const { code, stdout } = await execute('npm', ['--prefix', RACINE, 'run', '--silent', 'cus', '--', 'etat', 'plein.cus', '--json', '--maintenant', MAINTENANT], { cwd: r });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual((await lancer('etat', 'plein.cus')).objet);
  });

  test('un lecteur qui part n’est pas une erreur', async () => {
    const fin = await execute('bash', ['-c', `set -o pipefail; "${process.execPath}" "${join(RACINE, 'electron/cli/cus.ts')}" champs plein.cus --json | head -c 10`], { cwd: r });
    expect(fin).toEqual({ code: 0, stdout: '{"champs":', stderr: '' });
  });

  test('une sortie pleine se dit', async () => {
    const fin = await execute('bash', ['-c', `"${process.execPath}" "${join(RACINE, 'electron/cli/cus.ts')}" champs plein.cus --json > /dev/full`], { cwd: r });
    expect(fin).toMatchObject({ code: 2, stderr: expect.stringContaining('n’a pas pu être écrite') });
  });

  test.skipIf(process.platform === 'win32')('Ctrl+C pendant un import : sortie 2, rien de changé', async () => {
    await lancer('creer', 'interrompu.cus', '--siren', siren, '--nom', nom, '--effet', '2026-01-01');
    // Assez grand pour que l'import dure bien plus que l'envoi du signal.
    const grand = join(r, 'grand.csv');
    ecrireFichier(generateBailleur({ graine: 5, logements: 60_000, annee: 2026, siren }), grand);
    const fin = await cus(['importer', 'interrompu.cus', grand, '--json'], {
      cwd: r,
      lance(processus) {
        // Le dossier tout juste ouvert, l'import n'a pas pu finir.
        const guet = setInterval(() => {
          if (!existsSync(join(r, 'interrompu.cus.verrou'))) return;
          clearInterval(guet);
          processus.kill('SIGINT');
        }, 2);
        processus.on('exit', () => clearInterval(guet));
      },
    });
    expect(fin).toMatchObject({ code: 2, stdout: expect.stringContaining('"annule"') });
    expect((await lancer('etat', 'interrompu.cus')).objet).toMatchObject({ logements: 0 });
  });
});
