import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contenu, importer, logement, resumes, VOIE } from '../ensembles/aide.ts';
import { declaration } from '../import/aide.ts';
import type { Atelier } from '../import/aide.ts';

const dwelling = (i: string, loyer: string, champs: Record<string, string> = {}): string => logement(i, 'LES LILAS', { ...VOIE, NUMVOIE: '12', FINAN: '13', QPV: '2', MODE: '1', LOYERPRINC: loyer, ...champs });
const PARC = [dwelling('A1', '400'), dwelling('A2', '401'), dwelling('A3', '402')];

const corriger = (atelier: Atelier, identifiant: string, colonne: string, texte: string) => atelier.faire('corrections.saisir', { cases: [{ identifiant, colonne, texte }] });
const lire = (atelier: Atelier, lignes: string[], options: { appliquer?: boolean; conflits?: 'correction' | 'fichier'; anomalies?: string; annee?: number } = {}) => {
  const { annee = 2026, ...reste } = options;
  return atelier.faire('import.lire', { chemin: atelier.fichier('suite.csv', declaration(...lignes).replace(/^2026/, String(annee))), ...reste });
};
const loyers = async (atelier: Atelier) => Object.fromEntries((await atelier.faire('logements.page', { decalage: 0, nombre: 100 })).lignes.map((l) => [String(l['ident_int']), l['loyerprinc']]));
const comptes = (r: Awaited<ReturnType<typeof lire>>) => {
  expect(r.lignes).toBe(r.acceptees + r.rejetees);
  expect(r.acceptees).toBe(r.ajoutes + r.modifies + r.inchanges);
  return { ajoutes: r.ajoutes, modifies: r.modifies, inchanges: r.inchanges, disparus: r.disparus, signalees: r.signalees, conflits: r.conflits, ...r.corrections };
};

describe.each([['de la même année', 2026], ['d’une autre année', 2027]])('un fichier %s sur des cases corrigées', (_, annee) => {
  it('garde la correction, dit le conflit, et l’annulation rend tout', async () => {
    const { atelier } = await importer(...PARC);
    await corriger(atelier, 'A1', 'loyerprinc', '450');
    await corriger(atelier, 'A2', 'loyerprinc', '451');
    await corriger(atelier, 'A3', 'loyerprinc', '452');
    const avant = await contenu(atelier);
    const anomalies = join(atelier.repertoire, 'A.csv');
    // A1 : le fichier redit ce qui avait été corrigé ; A2 : il dit autre chose ; A3 : il dit comme la correction.
    const r = await lire(atelier, [dwelling('A1', '400'), dwelling('A2', '410'), dwelling('A3', '452')], { appliquer: true, anomalies, annee });
    expect(comptes(r)).toEqual({ ajoutes: 0, modifies: 0, inchanges: 3, disparus: 0, signalees: 3, conflits: 2, conservees: 2, remplacees: 0, confirmees: 1, sansLogement: 0 });
    expect(await loyers(atelier)).toEqual({ A1: 450, A2: 451, A3: 452 });
    expect(r.anomalies.filter((a) => a.ligne > 1).map((a) => [a.ligne, a.champ, a.valeur, a.code])).toEqual([
      [2, 'LOYERPRINC', '400', 'correction-conservee'], [3, 'LOYERPRINC', '410', 'correction-conservee'], [4, 'LOYERPRINC', '452', 'correction-confirmee'],
    ]);
    expect(readFileSync(anomalies, 'utf8')).toContain('3;LOYERPRINC;410;correction-conservee;"Loyer principal (LOYERPRINC) : corrigé à la main. Le fichier dit « 410 »');
    expect((await atelier.faire('explication.lire', { sujet: 'logement/A2/LOYERPRINC' })).correction).toMatchObject({ importee: '410,00\u00a0€', corrigee: '451,00\u00a0€' });
    const { correction } = await atelier.faire('explication.lire', { sujet: 'logement/A3/LOYERPRINC' });
    expect(correction).toBeUndefined();
    const { gardes, relus } = await resumes(atelier);
    expect(gardes).toEqual(relus);
    const apres = await contenu(atelier);
    const { operations } = await atelier.faire('operations.lister', {});
    await atelier.faire('operations.annuler', { operation: operations[0]!.id });
    expect(await contenu(atelier)).toEqual(avant);
    await atelier.faire('operations.refaire', { operation: operations[0]!.id });
    expect(await contenu(atelier)).toEqual(apres);
  });

  it('prend la valeur du fichier quand c’est demandé, et le journal le dit', async () => {
    const { atelier } = await importer(...PARC);
    await corriger(atelier, 'A1', 'loyerprinc', '450');
    const r = await lire(atelier, [dwelling('A1', '420'), dwelling('A2', '401'), dwelling('A3', '402')], { appliquer: true, conflits: 'fichier', annee });
    expect(comptes(r)).toMatchObject({ modifies: 1, inchanges: 2, conflits: 1, conservees: 0, remplacees: 1 });
    expect((await loyers(atelier))['A1']).toBe(420);
    const { historique, correction } = await atelier.faire('explication.lire', { sujet: 'logement/A1/LOYERPRINC' });
    expect(correction).toBeUndefined();
    expect(historique.map((h) => [h.avant, h.apres])).toEqual([['450,00\u00a0€', '420,00\u00a0€'], ['400,00\u00a0€', '450,00\u00a0€']]);
  });

  it('se tranche case par case avant d’appliquer', async () => {
    const { atelier } = await importer(...PARC);
    await corriger(atelier, 'A1', 'loyerprinc', '450');
    await corriger(atelier, 'A2', 'depcom', '13201');
    const r = await lire(atelier, [dwelling('A1', '420'), dwelling('A2', '401', { DEPCOM: '69123' }), dwelling('A3', '402')], { annee });
    expect(comptes(r)).toMatchObject({ modifies: 0, inchanges: 3, conflits: 2 });
    const page = () => atelier.faire('import.conflits', { comparaison: r.comparaison!, decalage: 0, nombre: 10 });
    expect(await page()).toEqual({
      total: 2,
      lignes: [
        { id: 1, identifiant: 'A1', adresse: '12 RUE DU STADE', commune: 'Marseille', champ: 'Loyer principal', importee: '400,00\u00a0€', corrigee: '450,00\u00a0€', fichier: '420,00\u00a0€', redite: false, decision: 'correction', qui: 'Essai', quand: '2026-03-01T09:00:00.000Z' },
        expect.objectContaining({ id: 2, identifiant: 'A2', champ: 'Commune déclarée (code Insee)', corrigee: '13201', fichier: '69123', decision: 'correction' }),
      ],
    });
    expect(comptes(await atelier.faire('import.trancher', { comparaison: r.comparaison!, conflits: [2], decision: 'fichier' }))).toMatchObject({ modifies: 1, inchanges: 2, conservees: 1, remplacees: 1 });
    expect(comptes(await atelier.faire('import.trancher', { comparaison: r.comparaison!, decision: 'fichier' }))).toMatchObject({ modifies: 2, inchanges: 1, conservees: 0, remplacees: 2 });
    expect(comptes(await atelier.faire('import.trancher', { comparaison: r.comparaison!, conflits: [1], decision: 'correction' }))).toMatchObject({ modifies: 1, conservees: 1, remplacees: 1 });
    await atelier.faire('import.appliquer', { comparaison: r.comparaison! });
    expect((await atelier.faire('logements.page', { decalage: 0, nombre: 3 })).lignes.map((l) => [l['ident_int'], l['loyerprinc'], l['commune']])).toEqual([['A1', 450, '13055'], ['A2', 401, '69123'], ['A3', 402, '13055']]);
    const { gardes, relus } = await resumes(atelier);
    expect(gardes).toEqual(relus);
  });

  it('garde la correction d’un logement disparu, et la retrouve s’il revient', async () => {
    const { atelier } = await importer(...PARC);
    await corriger(atelier, 'A1', 'loyerprinc', '450');
    const sans = await lire(atelier, PARC.slice(1), { appliquer: true, annee });
    expect(comptes(sans)).toMatchObject({ disparus: 1, conflits: 0, sansLogement: 1 });
    expect(sans.anomalies.filter((a) => a.code !== 'siret-invalide')).toMatchObject([{ ligne: 1, code: 'corrections-sans-logement', valeur: '1' }]);
    const retour = await lire(atelier, [...PARC, dwelling('A4', '403')], { appliquer: true, annee });
    expect(comptes(retour)).toMatchObject({ ajoutes: 2, conflits: 1, conservees: 1, sansLogement: 0 });
    expect((await loyers(atelier))['A1']).toBe(450);
  });
});

describe('importer deux fois le même fichier', () => {
  it('c’est l’importer une fois, corrections comprises', async () => {
    const { atelier } = await importer(...PARC);
    await corriger(atelier, 'A1', 'loyerprinc', '450');
    const avant = await contenu(atelier);
    const chemin = join(atelier.repertoire, '1.csv');
    const r = await atelier.faire('import.lire', { chemin, appliquer: true });
    expect(comptes(r)).toMatchObject({ inchanges: 3, conflits: 1, conservees: 1 });
    expect(r.applique).toBe(true);
    expect(await contenu(atelier)).toEqual(avant);
    await atelier.faire('import.lire', { chemin, appliquer: true, conflits: 'fichier' });
    expect((await loyers(atelier))['A1']).toBe(400);
  });

  it('un tableau qui ne donne pas le champ corrigé n’y change rien, ni à l’ensemble d’un logement à l’adresse corrigée', async () => {
    const { atelier } = await importer(...PARC);
    await corriger(atelier, 'A1', 'nomvoie', 'DES CEDRES');
    await corriger(atelier, 'A1', 'complgeo', 'LES CEDRES');
    const profil = { version: 1 as const, type: 'logements' as const, separateur: ';', colonnes: { Ident: 'IDENT_INT', Commune: 'DEPCOM', Loyer: 'LOYERPRINC' } };
    const r = await atelier.faire('import.lire', { chemin: atelier.fichier('loyers.csv', 'Ident;Commune;Loyer\nA1;13055;512,30\nA2;13055;401\nA3;13055;402\n'), profil, appliquer: true });
    expect(comptes(r)).toMatchObject({ modifies: 1, conflits: 0, confirmees: 0 });
    const { lignes } = await atelier.faire('logements.page', { decalage: 0, nombre: 3 });
    expect(lignes.map((l) => [l['nomvoie'], l['complgeo'], l['loyerprinc']])).toEqual([['DES CEDRES', 'LES CEDRES', 512.3], ['DU STADE', 'LES LILAS', 401], ['DU STADE', 'LES LILAS', 402]]);
    expect(new Set(lignes.map((l) => l['code_ensemble'])).size).toBe(1);
  });
});

it('corrections et fichiers quelconques : tout s’annule jusqu’au départ, et les résumés sont ceux d’un recompte', async () => {
  const { atelier } = await importer(...PARC);
  const depart = await contenu(atelier);
  const valeur = fc.constantFrom('400', '410', '420', '');
  const fichier = fc.record({ sorte: fc.constant('fichier' as const), annee: fc.constantFrom(2026, 2027), conflits: fc.constantFrom('correction' as const, 'fichier' as const), loyers: fc.array(fc.tuple(fc.constantFrom('A1', 'A2', 'A3', 'B1'), valeur), { minLength: 1, maxLength: 4 }) });
  const saisie = fc.record({ sorte: fc.constant('saisie' as const), ident: fc.constantFrom('A1', 'A2', 'A3'), colonne: fc.constantFrom('loyerprinc', 'depcom', 'finan'), rang: fc.nat(2) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(saisie, fichier), { minLength: 1, maxLength: 6 }), async (gestes) => {
      for (const g of gestes) {
        if (g.sorte === 'fichier') {
          const parIdent = new Map(g.loyers);
          comptes(await lire(atelier, [...parIdent].map(([i, l]) => dwelling(i, l)), { appliquer: true, annee: g.annee, conflits: g.conflits }));
        } else {
          const texte = { loyerprinc: ['410', '420', ''], depcom: ['13201', '69123', '13055'], finan: ['13', '14', ''] }[g.colonne]?.[g.rang] ?? '';
          const connu = (await loyers(atelier))[g.ident] !== undefined;
          if (connu) await corriger(atelier, g.ident, g.colonne, texte);
        }
        const { gardes, relus } = await resumes(atelier);
        expect(gardes).toEqual(relus);
      }
      const fin = await contenu(atelier);
      const faites = (await atelier.faire('operations.lister', {})).operations.filter((o) => o.annuleeLe === null && o.id > 1);
      for (const { id } of faites) await atelier.faire('operations.annuler', { operation: id });
      expect(await contenu(atelier)).toEqual(depart);
      for (const { id } of faites.toReversed()) await atelier.faire('operations.refaire', { operation: id });
      expect(await contenu(atelier)).toEqual(fin);
      for (const { id } of faites) await atelier.faire('operations.annuler', { operation: id });
    }),
    { numRuns: 10 },
  );
});
