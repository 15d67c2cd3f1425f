import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import { ouvrirAtelier } from '../import/aide.ts';

/** Ce que l'écran demande en plus du calcul : sommes d'une sélection, ensembles hors de la masse, origine des chiffres. */
it('totalise, nomme ce que la masse ne compte pas, explique ses chiffres', async () => {
  const bailleur = generateBailleur({ graine: 7, logements: 900, annee: 2026, salete: 0.02, departements: ['13', '69'], nombreCommunes: 6, raisonSociale: 'HABITAT FICTIF' });
  const atelier = await ouvrirAtelier(bailleur.identite.siren);
  const fichier = join(atelier.repertoire, 'rpls.csv');
  ecrireFichier(bailleur, fichier);
  await atelier.faire('import.lire', { chemin: fichier });
  const { id } = await atelier.faire('npl.creer', { nom: 'A', annee: 2027 });
  const [premiere] = (await atelier.faire('npl.lire', { scenario: id })).lignes;
  if (premiere === undefined) throw new Error('pas de ligne');
  await atelier.faire('npl.definir', { scenario: id, choix: [{ ensemble: premiere.ensemble, plafonds: [{ plafond: premiere.plafond, maximum: '7,5333' }] }] });
  // Un logement d'un ensemble d'ancienne CUS n'a plus que le maximum de la convention APL.
  const { ensemble = '' } = (await atelier.faire('npl.lire', { scenario: id })).lignes.find((l) => l.origine === 'cus' && l.comptes > 5) ?? {};
  const [groupe] = (await atelier.faire('ensembles.composition', { id: ensemble })).groupes;
  await atelier.faire('corrections.saisir', { cases: ['loyermaxapl', 'loyermaxcus'].map((colonne) => ({ identifiant: groupe?.logements[0]?.identifiant ?? '', colonne, texte: colonne === 'loyermaxapl' ? '450' : '' })) });
  const r = await atelier.faire('npl.lire', { scenario: id });

  const cibles = r.lignes.map((l) => ({ ensemble: l.ensemble, plafond: l.plafond }));
  const tout = await atelier.faire('npl.totaliser', { scenario: id, cibles });
  expect(tout).toEqual({ lignes: r.lignes.length, logements: r.logements, avant: r.avant, apres: r.apres, reste: r.reste, parBase: r.parBase });
  const [ligne] = r.lignes;
  const une = await atelier.faire('npl.totaliser', { scenario: id, cibles: cibles.slice(0, 1) });
  expect([une.logements, une.avant, une.apres, une.parBase.map((b) => b.base)]).toEqual([ligne?.comptes, ligne?.avant, ligne?.apres, [ligne?.base]]);

  const comptes = new Set(r.lignes.map((l) => l.ensemble));
  const parc = (await atelier.faire('ensembles.lister', {})).ensembles.map((e) => e.id);
  expect(r.horsMasse.map((e) => e.ensemble).toSorted()).toEqual(parc.filter((e) => !comptes.has(e)).toSorted());
  expect(r.horsMasse.filter((e) => !r.constats.some((c) => c.ensemble === e.ensemble))).toEqual([]);

  for (const grandeur of ['avant', 'apres', 'reste'] as const) {
    const e = await atelier.faire('explication.lire', { sujet: `npl/${id}/masse/${grandeur}` });
    expect([e.articles.includes('L445-3'), e.valeur.replaceAll(/\s/gu, '').replace('−', '-')]).toEqual([true, `${new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 2 }).format(r[grandeur])}€parmois`.replaceAll(/\s/gu, '')]);
  }
  const e = await atelier.faire('explication.lire', { sujet: `npl/${id}/ensemble/${premiere.ensemble}/${premiere.plafond}` });
  expect(e.sources).toEqual([{ libelle: `Logements de ${premiere.nom}`, nombre: premiere.logements, filtres: [{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'code_ensemble', valeurs: [premiere.ensemble] }] }]);
  // Chaque origine se dit, avec son article ; avec deux, les logements de chacune.
  const dite = async (origine: string) => {
    const l = r.lignes.find((x) => x.origine === origine);
    const { formule, articles, incertitude } = await atelier.faire('explication.lire', { sujet: `npl/${id}/ensemble/${l?.ensemble ?? ''}/${l?.plafond ?? ''}` });
    return [articles, incertitude === '', /champ 5[67]/gu.exec(formule)?.[0], l !== undefined && formule.includes(`${l.maximumsCus} de l’ancienne CUS et ${l.maximumsApl} de la convention APL`)];
  };
  expect([await dite('apl'), await dite('cus'), await dite('apl-cus')]).toEqual([[['L445-3'], true, 'champ 56', false], [['L445-3', 'L445-3-1'], false, 'champ 57', false], [['L445-3', 'L445-3-1'], false, 'champ 57', true]]);
  const page = await atelier.faire('logements.page', { decalage: 0, nombre: 1, filtres: e.sources[0]?.filtres ?? [] });
  expect(page.total).toBe(premiere.logements);
  await expect(atelier.faire('explication.lire', { sujet: `npl/${id}/ensemble/ABSENT/PLUS` })).rejects.toThrow(/sujet-inconnu/u);
});
