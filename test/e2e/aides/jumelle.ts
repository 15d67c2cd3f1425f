import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { configurationNoeud } from '../../../build/vite/commun.ts';
import { configurationPreload, configurationPrincipal } from '../../../build/vite/principal.ts';

/**
 * Une page nue et l'adaptateur livré (`utilityProcess`), avec un service qui n'ouvre aucun
 * dossier : le moteur d'essai ne charge ni SQLite ni module ES dans un processus utilitaire.
 * Rend le fichier de main.
 */
export async function preparerJumelle(dossier: string): Promise<string> {
  const sortie = join(dossier, 'dist');
  await build(configurationPrincipal(sortie, 'utilityProcess', 'service/factice.cjs'));
  await build(configurationPreload(sortie));
  await build(
    configurationNoeud({
      entrees: { factice: 'test/integration/aides/processus-factice.ts' },
      sortie: join(sortie, 'service'),
      format: 'cjs',
      cible: 'node18',
      externes: [],
      toutInclure: true,
      definitions: { __ADAPTATEUR__: JSON.stringify('utilityProcess') },
    }),
  );
  // Une page nue : l'essai tient lui-même le pont, sans l'écran qui s'en sert aussi.
  await mkdir(join(sortie, 'renderer'));
  await writeFile(join(sortie, 'renderer', 'index.html'), '<!doctype html><html lang="fr"><title>Jumelle</title><body></body></html>');
  return join(sortie, 'main', 'main.cjs');
}
