import { ipcMain, shell, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { isAbsolute } from 'node:path';
import { refus } from '../../shared/erreurs.ts';
import { canaux, type ReponseAppel } from '../../shared/pont.ts';
import { choisirDestination, choisirFichier, choisirRepertoire } from './dialogues.ts';
import { estInterne } from './ressources.ts';
import type { Superviseur } from './superviseur.ts';

const refuse: ReponseAppel = {
  ok: false,
  error: refus('appel-refuse', 'Cette demande ne vient pas de l’écran d’Atelier CUS.', 'Relancez Atelier CUS.').erreur,
};

/** Relie l'écran au service et au système. Ne connaît le nom d'aucune opération. */
export function relayer(superviseur: Superviseur, fenetre: () => BrowserWindow | null): void {
  const vientDeLEcran = (evenement: IpcMainEvent | IpcMainInvokeEvent): boolean => {
    const cadre = evenement.senderFrame;
    const page = fenetre()?.webContents;
    return cadre !== null && page !== undefined && evenement.sender === page && cadre === page.mainFrame && estInterne(cadre.url);
  };

  ipcMain.handle(canaux.appeler, (evenement, id: unknown, nom: unknown, entree: unknown): Promise<ReponseAppel> | ReponseAppel => {
    if (!vientDeLEcran(evenement) || typeof id !== 'string' || typeof nom !== 'string') return refuse;
    return superviseur.appeler(id, nom, entree);
  });
  ipcMain.on(canaux.annuler, (evenement, id: unknown) => {
    if (vientDeLEcran(evenement) && typeof id === 'string') superviseur.annuler(id);
  });
  ipcMain.handle(canaux.lireEtatService, (evenement) => (vientDeLEcran(evenement) ? superviseur.etat : null));
  ipcMain.on(canaux.montrerFichier, (evenement, chemin: unknown) => {
    if (vientDeLEcran(evenement) && typeof chemin === 'string' && isAbsolute(chemin)) shell.showItemInFolder(chemin);
  });

  const choix = {
    [canaux.choisirFichier]: choisirFichier,
    [canaux.choisirDestination]: choisirDestination,
    [canaux.choisirRepertoire]: choisirRepertoire,
  };
  for (const [canal, choisir] of Object.entries(choix))
    ipcMain.handle(canal, (evenement, options: unknown) => {
      const ouverte = fenetre();
      return ouverte && vientDeLEcran(evenement) ? choisir(ouverte, options) : null;
    });
}
