import { BrowserWindow, screen } from 'electron';
import { ecrireEtatFenetre, lireEtatFenetre, TAILLE, TAILLE_MIN } from './etat-fenetre.ts';
import { PAGE } from './protocole.ts';

const RECHARGEMENTS_MAX = 2;

/** Ouvre la fenêtre, où elle était et à la taille qu'elle avait. */
export function creerFenetre(preload: string, fichierEtat: string): BrowserWindow {
  const etat = lireEtatFenetre(
    fichierEtat,
    screen.getAllDisplays().map((ecran) => ecran.workArea),
  );
  const fenetre = new BrowserWindow({
    ...TAILLE,
    ...etat.bornes,
    minWidth: TAILLE_MIN.width,
    minHeight: TAILLE_MIN.height,
    show: false,
    title: 'Atelier CUS',
    backgroundColor: '#FBFAF7',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Le correcteur de Chromium télécharge ses dictionnaires.
      spellcheck: false,
    },
  });
  if (etat.maximisee) fenetre.maximize();
  fenetre.once('ready-to-show', () => fenetre.show());
  fenetre.on('close', () => ecrireEtatFenetre(fichierEtat, fenetre.getNormalBounds(), fenetre.isMaximized()));
  relancerSiPerdue(fenetre);
  void fenetre.loadURL(PAGE);
  return fenetre;
}

/** Un écran tombé est rechargé : rien de saisi n'y reste seul, tout est enregistré au fur et à mesure. */
function relancerSiPerdue(fenetre: BrowserWindow): void {
  let fois = 0;
  fenetre.webContents.on('render-process-gone', (_evenement, details) => {
    if (details.reason === 'clean-exit' || fois >= RECHARGEMENTS_MAX) return;
    fois += 1;
    fenetre.webContents.reload();
  });
}
