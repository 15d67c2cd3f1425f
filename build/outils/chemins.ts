import { join, resolve } from 'node:path';

/** Racine du projet, où que soit le clone. */
export const racine = resolve(import.meta.dirname, '..', '..');
export const construit = join(racine, 'dist');
export const cache = join(racine, '.cache');
