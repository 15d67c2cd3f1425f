import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bailleurDemonstration } from '../../../electron/demo/index.ts';
import { readXlsx } from '../../../electron/documents/xlsx.ts';
import { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { essaiService } from '../../aides/service.ts';

test('la démonstration : mêmes chiffres au service, dans donnees.json et dans le classeur, et ses totaux connus', async () => {
  const s = essaiService();
  await s.faire('dossier.demonstration', { repertoire: s.repertoire });
  const { totaux } = bailleurDemonstration.genererAttributions();
  const lu = await s.faire('attributions.resultats', { par: 'departement' });
  const de = (territoire: string, annee: string) => lu.lignes.find((l) => l.territoire === territoire && l.periode === annee);
  const attendus = Object.entries(totaux.territoires).filter(([t]) => t.startsWith('dep-')).flatMap(([t, annees]) => Object.entries(annees).map(([a, x]) => [t, a, x.attributions, x.ps1.nombre, x.dalo.nombre, x.refus.nombre]));
  expect(attendus.map(([t, a]) => {
    const l = de(String(t), String(a));
    return [t, a, l?.attributions, l?.mesures['ps1']?.nombre, l?.mesures['dalo']?.nombre, l?.mesures['refus']?.nombre];
  })).toEqual(attendus);
  const donnees = join(s.repertoire, 'donnees.json');
  const classeur = join(s.repertoire, 'etat.xlsx');
  await s.faire('depot.previsualiser', { fichier: 'donnees.json', destination: donnees });
  await s.faire('depot.previsualiser', { fichier: 'etat-des-lieux.xlsx', destination: classeur });
  const paquet = DonneesPaquet.parse(JSON.parse(readFileSync(donnees, 'utf8')));
  expect(paquet.attributions?.map((e) => e.par)).toEqual(['organisme', 'region', 'departement', 'epci']);
  expect(paquet.attributions?.find((e) => e.par === 'departement')).toEqual({ ...lu, annees: lu.annees.map((a) => ({ ...a, fichier: bailleurDemonstration.nomAttributions })) });
  // Rien, dans le paquet, ne tient à une attribution ou à une commune.
  expect(JSON.stringify(paquet.attributions)).not.toMatch(/P\d{5}-L\d{3}|com-\d/u);
  const [tete = [], ...lignes] = (await readXlsx(readFileSync(classeur))).find((f) => f.nom === 'Attributions')?.lignes ?? [];
  const c = (titre: string): number => tete.indexOf(titre);
  const ligne = lignes.find((l) => l[c('Code')] === 'organisme' && l[c('Période')] === '2024' && l[c('Mesure')] === 'DALO');
  const attendu = totaux.territoires['organisme']?.[2024]?.dalo;
  expect([ligne?.[c('Nombre')], ligne?.[c('Base')], ligne?.[c('Sans valeur')]]).toEqual([attendu?.nombre, attendu?.base, attendu?.inconnu].map(String));
});

test('sans attributions, le paquet n’en porte pas', async () => {
  const s = essaiService();
  await s.faire('dossier.creer', { chemin: join(s.repertoire, 'd.cus'), siren: '268300118', nom: 'Office fictif', effet: '2026-01-01' });
  const donnees = join(s.repertoire, 'donnees.json');
  await s.faire('depot.previsualiser', { fichier: 'donnees.json', destination: donnees });
  expect(DonneesPaquet.parse(JSON.parse(readFileSync(donnees, 'utf8'))).attributions).toBeUndefined();
});
