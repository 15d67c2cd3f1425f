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
    expect([nom, await charger(poser(nom, await contenu()))]).toEqual([nom, { lignes: n, enregistrees: n, identiques: 0, remplacees: 0, contraires: [], refusees: [], ignorees: [], zonage: null }]);
    expect([nom, await gardes()]).toEqual([nom, ATTENDU]);
  }
});

it('deux valeurs pour une case, une colonne qui ne sert pas, une case illisible : dites où elles sont', async () => {
  const { charger, poser, faire, echouer } = await ouvrir();
  const bilan = await charger(poser('b.csv', 'produit;zone;remarque;2027\nPLUS;2;x;6\nPLUS;2;;6,5\nPLS;Z9;;7\nPLS;A;;sept\n'));
  expect(bilan).toEqual({
    lignes: 4, enregistrees: 2, identiques: 0, remplacees: 0, contraires: ['PLUS 2027, zone 2 : 6,00\u00a0€/m² et 6,50\u00a0€/m² (ligne 3)'], ignorees: ['remarque'], zonage: null,
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
    lignes: 3, enregistrees: 1, identiques: 0, remplacees: 0, contraires: [], ignorees: ['LIBGEO'], zonage: 'ABC',
    refusees: [{ ligne: 2, raison: 'Commune 13055 : plusieurs zones, les siennes ou celles de ses anciennes communes, A (ligne 2), B1 (ligne 4) ; elle n’en reçoit aucune.' }],
  });
  await charger(poser('i.ods', await writeOds(classeur(['annee', 'indice'], [[2025, 200], [2026, 202.5]]))), 'irl');
  expect((await faire('npl.baremes', {})).irl.map((i) => [i.annee, i.indice, i.source])).toEqual([[2025, 200, 'essai'], [2026, 202.5, 'essai']]);
});
