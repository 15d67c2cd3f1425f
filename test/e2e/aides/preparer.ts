import type { TestProject } from 'vitest/node';
import { assurerBibliotheques } from '../../../build/outils/bibliotheques.ts';
import { compiler } from '../../../build/outils/compiler.ts';
import { aUnEcran, ouvrirEcranVirtuel } from '../../../build/outils/ecran.ts';
import { assurerElectron } from '../../../build/outils/electron.ts';

declare module 'vitest' {
  interface ProvidedContext {
    moteur: { genre: 'reel' | 'essai'; dossier: string; executable: string };
    main: string;
    noeud: string;
  }
}

/** Avant les essais de fenêtre : un Electron, l'application construite, un écran. */
export default async function preparer(projet: TestProject): Promise<() => Promise<void>> {
  await assurerBibliotheques('fenetre', ...(aUnEcran() ? [] : (['ecranVirtuel'] as const)));
  const moteur = await assurerElectron();
  const main = await compiler(moteur.genre === 'essai' ? 'spawn' : 'utilityProcess');
  projet.provide('moteur', moteur);
  projet.provide('main', main);
  projet.provide('noeud', process.execPath);
  if (aUnEcran()) return () => Promise.resolve();
  const ecran = await ouvrirEcranVirtuel();
  process.env['DISPLAY'] = ecran.affichage;
  return () => ecran.fermer();
}
