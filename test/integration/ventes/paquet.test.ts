import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readXlsx } from '../../../electron/documents/index.ts';
import { openPaquet, readEntry } from '../../../electron/paquet/index.ts';
import { openReadOnly } from '../../../electron/store/connexion.ts';
import { openDossier } from '../../../electron/store/ouverture.ts';
import { readPropositions } from '../../../electron/service/propositions/index.ts';
import { readEngagements } from '../../../electron/service/matrice.ts';
import { lireJson } from '../depot/aides.ts';
import { readPdf } from '../documents/aides/tableur.ts';
import { jsonIci } from '../cli/aides/cus.ts';
import { essaiVentes } from './aide.ts';

it('le plan déposé : mêmes nombres à l’écran, au JSON, au classeur, dans la convention ; sans les notes ; figé', async () => {
  const { faire, choisis, plan, repertoire } = await essaiVentes();
  expect((await faire('depot.apercu', {})).fichiers.map((f) => f.nom)).not.toContain('plan-de-mise-en-vente.xlsx');
  await faire('ventes.ajouter', { identifiants: choisis, annee: '2027', acquereur: 'locataires' });
  await faire('ventes.definir', { cases: [{ identifiant: choisis[0] ?? '', colonne: 'note', texte: 'locataire intéressé' }] });
  const resume = await faire('ventes.resume', {});
  const lignes = await plan();
  const { paquet } = await faire('depot.deposer', { repertoire, sansSignature: true, malgre: 'essai' });
  const Ventes = z.looseObject({ ventes: z.looseObject({ resume: z.unknown(), lignes: z.unknown() }) });
  const donnees = Ventes.parse(await lireJson(paquet, 'donnees.json'));
  expect(donnees.ventes.resume).toEqual(resume);
  expect(donnees.ventes.lignes).toEqual(lignes.map(({ note: _, ...l }) => l));
  expect(JSON.stringify(donnees)).not.toContain('locataire intéressé');
  const lu = await openPaquet(paquet);
  const feuilles = await readXlsx(await readEntry(lu, 'plan-de-mise-en-vente.xlsx'));
  expect(feuilles.map((f) => f.nom)).toEqual(['Présentation', 'Logements', 'Par EPCI', 'Par commune', 'Consultations', 'Taux des communes']);
  expect(feuilles[1]?.lignes.slice(1).map((l) => l[0])).toEqual(lignes.map((l) => l.identifiant));
  expect(Buffer.from(await readEntry(lu, 'LISEZ-MOI.txt')).toString('utf8')).toContain('plan-de-mise-en-vente.xlsx');
  const { texte } = await readPdf(await readEntry(lu, 'convention.pdf'));
  for (const attendu of ['Plan de mise en vente', 'Habitabilité et performance énergétique', ...choisis.map((i) => i.slice(0, 12))]) expect(texte).toContain(attendu);
  await faire('ventes.retirer', { identifiants: [choisis[0] ?? ''] });
  const { modifications } = await faire('modifications.lister', {});
  expect(modifications.filter((m) => m.champ.startsWith('ventes/')).map((m) => [m.champ, m.avant, m.apres])).toEqual([
    ['ventes/total', String(choisis.length), String(choisis.length - 1)],
    [`ventes/logement/${choisis[0]}`, '2027, locataires, à vendre', null],
  ]);
  const gel = join(repertoire, 'v1.cus');
  await faire('depot.extraire', { version: 1, destination: gel });
  const base = openReadOnly(gel);
  expect(base.prepare('SELECT count(*) FROM vente').pluck().get()).toBe(choisis.length);
  base.close();
});

it('propose PP-4 et ce qui l’accompagne ; une cible que le plan contredit se justifie, avec les deux nombres', async () => {
  const { faire, choisis, plan, chemin } = await essaiVentes();
  const [a = '', b = '', c = ''] = choisis;
  await faire('ventes.ajouter', { identifiants: [a, b, c], acquereur: 'locataires' });
  await faire('ventes.definir', { cases: [{ identifiant: a, colonne: 'annee', texte: '2026' }, { identifiant: b, colonne: 'annee', texte: '2030' }] });
  const parDepartement = new Map<string, number>();
  for (const l of await plan()) parDepartement.set(l.departement, (parDepartement.get(l.departement) ?? 0) + 1);
  const dep = (await plan()).find((l) => l.identifiant === a)?.departement ?? '';
  const dans = (await plan()).filter((l) => l.departement === dep);
  const [trois, six, sans] = [dans.filter((l) => l.annee === 2026).length, dans.filter((l) => l.annee !== null).length, dans.filter((l) => l.annee === null).length];
  const champ = (horizon: string, ventilation = 'total') => `engagement/PP-4/dep-${dep}/${horizon}/${ventilation}`;
  await faire('engagements.definir', { cellules: [{ champ: champ('3ans'), valeur: String(trois) }, { champ: champ('6ans'), valeur: String(six + sans + 1) }] });
  const ecarts = (await faire('controles.lister', {})).aJustifier.filter((x) => x.code === 'vente-cible').map((x) => x.champ);
  expect([ecarts.includes(champ('3ans')), ecarts.includes(champ('6ans'))]).toEqual([false, true]);
  await faire('engagements.definir', { cellules: [{ champ: champ('6ans'), valeur: String(six + sans) }] });
  expect((await faire('controles.lister', {})).aJustifier.filter((x) => x.code === 'vente-cible').map((x) => x.champ)).not.toContain(champ('6ans'));
  await faire('dossier.fermer', {});
  const dossier = await openDossier(chemin, { utilisateur: 'Ada', ordinateur: 'poste-1', maintenant: new Date('2026-03-01T09:00:00Z') });
  const propositions = readPropositions(dossier.base, readEngagements(dossier.base));
  const { parc } = readEngagements(dossier.base).territoires.stockDe(`dep-${dep}`);
  expect([propositions.get(champ('3ans'))?.valeur, propositions.get(champ('6ans'))?.valeur, propositions.get(champ('6ans', 'ventes.locataires'))?.valeur, propositions.get(champ('6ans', 'vendus'))?.valeur, propositions.get(champ('6ans'))?.source]).toEqual([
    `${trois}/${parc}`, `${six}/${parc}`, String(six), '0', 'Plan de mise en vente',
  ]);
  dossier.fermer();
});

it('le terminal : ajoute, refuse ligne par ligne, exporte, écrit les lettres ; les mêmes nombres que l’écran', async () => {
  const { faire, choisis, fichier, repertoire, chemin } = await essaiVentes();
  await faire('dossier.fermer', {});
  const tableau = fichier('plan.csv', `identifiant;annee;acquereur\n${choisis.slice(0, 3).map((i) => `${i};2027;locataires\n`).join('')}NUL;2027;\n`);
  const r = await jsonIci(['ventes', chemin, '--ajouter', tableau], repertoire);
  expect([r.code, r.objet]).toMatchObject([0, { logements: 3, annees: { 2027: 3 }, acquereurs: { locataires: 3 }, import: { ajoutees: 3, refusees: [{ ligne: 5, identifiant: 'NUL' }] } }]);
  const ecrits = await jsonIci(['ventes', chemin, '--exporter', join(repertoire, 'p.csv'), '--courriers', join(repertoire, 'lettres')], repertoire);
  expect([ecrits.code, ecrits.objet]).toMatchObject([0, { logements: 3, export: join(repertoire, 'p.csv') }]);
  const sansFiltre = await jsonIci(['ventes', chemin, '--annee', '2027'], repertoire);
  expect([sansFiltre.code, sansFiltre.objet]).toMatchObject([2, { erreur: { code: 'option-sans-filtre' } }]);
  const filtre = await jsonIci(['ventes', chemin, '--filtre', `ident_int=${choisis[4]}`, '--annee', '2028'], repertoire);
  expect(filtre.objet).toMatchObject({ logements: 4, annees: { 2027: 3, 2028: 1 } });
});
