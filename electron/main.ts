import { app, session, type BrowserWindow } from 'electron';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { canaux } from '../shared/pont.ts';
import { lireArguments } from './app/arguments.ts';
import { creerFenetre } from './app/fenetre.ts';
import { lancerService } from './app/lanceurs/lancer.ts';
import { poserMenu } from './app/menu.ts';
import { declareSchema, servirRessources } from './app/protocole.ts';
import { relayer } from './app/relais.ts';
import { fermerNavigation, fermerSession } from './app/securite.ts';
import { superviser, type Superviseur } from './app/superviseur.ts';

/** Délai laissé au service pour écrire son point de reprise avant d'être arrêté de force. */
const DELAI_FERMETURE_MS = 30_000;

const construit = join(__dirname, '..');
const premiers = app.isPackaged ? 1 : 2;
const lus = lireArguments(process.argv, process.cwd(), premiers);

app.setName('Atelier CUS');
app.setPath('userData', lus.donnees ?? join(app.getPath('appData'), 'Atelier CUS'));
// Hors ligne par construction : aucun nom ne se résout.
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
app.commandLine.appendSwitch('disable-background-networking');
app.commandLine.appendSwitch('lang', 'fr');
declareSchema();
fermerNavigation(app);

let fenetre: BrowserWindow | null = null;
let superviseur: Superviseur | null = null;
const aOuvrir: string[] = [...lus.fichiers];

function dire(canal: string, valeur: unknown): void {
  if (fenetre && !fenetre.isDestroyed()) fenetre.webContents.send(canal, valeur);
}

function ouvrirFichiers(): void {
  for (const chemin of aOuvrir.splice(0)) dire(canaux.ouvrir, chemin);
}

function demarrer(): void {
  fermerSession(session.defaultSession);
  servirRessources(session.defaultSession, join(construit, 'renderer'));
  superviseur = superviser({
    lancer: () =>
      lancerService(join(construit, __SERVICE__), {
        repertoireDonnees: join(app.getPath('userData'), 'donnees'),
        utilisateur: userInfo().username,
        ordinateur: hostname(),
        ...(lus.maintenant === null ? {} : { maintenant: lus.maintenant }),
      }),
    surEtat: (etat) => dire(canaux.etatService, etat),
    surProgres: (progres) => dire(canaux.progres, progres),
    maintenant: () => Date.now(),
  });
  relayer(superviseur, () => fenetre);
  poserMenu((commande) => dire(canaux.commande, commande), !app.isPackaged);
  fenetre = creerFenetre(join(construit, 'preload', 'preload.cjs'), join(app.getPath('userData'), 'fenetre.json'));
  fenetre.webContents.on('did-finish-load', ouvrirFichiers);
  fenetre.on('closed', () => {
    fenetre = null;
  });
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_evenement, argv, repertoire) => {
    aOuvrir.push(...lireArguments(argv, repertoire, premiers).fichiers);
    if (fenetre?.isMinimized()) fenetre.restore();
    fenetre?.focus();
    ouvrirFichiers();
  });
  // macOS ouvre les fichiers par cet événement, parfois avant que la fenêtre existe.
  app.on('open-file', (evenement, chemin) => {
    evenement.preventDefault();
    aOuvrir.push(chemin);
    if (fenetre && !fenetre.webContents.isLoading()) ouvrirFichiers();
  });
  app.on('window-all-closed', () => app.quit());
  // Après la fermeture des fenêtres, pour que leurs derniers enregistrements passent encore.
  app.on('will-quit', (evenement) => {
    if (!superviseur) return;
    evenement.preventDefault();
    const aFermer = superviseur;
    superviseur = null;
    // Au tour suivant : redemandé pendant l'événement, l'arrêt serait ignoré.
    void aFermer.arreter(DELAI_FERMETURE_MS).finally(() => setImmediate(() => app.quit()));
  });
  void app.whenReady().then(demarrer);
} else app.quit();

/** Fichier du service dans `dist/`, fixé à la construction (`build/vite`). */
declare const __SERVICE__: string;
