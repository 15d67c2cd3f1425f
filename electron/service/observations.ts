import type { Sortie } from '../../shared/contract.ts';
import { nextEtat } from '../../shared/domain/observations/etats.ts';
import type { Evenement } from '../../shared/domain/observations/etats.ts';
import { invalide } from '../../shared/erreurs.ts';
import type { Base } from '../store/base.ts';
import type { QuiQuand } from '../store/champs.ts';
import { REPONSE } from '../store/operations.ts';
import { insertReponse, readObservation, readObservations, readReponses, readRetours, setEtat } from '../store/retours.ts';
import type { ObservationGardee, ReponseGardee } from '../store/retours.ts';
import { prepareChamp } from './champs.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { conduct } from './geste.ts';
import { etapeChamp, labelChamp } from './libelles.ts';

type Observation = Sortie<'observations.lister'>['observations'][number];

function toObservation(base: Base, o: ObservationGardee, reponses: ReponseGardee[], valeurActuelle: string | null): Observation {
  return {
    id: o.id, champ: o.champ, libelleChamp: labelChamp(base, o.champ), etape: etapeChamp(base, o.champ), nature: o.nature, etat: o.etat,
    texte: o.texte, valeurProposee: o.valeurProposee, valeurActuelle, auteur: o.auteur, date: o.date, version: o.version, reponses,
  };
}

/** L'observation telle que les écrans la montrent. */
async function show(contexte: Contexte, id: string): Promise<Observation> {
  const { observations } = await contexte.appeler('observations.lister', {});
  return observations.find((o) => o.id === id) ?? missing(id);
}

function find(base: Base, id: string): ObservationGardee {
  return readObservation(base, id) ?? missing(id);
}

function missing(id: string): never {
  throw invalide('observation-inconnue', `L’observation « ${id} » n’existe pas dans ce dossier.`, 'Voir les observations du dossier et leurs identifiants.');
}

/** Ajoute une réponse au fil et fait avancer l'observation, dans l'opération ouverte. */
function reply(base: Base, observation: ObservationGardee, texte: string, evenement: Evenement, par: QuiQuand & { operation: number }): void {
  insertReponse(base, observation.id, { texte, auteur: par.qui, date: par.quand }, par);
  setEtat(base, observation, nextEtat(observation.etat, evenement), par);
}

export const handlers = {
  'observations.lister': async (contexte) => {
    const { base } = contexte.dossier();
    const retours = readRetours(base);
    const reponses = readReponses(base);
    const gardees = readObservations(base);
    const valeurs = gardees.length === 0 ? new Map<string, string | null>() : new Map((await contexte.appeler('champs.lister', {})).champs.map((c) => [c.champ, c.valeur]));
    return {
      avis: retours.findLast((r) => r.avis !== null)?.avis ?? null,
      retours: retours.map((r) => ({ version: r.version, avis: r.avis, auteur: r.auteur, date: r.date || r.luLe, fichier: r.fichier, observations: r.observations })),
      observations: gardees.map((o) => toObservation(base, o, reponses.get(o.id) ?? [], valeurs.get(o.champ) ?? null)),
    };
  },

  'observations.repondre': async (contexte, { id, texte }) => {
    const { base } = contexte.dossierEcriture();
    const observation = find(base, id);
    const reponse = texte.trim();
    if (reponse === '') throw invalide('reponse-vide', 'La réponse est vide.', 'Écrire la réponse à l’observation.');
    const libelle = `Réponse à l’observation sur « ${labelChamp(base, observation.champ)} »`;
    conduct(contexte, base, `${REPONSE}repondre`, libelle, (par) => reply(base, observation, reponse, 'reponse', par));
    return show(contexte, id);
  },

  'observations.accepter': async (contexte, { id }) => {
    const { base } = contexte.dossierEcriture();
    const observation = find(base, id);
    const propose = observation.valeurProposee;
    if (propose === null) throw invalide('sans-proposition', 'Cette observation ne propose pas de valeur.', 'Y répondre, et corriger le champ si besoin.');
    if (observation.champ.startsWith('ensemble/')) {
      throw invalide('sans-champ-a-remplir', 'Cette observation porte sur un ensemble immobilier : sa valeur proposée ne s’écrit pas d’elle-même.', 'Corriger l’ensemble dans le patrimoine, puis répondre à l’observation ; rien n’a été changé.');
    }
    const { etape, avant, apres, ecrire } = prepareChamp(base, observation.champ, propose);
    const texte = `Valeur proposée acceptée : ${propose}.`;
    // Acceptée une seconde fois sans que le champ ait changé : rien de plus à dire, et pas un geste.
    if (avant !== apres || readReponses(base).get(id)?.some((r) => r.texte === texte) !== true) {
      const libelle = `Valeur proposée par l’État acceptée : ${labelChamp(base, observation.champ)}`;
      // La valeur et la réponse sont un seul geste : annulée l'une sans l'autre, le dossier dirait accepter ce qu'il ne porte pas.
      conduct(contexte, base, `${REPONSE}accepter${etape === null ? '' : `.${etape}`}`, libelle, (par) => {
        ecrire(par);
        reply(base, observation, texte, 'acceptation', par);
      });
    }
    return show(contexte, id);
  },
} satisfies Partial<Handlers>;
