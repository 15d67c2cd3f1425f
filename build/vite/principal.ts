import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import { configurationNoeud, dossierVariante, type Adaptateur } from './commun.ts';

/** main : CommonJS (un main en modules ES ne démarre pas dans le moteur d'essai). */
export function configurationPrincipal(
  sortie: string,
  adaptateur: Adaptateur,
  service = `${dossierVariante('service', adaptateur)}/processus.mjs`,
): InlineConfig {
  return configurationNoeud({
    entrees: { main: 'electron/main.ts' },
    sortie: join(sortie, dossierVariante('main', adaptateur)),
    format: 'cjs',
    cible: 'node18',
    externes: ['electron'],
    toutInclure: true,
    definitions: {
      __ADAPTATEUR__: JSON.stringify(adaptateur),
      __SERVICE__: JSON.stringify(service),
    },
  });
}

/** preload : CommonJS, `electron` pour seul module (il tourne dans un bac à sable). */
export function configurationPreload(sortie: string): InlineConfig {
  return configurationNoeud({
    entrees: { preload: 'electron/preload.ts' },
    sortie: join(sortie, 'preload'),
    format: 'cjs',
    cible: 'chrome114',
    externes: ['electron'],
    toutInclure: true,
    definitions: {},
  });
}
