import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import { joindre, lignesLoyers } from '../../../renderer/features/loyers/mesures.ts';
import { positionsDe } from '../../../renderer/features/loyers/positions.ts';
import { nombreA, unpackTextes } from '../../../shared/domain/carte/colonnes.ts';
import { MESURES_CARTE } from '../../../shared/domain/carte/mesures.ts';
import { SOMMES_NPL } from '../../../shared/domain/carte/npl.ts';
import { SOMMES_MAX, totalMesures } from '../../../shared/domain/carte/totaux.ts';
import { essaiService } from '../../aides/service.ts';

async function dossier() {
  const essai = essaiService();
  const rpls = generateBailleur({ graine: 7, logements: 1200, annee: 2026, salete: 0.1 });
  const fichier = join(essai.repertoire, 'rpls.csv');
  ecrireFichier(rpls, fichier);
  await essai.faire('dossier.creer', { chemin: join(essai.repertoire, 'a.cus'), siren: rpls.identite.siren, nom: 'Habitat', effet: '2026-01-01' });
  await essai.faire('import.lire', { chemin: fichier });
  return essai;
}

test('à toutes les mailles, chaque mesure est celle de sa source', async () => {
  const { faire } = await dossier();
  const etat = await faire('etat.lire', {});
  const { ensembles } = await faire('ensembles.lister', {});
  const connus = Object.entries(etat.dpe).filter(([c]) => c !== 'inconnu').reduce((n, [, k]) => n + k, 0);
  for (const par of ['ensemble', 'commune', 'epci', 'departement', 'organisme'] as const) {
    const { lignes: loyers } = await faire('loyers.lire', { par, surface: 'SH' });
    const { lignes } = await faire('carte.mesures', { par, surface: 'SH' });
    expect(lignes.map((l) => [l.code, l.valeurs.loyerM2, l.valeurs.loyerMaxM2, l.valeurs.ecartM2])).toEqual(loyers.map((l) => [l.code, l.loyerM2, l.loyerMaxM2, l.ecartM2]));
    const somme = (mesure: 'dpe' | 'qpv') => lignes.reduce((n, l) => n + Math.round(((l.valeurs[mesure] ?? 0) * (l.sur[mesure] ?? 0)) / 100), 0);
    expect({ par, fg: somme('dpe'), connus: lignes.reduce((n, l) => n + (l.sur.dpe ?? 0), 0), qpv: somme('qpv') }).toEqual({ par, fg: (etat.dpe['F'] ?? 0) + (etat.dpe['G'] ?? 0), connus, qpv: etat.qpv });
    if (par === 'ensemble') {
      const qpv = new Map(ensembles.map((e) => [e.id, e.logements === e.qpvInconnu ? null : (100 * e.qpv) / (e.logements - e.qpvInconnu)]));
      expect(lignes.map((l) => l.valeurs.qpv)).toEqual(lignes.map((l) => qpv.get(l.code)));
    }
    // La marge se retrouve : écart au m² × surface de ceux qui ont un maximum ; en tout, elle ne dépend pas de la maille.
    const tout = (await faire('carte.mesures', { par: 'organisme', surface: 'SH' })).lignes[0]?.valeurs.marge ?? 0;
    expect(lignes.reduce((n, l) => n + Math.round(100 * (l.valeurs.marge ?? 0)), 0)).toBe(Math.round(100 * tout));
  }
});

test('le total de toutes les lignes, à chaque maille, est celui de l’organisme, mesure par mesure', async () => {
  const { faire } = await dossier();
  const lire = async (par: 'ensemble' | 'commune' | 'departement' | 'organisme') =>
    joindre(lignesLoyers(await faire('carte.loyers', { par, surface: 'SH' })), await faire('carte.valeurs', { par, surface: 'SH' }));
  const [organisme] = await lire('organisme');
  const mesures = MESURES_CARTE.filter((m) => !m.startsWith('plafond') && m !== 'serviceRendu');
  for (const par of ['ensemble', 'commune', 'departement'] as const) {
    const lignes = await lire(par);
    const total = totalMesures(lignes);
    expect([par, ...mesures.map((m) => [m, total[m]])]).toEqual([par, ...mesures.map((m) => [m, organisme?.[m] ?? null])]);
    // Deux moitiés disjointes ont ensemble la marge de tout, au centime.
    const [a, b] = [totalMesures(lignes.slice(0, 9)), totalMesures(lignes.slice(9))];
    expect(Math.round(100 * ((a.marge ?? 0) + (b.marge ?? 0)))).toBe(Math.round(100 * (total.marge ?? 0)));
  }
});

test('un écart au plafond demande des plafonds de l’année, un zonage, la surface utile ; chaque manque se dit', async () => {
  const { faire, repertoire } = await dossier();
  const lire = (surface: 'SH' | 'SU', annee?: number) => faire('carte.mesures', { par: 'ensemble', surface, ...(annee === undefined ? {} : { annee }) });
  expect((await lire('SU')).absences.plafondPLUS).toMatch(/^Aucun plafond de loyer n’est saisi/u);
  const communes = Object.keys((await faire('etat.lire', {})).communes);
  await faire('npl.definirBaremes', { plafonds: [{ annee: 2026, produit: 'PLUS', zone: '2', maximum: '6,25', source: 'essai' }] });
  expect((await lire('SH')).absences.plafondPLUS).toMatch(/surface utile/u);
  expect((await lire('SU')).absences.plafondPLUS).toMatch(/zonage/u);
  const zones = join(repertoire, 'zones.csv');
  writeFileSync(zones, `commune;zone\n${communes.map((c) => `${c};2`).join('\n')}\n`);
  await faire('npl.importerBareme', { chemin: zones, nature: 'zones' });
  const lu = await lire('SU');
  const { lignes } = await faire('loyers.lire', { par: 'ensemble', surface: 'SU' });
  expect(lu.lignes.map((l) => l.valeurs.plafondPLUS)).toEqual(lignes.map((l) => (l.loyerM2 === null ? null : l.loyerM2 - 6.25)));
  expect([lu.annee, lu.annees, lu.absences.plafondPLUS, lu.absences.plafondPLS]).toEqual([2026, [2026], undefined, 'Aucun plafond PLS n’est saisi pour 2026 dans les zones du parc.']);
  expect((await lire('SU', 2024)).absences.plafondPLUS).toBe('Aucun plafond PLUS n’est saisi pour 2024 dans les zones du parc.');
});

test('un scénario de loyers se lit sur la carte : les chiffres mêmes de son tableau, à chaque maille', async () => {
  const { faire, echouer } = await dossier();
  const lire = (par: 'ensemble' | 'commune' | 'organisme', surface: 'SH' | 'SU' | 'SC', scenario?: number) => faire('carte.mesures', { par, surface, ...(scenario === undefined ? {} : { scenario }) });
  expect((await lire('ensemble', 'SU')).absences.maximumNpl).toMatch(/^Aucun scénario de politique des loyers/u);
  const { id } = await faire('npl.creer', { nom: 'A', annee: 2026 });
  expect((await lire('ensemble', 'SH')).absences.ecartNpl).toMatch(/choisir la surface utile \(SU\) ou corrigée \(SC\)/u);
  const depart = await faire('npl.lire', { scenario: id });
  await faire('npl.aider', { scenario: id, aide: { nature: 'ajouter', ecart: '-0,1234' }, cibles: depart.lignes.filter((_, i) => i % 2 === 0).map((l) => ({ ensemble: l.ensemble, plafond: l.plafond })), appliquer: true });
  const { lignes, parBase } = await faire('npl.lire', { scenario: id });
  const nulle = await faire('npl.creer', { nom: 'B', annee: 2026 });
  for (const surface of ['SU', 'SC'] as const) {
    const siennes = lignes.filter((l) => l.base === surface);
    const lu = await lire('ensemble', surface, id);
    const montres = new Map(lu.lignes.flatMap((l) => (l.valeurs.maximumNpl == null ? [] : [[l.code, l.valeurs.maximumNpl] as const])));
    // La feuille du paquet prend le maximum de l'ensemble aux lignes du scénario : c'est celui de l'écran.
    expect(montres).toEqual(new Map(siennes.map((l) => [l.ensemble, l.apresEnsembleM2])));
    for (const code of montres.keys()) {
      const parts = siennes.filter((l) => l.ensemble === code);
      const [seule, autre] = parts;
      if (autre === undefined) expect(montres.get(code)).toBe(seule?.apresM2);
      else expect(await faire('npl.totaliser', { scenario: id, cibles: [{ ensemble: code }] })).toMatchObject({ parBase: [{ apresM2: montres.get(code) }] });
    }
    // L'écart se refait : maximum moins loyer, du même ensemble.
    const { lignes: loyers } = await faire('loyers.lire', { par: 'ensemble', surface });
    const loyer = new Map(loyers.map((l) => [l.code, l.loyerM2]));
    for (const l of lu.lignes) {
      const [m, e, r] = [l.valeurs.maximumNpl, l.valeurs.ecartNpl, loyer.get(l.code)];
      if (m == null || r == null) expect(e).toBeNull();
      else expect(Math.abs((e ?? Number.NaN) - (m - r))).toBeLessThan(0.000_11);
    }
    const base = parBase.find((b) => b.base === surface);
    const [tout] = (await lire('organisme', surface, id)).lignes;
    expect([tout?.valeurs.maximumNpl, tout?.sur.maximumNpl]).toEqual([base?.apresM2, base?.logements]);
    // Le pied du tableau totalise de même, d'une maille à l'autre.
    for (const par of ['ensemble', 'commune'] as const) {
      const total = totalMesures(joindre(lignesLoyers(await faire('carte.loyers', { par, surface })), await faire('carte.valeurs', { par, surface, scenario: id })));
      expect([par, total.maximumNpl, total.ecartNpl, total.hausseNpl]).toEqual([par, tout?.valeurs.maximumNpl, tout?.valeurs.ecartNpl, tout?.valeurs.hausseNpl]);
    }
  }
  // Sans rien demander : le dernier créé, puis celui que la convention retient.
  expect([(await lire('ensemble', 'SU')).scenario, (await lire('organisme', 'SU')).lignes[0]?.valeurs.hausseNpl]).toEqual([nulle.id, 0]);
  await faire('npl.retenir', { scenario: id });
  const retenu = await lire('ensemble', 'SU');
  expect([retenu.scenario, retenu.scenarios]).toEqual([id, [{ id, nom: 'A', annee: 2026, retenu: true }, { id: nulle.id, nom: 'B', annee: 2026, retenu: false }]]);
  expect(retenu.precisions.ecartNpl).toMatch(/^Scénario « A » \(2026\), montants en valeur de 2026\. Loyers de la déclaration de 2026\./u);
  const dite = await faire('explication.lire', { sujet: `carte/organisme/organisme/SU/hausseNpl/${nulle.id}` });
  expect([dite.valeur, dite.articles, dite.formule.includes('« B »')]).toEqual(['0,00\u00a0€/m²', ['L445-3'], true]);
  expect((await echouer('carte.mesures', { par: 'ensemble', surface: 'SU', scenario: 99 })).code).toBe('scenario-inconnu');
});

test('chaque mesure s’explique, avec ses chiffres', async () => {
  const { faire, echouer } = await dossier();
  const { lignes } = await faire('carte.mesures', { par: 'commune', surface: 'SH' });
  const code = lignes[0]?.code ?? '';
  for (const mesure of MESURES_CARTE) {
    const { titre, formule, sources } = await faire('explication.lire', { sujet: `carte/commune/${code}/SH/${mesure}` });
    expect({ mesure, titre: titre !== '', formule: formule.length > 40, sources: sources.length }).toEqual({ mesure, titre: true, formule: true, sources: 1 });
  }
  expect((await echouer('explication.lire', { sujet: 'carte/commune/99999/SH/dpe' })).code).toBe('sujet-inconnu');
});

test('vacance et rotation sont celles de l’occupation sociale, à toutes les mailles ; sans enquête, les ressources le disent', async () => {
  const { faire } = await dossier();
  for (const par of ['ensemble', 'commune', 'epci', 'departement', 'organisme'] as const) {
    const occupation = new Map((await faire('occupation.lire', { par })).lignes.map((l) => [l.code, l.total]));
    const { lignes, absences } = await faire('carte.mesures', { par, surface: 'SH' });
    const taux = (n: number | null | undefined, sur: number | null | undefined) => (sur ? (100 * (n ?? 0)) / sur : null);
    expect(lignes.map((l) => [l.code, l.valeurs.vacance, l.valeurs.rotation])).toEqual(
      lignes.map(({ code }) => { const o = occupation.get(code); return [code, taux(o?.vacants, o?.offerts), taux(o?.rotation, o?.baseRotation)]; }),
    );
    expect(absences.ressources).toBe('Aucune enquête d’occupation sociale n’est importée.');
  }
});

test('les colonnes que lit l’écran disent ce que disent les lignes, à toutes les mailles', async () => {
  const { faire } = await dossier();
  for (const par of ['ensemble', 'commune', 'epci', 'departement', 'organisme'] as const) {
    const [lignes, colonnes] = [await faire('loyers.lire', { par, surface: 'SH' }), await faire('carte.loyers', { par, surface: 'SH' })];
    expect(lignesLoyers(colonnes)).toEqual(lignes.lignes);
    expect(colonnes.exclus).toEqual(lignes.exclus);
    const mesures = await faire('carte.mesures', { par, surface: 'SH' });
    const { codes, nombre, champs, sur, max, npl, ...reste } = await faire('carte.valeurs', { par, surface: 'SH' });
    const enLignes = <C extends string>(noms: readonly C[], lues: Record<C, Float64Array>) => mesures.lignes.map((_, i) => Object.fromEntries(noms.map((n) => [n, nombreA(lues[n], i)])));
    expect([enLignes(MESURES_CARTE, sur), enLignes(SOMMES_MAX, max), enLignes(SOMMES_NPL, npl)]).toEqual([mesures.lignes.map((l) => l.sur), mesures.lignes.map((l) => l.sommesMax), mesures.lignes.map((l) => l.sommesNpl)]);
    expect({ ...reste, lignes: unpackTextes(codes, nombre).map((code, i) => ({ code, valeurs: Object.fromEntries(MESURES_CARTE.map((m) => [m, nombreA(champs[m], i)])) })) }).toEqual({
      annee: mesures.annee, annees: mesures.annees, scenarios: mesures.scenarios, scenario: mesures.scenario, absences: mesures.absences, precisions: mesures.precisions,
      lignes: mesures.lignes.map((l) => ({ code: l.code, valeurs: Object.fromEntries(MESURES_CARTE.map((m) => [m, l.valeurs[m] ?? null])) })),
    });
  }
  const [lue, lieux] = [await faire('carte.lire', {}), positionsDe(await faire('carte.lieux', {}))];
  expect(lieux?.ensembles.map(({ id, commune, lon, lat, precision }) => ({ id, commune, lon, lat, precision }))).toEqual(lue.ensembles.map(({ id, commune, lon, lat, precision }) => ({ id, commune, lon, lat, precision })));
  expect(lieux?.communes.filter((c) => c.lon !== null).toSorted((a, b) => (a.code < b.code ? -1 : 1))).toEqual(lue.communes.toSorted((a, b) => (a.code < b.code ? -1 : 1)));
});
