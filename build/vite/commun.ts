import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { racine } from '../outils/chemins.ts';

export type Adaptateur = 'spawn' | 'utilityProcess';

/** Dossier d'une variante : celle d'essai (`spawn`) ne remplace jamais celle qui est livrée. */
export function dossierVariante(base: string, adaptateur: Adaptateur): string {
  return `${base}${adaptateur === 'spawn' ? '-essai' : ''}`;
}

/**
 * Construit ce qui est livré, d'où qu'on le demande : vitest met NODE_ENV à « test », et React serait
 * alors construit pour le développement (effets joués deux fois, avertissements), puis réutilisé.
 */
export async function construire(configuration: InlineConfig): Promise<void> {
  const avant = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await build(configuration);
  } finally {
    if (avant === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = avant;
  }
}

/** Construction d'un programme pour Node ou Electron : sans réduction, lisible dans une trace. */
export function configurationNoeud(options: {
  /** Fichier produit (sans extension) → source. */
  entrees: Record<string, string>;
  sortie: string;
  format: 'cjs' | 'es';
  cible: string;
  externes: (string | RegExp)[];
  toutInclure: boolean;
  definitions: Record<string, string>;
}): InlineConfig {
  const extension = options.format === 'cjs' ? 'cjs' : 'mjs';
  return {
    configFile: false,
    root: racine,
    logLevel: 'warn',
    publicDir: false,
    define: options.definitions,
    ssr: { target: 'node', ...(options.toutInclure ? { noExternal: true as const } : {}) },
    build: {
      ssr: true,
      outDir: options.sortie,
      emptyOutDir: true,
      target: options.cible,
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(options.entrees).map(([nom, source]) => [nom, join(racine, source)])),
        external: options.externes,
        // Un module externe dont rien ne sert n'est pas chargé : `child_process` disparaît du livré.
        treeshake: { moduleSideEffects: 'no-external' },
        output: { format: options.format, entryFileNames: `[name].${extension}`, chunkFileNames: `[name]-[hash].${extension}` },
      },
    },
  };
}
