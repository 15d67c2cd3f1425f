import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ecrireFichier, generateBailleur, generateEvolution } from '../../../electron/demo/index.ts';
import { contenu, resumes } from '../ensembles/aide.ts';
import type { Atelier } from '../import/aide.ts';
import { lireDossier, ouvrirAtelier } from '../import/aide.ts';
import { ecrireBailleur, observer } from './aide.ts';

const options = { graine: 5, logements: 900, annee: 2026, salete: 0.02, departements: ['13'], nombreCommunes: 3, siren: '913000006' };
const AUTRE = '913000014';

/** Trois années du même parc, dont la deuxième et la troisième ont perdu, changé et gagné des logements. */
async function troisAnnees() {
  const atelier = await ouvrirAtelier();
  const chemins = [2025, 2026, 2027].map((annee, i) => {
    const chemin = join(atelier.repertoire, `rpls-${annee}.csv`);
    const taux = { tauxDisparus: 0.02 * i, tauxModifies: 0.1 * i, tauxAjoutes: 0.03 * i };
    // Le même tirage : seule l'année de la première ligne distingue les déclarations.
    ecrireFichier(i === 0 ? generateBailleur(options) : generateEvolution({ ...options, ...taux }), chemin);
    return { annee, chemin };
  });
  for (const { annee, chemin } of chemins) {
    const texte = readFileSync(chemin).toString('latin1').replace(/^2026/u, String(annee));
    await atelier.faire('import.lire', { chemin: atelier.fichier(`d-${annee}.csv`, Buffer.from(texte, 'latin1')), appliquer: true });
  }
  return { atelier };
}

const PARC = '(sortiepatrim IS NULL OR sortiepatrim = 9)';
type Naif = Record<string, number | null>;

/** Les mêmes grandeurs, par un SQL naïf, déclaration par déclaration. */
function naif(atelier: Atelier, ou = '1'): Naif[] {
  return lireDossier<Naif>(
    atelier.dossier,
    `SELECT d.annee, count(*) FILTER (WHERE ${PARC}) AS logements, count(*) FILTER (WHERE NOT ${PARC}) AS sortis, count(*) FILTER (WHERE ${PARC} AND qpv = 1) AS qpv,
       count(*) FILTER (WHERE ${PARC} AND mode = 2) AS vacants, count(*) FILTER (WHERE ${PARC} AND mode IN (1, 2)) AS proposes,
       count(*) FILTER (WHERE ${PARC} AND mode = 2 AND d.annee * 12 + 1 - (CAST(substr(remlocdate, 1, 4) AS INTEGER) * 12 + CAST(substr(remlocdate, 6, 2) AS INTEGER)) > 3) AS plus,
       count(*) FILTER (WHERE ${PARC} AND mode = 2 AND remlocdate IS NULL) AS inconnue,
       count(*) FILTER (WHERE ${PARC} AND dpeenergie = 'D') AS d, count(*) FILTER (WHERE ${PARC} AND dpeenergie = 'D' AND dpedate < '2021-07') AS dAvant,
       count(*) FILTER (WHERE ${PARC} AND dpeenergie = 'D' AND dpedate >= '2021-07') AS dDepuis,
       count(*) FILTER (WHERE ${PARC} AND mode = 1 AND loyerprinc IS NOT NULL AND surfhab > 0) AS loues,
       sum(loyerprinc) FILTER (WHERE ${PARC} AND mode = 1 AND surfhab > 0) * 1.0 / sum(surfhab) FILTER (WHERE ${PARC} AND mode = 1 AND loyerprinc IS NOT NULL AND surfhab > 0) AS loyerM2
     FROM logement l JOIN declaration d ON d.id = l.declaration WHERE ${ou} GROUP BY d.id ORDER BY d.annee`,
  );
}

async function observe(atelier: Atelier, territoire?: string): Promise<Naif[]> {
  const { points } = await atelier.faire('declarations.tendances', territoire === undefined ? {} : { territoire });
  return points.map((p) => ({
    annee: p.annee, logements: p.logements, sortis: p.sortis, qpv: p.qpv, vacants: p.vacance.vacants, proposes: p.vacance.proposes, plus: p.vacance.plusDeTroisMois,
    inconnue: p.vacance.dureeInconnue, d: p.dpe['D'] ?? 0, dAvant: p.dpeAvant['D'] ?? 0, dDepuis: p.dpeDepuis['D'] ?? 0, loues: p.loyers.SH.loues, loyerM2: p.loyers.SH.loyerM2,
  }));
}

const somme = (comptes: Record<string, number>): number => Object.values(comptes).reduce((a, b) => a + b, 0);

describe('les évolutions', () => {
  test('sont celles d’un SQL naïf, pour l’organisme et pour une commune', async () => {
    const { atelier } = await troisAnnees();
    const { communes } = await atelier.faire('etat.lire', {});
    const [commune = ''] = Object.keys(communes);
    const lues = [await observe(atelier), await observe(atelier, `com-${commune}`)];
    await atelier.faire('dossier.fermer', {});
    expect(lues).toEqual([naif(atelier), naif(atelier, `l.commune = '${commune}'`)]);
    expect(lues[0]?.map((p) => p['annee'])).toEqual([2025, 2026, 2027]);
    expect((lues[0]?.[2]?.['dDepuis'] ?? 0)).toBeGreaterThan(0);
  });

  test('le parc d’un point est celui d’avant, plus les entrées, moins les sorties, dans chaque territoire', async () => {
    const { atelier } = await troisAnnees();
    const { communes } = await atelier.faire('etat.lire', {});
    for (const territoire of ['organisme', 'dep-13', ...Object.keys(communes).map((c) => `com-${c}`)]) {
      const { points, mouvements } = await atelier.faire('declarations.tendances', { territoire });
      for (const [i, m] of mouvements.entries()) {
        expect(points[i + 1]?.logements).toBe((points[i]?.logements ?? 0) + somme(m.entrees) - somme(m.sorties));
      }
    }
    const { mouvements } = await atelier.faire('declarations.tendances', {});
    expect(mouvements[0]?.sorties['1']).toBeGreaterThan(0);
    expect(mouvements[0]?.sorties['absent']).toBeGreaterThan(0);
    expect(somme(mouvements[0]?.entrees ?? {})).toBeGreaterThan(0);
  });

  test('le dernier point est l’état des lieux, et un bailleur réuni change le périmètre', async () => {
    const { atelier } = await troisAnnees();
    await atelier.faire('origines.definir', { siren: AUTRE, nom: 'Foyer absorbé', operation: 'absorption' });
    const b = ecrireBailleur(atelier, 'b.csv', { ...options, annee: 2026, siren: AUTRE, logements: 300 });
    await atelier.faire('import.lire', { chemin: b.chemin });
    const { points, mouvements } = await atelier.faire('declarations.tendances', {});
    expect(points.map((p) => p.declarations.map((d) => [d.annee, d.reportee]))).toEqual([[[2025, false]], [[2026, false], [2026, false]], [[2027, false], [2026, true]]]);
    expect(mouvements.map((m) => m.entrees['perimetre'] ?? 0)).toEqual([b.totaux.parc, 0]);
    const etat = await atelier.faire('etat.lire', {});
    const loyers = (await atelier.faire('loyers.lire', { par: 'organisme', surface: 'SU' })).lignes[0];
    const dernier = points.at(-1);
    expect([dernier?.logements, dernier?.qpv, dernier?.sortis, dernier?.vacance.vacants, dernier?.dpe, dernier?.loyers.SU.loyerM2]).toEqual([etat.logements, etat.qpv, etat.sortis, etat.vacants, etat.dpe, loyers?.loyerM2]);
    const seul = await atelier.faire('declarations.tendances', { origine: AUTRE });
    expect(seul.points.map((p) => [p.annee, p.logements])).toEqual([[2026, b.totaux.parc]]);
    const exporte = await atelier.faire('declarations.exporter', { destination: join(atelier.repertoire, 'evolution.csv') });
    const lignes = readFileSync(exporte.chemin, 'utf8').split(/\r?\n/u);
    expect(lignes[0]?.replace('\ufeff', '')).toBe('groupe;grandeur;2025;2026;2027');
    expect(lignes[1]).toBe(`Parc;Logements;${points.map((p) => p.logements).join(';')}`);
    await atelier.faire('declarations.exporter', { destination: join(atelier.repertoire, 'evolution.xlsx') });
  });
});

test('une autre déclaration se met en vigueur, et cela s’annule à l’octet près', async () => {
  const { atelier } = await troisAnnees();
  const avant = await contenu(atelier);
  const totaux = await observer(atelier);
  const { declarations } = await atelier.faire('declarations.lister', {});
  expect(declarations.map((d) => [d.annee, d.enVigueur])).toEqual([[2025, false], [2026, false], [2027, true]]);
  const ancienne = declarations[0]!;
  expect((await atelier.echouer('declarations.vigueur', { declaration: declarations[2]!.id })).code).toBe('declaration-en-vigueur');
  expect((await atelier.echouer('declarations.vigueur', { declaration: 99 })).code).toBe('declaration-inconnue');
  const { operation, libelle } = await atelier.faire('declarations.vigueur', { declaration: ancienne.id });
  expect(libelle).toBe('Déclaration 2025 de Office fictif mise en vigueur');
  expect((await atelier.faire('etat.lire', {})).logements).toBe(ancienne.logements);
  const { gardes, relus } = await resumes(atelier);
  expect(gardes).toEqual(relus);
  await atelier.faire('operations.annuler', { operation });
  expect(await observer(atelier)).toEqual(totaux);
  const apres = await contenu(atelier);
  // De quoi refaire est gardé à part.
  delete apres['operation_apres'];
  delete avant['operation_apres'];
  expect(apres).toEqual(avant);
});

test('le paquet de la convention précédente est le premier point', async () => {
  const atelier = await ouvrirAtelier();
  const a = ecrireBailleur(atelier, 'a.csv', options);
  await atelier.faire('import.lire', { chemin: a.chemin });
  const depot = await atelier.faire('depot.deposer', { repertoire: join(atelier.repertoire, 'envoi'), sansSignature: true, malgre: 'essai' });
  const etat = await atelier.faire('etat.lire', {});
  await atelier.faire('dossier.creer', { chemin: join(atelier.repertoire, 'n.cus'), depuis: depot.paquet });
  const suite = ecrireBailleur(atelier, 'b.csv', { ...options, annee: 2032 });
  await atelier.faire('import.lire', { chemin: suite.chemin });
  const { points, mouvements } = await atelier.faire('declarations.tendances', {});
  expect(points.map((p) => [p.libelle, p.source, p.logements, p.vacance.vacants, p.vacance.proposes === null])).toEqual([
    ['paquet v1 (01/03/2026)', 'paquet', etat.logements, etat.vacants, true], ['2032', 'declarations', suite.totaux.parc, points[1]!.vacance.vacants, false],
  ]);
  expect(points[0]?.dpe).toEqual(etat.dpe);
  expect(mouvements).toEqual([]);
});
