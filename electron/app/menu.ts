import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Commande } from '../../shared/pont.ts';

/** Menu en français. Les commandes sont faites par l'écran, les rôles par le système. */
export function poserMenu(envoyer: (commande: Commande) => void, developpement: boolean): void {
  const commande = (label: string, nom: Commande, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => envoyer(nom),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const trait: MenuItemConstructorOptions = { type: 'separator' };
  const menu: MenuItemConstructorOptions[] = [
    {
      label: 'Fichier',
      submenu: [
        commande('Accueil', 'accueil'),
        commande('Nouvelle convention…', 'nouvelle-convention', 'CmdOrCtrl+N'),
        commande('Ouvrir…', 'ouvrir', 'CmdOrCtrl+O'),
        commande('Importer un fichier…', 'importer', 'CmdOrCtrl+I'),
        trait,
        commande('Fermer le dossier', 'fermer-dossier', 'CmdOrCtrl+W'),
        { label: 'Quitter', role: 'quit' },
      ],
    },
    {
      label: 'Édition',
      submenu: [
        commande('Annuler', 'annuler', 'CmdOrCtrl+Z'),
        commande('Refaire', 'refaire', 'CmdOrCtrl+Shift+Z'),
        trait,
        { label: 'Couper', role: 'cut' },
        { label: 'Copier', role: 'copy' },
        { label: 'Coller', role: 'paste' },
        { label: 'Tout sélectionner', role: 'selectAll' },
        trait,
        commande('Rechercher ou faire…', 'rechercher', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: 'Affichage',
      submenu: [
        commande('Étapes', 'basculer-rail', 'CmdOrCtrl+B'),
        commande('D’où vient ce chiffre', 'basculer-inspecteur', 'CmdOrCtrl+Alt+I'),
        trait,
        { label: 'Taille normale', role: 'resetZoom' },
        { label: 'Agrandir', role: 'zoomIn' },
        { label: 'Réduire', role: 'zoomOut' },
        { label: 'Plein écran', role: 'togglefullscreen' },
        ...(developpement ? [trait, { label: 'Outils de développement', role: 'toggleDevTools' } as const] : []),
      ],
    },
    { label: 'Aide', submenu: [commande('À propos d’Atelier CUS', 'a-propos')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
}
