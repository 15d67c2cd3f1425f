import { existsSync, rmSync } from 'node:fs';
import type { Base } from './base.ts';

/** Attache la base de préparation sous le nom `prep` le temps d'un appel. */
export function withPreparation<T>(base: Base, chemin: string, faire: () => T): T {
  base.prepare('ATTACH DATABASE ? AS prep').run(chemin);
  try {
    base.pragma('prep.synchronous = OFF');
    return faire();
  } finally {
    base.exec('DETACH DATABASE prep');
  }
}

export function removePreparation(chemin: string): void {
  for (const suffixe of ['', '-journal', '-wal', '-shm']) {
    if (existsSync(chemin + suffixe)) rmSync(chemin + suffixe, { force: true });
  }
}
