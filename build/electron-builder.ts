import type { Configuration } from 'electron-builder';

/** Bibliothèques que seul l'écran emploie : elles sont déjà dans `dist/renderer`. */
const ecranSeul = [
  '@base-ui',
  '@floating-ui',
  '@fontsource-variable',
  '@mapbox',
  '@maplibre',
  '@tanstack',
  '@visx',
  'geojson-vt',
  'lucide-react',
  'maplibre-gl',
  'react',
  'react-dom',
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
    ...ecranSeul.map((nom) => `!node_modules/${nom}/**`),
  ],
  asar: true,
  asarUnpack: ['node_modules/better-sqlite3/**'],
  npmRebuild: false,
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
