import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { essaiService } from '../../aides/service.ts';
import type { EssaiService } from '../../aides/service.ts';
import { jsonIci } from '../cli/aides/cus.ts';

/** Deux départements : 8 logements dans les Bouches-du-Rhône, 2 dans le Var. */
async function dossier(): Promise<EssaiService> {
  const essai = essaiService();
  await essai.faire('dossier.creer', { chemin: join(essai.repertoire, 'd.cus'), siren: '732829320', nom: 'Habitat du Littoral', nature: 'OPH', effet: '2026-01-01' });
  const chemin = join(essai.repertoire, 'parc.csv');
  writeFileSync(chemin, ['IDENT_INT;DEPCOM;FINAN;SURFHAB', ...Array.from({ length: 10 }, (_, i) => `L${i};${i < 8 ? '13055' : '83137'};13;60`)].join('\n'));
  await essai.faire('import.lire', { chemin, type: 'logements', appliquer: true });
  return essai;
}

const pp3 = (t: string, annee = '2027'): string => `engagement/PP-3/${t}/${annee}/total`;
const saisies = async ({ faire }: EssaiService, scenario?: number): Promise<Record<string, string>> =>
  Object.fromEntries((await faire('engagements.matrice', scenario === undefined ? {} : { scenario })).lignes.flatMap((l) => l.cellules.flatMap((c) => (c.saisie === null ? [] : [[c.champ, c.saisie]]))));

test('un scénario part des cibles du dossier, se remplit à part, se compare, s’adopte et s’annule', async () => {
  const essai = await dossier();
  const { faire, echouer } = essai;
  await faire('engagements.definir', { cellules: [{ champ: pp3('dep-13'), valeur: '4/8' }, { champ: pp3('dep-83'), valeur: '1/2' }] });
  const s = await faire('engagements.creerScenario', { nom: ' Ambitieux ' });
  expect([s.nom, s.saisies, s.differences]).toEqual(['Ambitieux', 2, 0]);
  await faire('engagements.definir', { scenario: s.id, cellules: [{ champ: pp3('dep-13'), valeur: '6/8' }, { champ: pp3('dep-83'), valeur: '' }, { champ: pp3('dep-83', '2028'), valeur: 'deux' }] });
  expect(await saisies(essai)).toEqual({ [pp3('dep-13')]: '4/8', [pp3('dep-83')]: '1/2' });
  const differences = [
    { champ: pp3('dep-13'), avant: '4/8', apres: '6/8' }, { champ: pp3('dep-83'), avant: '1/2', apres: null }, { champ: pp3('dep-83', '2028'), avant: null, apres: 'deux' },
  ];
  const comparee = await faire('engagements.comparer', { de: null, a: s.id });
  expect(comparee.differences.map(({ libelle: _, ...d }) => d).toSorted((a, b) => (a.champ < b.champ ? -1 : 1))).toEqual(differences.toSorted((a, b) => (a.champ < b.champ ? -1 : 1)));
  expect([comparee.de, comparee.a, comparee.identiques]).toEqual(['Dossier', 'Ambitieux', 0]);
  const adopte = await faire('engagements.adopter', { scenario: s.id });
  expect([adopte.ecrites, adopte.videes]).toEqual([2, 1]);
  expect(await saisies(essai)).toEqual({ [pp3('dep-13')]: '6/8', [pp3('dep-83', '2028')]: 'deux' });
  await faire('operations.annuler', { operation: adopte.operation ?? 0 });
  expect(await saisies(essai)).toEqual({ [pp3('dep-13')]: '4/8', [pp3('dep-83')]: '1/2' });
  expect(await saisies(essai, s.id)).toEqual({ [pp3('dep-13')]: '6/8', [pp3('dep-83', '2028')]: 'deux' });
  expect((await echouer('engagements.creerScenario', { nom: 'Ambitieux' })).code).toBe('scenario-existant');
  expect((await echouer('engagements.matrice', { scenario: 99 })).code).toBe('scenario-inconnu');
});

test('supprimer un scénario s’annule, avec ses saisies ; le dépôt ne porte que les cibles du dossier', async () => {
  const essai = await dossier();
  const { faire } = essai;
  const s = await faire('engagements.creerScenario', { nom: 'A' });
  await faire('engagements.definir', { scenario: s.id, cellules: [{ champ: pp3('dep-13'), valeur: '7' }] });
  const b = await faire('engagements.creerScenario', { nom: 'B', depuis: s.id });
  expect(b.saisies).toBe(1);
  const { operation } = await faire('engagements.supprimerScenario', { scenario: s.id });
  expect((await faire('engagements.scenarios', {})).scenarios.map((x) => x.nom)).toEqual(['B']);
  await faire('operations.annuler', { operation: operation ?? 0 });
  expect((await faire('engagements.scenarios', {})).scenarios.map((x) => [x.nom, x.saisies])).toEqual([['A', 1], ['B', 1]]);
  const { lignes } = await faire('journal.lire', { decalage: 0, nombre: 50 });
  expect(lignes.map((l) => l.libelle)).toContain('Scénario de cibles « A », PP-3, Bouches-du-Rhône (13), 2027');
});

test('répartir : montré d’abord, sommes exactes, une opération ; une clé sans poids ou un taux sont refusés', async () => {
  const essai = await dossier();
  const { faire, echouer } = essai;
  const demande = { indicateur: 'PP-3', ventilation: 'total', horizon: '2027', total: '7', selon: 'stock' as const };
  const vue = await faire('engagements.repartir', demande);
  expect([vue.operation, vue.parts.map((p) => [p.territoire, p.poids, p.part, p.apres])]).toEqual([null, [['dep-13', '8', 6, '6/8'], ['dep-83', '2', 1, '1/2']]]);
  expect(await saisies(essai)).toEqual({});
  const fait = await faire('engagements.repartir', { ...demande, appliquer: true });
  expect(await saisies(essai)).toEqual({ [pp3('dep-13')]: '6/8', [pp3('dep-83')]: '1/2' });
  const poids = await faire('engagements.repartir', { ...demande, selon: 'poids', poids: { 'dep-13': '0,5', 'dep-83': '1,5' }, total: '40' });
  expect(poids.parts.map((p) => p.part)).toEqual([10, 30]);
  expect(poids.remarques).toEqual([
    'Bouches-du-Rhône (13) : 10 dépasse 8 (Logements du parc, Bouches-du-Rhône (13)).', 'Var (83) : 30 dépasse 2 (Logements du parc, Var (83)).', '2 valeurs déjà tapées sont remplacées.',
  ]);
  await faire('operations.annuler', { operation: fait.operation ?? 0 });
  expect(await saisies(essai)).toEqual({});
  const refus = async (change: object): Promise<string> => (await echouer('engagements.repartir', { ...demande, ...change })).message;
  expect(await refus({ indicateur: 'G-1', ventilation: 'total' })).toContain('plusieurs territoires');
  expect(await refus({ total: '25 %' })).toContain('nombre entier');
  expect(await refus({ horizon: '3ans', total: '5' })).toContain('à l’horizon 3ans');
  expect(await refus({ selon: 'reference', total: '5' })).toContain('Aucun territoire n’a de poids');
  expect(await refus({ selon: 'poids', poids: { 'dep-13': '-1' }, total: '5' })).toContain('n’est pas un nombre positif');
  await faire('champs.definir', { champ: 'options/territoires-demandes', valeur: 'epci-200054807' });
  expect(await refus({ territoires: ['dep-13', 'epci-200054807'], total: '5' })).toContain('se recouvrent');
});

test('répartir garde les dénominateurs tapés que les données ne donnent pas', async () => {
  const essai = await dossier();
  const { faire } = essai;
  const ps2 = (t: string): string => `engagement/PS-2/${t}/2027/total`;
  await faire('engagements.definir', { cellules: [{ champ: ps2('dep-13'), valeur: '22/84' }, { champ: ps2('dep-83'), valeur: '27/30' }] });
  const vue = await faire('engagements.repartir', { indicateur: 'PS-2', ventilation: 'total', horizon: '2027', total: '105', selon: 'stock', appliquer: true });
  expect(vue.parts.map((p) => p.apres)).toEqual(['84/84', '21/30']);
  expect((await faire('engagements.consolidation', {})).lignes.find((c) => c.indicateur === 'PS-2' && c.horizon === '2027' && c.ventilation === 'total')).toMatchObject({ nombre: 105, denominateur: 114 });
  const trop = await faire('engagements.repartir', { indicateur: 'PS-2', ventilation: 'total', horizon: '2027', total: '200', selon: 'stock' });
  expect(trop.remarques).toContain('Bouches-du-Rhône (13) : 160 dépasse le dénominateur tapé, 84.');
});

test('la consolidation dit son calcul et ne compte jamais deux fois le même territoire', async () => {
  const { faire } = await dossier();
  await faire('champs.definir', { champ: 'options/territoires-demandes', valeur: 'epci-200054807' });
  await faire('engagements.definir', { cellules: [
    { champ: pp3('dep-13'), valeur: '4/8' }, { champ: pp3('dep-83'), valeur: '1' }, { champ: pp3('epci-200054807'), valeur: '8/8' },
    { champ: 'engagement/PP-3/dep-13/2028/total', valeur: '50 %' }, { champ: 'engagement/PP-3/dep-83/2028/total', valeur: '100 %' },
    { champ: 'engagement/PP-3/dep-13/2029/total', valeur: '1' },
  ] });
  const { lignes } = await faire('engagements.consolidation', { indicateur: 'PP-3', ventilation: 'total' });
  expect(lignes.filter((l) => ['2027', '2028', '2029'].includes(l.horizon)).map((l) => [l.horizon, l.nombre, l.denominateur, l.pourcentage, l.methode, l.manquants])).toEqual([
    ['2027', 5, 10, '50.00', 'somme', []],
    ['2028', null, 10, '60.00', 'ponderee', []],
    ['2029', null, null, null, 'incomplete', ['dep-83']],
  ]);
  expect(lignes[1]?.explication).toBe('Somme des 2 territoires ; le taux est la somme des nombres sur la somme des dénominateurs.');
});

test('une référence que l’organisme doit désigner dit quel champ remplir, tant qu’il est vide', async () => {
  const { faire } = await dossier();
  const aNommer = async () => Object.fromEntries((await faire('engagements.matrice', {})).lignes.filter((l) => l.ventilation === 'total' && ['SR-1', 'PP-4'].includes(l.indicateur)).map((l) => [l.indicateur, l.aNommer]));
  expect(await aNommer()).toEqual({ 'SR-1': 'options/SR-1/rang', 'PP-4': null });
  await faire('champs.definir', { champ: 'options/SR-1/rang', valeur: '64' });
  expect(await aNommer()).toEqual({ 'SR-1': 'options/SR-1/valeurs', 'PP-4': null });
  await faire('champs.definir', { champ: 'options/SR-1/valeurs', valeur: '1' });
  expect(await aNommer()).toEqual({ 'SR-1': null, 'PP-4': null });
});

test('une collectivité identifiée hors du parc n’ajoute aucun constat bloquant, et garde ce qui y est tapé', async () => {
  const { faire } = await dossier();
  const bloquants = async (): Promise<number> => (await faire('controles.lister', {})).bloquants.length;
  const avant = await bloquants();
  await faire('champs.definir', { champ: 'options/territoires-demandes', valeur: 'dep-75' });
  await faire('engagements.definir', { cellules: [{ champ: 'engagement/PP-1/dep-75/3ans/plai', valeur: '12' }] });
  const { aJustifier } = await faire('controles.lister', {});
  expect([await bloquants(), aJustifier.filter((c) => c.code === 'territoire-sans-stock').map((c) => c.message)]).toEqual([
    avant, [expect.stringMatching(/^Paris.* : aucun logement du parc ne s’y trouve.*Aucune cible n’y est exigée/u)],
  ]);
  const { lignes } = await faire('engagements.matrice', {});
  const paris = lignes.filter((l) => l.territoire === 'dep-75').flatMap((l) => l.cellules);
  expect([paris.length > 40, paris.some((c) => c.obligatoire), paris.find((c) => c.champ === 'engagement/PP-1/dep-75/3ans/plai')?.saisie]).toEqual([true, false, '12']);
});

test('un scénario se renomme au terminal ; un nom pris est refusé', async () => {
  const { faire, repertoire } = await dossier();
  for (const nom of ['A', 'B']) await faire('engagements.creerScenario', { nom });
  await faire('dossier.fermer', {});
  const lancer = (...args: string[]) => jsonIci(['scenarios', join(repertoire, 'd.cus'), ...args], repertoire);
  const renomme = await lancer('--scenario', 'A', '--renommer', 'Prudent');
  expect([renomme.code, renomme.objet]).toMatchObject([0, { scenario: { nom: 'Prudent' } }]);
  expect([(await lancer('--scenario', 'B', '--renommer', 'Prudent')).objet, (await lancer('--renommer', 'X')).code]).toMatchObject([{ erreur: { code: 'scenario-existant' } }, 2]);
  expect((await lancer()).objet).toMatchObject({ scenarios: [{ nom: 'B' }, { nom: 'Prudent' }] });
});
