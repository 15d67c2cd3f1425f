import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ecrireFichier, generateBailleur, generateEvolution } from '../../../electron/demo/index.ts';
import type { FormatFichier, Totaux } from '../../../electron/demo/index.ts';
import { lireDossier, ouvrirAtelier } from './aide.ts';
import type { Atelier } from './aide.ts';

const sansZeros = (comptes: Record<string, number>): Record<string, number> => Object.fromEntries(Object.entries(comptes).filter(([, n]) => n !== 0).map(([k, n]) => [k, n]));

/** Ce que le dossier répond, dans la forme des totaux connus du générateur. */
async function observer(atelier: Atelier) {
  const etat = await atelier.faire('etat.lire', {});
  const loyers = Object.fromEntries(
    await Promise.all(
      (['SH', 'SU', 'SC'] as const).map(async (surface) => {
        const [l] = (await atelier.faire('loyers.lire', { par: 'organisme', surface })).lignes;
        return [surface, { loues: l?.loues, surface: l?.surface, loyer: l?.loyerMensuel, avecMaximum: l?.avecMaximum }] as const;
      }),
    ),
  );
  return {
    parc: etat.logements, sortis: etat.sortis, qpv: etat.qpv, horsQpv: etat.horsQpv, qpvInconnu: etat.qpvInconnu,
    financements: etat.financements, familles: sansZeros(etat.familles), dpe: etat.dpe, annees: etat.annees, types: etat.types, pieces: etat.pieces,
    communes: etat.communes, epci: etat.epci, departements: etat.departements, loyers,
  };
}

function attendu(t: Totaux) {
  return {
    parc: t.parc, sortis: t.sortis, qpv: t.qpv, horsQpv: t.horsQpv, qpvInconnu: t.qpvInconnu, financements: t.financements, familles: t.familles, dpe: t.dpe,
    annees: t.annees, types: t.types, pieces: t.pieces, communes: t.communes, epci: t.epci, departements: t.departements,
    loyers: Object.fromEntries(
      (['SH', 'SU', 'SC'] as const).map((s) => [s, { loues: t.loyers[s].loues, surface: t.loyers[s].surface, loyer: t.loyers[s].loyer, avecMaximum: t.loyers[s].avecMaximum }]),
    ),
  };
}

// Le premier est lu sur place, le second dans un fil à part.
it.each([19_000, 40_000])('retrouve à l’unité près les totaux d’un bailleur de %i logements', async (logements) => {
  const generation = generateBailleur({ graine: 5, logements, annee: 2026 });
  const atelier = await ouvrirAtelier(generation.identite.siren);
  const fichier = join(atelier.repertoire, 'parc.csv');
  ecrireFichier(generation, fichier);
  const t = generation.totaux();
  const r = await atelier.faire('import.lire', { chemin: fichier });
  expect({ lignes: r.lignes, acceptees: r.acceptees, rejetees: r.rejetees, signalees: r.signalees, ajoutes: r.ajoutes, applique: r.applique, annee: r.annee, logements: r.logements }).toEqual({
    lignes: t.lignes, acceptees: t.acceptees, rejetees: t.rejetees, signalees: t.signalees, ajoutes: t.acceptees, applique: true, annee: 2026, logements: t.parc,
  });
  expect(r.comptesAnomalies).toEqual({ ...t.rejets, ...t.remarques });
  expect(r.anomalies).toHaveLength(100);
  expect(await observer(atelier)).toEqual(attendu(t));
  const { ensembles } = await atelier.faire('ensembles.lister', {});
  expect(ensembles).toHaveLength(r.ensembles);
  expect(ensembles.reduce((s, e) => s + e.logements, 0)).toBe(t.parc);
  expect(ensembles.reduce((s, e) => s + e.qpv, 0)).toBe(t.qpv);
  expect(sommer(ensembles.map((e) => e.financements))).toEqual(t.financements);
  await atelier.fermer();
  // Les types et contraintes des tables STRICT sont vérifiés ici aussi, sur des lignes écrites par pages.
  expect(lireDossier(atelier.dossier, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
});

const sommer = (comptes: Record<string, number>[]): Record<string, number> => {
  const total: Record<string, number> = {};
  for (const c of comptes) for (const [k, n] of Object.entries(c)) total[k] = (total[k] ?? 0) + n;
  return total;
};

it.each<FormatFichier>([
  { encodage: 'windows-1252', finDeLigne: 'LF' },
  { encodage: 'utf-8', finDeLigne: 'CRLF' },
  { encodage: 'utf-8-bom', finDeLigne: 'LF' },
])('lit le même parc en $encodage, fins de ligne $finDeLigne', async (format) => {
  const options = { graine: 11, logements: 800, annee: 2026 };
  const reference = await importer(options);
  const autre = await importer({ ...options, format });
  expect(autre).toEqual(reference);
  expect(reference.some((l) => JSON.stringify(l).includes('Œ'))).toBe(true);
});

async function importer(options: Parameters<typeof generateBailleur>[0]): Promise<object[]> {
  const generation = generateBailleur(options);
  const atelier = await ouvrirAtelier(generation.identite.siren);
  const fichier = join(atelier.repertoire, 'parc.csv');
  ecrireFichier(generation, fichier);
  await atelier.faire('import.lire', { chemin: fichier });
  await atelier.fermer();
  return lireDossier(atelier.dossier, 'SELECT l.*, e.code AS code FROM logement l JOIN ensemble e ON e.id = l.ensemble ORDER BY l.id');
}

it('désigne chaque anomalie par sa ligne', async () => {
  const generation = generateBailleur({ graine: 3, logements: 2000, annee: 2026, salete: 0.05, detail: true });
  const atelier = await ouvrirAtelier(generation.identite.siren);
  const fichier = join(atelier.repertoire, 'parc.csv');
  ecrireFichier(generation, fichier);
  await atelier.faire('import.lire', { chemin: fichier });
  await atelier.fermer();
  const trouvees = lireDossier<{ ligne: number; code: string }>(atelier.dossier, `SELECT ligne, code FROM anomalie WHERE champ <> '' OR ligne > 1 ORDER BY ligne, code`);
  const prevues = generation.anomalies().toSorted((a, b) => a.ligne - b.ligne || (a.code < b.code ? -1 : 1));
  expect(trouvees).toEqual(prevues.map(({ ligne, code }) => ({ ligne, code })));
  expect(prevues.length).toBeGreaterThan(40);
});

it('compare l’export suivant : les comptes sont ceux du générateur, puis l’état est celui du nouveau fichier', async () => {
  const options = { graine: 8, logements: 3000, annee: 2026 };
  const premiere = generateBailleur(options);
  const suivante = generateEvolution(options);
  const atelier = await ouvrirAtelier(premiere.identite.siren);
  const [a, b] = ['a.csv', 'b.csv'].map((n) => join(atelier.repertoire, n)) as [string, string];
  ecrireFichier(premiere, a);
  ecrireFichier(suivante, b);
  await atelier.faire('import.lire', { chemin: a });
  const r = await atelier.faire('import.lire', { chemin: b });
  const { ajoutes, modifies, disparus, inchanges } = r;
  expect({ ajoutes, modifies, disparus, inchanges }).toEqual(suivante.evolution());
  expect(r.acceptees).toBe(ajoutes + modifies + inchanges);
  expect(r.applique).toBe(false);
  expect((await observer(atelier)).parc).toBe(premiere.totaux().parc);
  const applique = await atelier.faire('import.appliquer', { comparaison: r.comparaison ?? '' });
  expect(applique.applique).toBe(true);
  expect(await observer(atelier)).toEqual(attendu(suivante.totaux()));
});
