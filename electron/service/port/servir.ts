import { invalide } from '../../../shared/erreurs.ts';
import type { ReponseAppel } from '../../../shared/pont.ts';
import type { DuService, Port, ServiceOuvert, VersService } from './port.ts';

/**
 * Relie un port à un service ouvert jusqu'à la demande de fermeture.
 * Rend une promesse tenue quand le service est fermé (points de reprise écrits) et le port aussi.
 */
export function servir(port: Port<VersService, DuService>, service: ServiceOuvert): Promise<void> {
  const enCours = new Map<string, AbortController>();

  async function appeler(id: string, nom: string, entree: unknown): Promise<void> {
    const arret = new AbortController();
    enCours.set(id, arret);
    const reponse = await repondre(id, nom, entree, arret.signal);
    enCours.delete(id);
    envoyerReponse(port, id, reponse);
  }

  async function repondre(id: string, nom: string, entree: unknown, signal: AbortSignal): Promise<ReponseAppel> {
    try {
      return await service.appeler(nom, entree, { signal, progres: (progres) => port.postMessage({ id, progres }) });
    } catch (erreur) {
      // Le service répond lui-même de ses erreurs ; ce qui passe ici est un défaut du programme.
      return { ok: false, error: imprevue(nom, erreur) };
    }
  }

  return new Promise((resolve) => {
    let fermeture = false;
    port.onMessage((message) => {
      if ('fermer' in message) {
        if (fermeture) return;
        fermeture = true;
        for (const arret of enCours.values()) arret.abort();
        void service
          .fermer()
          .catch((erreur: unknown) => console.error('fermeture du service :', erreur))
          .then(() => {
            port.close();
            resolve();
          });
      } else if ('annuler' in message) enCours.get(message.annuler)?.abort();
      else void appeler(message.id, message.nom, message.entree);
    });
    port.postMessage({ pret: true });
  });
}

/** Une valeur qui ne se copie pas entre processus devient une erreur dite, jamais un appel sans réponse. */
function envoyerReponse(port: Port<VersService, DuService>, id: string, reponse: ReponseAppel): void {
  try {
    port.postMessage({ id, reponse });
  } catch (erreur) {
    port.postMessage({ id, reponse: { ok: false, error: imprevue('réponse', erreur) } });
  }
}

function imprevue(nom: string, erreur: unknown) {
  console.error(`défaut dans « ${nom} » :`, erreur);
  return invalide(
    'defaut-interne',
    `Un défaut du programme a interrompu l’opération « ${nom} ».`,
    'Rien n’a été changé par cette opération ; recommencez, et si le défaut persiste signalez-le avec ce message.',
    erreur instanceof Error ? erreur.message : String(erreur),
  ).erreur;
}
