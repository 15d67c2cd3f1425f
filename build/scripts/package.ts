import { build, Platform, type Configuration } from 'electron-builder';
import { join } from 'node:path';
import { construit, racine } from '../outils/chemins.ts';
import { compiler } from '../outils/compiler.ts';
import { assurerElectron, versionElectron } from '../outils/electron.ts';
import { configurationPaquet } from '../electron-builder.ts';
import { writeLicences } from '../outils/licences.ts';
import { lancer } from '../outils/messages.ts';

/**
 * `npm run package` : l'application empaquetée, en dossier, dans `release/`.
 * Avec le moteur d'essai ce n'est pas un produit livrable : le message le dit.
 */
await lancer(async () => {
  const moteur = await assurerElectron();
  await compiler('utilityProcess');
  await writeLicences(join(construit, 'LICENCES.txt'));
  const { grantFileProtocolExtraPrivileges: _, ...fusiblesAnciens } = { ...configurationPaquet.electronFuses };
  const config: Configuration = {
    ...configurationPaquet,
    // Ce fusible n'existe pas encore dans le moteur d'essai.
    ...(moteur.genre === 'essai' ? { electronFuses: fusiblesAnciens } : {}),
    electronDist: moteur.dossier,
    electronVersion: moteur.genre === 'essai' ? '25.1.1' : versionElectron(),
  };
  await build({ projectDir: racine, targets: Platform.current().createTarget('dir'), config, publish: 'never' });
  console.log(`Application empaquetée dans ${join(racine, 'release')}.`);
  if (moteur.genre === 'essai')
    console.log('Empaquetée avec le moteur d’essai : elle ne peut pas ouvrir de dossier, ne la livrez pas.');
  return 0;
});
