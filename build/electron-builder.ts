import type { Configuration } from 'electron-builder';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Ce que l'écran emploie seul est déjà dans `dist/renderer` ; Node est celui d'Electron. */
const horsPaquet = [
  '@base-ui',
  '@floating-ui',
  '@fontsource-variable',
  '@mapbox',
  '@maplibre',
  '@tanstack',
  '@visx',
  'lucide-react',
  'maplibre-gl',
  'react',
  'react-dom',
  'zustand',
  'node-{linux,darwin,win}-*',
];

/** Ce qui est livré. Les essais relisent ces fusibles dans le programme empaqueté. */
export const configurationPaquet: Configuration = {
  appId: 'fr.atelier-cus.application',
  productName: 'Atelier CUS',
  directories: { output: 'release' },
  files: [
    'package.json',
    'dist/main/**',
    'dist/preload/**',
    'dist/renderer/**',
    'dist/service/**',
    ...horsPaquet.map((nom) => `!node_modules/${nom}/**`),
  ],
  extraFiles: [{ from: 'dist/LICENCES.txt', to: 'LICENCES.txt' }],
  asar: true,
  asarUnpack: ['node_modules/better-sqlite3/**'],
  npmRebuild: false,
  // L'application de démonstration d'Electron n'a rien à faire dans la nôtre.
  afterPack: ({ appOutDir }) => rm(join(appOutDir, 'resources', 'default_app.asar'), { force: true }),
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: { executableName: 'atelier-cus', category: 'Office' },
  mac: { category: 'public.app-category.business' },
};
