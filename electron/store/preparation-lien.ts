import { rmSync } from 'node:fs';
import type { Base } from './base.ts';
import { cheminLogements } from './staging.ts';

/** Attache une préparation : `lot` pour ses logements, `prep` pour le reste. */
export function attachPreparation(base: Base, chemin: string): void {
  base.prepare('ATTACH DATABASE ? AS prep').run(chemin);
  base.prepare('ATTACH DATABASE ? AS lot').run(cheminLogements(chemin));
  for (const schema of ['prep', 'lot']) {
    base.pragma(`${schema}.synchronous = OFF`);
    // Lues une fois, dans l'ordre : en garder les pages n'apporte rien.
    base.pragma(`${schema}.cache_size = -2048`);
  }
}

export function detachPreparation(base: Base): void {
  for (const schema of ['prep', 'lot']) base.exec(`DETACH DATABASE ${schema}`);
}

/** Attache une préparation le temps d'un appel. */
export function withPreparation<T>(base: Base, chemin: string, faire: () => T): T {
  attachPreparation(base, chemin);
  try {
    return faire();
  } finally {
    detachPreparation(base);
  }
}

export function removePreparation(chemin: string): void {
  for (const fichier of [chemin, cheminLogements(chemin)]) {
    for (const suffixe of ['', '-journal', '-wal', '-shm']) rmSync(fichier + suffixe, { force: true });
  }
}
