import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bailleurDemonstration } from '../../../electron/demo/index.ts';
import { DonneesPaquet } from '../../../shared/paquet/donnees.ts';
import { SANS_OCCUPATION } from '../../../electron/documents/occupation.ts';
import { readXlsx } from '../../../electron/documents/xlsx.ts';
import { essaiService } from '../../aides/service.ts';
import { dossierOccupe } from './aide.ts';

const CUS = join(import.meta.dirname, '../../../electron/cli/cus.ts');
const cus = async (...args: string[]): Promise<unknown> => JSON.parse((await promisify(execFile)(process.execPath, [CUS, ...args, '--json'], { maxBuffer: 1 << 26 })).stdout);

test('la démonstration : mêmes chiffres au service, au terminal, dans donnees.json et dans le classeur', async () => {
  const s = essaiService();
  const { chemin } = await s.faire('dossier.demonstration', { repertoire: s.repertoire });
  const { totaux } = bailleurDemonstration.genererOps();
  const lu = await s.faire('occupation.lire', { par: 'organisme' });
  const total = lu.organisme?.total;
  expect({ concernes: total?.concernes, repondants: total?.repondants, bandes: total?.variables[0], recents: total?.variables[6]?.[0] }).toEqual({
    concernes: totaux.situations.total.concernes, repondants: totaux.situations.total.repondants, bandes: totaux.situations.total.bandes, recents: totaux.situations.total.recents,
  });
  const communes = await s.faire('occupation.lire', { par: 'commune', masquer: true });
  const donnees = join(s.repertoire, 'donnees.json');
  const classeur = join(s.repertoire, 'etat.xlsx');
  await s.faire('depot.previsualiser', { fichier: 'donnees.json', destination: donnees });
  await s.faire('depot.previsualiser', { fichier: 'etat-des-lieux.xlsx', destination: classeur });
  const paquet = DonneesPaquet.parse(JSON.parse(readFileSync(donnees, 'utf8'))).occupation?.find((e) => e.par === 'organisme');
  expect(paquet).toEqual({ ...lu, enquete: { ...lu.enquete, fichier: bailleurDemonstration.nomEnquete } });
  const feuille = (await readXlsx(readFileSync(classeur))).find((f) => f.nom === 'Occupation, territoires');
  const colonne = (titre: string): number => feuille?.lignes[0]?.indexOf(titre) ?? -1;
  const ligne = feuille?.lignes.find((l) => l[1] === 'organisme' && l[3] === 'En QPV');
  expect([ligne?.[colonne('Ménages répondants')], ligne?.[colonne('Logements concernés')]]).toEqual([String(totaux.situations.qpv.repondants), String(totaux.situations.qpv.concernes)]);
  await s.faire('dossier.fermer', {});
  expect(await cus('occupation', chemin)).toEqual(lu);
  expect(await cus('occupation', chemin, '--par', 'commune', '--public')).toEqual(communes);
});

test('l’export pour d’autres que l’État ne dit aucun effectif de moins de onze', async () => {
  const d = await dossierOccupe(12, 900);
  await d.faire('import.lire', { chemin: d.ops, type: 'ops' });
  const destination = join(d.repertoire, 'public.csv');
  const ecrit = await d.faire('occupation.exporter', { destination });
  const [tete = '', ...lignes] = readFileSync(destination, 'utf8').replace(/^\ufeff/u, '').trimEnd().split('\r\n').map((l) => l.split(';'));
  const libres = new Set(['Logements du parc']);
  const petits = lignes.slice(0, -1).flatMap((l) => l.flatMap((c, i) => (i > 3 && !libres.has(tete[i] ?? '') && /^\d+$/u.test(c) && Number(c) < 11 && !(tete[i] ?? '').includes('%)') ? [`${l[1]} ${l[3]} ${tete[i]} ${c}`] : [])));
  // Une modalité qu'aucun ménage de l'organisme n'a est dite à zéro.
  const vides = (await d.faire('occupation.lire', {})).variables.flatMap((v, i) => v.modalites.flatMap((m, k) => [`${v.libelle} : ${m}`, i, k] as const).length === 0 ? [] : v.modalites.map((m, k) => ({ titre: `${v.libelle} : ${m}`, i, k })));
  const organisme = (await d.faire('occupation.lire', {})).organisme;
  const zeros = new Set(vides.filter(({ i, k }) => organisme?.total.variables[i]?.[k] === 0).map((v) => v.titre));
  expect(petits.filter((p) => ![...zeros].some((z) => p.includes(`${z} 0`)))).toEqual([]);
  expect(ecrit.masques).toBeGreaterThan(0);
  expect(lignes.at(-1)?.join(';')).toContain(`Effectifs masqués dans ce fichier : ${ecrit.masques}.`);
  const etat = await d.faire('occupation.exporter', { destination: join(d.repertoire, 'etat.csv'), destinataire: 'etat' });
  expect(etat.masques).toBe(0);
});

test('sans enquête, le classeur du dépôt le dit en une phrase', async () => {
  const d = await dossierOccupe(13, 120);
  const destination = join(d.repertoire, 'etat.xlsx');
  await d.faire('depot.previsualiser', { fichier: 'etat-des-lieux.xlsx', destination });
  const feuilles = await readXlsx(readFileSync(destination));
  expect(feuilles.flatMap((f) => f.lignes.flat()).filter((c) => c === SANS_OCCUPATION)).toHaveLength(1);
  const packs = await d.faire('associes.packs', { repertoire: join(d.repertoire, 'packs') });
  const classeurs = [feuilles, ...(await Promise.all(packs.packs.map((p) => readXlsx(readFileSync(p.xlsx)))))];
  expect(classeurs.length).toBeGreaterThan(1);
  for (const classeur of classeurs) {
    const toutes = classeur.filter((f) => /^Occupation(?: sociale|, territoires|, ensembles)$/u.test(f.nom));
    expect(toutes.length).toBeGreaterThan(0);
    for (const { lignes: [tete = [], ...lignes] } of toutes) {
      const [de, a] = [tete.indexOf('Ménages répondants'), tete.indexOf('Mineurs')];
      // Sans réponse, rien n'est nul : la première colonne dit pourquoi, les autres sont vides.
      expect(lignes.filter((l) => (l[4] ?? '') !== '').flatMap((l) => [l[de], ...l.slice(de + 1, a + 1).filter((c) => c !== '')]).filter((c) => c !== 'enquête non importée')).toEqual([]);
    }
  }
});
