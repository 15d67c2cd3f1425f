import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongsDabord } from './build/outils/ordre-essais.ts';

const fichiers = (dossier: string): string[] => [`test/${dossier}/**/*.test.{ts,tsx}`];

/**
 * Les fichiers d'un même processus se suivent sans qu'il recharge le produit : il sert dossier après dossier, comme
 * l'application ouverte. Ce qu'un essai a remplacé est remis à sa place avant le suivant.
 */
const ENSEMBLE = { isolate: false, restoreMocks: true, unstubGlobals: true };

export default defineConfig({
  test: {
    // Par défaut vitest laisse un cœur libre : sur deux, les essais n'en prendraient qu'un.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongsDabord },
    projects: [
      { test: { ...ENSEMBLE, name: 'unit', include: fichiers('unit'), testTimeout: 30_000, environment: 'node' } },
      { test: { ...ENSEMBLE, name: 'integration', include: fichiers('integration'), testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: {
          name: 'e2e',
          include: fichiers('e2e'),
          globalSetup: ['test/e2e/aides/preparer.ts'],
          // Une fenêtre à la fois : deux se disputeraient le clavier et la machine.
          fileParallelism: false,
          // Attendre n'est pas mesurer : une machine chargée met plus d'une seconde à montrer ce qu'elle montrera.
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      { test: { name: 'references', include: fichiers('references'), testTimeout: 300_000, hookTimeout: 300_000 } },
      { test: { name: 'preuves', include: fichiers('preuves'), testTimeout: 3_600_000, hookTimeout: 3_600_000 } },
    ],
  },
});
