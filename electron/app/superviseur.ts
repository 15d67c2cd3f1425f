import { refus, type Erreur } from '../../shared/erreurs.ts';
import type { EtatService, ProgresAppel, ReponseAppel } from '../../shared/pont.ts';
import type { DuService, ProcessusService, VersService } from '../service/port/port.ts';

type Attente = { resolve(reponse: ReponseAppel): void };

export type OptionsSuperviseur = {
  lancer(): ProcessusService;
  surEtat(etat: EtatService): void;
  surProgres(progres: ProgresAppel): void;
  maintenant(): number;
};

export type Superviseur = {
  appeler(id: string, nom: string, entree: unknown): Promise<ReponseAppel>;
  annuler(id: string): void;
  /** Ferme le service et attend sa fin ; au-delà du délai il est arrêté de force. */
  arreter(delaiMs: number): Promise<void>;
  readonly etat: EtatService;
  readonly pid: number | undefined;
};

const REDEMARRAGES_MAX = 3;
const FENETRE_MS = 60_000;

/**
 * Tient le service en marche : le relance s'il s'interrompt (trois fois par minute au plus),
 * répond à ce qui était en attente, et sait distinguer un arrêt voulu d'une chute (un processus
 * utilitaire tué annonce le code 0 : son code de fin ne dit rien).
 */
export function superviser({ lancer, surEtat, surProgres, maintenant }: OptionsSuperviseur): Superviseur {
  const attentes = new Map<string, Attente>();
  const chutes: number[] = [];
  let etat: EtatService = { etat: 'demarrage', erreur: null };
  let processus: ProcessusService | null = null;
  let arret: Arret | null = null;
  let echec: Erreur | null = null;

  function changer(nouveau: EtatService): void {
    etat = nouveau;
    surEtat(nouveau);
  }

  function recevoir(message: DuService): void {
    if ('reponse' in message) {
      attentes.get(message.id)?.resolve(message.reponse);
      attentes.delete(message.id);
    } else if ('progres' in message) {
      if (attentes.has(message.id)) surProgres({ ...message.progres, id: message.id });
    } else if ('pret' in message) changer({ etat: 'pret', erreur: null });
    else echec = message.echec;
  }

  function repondreAuxAttentes(erreur: Erreur): void {
    for (const { resolve } of attentes.values()) resolve({ ok: false, error: erreur });
    attentes.clear();
  }

  function finir(): void {
    processus = null;
    repondreAuxAttentes(erreurInterrompu);
    if (arret) {
      arret.resolve();
      return;
    }
    const instant = maintenant();
    chutes.push(instant);
    const recentes = chutes.filter((t) => instant - t < FENETRE_MS).length;
    // Un service qui dit pourquoi il ne s'ouvre pas dirait la même chose à chaque relance.
    if (echec ?? recentes > REDEMARRAGES_MAX) changer({ etat: 'arrete', erreur: echec ?? erreurArrete });
    else {
      changer({ etat: 'redemarrage', erreur: erreurInterrompu });
      demarrer();
    }
  }

  function demarrer(): void {
    const nouveau = lancer();
    processus = nouveau;
    nouveau.onMessage((message) => {
      if (processus === nouveau) recevoir(message);
    });
    nouveau.onExit(() => {
      if (processus === nouveau) finir();
    });
  }

  function envoyer(message: VersService): void {
    processus?.postMessage(message);
  }

  demarrer();
  return {
    appeler(id, nom, entree) {
      if (!processus || arret) return Promise.resolve({ ok: false, error: etat.erreur ?? erreurArrete });
      if (attentes.has(id)) return Promise.resolve({ ok: false, error: erreurDoublon });
      return new Promise((resolve) => {
        attentes.set(id, { resolve });
        try {
          envoyer({ id, nom, entree });
        } catch (erreur) {
          attentes.delete(id);
          resolve({ ok: false, error: { ...erreurIllisible, details: String(erreur) } });
        }
      });
    },
    annuler(id) {
      if (attentes.has(id)) envoyer({ annuler: id });
    },
    async arreter(delaiMs) {
      if (!processus) return;
      arret ??= promesse();
      envoyer({ fermer: true });
      const force = setTimeout(() => processus?.kill(), delaiMs);
      await arret.promise;
      clearTimeout(force);
    },
    get etat() {
      return etat;
    },
    get pid() {
      return processus?.pid;
    },
  };
}

type Arret = { promise: Promise<void>; resolve(): void };

function promesse(): Arret {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((r) => {
    resolve = r;
  });
  return { promise, resolve };
}

const erreurInterrompu = refus(
  'service-interrompu',
  'Le service qui tient le dossier s’est interrompu ; il redémarre.',
  'Vérifiez la dernière saisie, puis recommencez : ce qui était enregistré l’est toujours.',
).erreur;

const erreurArrete = refus(
  'service-arrete',
  'Le service qui tient le dossier ne répond plus.',
  'Fermez Atelier CUS et relancez-le : ce qui était enregistré l’est toujours.',
).erreur;

const erreurDoublon = refus(
  'appel-en-double',
  'Une demande portant le même identifiant est déjà en cours.',
  'Attendez sa réponse, ou annulez-la avant de recommencer.',
).erreur;

const erreurIllisible = refus(
  'demande-illisible',
  'La demande n’a pas pu être transmise au service.',
  'Recommencez ; si le défaut persiste, signalez-le avec ce message.',
).erreur;
