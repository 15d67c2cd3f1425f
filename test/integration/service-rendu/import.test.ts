import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GRILLE_PROPOSEE } from '../../../shared/domain/service-rendu/proposee.ts';
import { logement, contenu } from '../ensembles/aide.ts';
import { declaration, ouvrirAtelier } from '../import/aide.ts';
import type { Atelier } from '../import/aide.ts';
import { essaiDossier } from '../depot/aides.ts';

async function parc(): Promise<Atelier & { codes: string[]; noms: string[] }> {
  const atelier = await ouvrirAtelier();
  const lignes = ['A', 'B', 'C'].map((n, i) => logement(String(i), `RESIDENCE ${n}`));
  await atelier.faire('import.lire', { chemin: atelier.fichier('rpls.csv', declaration(...lignes)), appliquer: true });
  await atelier.faire('serviceRendu.definirGrille', { grille: GRILLE_PROPOSEE });
  const { ensembles } = await atelier.faire('ensembles.lister', {});
  return { ...atelier, codes: ensembles.map((e) => e.id), noms: ensembles.map((e) => e.nom) };
}

const notes = async (a: Atelier) => {
  const { ensembles, criteres } = await a.faire('serviceRendu.notes', {});
  return ensembles.map((e) => Object.fromEntries(criteres.flatMap((c, j) => (e.saisies[j] === '' ? [] : [[c.code, e.saisies[j]]]))));
};

test('une colonne par critère : le premier import s’applique, le suivant se compare, chaque refus a sa ligne', async () => {
  const a = await parc();
  const [un = '', deux = '', trois = ''] = a.codes;
  const chemin = a.fichier('notes.csv', [
    'ensemble;Gros œuvre et toiture;ISOLATION ET MENUISERIES;Humeur', `${un};3;4;bof`, `${deux};7;2;`, `${trois};9;x;`, 'inconnu;1;1;', `${trois};;;`, `${un};2;;`, '',
  ].join('\r\n'));
  const { profil } = await a.faire('import.analyser', { chemin, type: 'service-rendu' });
  if (profil === null) throw new Error('colonnes non reconnues');
  const essai = await a.faire('import.essayer', { chemin, profil });
  expect({ ...essai, anomalies: essai.anomalies.map((x) => [x.code, x.rejet, x.nombre]) }).toEqual({
    lignes: 6, acceptees: 3, signalees: 1, rejetees: 3, complet: true, colonnes: [], anomalies: [['ensemble-inconnu', true, 1], ['note-hors-echelle', false, 3], ['doublon', false, 1]],
  });
  const rapport = join(a.repertoire, 'anomalies.csv');
  const r = await a.faire('import.lire', { chemin, type: 'service-rendu', anomalies: rapport });
  expect({ ...r, anomalies: r.anomalies.map((x) => [x.ligne, x.champ, x.valeur, x.code]), dureeMs: 0, fichier: '' }).toEqual({
    lignes: 6, acceptees: 3, rejetees: 3, signalees: 1, ajoutes: 2, modifies: 0, inchanges: 1, disparus: 0, applique: true, logements: 3, ensembles: 3, dureeMs: 0, type: 'service-rendu', fichier: '',
    importeLe: '2026-03-01T09:00:00.000Z', annee: null, comparaison: null, colonnesIgnorees: ['Humeur'], comptesAnomalies: { 'note-hors-echelle': 3, 'ensemble-inconnu': 1, doublon: 1 },
    anomalies: [
      [3, 'Gros œuvre et toiture', '7', 'note-hors-echelle'], [4, 'Gros œuvre et toiture', '9', 'note-hors-echelle'], [4, 'ISOLATION ET MENUISERIES', 'x', 'note-hors-echelle'],
      [5, 'ensemble', 'inconnu', 'ensemble-inconnu'], [7, 'Gros œuvre et toiture', '2', 'doublon'],
    ],
  });
  expect(readFileSync(rapport, 'utf8').trim().split('\r\n')).toHaveLength(6);
  expect(await notes(a)).toEqual([{ 'gros-oeuvre': '3', isolation: '4' }, { isolation: '2' }, {}]);

  const avant = await contenu(a);
  const suite = a.fichier('suite.csv', `ensemble;Gros œuvre et toiture\r\n${un};1\r\n${deux};3\r\n${trois};\r\n`);
  const compare = await a.faire('import.lire', { chemin: suite, type: 'service-rendu' });
  expect({ applique: compare.applique, ajoutes: compare.ajoutes, modifies: compare.modifies, inchanges: compare.inchanges }).toEqual({ applique: false, ajoutes: 1, modifies: 1, inchanges: 1 });
  expect(await contenu(a)).toEqual(avant);
  expect((await a.faire('import.lire', { chemin: suite, type: 'service-rendu', appliquer: true })).applique).toBe(true);
  expect(await notes(a)).toEqual([{ 'gros-oeuvre': '1', isolation: '4' }, { 'gros-oeuvre': '3', isolation: '2' }, {}]);
  const [operation] = (await a.faire('operations.lister', {})).operations;
  await a.faire('operations.annuler', { operation: operation?.id ?? 0 });
  expect(await contenu(a)).toEqual(avant);
});

test('une ligne par note, par nom et commune ; la nature se reconnaît seule', async () => {
  const a = await parc();
  const [nom = ''] = a.noms;
  const chemin = a.fichier('long.csv', `nom;commune;critere;note\n${nom};Marseille;isolation;3\n${nom.toUpperCase()};13055;Nuisances;2\n${nom};Lyon;isolation;3\n${nom};Marseille;rien;3\n`);
  const r = await a.faire('import.lire', { chemin });
  expect({ type: r.type, acceptees: r.acceptees, codes: r.anomalies.map((x) => [x.ligne, x.code]) }).toEqual({ type: 'service-rendu', acceptees: 2, codes: [[4, 'ensemble-inconnu'], [5, 'critere-inconnu']] });
  expect((await notes(a))[0]).toEqual({ isolation: '3', nuisances: '2' });
});

test.each(['csv', 'xlsx', 'ods'])('un export %s réimporté ne change rien', async (format) => {
  const essai = await essaiDossier();
  const chemin = join(essai.repertoire, `notes.${format}`);
  await essai.faire('serviceRendu.exporter', { destination: chemin });
  const avant = await essai.faire('serviceRendu.notes', {});
  const r = await essai.faire('import.lire', { chemin, type: 'service-rendu', appliquer: true });
  expect({ lignes: r.lignes, inchanges: r.inchanges, rejetees: r.rejetees, ignorees: r.colonnesIgnorees }).toEqual({ lignes: avant.ensembles.length, inchanges: avant.ensembles.length, rejetees: 0, ignorees: [] });
  expect(await essai.faire('serviceRendu.notes', {})).toEqual(avant);
});

test.each([['ensemble;Humeur\nX;3\n', 'criteres-absents'], ['nom;Isolation et menuiseries\nX;3\n', 'colonnes-absentes']])('%s est refusé, rien n’est changé', async (texte, code) => {
  const a = await parc();
  const avant = await contenu(a);
  expect((await a.echouer('import.lire', { chemin: a.fichier('x.csv', texte), type: 'service-rendu' })).code).toBe(code);
  expect(await contenu(a)).toEqual(avant);
});

test('sans grille, l’import dit d’en définir une', async () => {
  const a = await ouvrirAtelier();
  expect((await a.echouer('import.lire', { chemin: a.fichier('x.csv', 'ensemble;critere;note\nX;isolation;3\n'), type: 'service-rendu' })).code).toBe('sans-grille');
});
