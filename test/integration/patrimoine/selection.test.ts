import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sortie } from '../../../shared/contract.ts';
import { garde, lireToutes, ouvrirParc, PARC } from './aide.ts';
import type { Filtre, Ligne } from './aide.ts';

type Totaux = Sortie<'logements.totaux'>;

const centimes = (n: unknown): number => (typeof n === 'number' ? Math.round(n * 100) : 0);
const totauxDe = (lignes: readonly Ligne[]): Totaux => ({
  logements: lignes.length,
  surfaceHabitable: lignes.reduce((n, l) => n + centimes(l['surfhab']), 0) / 100,
  loyerMensuel: lignes.reduce((n, l) => n + centimes(l['loyerprinc']), 0) / 100,
  loues: lignes.filter((l) => l['mode'] === 1).length,
});
const additionner = (parties: readonly Totaux[]): Totaux => ({
  logements: parties.reduce((n, p) => n + p.logements, 0),
  surfaceHabitable: parties.reduce((n, p) => n + centimes(p.surfaceHabitable), 0) / 100,
  loyerMensuel: parties.reduce((n, p) => n + centimes(p.loyerMensuel), 0) / 100,
  loues: parties.reduce((n, p) => n + p.loues, 0),
});
const somme = (comptes: Readonly<Record<string, number>>): number => Object.values(comptes).reduce((n, x) => n + x, 0);

/** Filtres de toutes sortes, tirés des valeurs du parc et d'à côté. */
function filtresDe(lignes: readonly Ligne[]): fc.Arbitrary<Filtre[]> {
  const valeurs = (colonne: string): string[] => [...new Set(lignes.map((l) => (l[colonne] === null || l[colonne] === undefined ? '' : String(l[colonne]))))];
  const parmi = (colonne: string) => fc.subarray([...new Set([...valeurs(colonne), '9', '8', '7'])], { minLength: 1, maxLength: 3 }).map((v): Filtre => ({ colonne, valeurs: v }));
  const bornes = (colonne: string, valeur: fc.Arbitrary<string>) =>
    fc.record({ colonne: fc.constant(colonne), de: valeur, a: valeur }, { requiredKeys: ['colonne'] }).map((f): Filtre => f);
  const decimal = (min: number, max: number) => fc.integer({ min, max }).map((n) => String(n / 100));
  const mois = fc.tuple(fc.integer({ min: 2000, max: 2026 }), fc.integer({ min: 1, max: 12 })).map(([a, m]) => `${a}-${String(m).padStart(2, '0')}`);
  return fc.uniqueArray(
    fc.oneof(
      fc.constant(PARC), fc.constant<Filtre>({ colonne: 'parc', valeurs: ['non'] }),
      ...['finan', 'qpv', 'typeconst', 'nbpiece', 'mode', 'dpeenergie', 'commune', 'epci', 'departement', 'region', 'famille', 'dpe_periode', 'age', 'taille', 'decennie', 'code_ensemble'].map(parmi),
      bornes('surfhab', decimal(1000, 15_000)), bornes('loyerprinc', decimal(5000, 90_000)), bornes('construct', fc.integer({ min: 1890, max: 2030 }).map(String)),
      bornes('dpedate', mois), bornes('bail', mois),
      fc.constantFrom('nomvoie', 'nom_commune', 'nom_ensemble', 'libcom', 'complgeo').chain((colonne) => fc.constantFrom('é', 'RUE', 'a', '%', '_', 'e l', 'École').map((contient): Filtre => ({ colonne, contient }))),
      fc.constantFrom('dpeenergie', 'loyerprinc', 'finan', 'bail', 'nomvoie').chain((colonne) => fc.boolean().map((vide): Filtre => ({ colonne, vide }))),
    ),
    { maxLength: 4, selector: (f) => f.colonne },
  );
}

describe('la sélection', () => {
  it('garde exactement les lignes qu’un filtre naïf garde ; totaux, groupes et répartitions disent la même chose', async () => {
    const { service, lignes } = await ouvrirParc();
    const colonnes = ['commune', 'epci', 'departement', 'region', 'finan', 'famille', 'dpeenergie', 'dpe_periode', 'construct', 'decennie', 'age', 'taille', 'nbpiece', 'qpv', 'mode', 'code_ensemble', 'surfhab', 'loyerprinc', 'bail'];
    await fc.assert(
      fc.asyncProperty(filtresDe(lignes), fc.subarray(colonnes, { minLength: 1, maxLength: 2 }), async (filtres, par) => {
        const attendues = lignes.filter((l) => filtres.every((f) => garde(l, f)));
        expect((await lireToutes(service, filtres)).map((l) => l['ident_int'])).toEqual(attendues.map((l) => l['ident_int']));
        const { totaux } = await service.faire('logements.page', { decalage: 0, nombre: 1, filtres });
        expect(totaux).toEqual(totauxDe(attendues));

        const groupes = await service.faire('logements.groupes', { par, filtres });
        expect(groupes.totaux).toEqual(totaux);
        expect(additionner(groupes.groupes)).toEqual(totaux);
        for (const g of groupes.groupes) if (par.length === 2) expect(additionner(g.sous)).toEqual(additionner([g]));
        // Chaque groupe ouvre ses lignes : son filtre rend son compte.
        const [premier] = groupes.groupes;
        if (premier !== undefined) {
          const ouvert = await service.faire('logements.page', { decalage: 0, nombre: 1, filtres: [...filtres, { colonne: par[0] ?? '', valeurs: [premier.cle] }] });
          expect(ouvert.totaux).toEqual(additionner([premier]));
        }

        const r = await service.faire('logements.repartition', { filtres });
        expect(r.logements).toBe(totaux.logements);
        expect(r.qpv + r.horsQpv + r.qpvInconnu).toBe(r.logements);
        for (const comptes of [r.financements, r.familles, r.dpe, r.annees, r.ages, r.types, r.pieces, r.surfaces]) expect(somme(comptes)).toBe(r.logements);
        expect(somme(r.dpeAvant) + somme(r.dpeDepuis) + somme(r.dpeSansDate) + (r.dpe['inconnu'] ?? 0)).toBe(r.logements);
        expect(r.vacants).toBe(attendues.filter((l) => l['mode'] === 2).length);
      }),
      { numRuns: 60 },
    );
  });

  it('le parc entier se répartit comme l’état des lieux, et chaque territoire aussi', async () => {
    const { service } = await ouvrirParc();
    const { territoire: _, ensembles: __, communes, epci, departements, regions, noms: ___, sortis: ____, ...etat } = await service.faire('etat.lire', {});
    expect(await service.faire('logements.repartition', { filtres: [PARC] })).toEqual(etat);
    expect([communes, epci, departements, regions].map((c) => Object.keys(c).length > 0)).toEqual([true, true, true, true]);
    for (const [par, prefixe, comptes] of [['commune', 'com', communes], ['epci', 'epci', epci], ['departement', 'dep', departements], ['region', 'reg', regions]] as const) {
      const { lignes, hors } = await service.faire('etat.territoires', { par });
      expect(Object.fromEntries(lignes.map((l) => [l.code, l.logements]))).toEqual(comptes);
      expect(somme(comptes) + hors).toBe(etat.logements);
      for (const { code, nom: _nom, ...ligne } of lignes) {
        const { territoire: _1, communes: _2, epci: _3, departements: _4, regions: _5, noms: _6, sortis: _7, annees: _8, ...local } = await service.faire('etat.lire', { territoire: `${prefixe}-${code}` });
        expect(ligne).toEqual(local);
        const r = await service.faire('logements.repartition', { filtres: [PARC, { colonne: par, valeurs: [code] }] });
        expect({ ...r, annees: null, ensembles: ligne.ensembles }).toEqual({ ...ligne, annees: null });
      }
    }
  });

  it('les groupes se trient ; l’inconnu reste à la fin', async () => {
    const { service } = await ouvrirParc(300);
    const cles = async (tri: { colonne: 'cle' | 'logements'; sens: 'asc' | 'desc' }) => (await service.faire('logements.groupes', { par: ['dpedate'], filtres: [PARC], tri })).groupes;
    const croissants = await cles({ colonne: 'cle', sens: 'asc' });
    expect(croissants.at(-1)?.cle).toBe('');
    expect(croissants.slice(0, -1).map((g) => g.cle)).toEqual(croissants.slice(0, -1).map((g) => g.cle).toSorted());
    expect((await cles({ colonne: 'cle', sens: 'desc' })).map((g) => g.cle)).toEqual([...croissants.slice(0, -1).map((g) => g.cle).toReversed(), '']);
    const nombres = (await cles({ colonne: 'logements', sens: 'desc' })).map((g) => g.logements);
    expect(nombres).toEqual(nombres.toSorted((a, b) => b - a));
  });

  it('les valeurs d’une colonne se comptent sous les autres filtres, se cherchent et se limitent', async () => {
    const { service, lignes } = await ouvrirParc(300);
    const parc = lignes.filter((l) => l['sortiepatrim'] === null);
    const finan = await service.faire('logements.valeurs', { colonne: 'finan', filtres: [PARC, { colonne: 'finan', valeurs: ['13'] }] });
    expect(finan.valeurs.find((v) => v.valeur === '13')).toEqual({ valeur: '13', libelle: '13 PLUS', logements: parc.filter((l) => l['finan'] === 13).length });
    expect(finan.valeurs.reduce((n, v) => n + v.logements, 0)).toBe(parc.length);
    expect(finan.valeurs).toHaveLength(finan.distinctes);
    const une = await service.faire('logements.valeurs', { colonne: 'ident_int', filtres: [], limite: 5 });
    expect([une.valeurs.length, une.distinctes]).toEqual([5, lignes.length]);
    const cherche = String(parc[0]?.['ident_int']).toLowerCase();
    expect((await service.faire('logements.valeurs', { colonne: 'ident_int', filtres: [], cherche })).valeurs.map((v) => v.valeur.toLowerCase())).toContain(cherche);
  });

  it('les totaux de logements choisis, et les filtres refusés', async () => {
    const { service, lignes } = await ouvrirParc(300);
    const choisis = lignes.slice(10, 60);
    expect(await service.faire('logements.totaux', { identifiants: choisis.map((l) => String(l['ident_int'])) })).toEqual(totauxDe(choisis));
    const codes = [];
    for (const filtre of [{ colonne: 'absente', valeurs: ['1'] }, { colonne: 'surfhab', de: 'beaucoup' }, { colonne: 'nomvoie', de: 'a' }, { colonne: 'dpedate', a: '07/2021' }, { colonne: 'finan', valeurs: ['treize'] }])
      codes.push((await service.echouer('logements.page', { decalage: 0, nombre: 1, filtres: [filtre] })).code);
    expect(codes).toEqual(['colonne-inconnue', 'filtre-invalide', 'filtre-invalide', 'filtre-invalide', 'filtre-invalide']);
  });
});
