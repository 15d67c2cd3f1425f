import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programme } from '../../../build/outils/executer.ts';

const racine = resolve(import.meta.dirname, '..', '..', '..');
let copie: string;

// Un projet à part, avec nos règles : les fichiers fautifs ne touchent jamais les vrais dossiers.
beforeAll(() => {
  copie = mkdtempSync(join(tmpdir(), 'atelier-murs-'));
  for (const nom of ['.oxlintrc.json', 'tsconfig.json']) cpSync(join(racine, nom), join(copie, nom));
  symlinkSync(join(racine, 'node_modules'), join(copie, 'node_modules'), 'junction');
});
afterAll(() => rmSync(copie, { recursive: true, force: true }));

/** Règles qu'oxlint oppose à un fichier. */
function regles(fichier: string, source: string): string[] {
  const chemin = join(copie, fichier);
  mkdirSync(dirname(chemin), { recursive: true });
  writeFileSync(chemin, source);
  try {
    const { stdout } = spawnSync(process.execPath, [programme('oxlint', 'oxlint'), '-f', 'json', '--deny-warnings', fichier], {
      cwd: copie,
      encoding: 'utf8',
    });
    const { diagnostics, number_of_files: lus } = JSON.parse(stdout) as { diagnostics: { code: string }[]; number_of_files: number };
    expect(lus).toBe(1);
    return [...new Set(diagnostics.map((d) => d.code))];
  } finally {
    rmSync(chemin);
  }
}

const importe = (module: string): string => `import { x } from '${module}';\nexport const y = x;\n`;
const MUR = ['eslint(no-restricted-imports)'];

const defendus: [string, string][] = [
  ['shared/domain/a.ts', 'node:fs'],
  ['shared/domain/a.ts', 'fs/promises'],
  ['shared/domain/a.ts', 'electron'],
  ['shared/domain/a.ts', 'better-sqlite3'],
  ['shared/domain/a.ts', 'react'],
  ['shared/domain/a.ts', '../../electron/store/base.ts'],
  ['shared/domain/a.ts', '../../renderer/ui/format.ts'],
  ['renderer/features/a.ts', 'electron'],
  ['renderer/features/a.ts', 'node:path'],
  ['renderer/features/a.ts', 'better-sqlite3'],
  ['renderer/features/a.ts', 'pkijs'],
  ['renderer/features/a.ts', '../../electron/service/index.ts'],
  ['renderer/features/a.ts', '../../shared/territoires/communes.json'],
  ['electron/service/a.ts', 'electron'],
  ['electron/service/a.ts', 'electron/main'],
  ['electron/service/a.ts', 'better-sqlite3'],
  ['electron/service/a.ts', 'node-forge'],
  ['electron/service/a.ts', '../../renderer/app/main.tsx'],
  ['electron/cli/a.ts', '../store/base.ts'],
  ['electron/cli/a.ts', 'electron'],
  ['electron/import/a.ts', 'better-sqlite3'],
  ['electron/documents/a.ts', 'asn1js'],
  ['electron/store/a.ts', 'electron'],
  ['electron/store/a.ts', 'pkijs'],
  ['electron/paquet/a.ts', 'better-sqlite3'],
  ['electron/paquet/a.ts', 'electron'],
  ['electron/app/a.ts', '../store/base.ts'],
  ['electron/app/a.ts', '../service/index.ts'],
  ['electron/app/a.ts', 'better-sqlite3'],
  ['electron/main.ts', './service/index.ts'],
  ['electron/preload.ts', 'pkijs'],
  ['electron/service/a.ts', '../../test/unit/a.ts'],
];

const permis: [string, string][] = [
  ['shared/domain/a.ts', '../erreurs.ts'],
  ['shared/domain/a.ts', 'zod'],
  ['renderer/features/a.ts', '../../shared/contract.ts'],
  ['renderer/features/a.ts', 'react'],
  ['electron/app/a.ts', 'electron'],
  ['electron/app/a.ts', '../service/port/port.ts'],
  ['electron/main.ts', 'electron'],
  ['electron/preload.ts', 'electron'],
  ['electron/store/a.ts', 'better-sqlite3'],
  ['electron/paquet/a.ts', 'pkijs'],
  ['electron/service/a.ts', '../store/base.ts'],
  ['electron/documents/a.ts', 'node:crypto'],
];

describe('les murs entre les couches', () => {
  it.each(defendus)('%s ne peut pas importer %s', (fichier, module) => {
    expect(regles(fichier, importe(module))).toEqual(MUR);
  });

  it.each(permis)('%s peut importer %s', (fichier, module) => {
    expect(regles(fichier, importe(module))).toEqual([]);
  });

  it('les autres façons d’importer sont refusées aussi', () => {
    expect(regles('shared/a.ts', `import type { Stats } from 'node:fs';\nexport type S = Stats;\n`)).toEqual(MUR);
    expect(regles('shared/a.ts', `export { readFile } from 'node:fs';\n`)).toEqual(MUR);
    expect(regles('shared/a.ts', `export const f = () => import('node:fs');\n`)).toEqual(MUR);
    expect(regles('shared/a.ts', `const fs: unknown = require('node:fs');\nexport const f = fs;\n`)).toContain('typescript(no-require-imports)');
  });
});

describe('les autres interdits', () => {
  it.each([
    ['any', 'electron/a.ts', 'export const f = (x: any): unknown => x;\n', 'typescript(no-explicit-any)'],
    ['@ts-ignore', 'electron/a.ts', '// @ts-ignore\nexport const x: string = 1;\n', 'typescript(ban-ts-comment)'],
    ['process dans shared', 'shared/a.ts', 'export const e = process.env;\n', 'eslint(no-restricted-globals)'],
    ['l’heure dans shared', 'shared/a.ts', 'export const t = Date.now();\n', 'eslint(no-restricted-properties)'],
    ['le hasard dans shared', 'shared/a.ts', 'export const h = Math.random();\n', 'eslint(no-restricted-properties)'],
    ['le DOM dans shared', 'shared/a.ts', 'export const d = document.title;\n', 'eslint(no-restricted-globals)'],
    ['Node dans l’écran', 'renderer/a.ts', 'export const e = process.env;\n', 'eslint(no-restricted-globals)'],
    ['le réseau dans l’écran', 'renderer/a.ts', 'export const r = fetch("https://exemple.fr");\n', 'eslint(no-restricted-globals)'],
  ])('%s est refusé', (_nom, fichier, source, regle) => {
    expect(regles(fichier, source)).toContain(regle);
  });
});
