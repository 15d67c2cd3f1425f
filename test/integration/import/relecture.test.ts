import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import { CHAMPS } from '../../../shared/domain/rpls/champs.ts';
import { ILLISIBLE, decodeTexte } from '../../../shared/domain/rpls/decoder.ts';
import { lireDossier, ouvrirAtelier } from './aide.ts';

it('chaque valeur de chaque logement est celle qu’une lecture naïve du fichier donne', async () => {
  const generation = generateBailleur({ graine: 31, logements: 9000, annee: 2026, salete: 0.03 });
  const atelier = await ouvrirAtelier(generation.identite.siren);
  const fichier = join(atelier.repertoire, 'parc.csv');
  ecrireFichier(generation, fichier);
  await atelier.faire('import.lire', { chemin: fichier });
  await atelier.fermer();
  const lus = new Map(lireDossier<Record<string, unknown> & { ident_int: string }>(atelier.dossier, 'SELECT * FROM logement').map((l) => [l.ident_int, l]));
  const lignes: string[][] = parse(iconv.decode(readFileSync(fichier), 'win1252'), { delimiter: ';', relax_quotes: true, relax_column_count: true, from_line: 2, skip_empty_lines: true });
  const vus = new Set<string>();
  for (const champs of lignes) {
    const ident = champs[1]?.trim() ?? '';
    const logement = lus.get(ident);
    // Une ligne rejetée peut porter l'identifiant d'une autre : celle-ci se reconnaît à son rang au répertoire.
    if (champs.length < 63 || logement === undefined || logement['ident_rep'] !== champs[0]) continue;
    vus.add(ident);
    const naive = Object.fromEntries(
      CHAMPS.map((c, i) => {
        const valeur = decodeTexte(c, champs[i] ?? '');
        return [c.colonne, valeur === ILLISIBLE || (c.nom === 'SURFHAB' && valeur === 0) ? null : valeur];
      }),
    );
    expect(Object.fromEntries(CHAMPS.map((c) => [c.colonne, logement[c.colonne]]))).toEqual(naive);
  }
  expect(vus.size).toBe(lus.size);
});

it('les états des départements s’ajoutent à celui de l’organisme', async () => {
  const generation = generateBailleur({ graine: 4, logements: 1500, annee: 2026, departements: ['13', '84', '2A'] });
  const atelier = await ouvrirAtelier(generation.identite.siren);
  const fichier = join(atelier.repertoire, 'parc.csv');
  ecrireFichier(generation, fichier);
  await atelier.faire('import.lire', { chemin: fichier });
  const tout = await atelier.faire('etat.lire', {});
  const parts = await Promise.all(Object.keys(tout.departements).map((d) => atelier.faire('etat.lire', { territoire: `dep-${d}` })));
  const somme = (cle: 'logements' | 'qpv' | 'horsQpv' | 'sortis' | 'vacants' | 'ensembles') => parts.reduce((s, e) => s + e[cle], 0);
  expect(parts.length).toBe(3);
  for (const cle of ['logements', 'qpv', 'horsQpv', 'sortis', 'vacants', 'ensembles'] as const) expect([cle, somme(cle)]).toEqual([cle, tout[cle]]);
  const [commune = '', n] = Object.entries(tout.communes)[0] ?? [];
  expect((await atelier.faire('etat.lire', { territoire: `com-${commune}` })).logements).toBe(n);
  expect(await atelier.echouer('etat.lire', { territoire: 'dep-999' })).toMatchObject({ code: 'territoire-inconnu', sortie: 2 });
  const csv = join(atelier.repertoire, 'E.csv');
  expect((await atelier.faire('ensembles.exporter', { destination: csv })).lignes).toBe(tout.ensembles);
  const lignes = readFileSync(csv, 'utf8').trimEnd().split('\r\n');
  expect(lignes).toHaveLength(tout.ensembles + 1);
  expect(lignes[0]).toBe('\ufeffid;nom;adresse;commune;nom_commune;logements;financements;qpv;logements_en_qpv;qpv_inconnu');
  expect((await atelier.faire('ensembles.exporter', { destination: join(atelier.repertoire, 'E.xlsx') })).lignes).toBe(tout.ensembles);
  expect(await atelier.echouer('ensembles.exporter', { destination: join(atelier.repertoire, 'E.pdf') })).toMatchObject({ code: 'format-inconnu' });
});
