import { existsSync } from 'node:fs';

/** Programme d'un fil : à côté de ce module dans les sources, à côté du service une fois construit. */
export function urlFil(nom: string): URL {
  const source = new URL(`./${nom}.ts`, import.meta.url);
  return existsSync(source) ? source : new URL(`./${nom}.mjs`, import.meta.url);
}
