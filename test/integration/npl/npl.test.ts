import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ecrireFichier, generateBailleur } from '../../../electron/demo/index.ts';
import type { OptionsBailleur } from '../../../electron/demo/index.ts';
import { ouvrirAtelier } from '../import/aide.ts';
import type { Atelier } from '../import/aide.ts';

const options: OptionsBailleur = { graine: 7, logements: 900, annee: 2026, salete: 0.02, departements: ['13', '69'], nombreCommunes: 6, raisonSociale: 'HABITAT FICTIF' };

async function ouvrir(): Promise<Atelier> {
  const bailleur = generateBailleur(options);
  const atelier = await ouvrirAtelier(bailleur.identite.siren);
  const fichier = join(atelier.repertoire, 'rpls.csv');
  ecrireFichier(bailleur, fichier);
  await atelier.faire('import.lire', { chemin: fichier });
  return atelier;
}

/** Juge indépendant : sqlite3 et son arithmétique, sans rien de nos sommes. */
const sql = (atelier: Atelier, requete: string): string => execFileSync('sqlite3', ['-readonly', atelier.dossier, requete], { encoding: 'utf8' }).trim();

const PARC = `FROM logement WHERE declaration IN (SELECT id FROM declaration WHERE en_vigueur = 1) AND (sortiepatrim IS NULL OR sortiepatrim = 9)`;

describe('masse d’un parc entier', () => {
  it('est celle que sqlite3 compte de son côté, ensemble par ensemble', async () => {
    const atelier = await ouvrir();
    const { id } = await atelier.faire('npl.creer', { nom: 'Base', annee: 2027 });
    // Trois logements d'un ensemble d'ancienne CUS reviennent au maximum de la convention APL.
    const { ensemble = '' } = (await atelier.faire('npl.lire', { scenario: id })).lignes.find((l) => l.origine === 'cus' && l.comptes > 5) ?? {};
    const siens = (await atelier.faire('ensembles.composition', { id: ensemble })).groupes.flatMap((g) => g.logements);
    await atelier.faire('corrections.saisir', { cases: siens.slice(0, 3).flatMap(({ identifiant }) => [{ identifiant, colonne: 'loyermaxcus', texte: '' }, { identifiant, colonne: 'loyermaxapl', texte: '450' }]), partiel: true });
    const r = await atelier.faire('npl.lire', { scenario: id });
    // Le dossier ouvert est verrouillé : le juge le lit fermé.
    await atelier.faire('dossier.fermer', {});
    const juge = sql(
      atelier,
      `WITH l AS (SELECT ensemble, modesurf, surfmode, coalesce(loyermaxcus, loyermaxapl) AS m ${PARC} AND modesurf IN (1, 2) AND surfmode > 0),
            b AS (SELECT ensemble, CASE WHEN sum(CASE modesurf WHEN 2 THEN surfmode END) > coalesce(sum(CASE modesurf WHEN 1 THEN surfmode END), 0) THEN 2 ELSE 1 END AS base FROM l GROUP BY ensemble)
       SELECT count(*) || ';' || sum(m) || ';' || sum(surfmode) FROM l JOIN b USING (ensemble) WHERE modesurf = base AND m IS NOT NULL`,
    );
    const surface = r.parBase.reduce((s, b) => s + Math.round(b.surface * 100), 0);
    expect(`${r.logements};${Math.round(r.avant * 100)};${surface}`).toBe(juge);
    expect([r.apres, r.reste, r.respectee]).toEqual([r.avant, 0, true]);
    // D'où viennent les maximums : ensemble par ensemble, combien d'une ancienne CUS (champ 57, sauf 0 €), combien de la convention APL.
    const origines = sql(
      atelier,
      `WITH l AS (SELECT ensemble, modesurf, surfmode, ifnull(loyermaxcus, 0) > 0 AS cus ${PARC} AND modesurf IN (1, 2) AND surfmode > 0 AND (loyermaxcus > 0 OR loyermaxapl > 0)),
            s AS (SELECT ensemble, modesurf, surfmode ${PARC} AND modesurf IN (1, 2) AND surfmode > 0),
            b AS (SELECT ensemble, CASE WHEN sum(CASE modesurf WHEN 2 THEN surfmode END) > coalesce(sum(CASE modesurf WHEN 1 THEN surfmode END), 0) THEN 2 ELSE 1 END AS base FROM s GROUP BY ensemble)
       SELECT e.code || ' ' || sum(NOT l.cus) || ' ' || sum(l.cus) || ' ' || CASE sum(l.cus) WHEN 0 THEN 'apl' WHEN count(*) THEN 'cus' ELSE 'apl-cus' END
       FROM l JOIN b USING (ensemble) JOIN ensemble e ON e.id = l.ensemble WHERE l.modesurf = b.base GROUP BY e.code ORDER BY e.code`,
    ).split('\n');
    expect([...new Set(r.lignes.map((l) => `${l.ensemble} ${l.maximumsApl} ${l.maximumsCus} ${l.origine}`))].toSorted()).toEqual(origines);
    const total = (n: number): number => origines.reduce((s, o) => s + Number(o.split(' ')[n]), 0);
    expect([r.origines?.map((o) => o.origine), r.origines?.reduce((s, o) => s + o.logements, 0), r.origines?.reduce((s, o) => s + o.cus, 0)]).toEqual([['apl', 'cus', 'apl-cus'], r.logements, total(2)]);
    expect([total(1) > 50, total(2) > 50]).toEqual([true, true]);
    const exclus = Object.values(r.exclus).reduce((s, n) => s + n, 0);
    expect(r.logements + exclus).toBe(Number(sql(atelier, `SELECT count(*) ${PARC}`)));
  });
});

describe('scénario', () => {
  it('choix, aide, annulation, nouvelle annulation, fichier : une seule arithmétique', async () => {
    const atelier = await ouvrir();
    const { id } = await atelier.faire('npl.creer', { nom: 'A', annee: 2027 });
    const depart = await atelier.faire('npl.lire', { scenario: id });
    const ligne = depart.lignes.find((l) => l.base === 'SU' && l.surface > 0);
    if (ligne === undefined) throw new Error('pas d’ensemble en surface utile');
    const { operation, refus } = await atelier.faire('npl.definir', {
      scenario: id,
      choix: [{ ensemble: ligne.ensemble, plafonds: [{ plafond: ligne.plafond, maximum: '0,01' }] }, { ensemble: 'ABSENT', plafonds: [] }, { ensemble: ligne.ensemble, plafonds: [{ plafond: 'PLS', maximum: 'abc' }] }],
    });
    expect(refus).toEqual([
      { ensemble: 'ABSENT', plafond: null, raison: 'Cet ensemble n’est pas dans le parc.' },
      { ensemble: ligne.ensemble, plafond: 'PLS', raison: '« abc » n’est pas un loyer en €/m² (quatre décimales au plus).' },
    ]);
    const baisse = await atelier.faire('npl.lire', { scenario: id });
    expect(Math.round((baisse.avant - baisse.apres) * 100)).toBe(Math.round(ligne.avant * 100 - Math.ceil(ligne.surface - 1e-9)));

    const cibles = depart.lignes.filter((l) => l.base === 'SU').map((l) => ({ ensemble: l.ensemble, plafond: l.plafond }));
    const vue = await atelier.faire('npl.aider', { scenario: id, aide: { nature: 'reste', selon: 'surface' }, cibles });
    expect(vue.operation).toBeNull();
    expect((await atelier.faire('npl.lire', { scenario: id })).apres).toBe(baisse.apres);
    const faite = await atelier.faire('npl.aider', { scenario: id, aide: { nature: 'reste', selon: 'surface' }, cibles, appliquer: true });
    const apres = await atelier.faire('npl.lire', { scenario: id });
    expect([apres.respectee, apres.apres, apres.reste]).toEqual([true, vue.apres, vue.reste]);
    expect(apres.apres).toBeGreaterThan(baisse.apres);

    const ecrit = await atelier.faire('npl.ecrire', { scenario: id });
    const relu = await atelier.faire('npl.calculer', { scenario: ecrit.scenario });
    expect({ ...relu, scenario: null }).toEqual({ ...apres, scenario: null });
    const copie = await atelier.faire('npl.enregistrer', { scenario: { ...ecrit.scenario, nom: 'Copie' } });
    expect({ ...(await atelier.faire('npl.lire', { scenario: copie.id })), scenario: null }).toEqual({ ...apres, scenario: null });

    await atelier.faire('operations.annuler', { operation: (await atelier.faire('operations.lister', {})).operations[0]?.id ?? 0 });
    await atelier.faire('operations.annuler', { operation: faite.operation ?? 0 });
    expect(await atelier.faire('npl.lire', { scenario: id })).toEqual(baisse);
    if (operation === null) throw new Error('un choix au moins est écrit');
    const { operation: annulee } = await atelier.faire('operations.annuler', { operation });
    expect(await atelier.faire('npl.lire', { scenario: id })).toEqual(depart);
    expect(annulee.libelle).toMatch(/^1 choix de loyer /u);

    // Tout refusé : ni opération ni ligne de journal, et ce qui vient d'être annulé se refait encore.
    const avant = await atelier.faire('operations.lister', {});
    const journal = await atelier.faire('journal.lire', { decalage: 0, nombre: 500 });
    expect(await atelier.faire('npl.definir', { scenario: id, choix: [{ ensemble: 'ABSENT', plafonds: [] }] })).toEqual({
      operation: null, enregistreA: null, refus: [{ ensemble: 'ABSENT', plafond: null, raison: 'Cet ensemble n’est pas dans le parc.' }],
    });
    expect(await atelier.faire('operations.lister', {})).toEqual(avant);
    expect(await atelier.faire('journal.lire', { decalage: 0, nombre: 500 })).toEqual(journal);
    await atelier.faire('operations.refaire', { operation });
    expect(await atelier.faire('npl.lire', { scenario: id })).toEqual(baisse);
  });

  it('dépasser d’un peu se voit, et l’aide ramène sous la masse', async () => {
    const atelier = await ouvrir();
    const { id } = await atelier.faire('npl.creer', { nom: 'A', annee: 2027 });
    const { lignes } = await atelier.faire('npl.lire', { scenario: id });
    const cibles = lignes.map((l) => ({ ensemble: l.ensemble }));
    const haut = await atelier.faire('npl.aider', { scenario: id, aide: { nature: 'ajouter', ecart: '0,0001' }, cibles, appliquer: true });
    const vu = await atelier.faire('npl.lire', { scenario: id });
    expect([haut.respectee, vu.respectee, vu.conforme, vu.constats.some((c) => c.code === 'masse-depassee'), vu.reste < 0]).toEqual([false, false, false, true, true]);
    expect((await atelier.faire('npl.aider', { scenario: id, aide: { nature: 'respecter' }, cibles, appliquer: true })).respectee).toBe(true);
    expect((await atelier.faire('npl.lire', { scenario: id })).respectee).toBe(true);
  });

  it('fusionner deux ensembles entiers ne change pas la masse, et le parc se relit', async () => {
    const atelier = await ouvrir();
    const { id } = await atelier.faire('npl.creer', { nom: 'A', annee: 2027 });
    const avant = await atelier.faire('npl.lire', { scenario: id });
    const purs = avant.lignes.filter((l) => l.base === 'SU' && l.comptes === l.logements).slice(0, 2);
    await atelier.faire('ensembles.fusionner', { ids: purs.map((l) => l.ensemble) });
    const apres = await atelier.faire('npl.lire', { scenario: id });
    expect([apres.avant, apres.logements]).toEqual([avant.avant, avant.logements]);
    expect(new Set(apres.lignes.map((l) => l.ensemble)).size).toBe(new Set(avant.lignes.map((l) => l.ensemble)).size - 1);
  });
});

describe('barèmes', () => {
  it('plafonds et zones chargés : lignes fausses refusées, communes contradictoires dites', async () => {
    const atelier = await ouvrir();
    const plafonds = atelier.fichier('plafonds.csv', 'Année;Produit;Zone;Maximum;Source\n2027;PLS;A bis;12,5;avis\n2027;PLS;Z9;1;avis\n2027;PLX;A;1;\n2027;PLUS;2;abc;\n');
    expect(await atelier.faire('npl.importerBareme', { chemin: plafonds, nature: 'plafonds' })).toEqual({
      lignes: 4, enregistrees: 1, identiques: 0, remplacees: 0, contraires: [], ignorees: [], zonages: [],
      refusees: [{ ligne: 3, raison: '« Z9 » n’est pas une zone connue.' }, { ligne: 4, raison: '« PLX » n’est pas PLAI, PLUS, PLS ou PLI.' }, { ligne: 5, raison: '« abc » n’est pas un loyer en €/m².' }],
    });
    const zones = atelier.fichier('zones.csv', 'CODGEO,LIB,Zonage\n1001,X,3\n01002,Y,1bis\n99999,Z,2\n');
    expect(await atelier.faire('npl.importerBareme', { chemin: zones, nature: 'zones', source: 'essai' })).toEqual({ lignes: 3, enregistrees: 2, identiques: 0, remplacees: 0, contraires: [], ignorees: ['LIB'], zonages: ['123'], refusees: [{ ligne: 4, raison: 'Commune « 99999 » inconnue.' }] });
    const { plafonds: gardes, zones: zonages } = await atelier.faire('npl.baremes', {});
    expect([gardes.map(({ id: _, ...p }) => p), zonages.map((z) => [z.zonage, z.communes, z.source, z.parcSansZone === z.parc])]).toEqual([
      [{ annee: 2027, produit: 'PLS', zone: 'Abis', maximum: 12.5, source: 'avis' }],
      [['123', 2, 'essai', true]],
    ]);
    const faux = atelier.fichier('faux.csv', 'a;b\nx;y\n');
    expect((await atelier.echouer('npl.importerBareme', { chemin: faux, nature: 'zones' })).code).toBe('zonage-illisible');
    expect((await atelier.echouer('npl.importerBareme', { chemin: faux, nature: 'irl' })).code).toBe('colonnes-absentes');
    await atelier.faire('operations.annuler', { operation: (await atelier.faire('operations.lister', {})).operations[0]?.id ?? 0 });
    expect((await atelier.faire('npl.baremes', {})).zones).toEqual([]);
  });

  it('révision : sans les IRL, rien ; avec, la masse et les maximums d’une autre année sont amenés à celle du scénario', async () => {
    const atelier = await ouvrir();
    const { id } = await atelier.faire('npl.creer', { nom: 'A', annee: 2027 });
    const { lignes } = await atelier.faire('npl.lire', { scenario: id });
    const cibles = lignes.slice(0, 3).map((l) => ({ ensemble: l.ensemble, plafond: l.plafond }));
    expect((await atelier.echouer('npl.aider', { scenario: id, aide: { nature: 'irl' }, cibles })).code).toBe('irl-absent');
    const telle = await atelier.faire('npl.lire', { scenario: id });
    await atelier.faire('npl.definir', { scenario: id, choix: cibles.map((c) => ({ ensemble: c.ensemble, plafonds: [{ plafond: c.plafond, maximum: '5,00', moyenne: '4,50' }] })) });
    await atelier.faire('npl.definirBaremes', { irl: [{ annee: 2025, indice: '100,00' }, { annee: 2026, indice: 103.26, source: 'Insee' }, { annee: 2027, indice: '105', source: 'Insee' }] });
    const de2027 = await atelier.faire('npl.lire', { scenario: id });
    expect([telle.anneeMontants, de2027.anneeMontants, de2027.avant]).toEqual([null, 2027, Math.floor(telle.avant * 103.26 + 1e-6) / 100]);
    expect((await atelier.faire('npl.aider', { scenario: id, aide: { nature: 'irl' }, cibles })).propositions).toEqual([]);
    // L'année suivante, les mêmes choix : maximums et masse sont révisés ensemble, puis écrits dans cette année.
    await atelier.faire('npl.modifier', { scenario: id, annee: 2028 });
    const de2028 = await atelier.faire('npl.lire', { scenario: id });
    const fixes = de2028.lignes.filter((l) => l.maximum !== null);
    expect(fixes.map((l) => [l.maximum, l.annee, l.maximumRevise, l.moyenneRevisee])).toEqual(cibles.map(() => [5, 2027, 5.0842, 4.5758]));
    expect(de2028.respectee).toBe(de2027.respectee);
    await atelier.faire('npl.aider', { scenario: id, aide: { nature: 'irl' }, cibles, appliquer: true });
    expect((await atelier.faire('npl.lire', { scenario: id })).lignes.filter((l) => l.maximum !== null).map((l) => [l.maximum, l.moyenne, l.annee])).toEqual(cibles.map(() => [5.0842, 4.5758, 2028]));
  });

  it('demandes absurdes : refusées, rien ne change', async () => {
    const atelier = await ouvrir();
    const { id } = await atelier.faire('npl.creer', { nom: 'A', annee: 2027 });
    const codes = [
      await atelier.echouer('npl.creer', { nom: ' A ', annee: 2027 }),
      await atelier.echouer('npl.lire', { scenario: 99 }),
      await atelier.echouer('npl.definirBaremes', { plafonds: [{ annee: 2027, produit: 'PLS', zone: 'A', maximum: '-3' }] }),
      await atelier.echouer('npl.definirBaremes', { plafonds: [{ annee: 2027, produit: 'PLS', zone: 'Z', maximum: '3' }] }),
      await atelier.echouer('npl.calculer', { scenario: { version: 1, nom: 'x', annee: 2027, choix: [{ ensemble: 'E', plafonds: [{ plafond: 'PLUS', maximum: 1e-7 }] }] } }),
      await atelier.echouer('npl.aider', { scenario: id, aide: { nature: 'ajouter', ecart: 'x' }, cibles: [] }),
    ].map((e) => e.code);
    expect(codes).toEqual(['scenario-existant', 'scenario-inconnu', 'bareme-illisible', 'zone-inconnue', 'scenario-illisible', 'ecart-illisible']);
    expect((await atelier.faire('npl.baremes', {})).plafonds).toEqual([]);
  });
});
