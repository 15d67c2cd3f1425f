import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import type { Entree } from '../../../shared/contract.ts';
import { jsonIci } from '../cli/aides/cus.ts';
import { ouvrirAtelier } from '../import/aide.ts';

const MODESURF = 41;

/** Un parc dont quatre logements déclarent une surface d’une autre sorte que leur ensemble ; toutes ses communes en zone 2. */
async function preparer() {
  const bailleur = generateBailleur({ graine: 7, logements: 600, annee: 2026, salete: 0, departements: ['69'], nombreCommunes: 3, raisonSociale: 'HABITAT FICTIF' });
  const atelier = await ouvrirAtelier(bailleur.identite.siren);
  const fichier = join(atelier.repertoire, 'rpls.csv');
  ecrireFichier(bailleur, fichier);
  const rangees = readFileSync(fichier, 'latin1').split('\r\n').map((r, i) => {
    const champs = r.split(';');
    return i > 0 && i % 150 === 0 && champs.length > MODESURF ? champs.with(MODESURF, champs[MODESURF] === '1' ? '2' : '1').join(';') : r;
  });
  writeFileSync(fichier, rangees.join('\r\n'), 'latin1');
  await atelier.faire('import.lire', { chemin: fichier });
  const { id } = await atelier.faire('npl.creer', { nom: 'A', annee: 2027 });
  const lire = () => atelier.faire('npl.lire', { scenario: id });
  const { lignes } = await lire();
  await atelier.faire('npl.importerBareme', { chemin: atelier.fichier('z.csv', `commune;zone\n${[...new Set(lignes.map((l) => l.commune))].map((c) => `${c};2`).join('\n')}\n`), nature: 'zones' });
  await atelier.faire('npl.definirBaremes', { plafonds: [['PLAI', '4,44'], ['PLUS', '5,55'], ['PLS', '6,5']].map(([produit, maximum]) => ({ annee: 2027, produit: produit === 'PLAI' || produit === 'PLUS' ? produit : 'PLS', zone: '2', maximum: maximum ?? '' })) });
  const cibles = lignes.map((l) => ({ ensemble: l.ensemble, plafond: l.plafond }));
  const aider = (aide: Entree<'npl.aider'>['aide'], appliquer = false) => atelier.faire('npl.aider', { scenario: id, aide, cibles, appliquer });
  return { atelier, id, lire, aider, cibles };
}

it('une aide laisse les ensembles dont des logements sont d’une autre surface, et dit les constats qu’elle ferait naître', async () => {
  const { lire, aider } = await preparer();
  const avant = await lire();
  const melanges = new Set(avant.constats.flatMap((c) => (c.code === 'modes-melanges' && c.ensemble !== null ? [c.ensemble] : [])));
  expect([melanges.size > 0, avant.constats.some((c) => c.bloquant)]).toEqual([true, false]);
  for (const aide of [{ nature: 'pourcentage', pourcentage: -4 }, { nature: 'repartir', selon: 'zone', zonage: '123' }, { nature: 'mixite', parts: { PLUS: 100 } }] as const) {
    const vue = await aider(aide);
    expect([aide.nature, vue.propositions.filter((p) => melanges.has(p.ensemble))]).toEqual([aide.nature, []]);
    expect(vue.explication).toMatch(new RegExp(`${melanges.size} ensembles? laissés? inchangés?, dont des logements sont d’une autre surface`, 'u'));
  }
  const vue = await aider({ nature: 'ajouter', ecart: '30' });
  expect(vue.explication).toMatch(/1 constat bloquant nouveau : La masse maximale des loyers dépasse/u);
  await aider({ nature: 'pourcentage', pourcentage: -4 }, true);
  expect((await lire()).constats.filter((c) => c.bloquant)).toEqual([]);
});

it('au plafond de la zone : chaque ligne au sien, un autre seulement s’il est demandé', async () => {
  const { atelier, id, lire, aider } = await preparer();
  const { lignes, constats } = await lire();
  const entier = lignes.find((l) => l.base === 'SU' && l.comptes > 2 && lignes.filter((x) => x.ensemble === l.ensemble).length === 1 && constats.every((c) => c.ensemble !== l.ensemble));
  if (entier === undefined) throw new Error('aucun ensemble entier');
  await atelier.faire('npl.definir', { scenario: id, choix: [{ ensemble: entier.ensemble, plafonds: [{ plafond: 'PLAI', maximum: 4, logements: 1, surface: 30 }, { plafond: 'PLUS', maximum: 5, logements: entier.comptes - 1, surface: Math.round(entier.surface * 100 - 3000) / 100 }] }] });
  const viser = async (produit?: 'PLUS') => (await atelier.faire('npl.aider', { scenario: id, aide: { nature: 'plafond', ...(produit === undefined ? {} : { produit }) }, cibles: [{ ensemble: entier.ensemble }] })).propositions.map((p) => [p.plafond, p.apres]);
  expect([await viser(), await viser('PLUS')]).toEqual([[['PLAI', 4.44], ['PLUS', 5.55]], [['PLAI', 5.55], ['PLUS', 5.55]]]);
  expect((await aider({ nature: 'plafond' })).explication).toMatch(/^Au plafond de loyer de chaque ligne/u);
});

it('au terminal, un scénario se retient', async () => {
  const { atelier, id } = await preparer();
  const { chemin } = await atelier.faire('dossier.info', {});
  await atelier.faire('dossier.fermer', {});
  expect((await jsonIci(['npl', chemin, '--nom', 'A', '--retenir'], atelier.repertoire)).objet).toEqual({ retenu: 'A' });
  const { origines } = (await jsonIci(['npl', chemin, '--nom', 'A'], atelier.repertoire)).objet as { origines: { origine: string }[] };
  expect(origines.map((o) => o.origine)).toContain('cus');
  expect((await jsonIci(['npl', chemin, '--retenir'], atelier.repertoire)).objet).toMatchObject({ erreur: { code: 'nom-absent' } });
  await atelier.faire('dossier.ouvrir', { chemin });
  expect((await atelier.faire('npl.scenarios', {})).scenarios.map((s) => [s.id, s.retenu])).toEqual([[id, true]]);
});
