import { dirname } from 'node:path';
import { contract } from '../../shared/contract.ts';
import type { Entree, Operation, Progres, Sortie } from '../../shared/contract.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { DossierOuvert } from '../store/ouverture.ts';
import type { Contexte, Handler, Handlers, Suivi } from './contexte.ts';
import { placeLibre, toErreur } from './erreurs.ts';
import { noteRepertoire } from './qpv/registre.ts';

export type OptionsService = {
  /** Dossier de l'application sur cet ordinateur (récents, fonds de carte). */
  repertoireDonnees: string;
  utilisateur: string;
  ordinateur: string;
  maintenant?: () => Date;
  sauvegardeQuotidienne?: boolean;
  /** Analyse aussi les réponses : pour les essais, où un écart au contrat doit se voir. */
  verifierSorties?: boolean;
};

export type ReponseService<O extends Operation = Operation> =
  | { ok: true; value: Sortie<O> }
  | { ok: false; error: Erreur };

export type OptionsAppel = { signal?: AbortSignal; progres?: (p: Progres) => void };

export type Service = {
  /** Exécute une opération du contrat ; ne lève jamais, l'erreur est dans la réponse. */
  appeler<O extends Operation>(nom: O, entree: Entree<O>, options?: OptionsAppel): Promise<ReponseService<O>>;
  appeler(nom: string, entree: unknown, options?: OptionsAppel): Promise<ReponseService>;
  /** Ferme le dossier ouvert et rend les ressources. */
  fermer(): Promise<void>;
};

// Chargés au premier besoin : le terminal n'ouvre que ce que son verbe demande.
const domaines: Record<string, () => Promise<{ handlers: Partial<Handlers> }>> = {
  dossier: () => import('./dossiers.ts'),
  champs: () => import('./champs.ts'),
  import: () => import('./imports.ts'),
  etat: () => import('./etat.ts'),
  logements: () => import('./logements.ts'),
  corrections: () => import('./corrections.ts'),
  ensembles: () => import('./ensembles.ts'),
  operations: () => import('./operations.ts'),
  serviceRendu: () => import('./service-rendu.ts'),
  occupation: () => import('./occupation.ts'),
  loyers: () => import('./loyers.ts'),
  millesime: () => import('./millesime-passage.ts'),
  npl: () => import('./npl/index.ts'),
  carte: () => import('./carte.ts'),
  qpv: () => import('./qpv.ts'),
  engagements: () => import('./engagements.ts'),
  attributions: () => import('./attributions.ts'),
  calendrier: () => import('./calendrier.ts'),
  associes: () => import('./association/index.ts'),
  concertation: () => import('./association/concertation.ts'),
  controles: () => import('./controles.ts'),
  depot: () => import('./depots.ts'),
  certificat: () => import('./certificats.ts'),
  paquet: () => import('./paquets.ts'),
  retour: () => import('./retours.ts'),
  observations: () => import('./observations.ts'),
  modifications: () => import('./modifications.ts'),
  explication: () => import('./explications.ts'),
  journal: () => import('./journal.ts'),
  origines: () => import('./origines.ts'),
  declarations: () => import('./declarations.ts'),
  territoires: () => import('./territoires-ps1.ts'),
  ventes: () => import('./ventes/index.ts'),
};

/** Ouvre le service : un programme Node ordinaire, le même pour la fenêtre, le terminal et les essais. */
export function openService(options: OptionsService): Service {
  let ouvert: DossierOuvert | null = null;
  let fermetures: (() => void)[] = [];
  const session = new Map<string, unknown>();
  const maintenant = options.maintenant ?? (() => new Date());

  const base: Omit<Contexte, 'appeler'> = {
    maintenant,
    utilisateur: options.utilisateur,
    ordinateur: options.ordinateur,
    repertoireDonnees: options.repertoireDonnees,
    sauvegardeQuotidienne: options.sauvegardeQuotidienne === true,
    dossier() {
      if (ouvert === null) throw invalide('aucun-dossier', 'Aucun dossier n’est ouvert.', 'Ouvrir ou créer un dossier d’abord.');
      return ouvert;
    },
    dossierEcriture() {
      const dossier = base.dossier();
      if (dossier.lectureSeule) {
        throw invalide(
          'lecture-seule',
          'Ce dossier est la copie figée d’un dépôt : il se lit, il ne se modifie pas.',
          'Ouvrir le dossier d’origine pour le modifier.',
        );
      }
      return dossier;
    },
    async ouvrir(dossier) {
      await base.fermer();
      noteRepertoire(dossier.base, options.repertoireDonnees);
      ouvert = dossier;
    },
    async fermer() {
      const dossier = ouvert;
      ouvert = null;
      const faire = fermetures;
      fermetures = [];
      session.clear();
      for (const f of faire) f();
      dossier?.fermer();
    },
    aucunDossierOuvert: () => ouvert === null,
    session,
    aLaFermeture: (faire) => void fermetures.push(faire),
  };

  function contexteDe(suivi: Suivi): Contexte {
    const contexte: Contexte = { ...base, appeler: (operation, entree) => run(operation, entree, contexte, suivi) };
    return contexte;
  }

  async function run<O extends Operation>(nom: O, entree: unknown, contexte: Contexte, suivi: Suivi): Promise<Sortie<O>> {
    const definition = contract[nom];
    const lue = definition.input.safeParse(entree);
    if (!lue.success) {
      throw invalide(
        'entree-invalide',
        `La demande « ${nom} » n’a pas la forme attendue : ${lue.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join(' ; ')}.`,
        'Corriger la demande.',
      );
    }
    const { handlers } = await chargerDomaine(nom);
    const handler = handlers[nom];
    if (handler === undefined) throw operationInconnue(nom);
    const sortie = await handler(contexte, lue.data as Parameters<Handler<O>>[1], suivi);
    return options.verifierSorties === true ? (definition.output.parse(sortie) as Sortie<O>) : sortie;
  }

  async function appeler<O extends Operation>(nom: O, entree: unknown, appel: OptionsAppel = {}): Promise<ReponseService<O>> {
    const suivi: Suivi = { signal: appel.signal ?? new AbortController().signal, progres: appel.progres ?? (() => undefined) };
    try {
      if (!Object.hasOwn(contract, nom)) throw operationInconnue(nom);
      return { ok: true, value: await run(nom, entree, contexteDe(suivi), suivi) };
    } catch (e) {
      return { ok: false, error: toErreur(e, suivi.signal, () => (ouvert === null ? null : placeLibre([dirname(ouvert.chemin), ouvert.temporaire]))) };
    }
  }

  return { appeler, fermer: () => base.fermer() };
}

async function chargerDomaine(nom: string): Promise<{ handlers: Partial<Handlers> }> {
  const charger = domaines[nom.slice(0, nom.indexOf('.'))];
  if (charger === undefined) throw operationInconnue(nom);
  return charger();
}

const operationInconnue = (nom: string) =>
  invalide('operation-inconnue', `L’opération « ${nom} » n’existe pas.`, 'Mettre l’application à jour.');
