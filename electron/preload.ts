import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { canaux, type Commande, type Desabonner, type EtatService, type Pont, type ProgresAppel } from '../shared/pont.ts';

/** Abonne à un canal ; ce qui arrive avant le premier abonné lui est remis. */
function abonnable<T>(canal: string, garder: 'tout' | 'dernier' | 'rien'): (cb: (valeur: T) => void) => Desabonner {
  const abonnes = new Set<(valeur: T) => void>();
  let gardes: T[] = [];
  ipcRenderer.on(canal, (_evenement, valeur: T) => {
    if (garder === 'dernier') gardes = [valeur];
    else if (garder === 'tout' && abonnes.size === 0) gardes.push(valeur);
    for (const cb of abonnes) cb(valeur);
  });
  return (cb) => {
    abonnes.add(cb);
    for (const valeur of gardes) cb(valeur);
    if (garder === 'tout') gardes = [];
    return () => {
      abonnes.delete(cb);
    };
  };
}

const surEtat = abonnable<EtatService>(canaux.etatService, 'dernier');

/** Chemin d'un fichier déposé : `webUtils` depuis Electron 29, propriété du fichier avant. */
function cheminDe(fichier: unknown): string {
  if (!(fichier instanceof File)) return '';
  const outils: typeof webUtils | undefined = webUtils;
  if (outils) return outils.getPathForFile(fichier);
  return 'path' in fichier && typeof fichier.path === 'string' ? fichier.path : '';
}

const pont: Pont = {
  appeler: (nom, entree, id) => ipcRenderer.invoke(canaux.appeler, id ?? crypto.randomUUID(), nom, entree),
  annuler: (id) => ipcRenderer.send(canaux.annuler, id),
  surProgres: abonnable<ProgresAppel>(canaux.progres, 'rien'),
  surEtatService: (cb) => {
    // L'état d'avant le chargement de la page n'a pas été entendu : il est demandé.
    let dit = false;
    const desabonner = surEtat((etat) => {
      dit = true;
      cb(etat);
    });
    void ipcRenderer.invoke(canaux.lireEtatService).then((etat: EtatService | null) => {
      if (!dit && etat) cb(etat);
    });
    return desabonner;
  },
  choisirFichier: (options) => ipcRenderer.invoke(canaux.choisirFichier, options),
  choisirDestination: (options) => ipcRenderer.invoke(canaux.choisirDestination, options),
  choisirRepertoire: (options) => ipcRenderer.invoke(canaux.choisirRepertoire, options),
  cheminDe,
  montrerFichier: (chemin) => ipcRenderer.send(canaux.montrerFichier, chemin),
  surCommande: abonnable<Commande>(canaux.commande, 'rien'),
  surOuvrir: abonnable<string>(canaux.ouvrir, 'tout'),
};

contextBridge.exposeInMainWorld('atelier', pont);
