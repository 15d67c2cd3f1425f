import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { configurationNoeud } from '../../../build/vite/commun.ts';
import { configurationPreload, configurationPrincipal } from '../../../build/vite/principal.ts';
import { construit } from '../../../build/outils/chemins.ts';

/**
 * Une application à l'adaptateur livré (`utilityProcess`), avec un service qui n'ouvre aucun
 * dossier : le moteur d'essai ne charge ni SQLite ni module ES dans un processus utilitaire.
 * Rend le fichier de main.
 */
export async function preparerJumelle(dossier: string): Promise<string> {
  const sortie = join(dossier, 'dist');
  await build(configurationPrincipal(sortie, 'utilityProcess', 'service/factice.cjs'));
  await build(configurationPreload(sortie));
  await build(
    configurationNoeud({
      entree: 'test/integration/aides/processus-factice.ts',
      sortie: join(sortie, 'service'),
      fichier: 'factice.cjs',
      format: 'cjs',
      cible: 'node18',
      externes: [],
      toutInclure: true,
      definitions: { __ADAPTATEUR__: JSON.stringify('utilityProcess') },
    }),
  );
  await cp(join(construit, 'renderer'), join(sortie, 'renderer'), { recursive: true });
  return join(sortie, 'main', 'main.cjs');
}
