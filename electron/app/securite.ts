import type { App, Session } from 'electron';
import { PERMISSIONS } from './politique.ts';
import { estInterne } from './ressources.ts';

/** Aucune permission hors de la table, aucune requête hors de l'application. */
export function fermerSession(session: Session): void {
  session.setPermissionRequestHandler((_page, permission, repondre) => repondre(PERMISSIONS.has(permission)));
  session.setPermissionCheckHandler((_page, permission) => PERMISSIONS.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((requete, repondre) => repondre({ cancel: !estPermise(requete.url) }));
  session.on('will-download', (evenement) => evenement.preventDefault());
}

/** `blob:` et `data:` ne quittent pas la page ; les outils de développement se servent eux-mêmes. */
function estPermise(adresse: string): boolean {
  return estInterne(adresse) || /^(?:blob|data|devtools):/.test(adresse);
}

/** Aucune page ne mène ailleurs ni n'en ouvre une autre. */
export function fermerNavigation(app: App): void {
  app.on('web-contents-created', (_evenement, page) => {
    page.setWindowOpenHandler(() => ({ action: 'deny' }));
    page.on('will-navigate', (evenement) => {
      if (!estInterne(evenement.url)) evenement.preventDefault();
    });
    page.on('will-redirect', (evenement) => {
      if (!estInterne(evenement.url)) evenement.preventDefault();
    });
    page.on('will-attach-webview', (evenement) => evenement.preventDefault());
  });
}
