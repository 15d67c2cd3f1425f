import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { millesimes } from '../../../shared/millesimes/index.ts';

/** Tous les textes d'un objet, quelle que soit leur profondeur. */
function* textes(valeur: unknown): Generator<string> {
  if (typeof valeur === 'string') yield valeur;
  else if (valeur !== null && typeof valeur === 'object') for (const v of Object.values(valeur)) yield* textes(v);
}

test('les textes d’un millésime n’ont que l’apostrophe typographique', () => {
  const tous = millesimes.flatMap((m) => [...textes(m)]);
  expect(tous.length).toBeGreaterThan(100);
  expect(tous.filter((t) => /\p{L}'\p{L}/u.test(t))).toEqual([]);
});

test('les phrases du domaine, du service et du terminal non plus', () => {
  const racine = join(import.meta.dirname, '../../..');
  const droites = ['shared/domain', 'shared/millesimes', 'electron/cli', 'electron/service', 'electron/documents', 'electron/paquet']
    .flatMap((d) => readdirSync(join(racine, d), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts')).map((f) => join(d, f)))
    .flatMap((f) => readFileSync(join(racine, f), 'utf8').split('\n').map((ligne, i) => ({ ou: `${f}:${i + 1}`, ligne })))
    .filter(({ ligne }) => !/^\s*(\/\/|\/?\*)|throw new Error/u.test(ligne) && /["`][^"`]*\p{L}'[\p{L}«][^"`]*["`]|\p{L}\\'\p{L}/u.test(ligne.replace(/\/\/.*$/u, '').replace(/\/\*.*?\*\//gu, '')));
  expect(droites).toEqual([]);
});
