import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeOds } from '../../../electron/documents/ods.ts';
import { writeXlsx } from '../../../electron/documents/xlsx.ts';
import type { Classeur } from '../../../electron/documents/classeur.ts';
import { essaiService } from '../../aides/service.ts';

async function ouvrir() {
  const atelier = essaiService();
  await atelier.faire('dossier.creer', { chemin: join(atelier.repertoire, 'a.cus'), siren: '130025265', nom: 'Habitat', effet: '2026-01-01' });
  const poser = (nom: string, contenu: string | Uint8Array): string => {
    const chemin = join(atelier.repertoire, nom);
    writeFileSync(chemin, contenu);
    return chemin;
  };
  const charger = (chemin: string, nature: 'plafonds' | 'irl' | 'zones' = 'plafonds') => atelier.faire('npl.importerBareme', { chemin, nature, source: 'essai' });
  const gardes = async () => (await atelier.faire('npl.baremes', {})).plafonds.map((p) => `${p.annee} ${p.produit} ${p.zone} ${p.maximum}`).toSorted();
  return { ...atelier, poser, charger, gardes };
}
type Cases = readonly (string | number | null)[];
const classeur = (colonnes: readonly string[], lignes: readonly Cases[]): Classeur => ({
  titre: 'Essai', auteur: 'Essai', date: '2026-03-01T09:00:00.000Z',
  feuilles: [{ nom: 'Feuille', figerEntete: true, colonnes: colonnes.map((titre) => ({ titre, largeur: 12, format: 'nombre' })), lignes: lignes.map((l) => [...l]) }],
});

const ATTENDU = ['2026 PLAI 1bis 5.5', '2026 PLUS 2 6', '2027 PLAI 1bis 5.6', '2027 PLUS 2 6.15'];

it('une table longue ou une colonne par année, par zone, par produit, en CSV, XLSX ou ODS : les mêmes valeurs', async () => {
  const formes: [string, () => Promise<Uint8Array> | string, number][] = [
    ['long.csv', () => 'annee;produit;zone;maximum\n2026;PLAI;1 bis;5,5\n2027;PLAI;1 bis;5,6\n2026;PLUS;2;6\n2027;PLUS;2;6,15\n', 4],
    ['annees.csv', () => 'Produit;Zone;2026;Année 2027\nPLAI;1bis;5,5;5,6\nPLUS;2;6;6,15\n', 4],
    ['zones.csv', () => 'Avis fictif du 1er mars\n\nannee,produit,Zone 1 bis,Zone 2\n2026,PLAI,5.5,\n2027,PLAI,5.6,\n2026,PLUS,,6\n2027,PLUS,,6.15\n', 4],
    ['produits.csv', () => 'annee;zone;PLAI;plus\n2026;1bis;5,5;\n2026;2;;6\n2027;1bis;5,6;\n2027;2;;6,15\n', 4],
    ['annees.xlsx', () => writeXlsx(classeur(['produit', 'zone', '2026', '2027'], [['PLAI', '1bis', 5.5, 5.6], ['PLUS', 2, 6, 6.15]])), 4],
    ['annees.ods', () => writeOds(classeur(['produit', 'zone', '2026', '2027'], [['PLAI', '1bis', 5.5, 5.6], ['PLUS', 2, 6, 6.15]])), 4],
    ['long.xlsx', () => writeXlsx(classeur(['annee', 'produit', 'zone', 'maximum'], [[2026, 'PLAI', '1bis', 5.5], [2027, 'PLAI', '1bis', 5.6], [2026, 'PLUS', 2, 6], [2027, 'PLUS', 2, 6.15]])), 4],
  ];
  for (const [nom, contenu, n] of formes) {
    const { charger, poser, gardes } = await ouvrir();
    expect([nom, await charger(poser(nom, await contenu()))]).toEqual([nom, { lignes: n, enregistrees: n, identiques: 0, remplacees: 0, contraires: [], refusees: [], ignorees: [], zonages: [] }]);
    expect([nom, await gardes()]).toEqual([nom, ATTENDU]);
  }
});

it('deux valeurs pour une case, une colonne qui ne sert pas, une case illisible : dites où elles sont', async () => {
  const { charger, poser, faire, echouer } = await ouvrir();
  const bilan = await charger(poser('b.csv', 'produit;zone;remarque;2027\nPLUS;2;x;6\nPLUS;2;;6,5\nPLS;Z9;;7\nPLS;A;;sept\n'));
  expect(bilan).toEqual({
    lignes: 4, enregistrees: 2, identiques: 0, remplacees: 0, contraires: ['PLUS 2027, zone 2 : 6,00\u00a0€/m² et 6,50\u00a0€/m² (ligne 3)'], ignorees: ['remarque'], zonages: [],
    refusees: [{ ligne: 4, raison: '« Z9 » n’est pas une zone connue.' }, { ligne: 5, raison: '« sept » n’est pas un loyer en €/m².' }],
  });
  const { id } = await faire('npl.creer', { nom: 'A', annee: 2027 });
  expect((await faire('npl.lire', { scenario: id })).constats).toMatchObject([{ code: 'plafonds-contradictoires', bloquant: true, plafond: 'PLUS' }]);
  const refuser = async (texte: string) => (await echouer('npl.importerBareme', { chemin: poser('c.csv', texte), nature: 'plafonds' })).code;
  expect([await refuser('produit;maximum\nPLUS;6\n'), await refuser('produit;zone;x\nPLUS;2;6\n'), await refuser('annee;produit;zone;maximum\n')]).toEqual(['colonnes-absentes', 'colonnes-absentes', 'bareme-vide']);
});

it('un zonage et des IRL d’un classeur ; une commune de deux zones n’en reçoit aucune, et ses lignes sont nommées', async () => {
  const { charger, poser, faire } = await ouvrir();
  const zones = await charger(poser('z.xlsx', await writeXlsx(classeur(['CODGEO', 'LIBGEO', 'Zonage ABC'], [['13055', 'Marseille', 'A'], ['13001', 'Aix', 'A bis'], ['13055', 'Marseille', 'B1']]))), 'zones');
  expect(zones).toEqual({
    lignes: 3, enregistrees: 1, identiques: 0, remplacees: 0, contraires: [], ignorees: ['LIBGEO'], zonages: ['ABC'],
    refusees: [{ ligne: 2, raison: 'Commune 13055 : plusieurs zones, les siennes ou celles de ses anciennes communes, A (ligne 2), B1 (ligne 4) ; elle n’en reçoit aucune.' }],
  });
  await charger(poser('i.ods', await writeOds(classeur(['annee', 'indice'], [[2025, 200], [2026, 202.5]]))), 'irl');
  expect((await faire('npl.baremes', {})).irl.map((i) => [i.annee, i.indice, i.source])).toEqual([[2025, 200, 'essai'], [2026, 202.5, 'essai']]);
});

it('un zonage de plus s’ajoute : les communes qu’il ne nomme pas gardent leur zone, une autre zone se refuse ou remplace', async () => {
  const { poser, faire } = await ouvrir();
  const charger = (texte: string, source: string, remplacer = false) => faire('npl.importerBareme', { chemin: poser('z.csv', texte), nature: 'zones', source, remplacer });
  const communes = async () => (await faire('npl.baremes', {})).zones.map((z) => [z.zonage, z.communes, z.source]);
  expect(await charger('commune;zone123;zoneABC\n69266;1;A\n69256;1;A\n1053;2;B2\n', 'premier')).toEqual({ lignes: 6, enregistrees: 6, identiques: 0, remplacees: 0, contraires: [], refusees: [], ignorees: [], zonages: ['123', 'ABC'] });
  expect(await communes()).toEqual([['123', 3, 'premier'], ['ABC', 3, 'premier']]);
  const second = 'commune;zone\n69266;2\n73065;2\n99999;1\n69256;1\n';
  expect(await charger(second, 'second')).toEqual({
    lignes: 4, enregistrees: 1, identiques: 1, remplacees: 0, contraires: [], ignorees: [], zonages: ['123'],
    refusees: [{ ligne: 2, raison: 'Commune 69266 : déjà en zone 1, le fichier donne la zone 2 ; demander à la remplacer.' }, { ligne: 4, raison: 'Commune « 99999 » inconnue.' }],
  });
  expect(await communes()).toEqual([['123', 4, 'premier ; second'], ['ABC', 3, 'premier']]);
  expect(await charger(second, 'second', true)).toMatchObject({ enregistrees: 1, identiques: 2, remplacees: 1, refusees: [{ ligne: 4 }] });
  expect(await charger(second, 'second', true)).toMatchObject({ enregistrees: 0, identiques: 3, remplacees: 0 });
  expect(await communes()).toEqual([['123', 4, 'premier ; second'], ['ABC', 3, 'premier']]);
});

it('une colonne de petits nombres n’est pas un second zonage', async () => {
  const { charger, poser } = await ouvrir();
  expect(await charger(poser('z.csv', 'commune;categorie;zonage\n69266;1;A\n69256;2;B1\n'), 'zones')).toMatchObject({ enregistrees: 2, zonages: ['ABC'], ignorees: ['categorie'] });
});

it('0 €/m² n’est ni un plafond, ni une limite, ni un indice : refusé partout, toutes les lignes fausses étant dites', async () => {
  const { poser, faire, echouer } = await ouvrir();
  const importer = async (nature: 'plafonds' | 'irl', texte: string) => (await echouer('npl.importerBareme', { chemin: poser('b.csv', texte), nature })).message.replace(/^.* : ligne/u, 'ligne');
  expect(await importer('plafonds', 'annee;produit;zone;maximum\n2027;PLAI;1;0\n2027;PLUS;1;-5\n')).toBe('ligne 2, « 0 » n’est pas un loyer en €/m² : un plafond de 0 € n’en est pas un. ligne 3, « -5 » n’est pas un loyer en €/m².');
  expect(await importer('irl', 'annee;indice\n2025;0\n2028;-3\n')).toBe('ligne 2, « 0 » n’est pas un indice à deux décimales. ligne 3, « -3 » n’est pas un indice à deux décimales.');
  const code = async (b: Parameters<typeof faire<'npl.definirBaremes'>>[1]) => (await echouer('npl.definirBaremes', b)).code;
  expect([await code({ plafonds: [{ annee: 2027, produit: 'PLUS', zone: '1', maximum: '0' }] }), await code({ limites: [{ base: 'SC', maximum: 0 }] }), await code({ irl: [{ annee: 2025, indice: '0,00' }] })]).toEqual(['bareme-nul', 'bareme-nul', 'bareme-nul']);
  const ecrit = async (b: object) => (await echouer('npl.calculer', { scenario: { version: 1, nom: 'A', annee: 2027, ...b } })).message;
  expect([await ecrit({ plafonds: [{ annee: 2027, produit: 'PLUS', zone: '1', maximum: 0 }] }), await ecrit({ limites: [{ base: 'SC', maximum: '0' }] })]).toEqual(['Le scénario ne se lit pas : « 0 » n’est pas un plafond de loyer.', 'Le scénario ne se lit pas : « 0 » n’est pas une limite.']);
  expect(await faire('npl.baremes', {})).toEqual({ plafonds: [], limites: [], irl: [], zones: [] });
});
