import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { inject } from 'vitest';
import type { EtatService } from '../../../shared/pont.ts';

export type Atelier = {
  application: ElectronApplication;
  page: Page;
  /** Ferme comme le ferait la personne, et attend la fin du service. */
  fermer(): Promise<void>;
};

export type OptionsLancement = {
  /** Dossier de données propre à l'essai (un `mkdtemp`). */
  dossierDonnees: string;
  /** Options et fichiers à ouvrir, après le programme. */
  args?: string[];
  /** Autre programme que celui construit. */
  main?: string;
  env?: Record<string, string>;
};

/** Ouvre Atelier CUS dans le moteur de cette machine et attend que la page soit chargée. */
export async function launchAtelier({ dossierDonnees, args = [], main, env = {} }: OptionsLancement): Promise<Atelier> {
  const moteur = inject('moteur');
  const application = await _electron.launch({
    executablePath: moteur.executable,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      // La carte demande WebGL2, que l'écran virtuel n'a qu'en logiciel.
      '--use-gl=angle',
      '--use-angle=swiftshader',
      main ?? inject('main'),
      `--donnees=${dossierDonnees}`,
      ...args,
    ],
    env: { ...definies(process.env), ATELIER_NOEUD: inject('noeud'), ...env },
  });
  const page = await application.firstWindow();
  await page.waitForLoadState('load');
  return { application, page, fermer: () => application.close() };
}

/** Attend que le service soit dans un état ; à appeler depuis la page. */
export function attendreService(page: Page, etat: EtatService['etat']): Promise<void> {
  return page.evaluate(
    (voulu) =>
      new Promise<void>((resolve) => {
        const desabonner = window.atelier.surEtatService((recu) => {
          if (recu.etat !== voulu) return;
          queueMicrotask(() => desabonner());
          resolve();
        });
      }),
    etat,
  );
}

function definies(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((e): e is [string, string] => e[1] !== undefined));
}
