import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Atelier } from '../import/aide.ts';
import { contenu } from '../ensembles/aide.ts';
import { declaration, ligne, lireDossier } from '../import/aide.ts';
import { ban, carre, charger, contours, importerTableau, logement, PARC, preparer, quartier } from './aide.ts';

const STADE = ban(['10', '', 'Rue du Stade', 5.4, 43.31], ['12', '', 'Rue du Stade', 5.37, 43.295], ['12', 'bis', 'Rue du Stade', 5.41, 43.31], ['', '', 'Lieu sans numéro', 5.4, 43.3]);

async function desaccords(atelier: Atelier) {
  const { lignes } = await atelier.faire('qpv.lignes', {});
  return Object.fromEntries(lignes.map((l) => [l.identifiant, `${l.declare} ${l.ecart} ${l.quartier ?? '-'} ${l.origine}`]));
}
const positions = async (atelier: Atelier) => (await atelier.faire('qpv.etat', {})).positions;
const RIEN = { fichier: 0, ban: 0, repere: 0, voie: 0, commune: 0, departement: 0, aucune: 0 };

test('sans contours rien n’est comparé ; les coordonnées du fichier se disent', async () => {
  const atelier = await preparer();
  const etat = await atelier.faire('qpv.etat', {});
  expect(etat).toEqual({
    contours: [], generation: null, ban: [], logements: 12, positions: { ...RIEN, fichier: 7, commune: 5 },
    fichier: { systemes: { 'Lambert 93 (EPSG 2154)': 1, 'WGS 84 (longitude, latitude) (EPSG 4326)': 5 }, devines: { 'WGS 84 (longitude, latitude) (EPSG 4326)': 1 }, ecartees: { 'point trop loin du centre de la commune déclarée': 1 } },
    adresses: { adresse: 0, voie: 0, ambigue: 0, introuvable: 0, aChercher: 3 }, ecarts: null,
  });
  expect(await atelier.faire('qpv.lignes', {})).toEqual({ total: 0, lignes: [] });
  expect((await atelier.faire('controles.lister', {})).informations.filter((c) => c.code.startsWith('qpv'))).toEqual([]);
});

test('chaque désaccord est dit, le déclaré n’est jamais changé', async () => {
  const atelier = await preparer();
  await charger(atelier);
  expect(await desaccords(atelier)).toEqual({
    'F-non-dedans': 'non non-dedans QN01301M fichier', 'F-oui-trou': 'oui oui-dehors - fichier', 'F-non-limite': 'non non-dedans QN01301M fichier',
    'F-inconnu-dedans': 'inconnu inconnu-dedans QN01301M fichier',
  });
  const { ecarts } = await atelier.faire('qpv.etat', {});
  expect(ecarts).toEqual({ accord: 2, 'oui-dehors': 1, 'non-dedans': 2, 'inconnu-dedans': 1, 'inconnu-dehors': 0, 'sans-position': 5, 'sans-contour': 1 });
  const [constat] = (await atelier.faire('controles.lister', {})).informations.filter((c) => c.code === 'qpv-desaccords');
  expect(constat).toMatchObject({
    article: 'R445-3', champ: 'qpv/desaccords', etape: 'patrimoine',
    message: '4 logements dont la situation en QPV déclarée ne s’accorde pas avec les contours de 2024 (qpv.geojson) : 1 déclaré en QPV et hors des contours, 2 déclarés hors QPV et dans un contour, 1 sans déclaration et dans un contour. Le déclaré reste celui du dossier.',
  });
  expect(await atelier.faire('etat.lire', {})).toMatchObject({ qpv: 6, horsQpv: 5, qpvInconnu: 1 });
});

test('par ensemble et par commune : mêmes sommes, quartiers nommés', async () => {
  const atelier = await preparer();
  await charger(atelier);
  for (const par of ['commune', 'ensemble'] as const) {
    const { lignes } = await atelier.faire('qpv.ecarts', { par, desaccords: false });
    const somme = (f: (l: (typeof lignes)[number]) => number) => lignes.reduce((n, l) => n + f(l), 0);
    expect([somme((l) => l.logements), somme((l) => l.declares), somme((l) => l.dedans), somme((l) => l.ecarts['non-dedans'])]).toEqual([12, 6, 4, 2]);
  }
  const { lignes } = await atelier.faire('qpv.ecarts', { par: 'ensemble' });
  expect(lignes.toSorted((a, b) => (a.nom < b.nom ? -1 : 1)).map((l) => [l.nom, l.declares, l.dedans, l.logements, l.quartiers])).toEqual([
    ['A', 2, 2, 3, [{ code: 'QN01301M', nom: 'Nord', logements: 2 }]], ['B', 1, 2, 4, [{ code: 'QN01301M', nom: 'Nord', logements: 2 }]],
  ]);
});

test('la BAN : une adresse exacte place, une voie non ; annuler, refaire', async () => {
  const atelier = await preparer();
  await charger(atelier);
  const chemin = atelier.fichier('adresses-13.csv.gz', gzipSync(STADE));
  expect(await atelier.faire('qpv.chargerBan', { chemin })).toMatchObject({ nom: 'adresses-13.csv.gz', departements: ['13'], adresses: 3, ecartees: 1 });
  const s = await atelier.faire('qpv.situer', {});
  expect(s).toMatchObject({ adresse: 1, voie: 1, ambigue: 0, introuvable: 1 });
  expect(await positions(atelier)).toEqual({ ...RIEN, fichier: 7, ban: 1, voie: 1, commune: 3 });
  expect((await desaccords(atelier))['B-oui-dehors']).toBe('oui oui-dehors - ban');
  await atelier.faire('operations.annuler', { operation: s.operation });
  expect(await positions(atelier)).toEqual({ ...RIEN, fichier: 7, commune: 5 });
  expect((await desaccords(atelier))['B-oui-dehors']).toBeUndefined();
  await atelier.faire('qpv.situer', {});
  await atelier.faire('qpv.retirerBan', { nom: 'adresses-13.csv.gz' });
  // Les réponses restent dans le dossier quand l'extrait quitte l'ordinateur.
  expect((await positions(atelier)).ban).toBe(1);
  expect(await atelier.echouer('qpv.situer', {})).toMatchObject({ code: 'ban-absente' });
});

test('un repère place ce qui n’a pas mieux, se journalise, s’annule', async () => {
  const atelier = await preparer();
  await charger(atelier);
  const { ensembles } = await atelier.faire('ensembles.lister', {});
  const code = (nom: string) => ensembles.find((e) => e.nom === nom)?.id ?? '';
  const avant = await contenu(atelier);
  const { operation } = await atelier.faire('qpv.poser', { objet: 'ensemble', cle: code('C'), lon: 5.362, lat: 43.292 });
  expect(await positions(atelier)).toEqual({ ...RIEN, fichier: 7, repere: 3, commune: 2 });
  expect((await desaccords(atelier))['B-absente']).toBe('non non-dedans QN01301M repere');
  await atelier.faire('qpv.poser', { objet: 'logement', cle: 'B-absente', lon: 5.5, lat: 43.3 });
  expect((await desaccords(atelier))['B-absente']).toBeUndefined();
  // Un repère ne déplace pas ce que le fichier place.
  await atelier.faire('qpv.poser', { objet: 'logement', cle: 'F-non-dedans', lon: 5.5, lat: 43.3 });
  expect((await desaccords(atelier))['F-non-dedans']).toBe('non non-dedans QN01301M fichier');
  expect(await atelier.faire('qpv.repere', { objet: 'ensemble', cle: code('C') })).toEqual({ repere: { lon: 5.362, lat: 43.292 }, positions: { ...RIEN, repere: 3 } });
  await atelier.faire('qpv.lever', { objet: 'logement', cle: 'F-non-dedans' });
  const journal = lireDossier<{ champ: string; avant: string | null; apres: string | null }>(await ferme(atelier), `SELECT champ, avant, apres FROM journal WHERE champ LIKE '%/repere' ORDER BY id`);
  expect(journal.slice(-2)).toEqual([
    { champ: 'logement/F-non-dedans/repere', avant: null, apres: '5,500000 ; 43,300000' }, { champ: 'logement/F-non-dedans/repere', avant: '5,500000 ; 43,300000', apres: null },
  ]);
  await atelier.faire('dossier.ouvrir', { chemin: atelier.dossier });
  const { operations } = await atelier.faire('operations.lister', {});
  for (const o of operations.filter((p) => p.id >= operation)) await atelier.faire('operations.annuler', { operation: o.id });
  expect(await contenu(atelier)).toEqual(avant);
});

async function ferme(atelier: Atelier): Promise<string> {
  await atelier.faire('dossier.fermer', {});
  return atelier.dossier;
}

test('repères et adresses survivent à un nouvel import ; une déclaration garde les coordonnées, pas d’une adresse changée', async () => {
  const atelier = await preparer();
  await charger(atelier);
  await atelier.faire('qpv.chargerBan', { chemin: atelier.fichier('adresses-13.csv', STADE) });
  await atelier.faire('qpv.situer', {});
  await atelier.faire('qpv.poser', { objet: 'logement', cle: 'R-non', lon: 5.362, lat: 43.292 });
  await importerTableau(atelier, 'suite.csv', ...PARC, logement('Neuf', { COMPLGEO: 'A' }));
  expect(await positions(atelier)).toEqual({ ...RIEN, fichier: 7, ban: 1, repere: 1, voie: 1, commune: 3 });
  const lignes = [ligne({ IDENT_INT: 'F-oui-dedans', QPV: '1', COMPLGEO: 'A' }), ligne({ IDENT_INT: 'F-non-dedans', COMPLGEO: 'A', NUMVOIE: '7', TYPVOIE: 'RUE', NOMVOIE: 'NEUVE' })];
  const chemin = join(atelier.repertoire, 'rpls.csv');
  writeFileSync(chemin, declaration(...lignes));
  await atelier.faire('import.lire', { chemin, appliquer: true });
  expect(await positions(atelier)).toEqual({ ...RIEN, fichier: 1, commune: 1 });
});

test('deux générations : la plus récente d’abord, puis celle choisie', async () => {
  const atelier = await preparer();
  const de2015 = JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { CODE_QP: 'QP013001', LIB_QP: 'Ancien', INSEE_COM: '13055' }, geometry: { type: 'Polygon', coordinates: [[[5.39, 43.29], [5.41, 43.29], [5.41, 43.31], [5.39, 43.29]]] } }] });
  expect(await charger(atelier, 'qp2015.geojson', de2015)).toMatchObject({ generation: '2015', contours: 1, remplace: null });
  expect((await desaccords(atelier))['F-non-dehors']).toBe('non non-dedans QP013001 fichier');
  await charger(atelier);
  expect((await atelier.faire('qpv.etat', {})).generation).toBe('2024');
  expect((await desaccords(atelier))['F-non-dehors']).toBeUndefined();
  await atelier.faire('qpv.choisir', { generation: '2015' });
  expect((await desaccords(atelier))['F-non-dehors']).toBe('non non-dedans QP013001 fichier');
  await atelier.faire('qpv.retirer', { generation: '2015' });
  expect((await atelier.faire('qpv.etat', {})).generation).toBe('2024');
  expect(await atelier.echouer('qpv.choisir', { generation: '2015' })).toMatchObject({ code: 'qpv-sans-contours' });
});

test('l’export a une ligne par désaccord', async () => {
  const atelier = await preparer();
  await charger(atelier);
  const destination = join(atelier.repertoire, 'd.csv');
  expect(await atelier.faire('qpv.exporter', { destination })).toEqual({ chemin: destination, lignes: 4 });
  const lignes = readFileSync(destination, 'utf8').trim().split(/\r?\n/);
  expect(lignes.length).toBe(5);
  expect(lignes.find((l) => l.startsWith('F-oui-trou;'))).toMatch(/^F-oui-trou;13055;Marseille;13055-[0-9A-F]+;A;;oui;Déclarés en QPV, hors des contours;;;coordonnées du fichier;5\.370000;43\.300000;2024$/);
});

test('chaque compte ouvre ses lignes, dont les colonnes disent la même chose', async () => {
  const atelier = await preparer();
  await charger(atelier);
  const page = async (filtres: { colonne: string; valeurs?: string[]; contient?: string }[]) => {
    const { lignes, total } = await atelier.faire('logements.page', { decalage: 0, nombre: 100, filtres, tri: { colonne: 'ident_int', sens: 'asc' } });
    expect(lignes.length).toBe(total);
    return lignes.map((l) => [l['ident_int'], l['position'], l['qpv_contour'], l['qpv_ecart']]);
  };
  const { ecarts } = await atelier.faire('qpv.etat', {});
  for (const [ecart, n] of Object.entries(ecarts ?? {})) expect((await page([{ colonne: 'qpv_ecart', valeurs: [ecart] }])).map((l) => l[3])).toEqual(Array.from({ length: n }, () => ecart));
  expect(await page([{ colonne: 'qpv_ecart', valeurs: ['non-dedans'] }])).toEqual([
    ['F-non-dedans', 'fichier', 'Nord (QN01301M)', 'non-dedans'], ['F-non-limite', 'fichier', 'Nord (QN01301M)', 'non-dedans'],
  ]);
  expect((await page([{ colonne: 'qpv_contour', contient: 'nord' }])).length).toBe(4);
  expect((await page([{ colonne: 'position', valeurs: ['commune'] }])).length).toBe(5);
  // D'autres contours changent la sélection, sans que le dossier change.
  await charger(atelier, 'vide.geojson', contours(quartier('QN01302M', 'Loin', carre(5.2, 43.2, 0.01))));
  expect(await page([{ colonne: 'qpv_ecart', valeurs: ['non-dedans'] }])).toEqual([]);
});

test('corriger le déclaré passe par la correction des cases, annulable', async () => {
  const atelier = await preparer();
  await charger(atelier);
  const filtres = [{ colonne: 'parc', valeurs: ['oui'] }, { colonne: 'qpv_ecart', valeurs: ['non-dedans'] }];
  const bilan = await atelier.faire('corrections.appliquer', { filtres, colonne: 'qpv', texte: '1', attendus: 2, motif: 'Contours de 2024' });
  expect(bilan).toMatchObject({ changees: 2, nombreRefusees: 0 });
  expect((await atelier.faire('qpv.etat', {})).ecarts).toMatchObject({ 'non-dedans': 0, accord: 4, 'oui-dehors': 1 });
  expect(await atelier.faire('etat.lire', {})).toMatchObject({ qpv: 8, horsQpv: 3 });
  await atelier.faire('operations.annuler', { operation: bilan.operation ?? 0 });
  expect((await atelier.faire('qpv.etat', {})).ecarts).toMatchObject({ 'non-dedans': 2, accord: 2 });
});
