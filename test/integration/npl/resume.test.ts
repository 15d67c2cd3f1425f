import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openService } from '../../../electron/service/index.ts';
import { openConnexion } from '../../../electron/store/connexion.ts';
import { migrate } from '../../../electron/store/migrer.ts';
import { migrations } from '../../../electron/store/migrations/index.ts';
import type { Atelier } from '../import/aide.ts';
import { INSTANT, ouvrirAtelier } from '../import/aide.ts';
import { ecrireBailleur } from '../origines/aide.ts';

/** Les sommes de la politique des loyers, comptées des logements, écrites autrement que dans la migration et dans l'application. */
const JUGE = `
WITH v AS (SELECT l.* FROM logement l JOIN declaration d ON d.id = l.declaration WHERE d.en_vigueur AND coalesce(l.sortiepatrim, 9) = 9),
     s AS (SELECT *, ifnull(modesurf, 0) AS m, ifnull(nullif(loyermaxcus, 0), nullif(loyermaxapl, 0)) AS maxi,
                  CASE ifnull(modesurf, 0) WHEN 0 THEN surfhab WHEN 3 THEN ifnull(surfmode, surfhab) ELSE surfmode END AS surf FROM v)
SELECT ensemble, ifnull(cus, 0), ifnull(finan, 0), m, count(*), count(*) FILTER (WHERE ifnull(surf, 0) = 0), total(surf),
       count(maxi) FILTER (WHERE surf > 0), total(surf) FILTER (WHERE maxi IS NOT NULL), total(maxi) FILTER (WHERE surf > 0),
       count(loyerprinc) FILTER (WHERE surf > 0 AND maxi IS NULL AND mode = 1),
       total(surf) FILTER (WHERE maxi IS NULL AND mode = 1 AND loyerprinc IS NOT NULL), total(loyerprinc) FILTER (WHERE surf > 0 AND maxi IS NULL AND mode = 1),
       count(maxi) FILTER (WHERE ifnull(surf, 0) = 0), total(maxi) FILTER (WHERE ifnull(surf, 0) = 0),
       count(loyerprinc) FILTER (WHERE ifnull(surf, 0) = 0 AND maxi IS NULL AND mode = 1), total(loyerprinc) FILTER (WHERE ifnull(surf, 0) = 0 AND maxi IS NULL AND mode = 1),
       count(*) FILTER (WHERE 0 IN (loyermaxcus, loyermaxapl)), count(*) FILTER (WHERE loyerprinc = 0 AND mode = 1),
       count(*) FILTER (WHERE surf > 0 AND loyermaxcus > 0), count(*) FILTER (WHERE ifnull(surf, 0) = 0 AND loyermaxcus > 0)
FROM s GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;

/** De même, les sommes dont loyers moyens et écarts se déduisent ; `maximum` dit lequel un logement a. */
const jugeEnsembles = (maximum: string): string => `
WITH v AS (SELECT l.*, ${maximum} AS maxi FROM logement l JOIN declaration d ON d.id = l.declaration WHERE d.en_vigueur AND coalesce(l.sortiepatrim, 9) = 9),
     s AS (SELECT 'SH' AS sorte, surfhab AS m2, * FROM v UNION ALL SELECT 'SU', CASE WHEN modesurf = 1 THEN surfmode END, * FROM v UNION ALL SELECT 'SC', CASE WHEN modesurf = 2 THEN surfmode END, * FROM v)
SELECT ensemble, commune, sorte, count(*), count(*) FILTER (WHERE loue), total(m2) FILTER (WHERE loue), total(loyerprinc) FILTER (WHERE loue),
       count(maxi) FILTER (WHERE loue), total(m2) FILTER (WHERE loue AND maxi IS NOT NULL), total(loyerprinc) FILTER (WHERE loue AND maxi IS NOT NULL), total(maxi) FILTER (WHERE loue)
FROM (SELECT *, mode = 1 AND loyerprinc IS NOT NULL AND m2 > 0 AS loue FROM s) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
const SOMMES_ENSEMBLE = 'logements, loues, somme_surface, somme_loyer, avec_maximum, surface_max, loyer_max_pratique, somme_max';
const ENSEMBLES = `SELECT ensemble, commune, surface, ${SOMMES_ENSEMBLE} FROM resume_ensemble ORDER BY ensemble, commune, surface`;
const MAXIMUM = 'ifnull(nullif(loyermaxcus, 0), nullif(loyermaxapl, 0))';

const sql = (chemin: string, requete: string): number[][] =>
  execFileSync('sqlite3', ['-readonly', chemin, requete], { encoding: 'utf8' }).trim().split('\n').filter(Boolean).map((l) => l.split('|').map(Number));

let copies = 0;

/** Ce que dit le scénario ; vérifié contre les logements, et contre un service qui n'a rien gardé en mémoire. */
async function verifier(atelier: Atelier, quand: string, scenario: number): Promise<unknown> {
  const ici = await atelier.faire('npl.lire', { scenario });
  const { lignes: _l, horsMasse: _h, constats: _c, moyennes: _m, mixite: _x, origines: _o, conforme: _f, ...masse } = ici;
  expect(await atelier.faire('npl.jauge', { scenario }), quand).toEqual(masse);
  const copie = join(atelier.repertoire, `copie-${++copies}.cus`);
  await atelier.faire('dossier.copier', { destination: copie });
  expect(sql(copie, 'SELECT * FROM resume_npl ORDER BY ensemble, cus, finan, mode'), quand).toEqual(sql(copie, JUGE));
  expect(sql(copie, ENSEMBLES), quand).toEqual(sql(copie, jugeEnsembles(MAXIMUM)));
  const neuf = openService({ repertoireDonnees: atelier.repertoire, utilisateur: 'Juge', ordinateur: 'banc', maintenant: () => INSTANT, verifierSorties: true });
  try {
    await neuf.appeler('dossier.ouvrir', { chemin: copie });
    for (const [nom, entree, valeur] of [['npl.lire', { scenario }, ici], ['npl.scenarios', {}, await atelier.faire('npl.scenarios', {})], ['controles.lister', {}, await atelier.faire('controles.lister', {})]] as const) {
      const r = await neuf.appeler(nom, entree);
      expect(r.ok ? r.value : r.error, `${nom}, ${quand}`).toEqual(valeur);
    }
  } finally {
    await neuf.fermer();
  }
  return ici;
}

const AUTRE = '913000014';
const options = { graine: 3, logements: 260, annee: 2026, salete: 0.04, departements: ['13'], nombreCommunes: 3 };

it('le résumé est ce que les logements disent, et aucun calcul gardé ne survit à ce qui le change', async () => {
  const atelier = await ouvrirAtelier('913000006');
  const a = ecrireBailleur(atelier, 'a.csv', { ...options, siren: '913000006', raisonSociale: 'LE REPRENEUR' });
  const b = ecrireBailleur(atelier, 'b.csv', { ...options, graine: 4, logements: 90, siren: AUTRE, raisonSociale: 'L’ABSORBE' });
  const suite = ecrireBailleur(atelier, 'a2.csv', { ...options, graine: 9, logements: 280, siren: '913000006', raisonSociale: 'LE REPRENEUR' });
  const { id } = await atelier.faire('npl.creer', { nom: 'A', annee: 2027 });
  await atelier.faire('npl.retenir', { scenario: id });
  await verifier(atelier, 'dossier vide', id);

  /** Le geste, son annulation, puis de nouveau : chaque fois vérifié ; ce qui est refait redonne le même scénario. */
  const eprouver = async (quand: string, geste: () => Promise<unknown>, change = true): Promise<void> => {
    const avant = await verifier(atelier, `avant ${quand}`, id);
    await geste();
    const apres = await verifier(atelier, quand, id);
    if (change) expect(apres, quand).not.toEqual(avant);
    const { operations } = await atelier.faire('operations.lister', {});
    const derniere = operations.find((o) => o.annulable);
    if (derniere === undefined) throw new Error(`${quand} ne s’annule pas`);
    await atelier.faire('operations.annuler', { operation: derniere.id });
    expect(await verifier(atelier, `${quand}, annulé`, id)).toEqual(avant);
    await atelier.faire('operations.refaire', { operation: derniere.id });
    expect(await verifier(atelier, `${quand}, refait`, id)).toEqual(apres);
  };
  const lignes = async () => (await atelier.faire('npl.lire', { scenario: id })).lignes;
  const logements = async () => (await atelier.faire('logements.page', { decalage: 0, nombre: 200, filtres: [{ colonne: 'parc', valeurs: ['oui'] }] })).lignes;
  const composition = async (ensemble = '') => (await atelier.faire('ensembles.composition', { id: ensemble })).groupes.flatMap((g) => g.logements);
  const fixer = (l: { ensemble: string; plafond: 'PLAI' | 'PLUS' | 'PLS' | 'PLI' | 'INCONNU' } | undefined, maximum: string) =>
    atelier.faire('npl.definir', { scenario: id, choix: [{ ensemble: l?.ensemble ?? '', plafonds: [{ plafond: l?.plafond ?? 'PLUS', maximum }] }] });

  await eprouver('premier import', () => atelier.faire('import.lire', { chemin: a.chemin }));
  await eprouver('un choix', async () => fixer((await lignes())[0], '4,25'));
  await eprouver('un autre choix', async () => fixer((await lignes())[3], '0,01'));
  await eprouver('un choix effacé', async () => fixer((await lignes())[0], ''));
  await eprouver('des maximums effacés', async () => {
    const siens = await composition((await lignes())[5]?.ensemble);
    return atelier.faire('corrections.saisir', { cases: siens.flatMap(({ identifiant }) => ['loyermaxapl', 'loyermaxcus'].map((colonne) => ({ identifiant, colonne, texte: '' }))), partiel: true });
  });
  await eprouver('un barème', () => atelier.faire('npl.definirBaremes', { limites: [{ base: 'SU', maximum: '7' }, { base: 'SC', maximum: '4' }] }));
  const [premier] = await lignes();
  const zones = atelier.fichier('zones.csv', `commune;zone\n${premier?.commune ?? ''};2\n`);
  await eprouver('des zones', () => atelier.faire('npl.importerBareme', { chemin: zones, nature: 'zones' }));
  await eprouver('un plafond PLS', () => atelier.faire('npl.definirBaremes', { plafonds: [{ annee: 2027, produit: 'PLS', zone: '2', maximum: '0,005' }, { annee: 2027, produit: 'PLUS', zone: '2', maximum: '3' }] }));
  const corriger = async (colonne: string, texte: string, n: number) => {
    const choisis = (await logements()).filter((l) => l['loyermaxapl'] !== null && l[colonne] !== null).slice(n, n + 3);
    return atelier.faire('corrections.saisir', { cases: choisis.map((l) => ({ identifiant: String(l['ident_int']), colonne, texte })), partiel: true });
  };
  await eprouver('une surface corrigée', () => corriger('surfmode', '61,5', 0));
  await eprouver('un maximum corrigé', () => corriger('loyermaxapl', '512,34', 5));
  await eprouver('un maximum d’ancienne CUS', () => corriger('loyermaxcus', '499,50', 12));
  await eprouver('un maximum d’ancienne CUS à zéro', () => corriger('loyermaxcus', '0', 15));
  await eprouver('un financement corrigé', () => corriger('finan', '14', 9));
  await eprouver('des logements sortis', async () => atelier.faire('corrections.saisir', { cases: (await logements()).slice(20, 24).map((l) => ({ identifiant: String(l['ident_int']), colonne: 'sortiepatrim', texte: '4' })) }));
  const grands = async () => (await atelier.faire('ensembles.lister', {})).ensembles.filter((e) => e.logements > 3);
  await eprouver('fusion', async () => atelier.faire('ensembles.fusionner', { ids: (await grands()).slice(0, 2).map((e) => e.id) }));
  await eprouver('scission', async () => {
    const [, , e] = await grands();
    const siens = await composition(e?.id);
    return atelier.faire('ensembles.scinder', { id: e?.id ?? '', identifiants: siens.slice(0, 2).map((l) => l.identifiant), nom: 'Moitié' });
  });
  await eprouver('renommé', async () => atelier.faire('ensembles.renommer', { id: (await lignes())[1]?.ensemble ?? '', nom: 'Les Nouveaux Tilleuls' }));
  await eprouver('règle', () => atelier.faire('ensembles.appliquerRegle', { regle: [['adresse']] }));
  await eprouver('mise à jour', () => atelier.faire('import.lire', { chemin: suite.chemin, appliquer: true }));
  await eprouver('une origine', () => atelier.faire('origines.definir', { siren: AUTRE, nom: 'Foyer absorbé', operation: 'absorption' }), false);
  await eprouver('les logements d’une origine', () => atelier.faire('import.lire', { chemin: b.chemin }));
  await eprouver('une aide', async () => atelier.faire('npl.aider', { scenario: id, aide: { nature: 'ajouter', ecart: '-0,10' }, cibles: (await lignes()).slice(0, 9).map((l) => ({ ensemble: l.ensemble, plafond: l.plafond })), appliquer: true }));
  const { id: autre } = await atelier.faire('npl.creer', { nom: 'B', annee: 2028, depuis: id });
  await eprouver('un autre scénario retenu', () => atelier.faire('npl.retenir', { scenario: autre }), false);
  await eprouver('l’année', () => atelier.faire('npl.modifier', { scenario: id, annee: 2030 }));
}, 120_000);

it('un dossier d’avant reçoit son résumé', async () => {
  const atelier = await ouvrirAtelier('913000006');
  const a = ecrireBailleur(atelier, 'a.csv', { ...options, siren: '913000006', raisonSociale: 'LE REPRENEUR' });
  await atelier.faire('import.lire', { chemin: a.chemin });
  await atelier.faire('dossier.fermer', {});
  const base = openConnexion(atelier.dossier);
  onTestFinished(() => void base.close());
  const lire = () => base.prepare('SELECT * FROM resume_npl ORDER BY ensemble, cus, finan, mode').raw().all();
  const avant = lire();
  expect(avant.length).toBeGreaterThan(10);
  base.exec('DROP TABLE resume_npl');
  for (const c of ['connu_annee', 'habitable', 'annexes', 'inconnus', 'travaux_accord', 'travaux_reference']) base.exec(`ALTER TABLE choix_npl DROP COLUMN ${c}`);
  for (const c of ['annee', 'precedent']) base.exec(`ALTER TABLE choix_plafond DROP COLUMN ${c}`);
  migrate(base, 9, migrations.filter((m) => [10, 16, 22].includes(m.version)));
  expect(lire()).toEqual(avant);
  // Un dossier qui avait déjà son résumé : seul le nombre des maximums d'une ancienne CUS s'y ajoute.
  const cus = () => base.prepare<[], number>('SELECT sum(maximums_cus + maximums_cus_sans_surface) FROM resume_npl').pluck().get() ?? 0;
  expect(cus()).toBeGreaterThan(20);
  for (const c of ['maximums_cus', 'maximums_cus_sans_surface']) base.exec(`ALTER TABLE resume_npl DROP COLUMN ${c}`);
  migrate(base, 21, migrations.filter((m) => m.version === 22));
  expect(lire()).toEqual(avant);
});

it('un dossier d’avant ne compte plus un maximum déclaré à 0 € dans ses moyennes', async () => {
  const atelier = await ouvrirAtelier('913000006');
  await atelier.faire('import.lire', { chemin: ecrireBailleur(atelier, 'a.csv', { ...options, siren: '913000006', raisonSociale: 'LE REPRENEUR' }).chemin });
  await atelier.faire('dossier.fermer', {});
  const base = openConnexion(atelier.dossier);
  onTestFinished(() => void base.close());
  const lire = (requete: string): unknown[] => base.prepare(requete).raw().all();
  // Des zéros de toute sorte : à la CUS seule, à l'APL seule, aux deux, l'autre absent.
  base.exec(`UPDATE logement SET loyermaxcus = 0 WHERE id % 5 = 0; UPDATE logement SET loyermaxapl = 0 WHERE id % 7 = 0; UPDATE logement SET loyermaxcus = 0, loyermaxapl = NULL WHERE id % 11 = 0`);
  const avant = lire(jugeEnsembles('coalesce(loyermaxcus, loyermaxapl)')) as (string | number)[][];
  const ecrire = base.prepare(`UPDATE resume_ensemble SET (${SOMMES_ENSEMBLE}) = (?, ?, ?, ?, ?, ?, ?, ?) WHERE ensemble = ? AND commune = ? AND surface = ?`);
  for (const [ensemble, commune, surface, ...sommes] of avant) ecrire.run(...sommes, ensemble, commune, surface);
  expect(lire(ENSEMBLES)).toEqual(avant);
  migrate(base, 23, migrations.filter((m) => m.version === 24));
  expect(lire(ENSEMBLES)).toEqual(lire(jugeEnsembles(MAXIMUM)));
  expect(lire(ENSEMBLES)).not.toEqual(avant);
});
