import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importParc } from '../../../electron/service/demonstration-etapes.ts';
import { bailleurDemonstration } from '../../../electron/demo/index.ts';
import { json, preparer } from './aides/cus.ts';

let r: string;
beforeAll(async () => {
  r = mkdtempSync(join(tmpdir(), 'cus-carte-'));
  await preparer(r, async (faire) => {
    await faire('dossier.creer', { chemin: join(r, 'a.cus'), siren: bailleurDemonstration.siren, nom: bailleurDemonstration.nom, effet: '2026-01-01' });
    await importParc(faire, r);
    for (const nom of ['A', 'B']) await faire('npl.creer', { nom, annee: 2026 });
  });
}, 60_000);
afterAll(() => rmSync(r, { recursive: true, force: true }));
const lancer = (...args: string[]) => json(['loyers', 'a.cus', ...args], { cwd: r });

test('--carte dessine la feuille demandée ; la réponse la nomme à côté des lignes', async () => {
  const { code, objet } = await lancer('--carte', 'carte.pdf', '--mesure', 'ecartM2', '--format', 'A3', '--territoire', 'dep-13', '--nombre', '4');
  expect(code).toBe(0);
  expect(objet).toMatchObject({ carte: { chemin: join(r, 'carte.pdf'), echelle: expect.any(Number) as number } });
  expect(readFileSync(join(r, 'carte.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await lancer('--carte', 'carte.svg', '--bornes', '4,5.5,9')).code).toBe(0);
  expect(readFileSync(join(r, 'carte.svg'), 'utf8')).toContain('4,00 à 5,50');
});

test('--comparee et --scenario-compare dessinent deux scénarios ; la réponse et la feuille les nomment', async () => {
  const { code, objet } = await lancer('--carte', 'deux.svg', '--surface', 'SU', '--mesure', 'hausseNpl', '--comparee', 'maximumNpl', '--scenario', 'A', '--scenario-compare', 'B');
  expect({ code, objet }).toMatchObject({ code: 0, objet: { carte: { titre: expect.stringMatching(/ : scénario « A » \(2026\) moins maximum actuel et maximum du scénario « B » \(2026\)$/u) as string } } });
  expect(readFileSync(join(r, 'deux.svg'), 'utf8')).toContain('Maximum du scénario « B » (2026)');
});

const refuses: [string[], string][] = [
  [['--mesure', 'ecartM2'], 'option-seule'],
  [['--carte', 'x.pdf', '--bornes', '5,4'], 'bornes-invalides'],
  [['--carte', 'x.pdf', '--nombre', '12'], 'nombre-invalide'],
  [['--carte', 'x.pdf', '--mesure', 'plafondPLS'], 'carte-sans-valeur'],
  [['--carte', 'x.pdf', '--surface', 'SU', '--comparee', 'qpv', '--scenario-compare', 'B'], 'scenario-sans-mesure'],
  [['--carte', 'x.pdf', '--scenario-compare', 'Z'], 'scenario-inconnu'],
  [['--comparee', 'qpv'], 'option-seule'],
  [['--carte', 'x.png'], 'format-inconnu'],
  [['--carte', 'a.cus'], 'cible-est-le-dossier'],
];
test.each(refuses)('%j est refusé, sans fichier', async (args, attendu) => {
  const { code, objet } = await lancer(...args);
  expect({ code, objet }).toMatchObject({ code: 2, objet: { erreur: { code: attendu } } });
  expect(existsSync(join(r, 'x.pdf'))).toBe(false);
});
