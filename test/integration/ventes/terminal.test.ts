import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cus, digestDossier, jsonIci } from '../cli/aides/cus.ts';
import { essaiVentes } from './aide.ts';

it('un fichier dont aucune ligne n’est gardée sort en 1, avec ses raisons', async () => {
  const { faire, fichier, repertoire, chemin } = await essaiVentes();
  await faire('dossier.fermer', {});
  const plan = await jsonIci(['ventes', chemin, '--ajouter', fichier('p.csv', 'identifiant;annee\nNUL;2027\nNUL2;2027\n')], repertoire);
  expect([plan.code, plan.objet]).toMatchObject([1, { logements: 0, import: { lignes: 2, ajoutees: 0, refusees: [{ ligne: 2, raison: 'Aucun logement du dossier n’a cet identifiant.' }, { ligne: 3 }] } }]);
  const taux = await jsonIci(['ventes', chemin, '--communes', fichier('c.csv', 'commune;taux\n99999;12\n')], repertoire);
  expect([taux.code, taux.objet]).toMatchObject([1, { tableCommunes: { enregistrees: 0, refusees: [{ ligne: 2, raison: 'Commune « 99999 » inconnue.' }] } }]);
  const codesSeuls = await jsonIci(['ventes', chemin, '--communes', fichier('codes.csv', 'commune;population\n13055;870000\n')], repertoire);
  expect([codesSeuls.code, codesSeuls.objet]).toMatchObject([2, { erreur: { code: 'colonnes-absentes', action: 'Ajouter au moins l’une de : taux, objectif, residences, sociaux, carence, mixite ; rien n’a été changé.' } }]);
});

it('deux écritures en une commande sont refusées, et rien n’est changé', async () => {
  const { faire, choisis, plan, fichier, repertoire, chemin } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027', acquereur: 'locataires' });
  const commune = (await plan())[0]?.commune ?? '';
  await faire('dossier.fermer', {});
  const com = fichier('com.csv', `commune;taux\n${commune};12\n`);
  const avant = digestDossier(chemin);
  const suites = [['--ajouter', fichier('p.csv', 'identifiant;annee\nNUL;2027\n')], ['--filtre', `ident_int=${choisis[0]}`], ['--exporter', join(repertoire, 'p.txt')], ['--courriers', join(repertoire, 'l')], ['--annee', '2027']];
  for (const suite of suites) {
    const r = await jsonIci(['ventes', chemin, '--communes', com, '--source', 'essai', ...suite], repertoire);
    expect([r.code, r.objet]).toMatchObject([2, { erreur: { message: expect.stringContaining(suite[0] ?? '') as string } }]);
  }
  expect((await jsonIci(['ventes', chemin, '--source', 'essai'], repertoire)).code).toBe(2);
  expect(digestDossier(chemin)).toBe(avant);
  expect((await jsonIci(['ventes', chemin, '--communes', com, '--source', 'essai'], repertoire)).code).toBe(0);
});

it('consultations : une option que l’action ne lit pas est refusée, et rien n’est changé', async () => {
  const { faire, choisis, plan, repertoire, chemin } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027', acquereur: 'locataires' });
  const commune = (await plan())[0]?.commune ?? '';
  await faire('ventes.ajouterGarant', { nature: 'collectivite', nom: 'Département', cases: [{ colonne: 'communes', texte: commune }] });
  await faire('dossier.fermer', {});
  const avant = digestDossier(chemin);
  for (const [args, dit] of [
    [['--retirer', 'garant-1', '--envoyee', '2026-01-15', '--reponse', 'favorable'], '« --envoyee », « --reponse » ne vont pas avec « --retirer »'],
    [['--retirer', 'garant-1', '--cle', commune], '« --cle » ne va pas avec « --retirer »'],
    [['--courriers', join(repertoire, 'L1'), '--envoyee', '2026-01-15'], '« --envoyee » ne va pas avec « --courriers »'],
    [['--ajouter', 'Région', '--nom', 'Autre'], '« --nom » ne va pas avec « --ajouter »'],
    [['--nature', 'groupement'], 'Il manque la consultation à remplir'],
    [['--cle', commune], '« --cle » ne dit pas ce qui change'],
  ] as const) {
    const r = await jsonIci(['consultations', chemin, ...args], repertoire);
    expect([r.code, r.objet]).toMatchObject([2, { erreur: { message: expect.stringContaining(dit) as string } }]);
  }
  expect([digestDossier(chemin), readdirSync(repertoire).includes('L1')]).toEqual([avant, false]);
});

it('les consultations au terminal : envoi, avis, garant, lettres d’une seule, retrait ; refusées en entier', async () => {
  const { faire, choisis, plan, repertoire, chemin } = await essaiVentes();
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027', acquereur: 'locataires' });
  const [premiere] = await plan();
  const commune = premiere?.commune ?? '';
  await faire('dossier.fermer', {});
  const lancer = (...args: string[]) => jsonIci(['consultations', chemin, ...args], repertoire);
  const de = (objet: unknown, cle: string) => (objet as { consultations: { cle: string }[] }).consultations.find((c) => c.cle === cle);

  const envoi = await lancer('--cle', commune, '--envoyee', '15/01/2026', '--recue', '2026-01-19');
  expect([envoi.code, envoi.objet]).toMatchObject([0, { changees: 2 }]);
  expect(de(envoi.objet, `commune-${commune}`)).toMatchObject({ envoyee: '2026-01-15', recue: '2026-01-19', limite: '2026-03-19' });
  const avant = await lancer('--cle', commune, '--recue', '2026-01-14');
  expect([avant.code, avant.objet]).toMatchObject([2, { erreur: { code: 'dates-impossibles' } }]);
  const faux = await lancer('--cle', commune, '--reponse', 'favorable', '--repondue', 'bientôt');
  expect([faux.code, faux.objet]).toMatchObject([2, { erreur: { code: 'valeur-illisible' } }]);
  const avis = await lancer('--cle', commune, '--reponse', 'favorable', '--repondue', '2026-02-02', '--envoyee', '');
  expect(de(avis.objet, `commune-${commune}`)).toMatchObject({ envoyee: null, reponse: 'favorable', repondue: '2026-02-02', etat: 'favorable' });

  const garantFaux = await lancer('--ajouter', 'Département', '--communes', '99999');
  expect([garantFaux.code, de((await lancer()).objet, 'garant-1')]).toEqual([2, undefined]);
  const [a = '', b = ''] = choisis;
  const garant = await lancer('--ajouter', 'Département', '--logements', `${a}, ${b}`);
  expect([garant.code, garant.objet]).toMatchObject([0, { ajoutee: 'garant-1' }]);
  expect(de(garant.objet, 'garant-1')).toMatchObject({ nom: 'Département', nature: 'collectivite', identifiants: [a, b], logements: 2 });
  const lettres = await lancer('--courriers', join(repertoire, 'lettres'), '--cle', 'garant-1');
  expect([lettres.code, readdirSync(join(repertoire, 'lettres'))]).toEqual([0, ['consultation-garant-1-Departement.docx']]);
  expect(de((await lancer('--retirer', 'garant-1')).objet, 'garant-1')).toBeUndefined();
  expect([(await lancer('--envoyee', '2026-01-01')).code, (await lancer('--retirer', 'garant-9')).code, (await lancer('--cle', '99999', '--note', 'x')).code]).toEqual([2, 2, 2]);

  const json = await jsonIci(['ventes', chemin], repertoire);
  expect(json.objet).toMatchObject({ lignes: expect.arrayContaining([expect.objectContaining({ identifiant: a, annee: 2027, acquereur: 'locataires' })]), tauxCommunes: expect.arrayContaining([expect.objectContaining({ commune })]) });
  expect((json.objet as { lignes: unknown[] }).lignes).toHaveLength(choisis.length);
  const aide = await cus(['consultations', '--aide'], { cwd: repertoire });
  expect([aide.code, aide.stdout.includes('consultations convention.cus --retirer garant-1')]).toEqual([0, true]);
});
