import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import type { Entree } from '../../../shared/contract.ts';
import { ouvrirAtelier } from '../import/aide.ts';
import type { Atelier } from '../import/aide.ts';

type Ecrit = Entree<'npl.calculer'>['scenario'];

async function ouvrir(): Promise<Atelier> {
  const bailleur = generateBailleur({ graine: 7, logements: 900, annee: 2026, salete: 0.02, departements: ['13', '69'], nombreCommunes: 6, raisonSociale: 'HABITAT FICTIF' });
  const atelier = await ouvrirAtelier(bailleur.identite.siren);
  const fichier = join(atelier.repertoire, 'rpls.csv');
  ecrireFichier(bailleur, fichier);
  await atelier.faire('import.lire', { chemin: fichier });
  return atelier;
}

/** Un fichier qui use de tout ce qu'un scénario peut dire, sur les ensembles de ce parc. */
async function completer(atelier: Atelier): Promise<Ecrit> {
  const { id } = await atelier.faire('npl.creer', { nom: 'Départ', annee: 2027 });
  const { lignes } = await atelier.faire('npl.lire', { scenario: id });
  await atelier.faire('npl.supprimer', { scenario: id });
  const [a, b, c] = [...new Map(lignes.filter((l) => l.base === 'SU').map((l) => [l.ensemble, l])).values()];
  if (a === undefined || b === undefined || c === undefined) throw new Error('parc trop petit');
  const communes = [...new Set(lignes.map((l) => l.commune))];
  return {
    version: 1, nom: 'Complet', annee: 2027,
    choix: [
      { ensemble: a.ensemble, base: 'SU', plafonds: [{ plafond: a.plafond, maximum: '5,742', moyenne: 5.7, avant: '5,6', annee: 2026 }], travaux: { accord: '2026-11-02', reference: 'arrêté n° 12' }, inconnus: 'PLUS' },
      { ensemble: b.ensemble, base: 'SU', surface: 1234.56, connu: { maximum: 6.123, base: 'SU', source: 'CUS 2011', annee: 2026 }, plafonds: [] },
      { ensemble: c.ensemble, base: 'SU', habitable: 800.5, annexes: 61.25, plafonds: [{ plafond: c.plafond, maximum: 6.5 }] },
    ],
    plafonds: [{ annee: 2027, produit: 'PLS', zone: 'zone A bis', maximum: 14.5, source: 'avis' }, { annee: 2026, produit: 'PLUS', zone: '2', maximum: '6,29' }],
    limites: [{ base: 'SU', maximum: 7.16, source: 'arrêté', annee: 2026 }, { base: 'SC', maximum: 4.36 }],
    irl: [{ annee: 2025, indice: 146.7 }, { annee: 2026, indice: '148,17', source: 'Insee' }],
    zones: Object.fromEntries(communes.map((commune, i) => [commune, i % 2 === 0 ? ['A bis', '2'] : ['3']])),
  };
}

const sansNom = <T extends { scenario: unknown }>(r: T): T => ({ ...r, scenario: null });

it('gardé avec ses barèmes, réécrit puis relu ailleurs, un scénario donne le même calcul', async () => {
  const atelier = await ouvrir();
  const complet = await completer(atelier);
  const calcule = await atelier.faire('npl.calculer', { scenario: complet });
  const { id } = await atelier.faire('npl.enregistrer', { scenario: complet });
  expect(sansNom(await atelier.faire('npl.lire', { scenario: id }))).toEqual(sansNom(calcule));
  const baremes = await atelier.faire('npl.baremes', {});
  expect([baremes.plafonds.map(({ id: _, ...p }) => p), baremes.limites, baremes.irl, baremes.zones.map((z) => [z.zonage, z.source])]).toEqual([
    [{ annee: 2027, produit: 'PLS', zone: 'Abis', maximum: 14.5, source: 'avis' }, { annee: 2026, produit: 'PLUS', zone: '2', maximum: 6.29, source: 'fichier du scénario « Complet »' }],
    [{ base: 'SC', maximum: 4.36, source: 'fichier du scénario « Complet »' }, { base: 'SU', maximum: 7.16, source: 'arrêté', annee: 2026 }],
    [{ annee: 2025, indice: 146.7, source: 'fichier du scénario « Complet »' }, { annee: 2026, indice: 148.17, source: 'Insee' }],
    [['123', 'fichier du scénario « Complet »'], ['ABC', 'fichier du scénario « Complet »']],
  ]);

  const { scenario: ecrit } = await atelier.faire('npl.ecrire', { scenario: id });
  expect(sansNom(await atelier.faire('npl.calculer', { scenario: ecrit }))).toEqual(sansNom(calcule));
  // Gardé de nouveau, rien ne s'ajoute ; ailleurs, tout y est.
  await atelier.faire('npl.enregistrer', { scenario: ecrit });
  expect(await atelier.faire('npl.baremes', {})).toEqual(baremes);
  expect((await atelier.faire('npl.ecrire', { scenario: id })).scenario).toEqual(ecrit);
  const autre = await ouvrir();
  const la = await autre.faire('npl.enregistrer', { scenario: ecrit });
  expect(sansNom(await autre.faire('npl.lire', { scenario: la.id }))).toEqual(sansNom(calcule));
  expect((await autre.faire('npl.ecrire', { scenario: la.id })).scenario).toEqual(ecrit);
});

it('ce qui contredit le dossier, ou se contredit, est refusé en nommant la case, et rien ne change', async () => {
  const atelier = await ouvrir();
  const complet = await completer(atelier);
  const { id } = await atelier.faire('npl.enregistrer', { scenario: complet });
  const etat = async () => [await atelier.faire('npl.baremes', {}), await atelier.faire('npl.scenarios', {}), await atelier.faire('npl.ecrire', { scenario: id }), await atelier.faire('journal.lire', { decalage: 0, nombre: 100 })];
  const avant = await etat();
  const [commune = ''] = Object.keys(complet.zones ?? {});
  const [premier] = complet.choix ?? [];
  if (premier === undefined) throw new Error('pas de choix');
  const essais: [Partial<Ecrit>, string, RegExp][] = [
    [{ plafonds: [{ annee: 2027, produit: 'PLS', zone: 'Abis', maximum: 15 }] }, 'bareme-contraire', /^Plafond PLS de 2027, zone Abis : le fichier donne 15,00.€\/m², le dossier porte 14,50.€\/m²\.$/u],
    [{ limites: [{ base: 'SU', maximum: 3 }] }, 'bareme-contraire', /^Limite de R445-10 en surface utile/u],
    [{ irl: [{ annee: 2025, indice: 140 }] }, 'bareme-contraire', /^IRL du 2e trimestre 2025 : le fichier donne 140,00, le dossier porte 146,70\.$/u],
    [{ zones: { [commune]: ['A', '2'] } }, 'bareme-contraire', new RegExp(`^Zone de la commune ${commune} \\(zonage ABC\\)`, 'u')],
    [{ limites: [{ base: 'SU', maximum: 5 }, { base: 'SU', maximum: 3 }] }, 'scenario-illisible', /limite de R445-10 en SU, deux valeurs/u],
    [{ irl: [{ annee: 2025, indice: 140 }, { annee: 2025, indice: 141 }] }, 'scenario-illisible', /IRL de 2025, deux valeurs/u],
    [{ irl: [{ annee: 2025, indice: 145.175 }] }, 'scenario-illisible', /deux décimales/u],
    [{ zones: { [commune]: ['Z9'] } }, 'scenario-illisible', /« Z9 » n’est pas une zone/u],
    [{ zones: { [commune]: ['A', 'B1'] } }, 'scenario-illisible', /deux zones du même zonage/u],
    [{ zones: { 99999: ['A'] } }, 'scenario-illisible', /commune « 99999 » inconnue/u],
    [{ plafonds: [{ annee: 2027, produit: 'PLS', zone: 'Z9', maximum: 30 }] }, 'scenario-illisible', /« Z9 » n’est pas une zone/u],
    [{ choix: [{ ...premier, plafonds: [{ plafond: 'PLUS', maximum: 6 }, { plafond: 'PLUS', maximum: 5 }] }] }, 'scenario-illisible', /donné deux fois/u],
    [{ choix: [{ ...premier, surface: 0 }] }, 'scenario-illisible', /n’est pas une surface/u],
    [{ choix: [{ ...premier, surface: 10, annexes: 4 }] }, 'scenario-illisible', /pas les deux/u],
  ];
  for (const [change, code, message] of essais) {
    const e = await atelier.echouer('npl.enregistrer', { scenario: { ...complet, ...change } });
    expect([e.code, e.message], JSON.stringify(change)).toEqual([code, expect.stringMatching(message)]);
  }
  expect(await etat()).toEqual(avant);
});

it('recharger un barème : les lignes déjà là ne s’ajoutent pas, une autre valeur se dit, ou remplace si c’est demandé', async () => {
  const atelier = await ouvrir();
  const charger = (nature: 'plafonds' | 'irl', texte: string, remplacer = false) => atelier.faire('npl.importerBareme', { chemin: atelier.fichier('b.csv', texte), nature, remplacer });
  const valeurs = async () => (await atelier.faire('npl.baremes', {})).plafonds.map((p) => `${p.produit} ${p.zone} ${p.maximum}`);
  const titres = 'annee;produit;zone;maximum;source\n';
  await charger('plafonds', `${titres}2027;PLS;A;10;avis\n2027;PLUS;2;6;avis\n`);
  expect(await charger('plafonds', `${titres}2027;PLS;A;10;avis\n2027;PLUS;2;6,5;avis\n`)).toEqual({ lignes: 2, enregistrees: 1, identiques: 1, remplacees: 0, contraires: ['PLUS 2027, zone 2 : 6,00\u00a0€/m² et 6,50\u00a0€/m² (ligne 3)'], refusees: [], ignorees: [], zonages: [] });
  expect((await valeurs()).toSorted()).toEqual(['PLS A 10', 'PLUS 2 6', 'PLUS 2 6.5']);
  expect(await charger('plafonds', `${titres}2027;PLUS;2;6,5;avis\n2027;PLS;A;11;avis\n`, true)).toEqual({ lignes: 2, enregistrees: 1, identiques: 1, remplacees: 2, contraires: [], refusees: [], ignorees: [], zonages: [] });
  expect((await valeurs()).toSorted()).toEqual(['PLS A 11', 'PLUS 2 6.5']);

  await charger('irl', 'annee;indice\n2025;146,70\n');
  const refuse = await charger('irl', 'annee;indice\n2025;140\n2025;146,70\n2026;148,17\n2026;150\n');
  expect([refuse.enregistrees, refuse.identiques, refuse.refusees]).toEqual([1, 1, [{ ligne: 2, raison: 'IRL de 2025 déjà saisi, 146,7 : demander à le remplacer.' }, { ligne: 5, raison: 'IRL de 2026 déjà donné par ce fichier, 148,17 : deux valeurs pour une case.' }]]);
  expect((await charger('irl', 'annee;indice\n2025;140\n', true)).remplacees).toBe(1);
  expect((await atelier.faire('npl.baremes', {})).irl.map((i) => [i.annee, i.indice])).toEqual([[2025, 140], [2026, 148.17]]);
});
