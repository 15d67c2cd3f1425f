import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import { configurationNoeud, dossierVariante, type Adaptateur } from './commun.ts';

/** service : modules ES ; les bibliothèques restent dehors (SQLite a un lien natif, d'autres leurs données). */
export function configurationService(sortie: string, adaptateur: Adaptateur): InlineConfig {
  return configurationNoeud({
    // Le fil de lecture des imports est un programme à part, à côté du service.
    entrees: { processus: 'electron/service/processus.ts', 'imports-ouvrier': 'electron/service/imports-ouvrier.ts' },
    sortie: join(sortie, dossierVariante('service', adaptateur)),
    format: 'es',
    cible: 'node22',
    externes: ['electron'],
    toutInclure: false,
    definitions: { __ADAPTATEUR__: JSON.stringify(adaptateur) },
  });
}
