import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import { configurationNoeud, dossierVariante, type Adaptateur } from './commun.ts';

/** service : modules ES ; les bibliothèques restent dehors (SQLite a un lien natif, d'autres leurs données). */
export function configurationService(sortie: string, adaptateur: Adaptateur): InlineConfig {
  return configurationNoeud({
    // Les fils (lecture des imports, documents) sont des programmes à part, à côté du service.
    entrees: Object.fromEntries(['processus', 'imports-ouvrier', 'documents-ouvrier'].map((nom) => [nom, `electron/service/${nom}.ts`])),
    sortie: join(sortie, dossierVariante('service', adaptateur)),
    format: 'es',
    cible: 'node22',
    externes: ['electron'],
    toutInclure: false,
    definitions: { __ADAPTATEUR__: JSON.stringify(adaptateur) },
  });
}
