import { mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Crée un répertoire au besoin. Rend de quoi le retirer s'il est resté vide. */
export function ensureRepertoire(repertoire: string): () => void {
  const premier = mkdirSync(repertoire, { recursive: true });
  return () => {
    if (premier === undefined) return;
    try {
      for (let r = repertoire; r.length >= premier.length; r = dirname(r)) rmdirSync(r);
    } catch {
      // Il n'est plus vide : il reste.
    }
  };
}
