import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { tempDir } from '../aides/repertoire.ts';

const COMMANDE = resolve(import.meta.dirname, '..', '..', 'electron', 'cli', 'cus.ts');

it.skipIf(process.platform === 'win32')('le code compilé n’est gardé que dans un répertoire que la personne seule peut écrire', () => {
  const gardes = [0o700, 0o777].map((mode) => {
    const TMPDIR = tempDir();
    const repertoire = join(TMPDIR, `atelier-cus-compile-${userInfo().uid}`);
    mkdirSync(repertoire);
    chmodSync(repertoire, mode);
    expect(spawnSync(process.execPath, [COMMANDE, 'aide'], { env: { ...process.env, TMPDIR } }).status).toBe(0);
    return readdirSync(repertoire).length;
  });
  expect(gardes).toEqual([1, 0]);
});
