import type { ElectronApplication } from 'playwright-core';

/** Ce que l'écran a demandé au système : un fichier, une destination, ou de montrer un fichier. */
export type Demande = { genre: 'ouvrir' | 'enregistrer' | 'montrer'; titre: string; chemin: string };

export type Dialogues = {
  /** Le prochain dialogue rendra ce chemin ; sans réponse prévue, il est annulé. */
  repondre(chemin: string): Promise<void>;
  /** Tout ce qui a été demandé depuis la dernière fois, dans l'ordre. */
  demandes(): Promise<Demande[]>;
};

type Options = { title?: string; defaultPath?: string };

/**
 * Remplace, dans main, les dialogues natifs, que rien ne peut conduire sous un écran virtuel. Tout le
 * reste du chemin est le vrai : pont, relais, lecture des options.
 */
export async function remplacerDialogues(application: ElectronApplication): Promise<Dialogues> {
  const etat = await application.evaluateHandle((): { reponses: string[]; vues: Demande[] } => ({ reponses: [], vues: [] }));
  await application.evaluate(({ dialog, shell }, tenu) => {
    const noter = (genre: Demande['genre'], args: unknown[]): string | undefined => {
      const { title = '', defaultPath = '' } = (args.at(-1) ?? {}) as Options;
      tenu.vues.push({ genre, titre: title, chemin: defaultPath });
      return tenu.reponses.shift();
    };
    Object.assign(dialog, {
      showOpenDialog: (...args: unknown[]) => {
        const chemin = noter('ouvrir', args);
        return Promise.resolve({ canceled: chemin === undefined, filePaths: chemin === undefined ? [] : [chemin] });
      },
      showSaveDialog: (...args: unknown[]) => {
        const chemin = noter('enregistrer', args);
        return Promise.resolve({ canceled: chemin === undefined, filePath: chemin });
      },
    });
    Object.assign(shell, {
      showItemInFolder: (chemin: string) => void tenu.vues.push({ genre: 'montrer', titre: '', chemin }),
    });
  }, etat);
  return {
    repondre: (chemin) => etat.evaluate((tenu, c) => void tenu.reponses.push(c), chemin),
    demandes: () => etat.evaluate((tenu) => tenu.vues.splice(0)),
  };
}
