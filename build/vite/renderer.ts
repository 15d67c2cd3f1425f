import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import { racine } from '../outils/chemins.ts';

/** renderer : tout dans des fichiers servis par `app://`, rien en ligne (la CSP le refuserait). */
export function configurationRenderer(sortie: string): InlineConfig {
  return {
    configFile: false,
    root: join(racine, 'renderer'),
    base: './',
    logLevel: 'warn',
    publicDir: false,
    plugins: [react()],
    // Sans ce format la carte reste vide, sans erreur.
    worker: { format: 'es' },
    build: {
      outDir: join(sortie, 'renderer'),
      emptyOutDir: true,
      target: 'chrome114',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4000,
    },
  };
}
