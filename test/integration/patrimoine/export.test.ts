import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { read as readClasseur, utils } from '@e965/xlsx';
import { expect, it } from 'vitest';
import { openService } from '../../../electron/service/index.ts';
import { readXlsx } from '../../../electron/documents/xlsx.ts';
import { ouvrirParc, PARC } from './aide.ts';

const COLONNES = ['ident_int', 'nom_commune', 'epci', 'finan', 'surfhab', 'loyerprinc', 'construct', 'dpedate', 'datconv', 'dpe_periode', 'nomvoie'];
const TITRES = ['Identifiant', 'Commune', 'EPCI', 'Financement initial', 'Surface habitable (m²)', 'Loyer principal (€)', 'Année de construction', 'Date du DPE', 'Date d’effet de la convention APL', 'Méthode du DPE', 'Nom de voie'];

it('CSV, XLSX et ODS portent toutes les lignes de la sélection, dans l’ordre et les colonnes montrés', async () => {
  const { service } = await ouvrirParc(1300);
  const filtres = [PARC, { colonne: 'surfhab', de: '40', a: '90' }];
  const tri = { colonne: 'loyerprinc', sens: 'desc' } as const;
  const csv = join(service.repertoire, 'e.csv');
  const xlsx = join(service.repertoire, 'e.xlsx');
  const r = await service.faire('logements.exporter', { destination: csv, filtres, tri, colonnes: COLONNES });
  await service.faire('logements.exporter', { destination: xlsx, filtres, tri, colonnes: COLONNES });
  const attendues = [];
  for (let decalage = 0; decalage < r.lignes; decalage += 1000) attendues.push(...(await service.faire('logements.page', { decalage, nombre: 1000, filtres, tri })).lignes);
  expect(attendues).toHaveLength(r.lignes);
  const lues = parse(readFileSync(csv, 'utf8'), { bom: true, delimiter: ';' });
  expect(lues[0]).toEqual(TITRES);
  expect(lues.slice(1).map((l) => [l[0], l[4], l[5], l[6]])).toEqual(attendues.map((l) => ['ident_int', 'surfhab', 'loyerprinc', 'construct'].map((c) => (l[c] === null ? '' : String(l[c])))));
  // Le XLSX est relu par un autre lecteur que celui qui l'a écrit ; mêmes cases, une date typée se relit en ISO.
  const [feuille] = await readXlsx(readFileSync(xlsx));
  const pleines = (feuille?.lignes ?? []).map((l) => COLONNES.map((_, i) => l[i] ?? ''));
  expect(pleines).toEqual(lues);
  // L'ODS aussi, par un troisième lecteur.
  const ods = join(service.repertoire, 'e.ods');
  expect((await service.faire('logements.exporter', { destination: ods, filtres, tri, colonnes: COLONNES })).lignes).toBe(r.lignes);
  const { Sheets, SheetNames } = readClasseur(readFileSync(ods), { cellDates: true, UTC: true });
  expect(SheetNames).toEqual(['Logements']);
  const relues = utils.sheet_to_json<(string | number | Date | null)[]>(Sheets['Logements']!, { header: 1, raw: true, defval: '', UTC: true });
  const dire = (v: string | number | Date | null | undefined): string => (v instanceof Date ? v.toISOString().slice(0, 10) : String(v ?? ''));
  expect(relues.map((l) => [0, 1, 2, 3, 4, 5, 6, 8, 9, 10].map((i) => dire(l[i])))).toEqual(lues.map((l) => [0, 1, 2, 3, 4, 5, 6, 8, 9, 10].map((i) => l[i])));
});

it('une cellule qui ressemble à une formule reste un texte', async () => {
  const { service, lignes, dossier } = await ouvrirParc(60);
  await service.faire('dossier.fermer', {});
  const { openConnexion } = await import('../../../electron/store/connexion.ts');
  const base = openConnexion(dossier);
  base.prepare('UPDATE logement SET nomvoie = ? WHERE ident_int = ?').run('=HYPERLINK("http://x";"y")', String(lignes[0]?.['ident_int']));
  base.close();
  await service.faire('dossier.ouvrir', { chemin: dossier });
  const demande = { filtres: [{ colonne: 'nomvoie', contient: '=hyper' }], colonnes: ['nomvoie'] };
  const [csv, xlsx] = [join(service.repertoire, 'f.csv'), join(service.repertoire, 'f.xlsx')];
  expect((await service.faire('logements.exporter', { destination: csv, ...demande })).lignes).toBe(1);
  expect(readFileSync(csv, 'utf8')).toBe('\uFEFFNom de voie\r\n"\'=HYPERLINK(""http://x"";""y"")"\r\n');
  await service.faire('logements.exporter', { destination: xlsx, ...demande });
  expect(await readXlsx(readFileSync(xlsx))).toEqual([{ nom: 'Logements', lignes: [['Nom de voie'], ['=HYPERLINK("http://x";"y")']] }]);
});

it('une annulation, une autre extension, une colonne absente : rien n’est écrit', async () => {
  const { service, dossier } = await ouvrirParc(2500);
  const destination = join(service.repertoire, 'a.xlsx');
  expect((await service.echouer('logements.exporter', { destination: `${destination}.pdf`, colonnes: ['ident_int'] })).code).toBe('format-inconnu');
  expect((await service.echouer('logements.exporter', { destination, colonnes: ['absente'] })).code).toBe('colonne-inconnue');
  await service.faire('dossier.fermer', {});
  const seul = openService({ repertoireDonnees: service.repertoire, utilisateur: 'Ada', ordinateur: 'poste-1' });
  await seul.appeler('dossier.ouvrir', { chemin: dossier });
  const arret = new AbortController();
  const vus: number[] = [];
  const reponse = await seul.appeler('logements.exporter', { destination, colonnes: COLONNES }, {
    signal: arret.signal,
    progres: ({ fait }) => {
      vus.push(fait);
      if (fait > 0) arret.abort();
    },
  });
  await seul.fermer();
  expect(reponse.ok ? '' : reponse.error.code).toBe('annule');
  expect(vus).toEqual([0, 1000]);
  expect(existsSync(destination)).toBe(false);
  expect(readdirSync(service.repertoire).filter((f) => f.includes('partiel'))).toEqual([]);
});

it('une écriture pendant l’export le refuse, sans fichier mêlé', async () => {
  const { service, dossier } = await ouvrirParc(2500);
  const destination = join(service.repertoire, 'b.csv');
  await service.faire('dossier.fermer', {});
  const seul = openService({ repertoireDonnees: service.repertoire, utilisateur: 'Ada', ordinateur: 'poste-1' });
  await seul.appeler('dossier.ouvrir', { chemin: dossier });
  const ecrire = (valeur: string) => seul.appeler('champs.definir', { champ: 'organisme/nom', valeur });
  // Une première fois, pour que la suivante n'ait rien à charger : elle passe entre deux blocs.
  await ecrire('Un nom');
  const ecritures: Promise<{ ok: boolean }>[] = [];
  const reponse = await seul.appeler('logements.exporter', { destination, colonnes: ['ident_int'] }, {
    progres: ({ fait }) => {
      if (fait === 1000) ecritures.push(ecrire('Autre nom'));
    },
  });
  expect([reponse.ok ? '' : reponse.error.code, (await Promise.all(ecritures)).map((e) => e.ok), existsSync(destination)]).toEqual(['dossier-change', [true], false]);
  await seul.fermer();
});
