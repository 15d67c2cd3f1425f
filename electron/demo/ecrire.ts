import { closeSync, openSync, writeSync } from 'node:fs';
import type { GenerationRpls } from './rpls.ts';

/** Écrit le fichier sans jamais en garder plus d'un bloc en mémoire. */
export function ecrireFichier(generation: GenerationRpls, chemin: string): void {
  const fichier = openSync(chemin, 'w');
  try {
    for (const bloc of generation.blocs) {
      for (let ecrit = 0; ecrit < bloc.length; ) ecrit += writeSync(fichier, bloc, ecrit);
    }
  } finally {
    closeSync(fichier);
  }
}
