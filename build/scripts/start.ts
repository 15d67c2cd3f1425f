import { assurerBibliotheques } from '../outils/bibliotheques.ts';
import { compiler } from '../outils/compiler.ts';
import { aUnEcran } from '../outils/ecran.ts';
import { assurerElectron } from '../outils/electron.ts';
import { executer } from '../outils/executer.ts';
import { lancer } from '../outils/messages.ts';

const SANS_ECRAN = `Il n’y a pas d’écran ici : la fenêtre d’Atelier CUS ne peut pas s’ouvrir.

Sans écran, le même travail se fait au terminal :
  npm run demo                  toute la chaîne sur un organisme fictif, paquet signé compris
  npm run cus -- --aide         toutes les commandes

Pour ouvrir la fenêtre sur un écran virtuel :
  xvfb-run -a npm start         (sous Debian : sudo apt-get install xvfb xauth)`;

/** `npm start` : construit ce qui a changé et ouvre la fenêtre. Sans écran, dit quoi lancer. */
await lancer(async () => {
  if (!aUnEcran()) {
    console.log(SANS_ECRAN);
    return 0;
  }
  await assurerBibliotheques('fenetre');
  const moteur = await assurerElectron();
  const main = await compiler(moteur.genre === 'essai' ? 'spawn' : 'utilityProcess');
  // Chromium refuse son bac à sable à root ; jamais retiré autrement.
  const racine = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return executer(moteur.executable, [...racine, main, ...process.argv.slice(2)], {
    env: { ...process.env, ATELIER_NOEUD: process.execPath },
  });
});
