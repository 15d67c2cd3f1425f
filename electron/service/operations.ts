import type { Sortie } from '../../shared/contract.ts';
import { invalide, refus } from '../../shared/erreurs.ts';
import { markAnnulee, markRefaite, redoOperation, undoOperation } from '../store/annulation.ts';
import type { Base } from '../store/base.ts';
import { readEnsemblesConnus } from '../store/decisions.ts';
import { appendJournal, copyJournal } from '../store/journal.ts';
import { isPassage, listOperations } from '../store/operations.ts';
import type { OperationLue } from '../store/operations.ts';
import { followCibles } from '../store/engagements.ts';
import { followNotes } from '../store/service-rendu.ts';
import type { Contexte, Handlers } from './contexte.ts';

type Bloc = Sortie<'operations.annuler'>['operation'];

/** Les opérations déjà vues dont une autre dépend : deux saisies de champs différents, deux réponses à deux observations, ou une saisie et le reste, n'ont rien de commun. */
class Vues {
  #champs = new Set<string>();
  #observations = new Set<string>();
  #passage = false;
  #reste = false;

  voir({ champ, observation, reste, nature }: OperationLue): void {
    if (champ !== null) this.#champs.add(champ);
    if (observation !== null) this.#observations.add(observation);
    if (isPassage(nature)) this.#passage = true;
    else if (reste) this.#reste = true;
  }

  touchent({ champ, observation, reste, nature }: OperationLue): boolean {
    if (this.#passage && (reste || champ !== null)) return true;
    if (champ !== null && this.#champs.has(champ)) return true;
    if (observation !== null && this.#observations.has(observation)) return true;
    return (reste && this.#reste) || (isPassage(nature) && this.#champs.size > 0);
  }
}

/**
 * Une opération ne s'annule que si rien de plus récent ne s'appuie sur elle, et si tout son état d'avant est gardé. Une
 * réponse ne se reprend ni ne se refait une fois l'observation levée : le Retour de l'État, lui, ne s'annule pas.
 */
function decrire(operations: readonly OperationLue[]): Bloc[] {
  const [plusRecentes, annuleesApres] = [new Vues(), new Vues()];
  // De la plus ancienne à la plus récente, ce qui se refait : la dernière annulée d'abord.
  const prochaines = new Set<number>();
  for (const o of operations.toReversed()) {
    if (!o.refaisable) continue;
    if (!annuleesApres.touchent(o) && !o.levee) prochaines.add(o.id);
    annuleesApres.voir(o);
  }
  return operations.map((lue) => {
    const { entiere, refaisable: _, observation: __, levee, reste: ___, ...o } = lue;
    const raison =
      o.annuleeLe !== null ? 'Déjà annulée.'
      : plusRecentes.touchent(lue) ? 'Une opération plus récente s’annule d’abord.'
      : levee ? 'L’État a levé l’observation depuis : la réponse reste.'
      : entiere ? ''
      : 'Faite par une version de l’application qui ne gardait pas tout l’état d’avant.';
    if (o.annuleeLe === null) plusRecentes.voir(lue);
    return { ...o, annulable: raison === '', raison, refaisable: prochaines.has(o.id) };
  });
}

function trouver(base: Base, id: number): { operation: OperationLue; decrite: Bloc } {
  const operations = listOperations(base);
  const operation = operations.find((o) => o.id === id);
  const decrite = decrire(operations).find((o) => o.id === id);
  if (operation === undefined || decrite === undefined) throw invalide('operation-inconnue', `Le dossier n’a pas d’opération ${id}.`, 'Choisir une opération de la liste ; rien n’a été changé.');
  return { operation, decrite };
}

type Mouvement = { changer: typeof undoOperation; marquer: typeof markAnnulee; mot: string };

/** En une transaction : toute l'opération bascule, avec sa trace au journal, ou rien. */
function basculer(contexte: Contexte, id: number, { changer, marquer, mot }: Mouvement, verifier: (b: Bloc) => void): Sortie<'operations.annuler'> {
  const { base } = contexte.dossierEcriture();
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  return base
    .transaction(() => {
      const { operation, decrite } = trouver(base, id);
      verifier(decrite);
      const journaux = [followNotes(base, operation.id), followCibles(base, operation.id)];
      const touches = changer(base, operation);
      const date = marquer(base, operation, par);
      for (const inscrire of journaux) inscrire(date, par);
      copyJournal(base, operation.id, date, par, changer === undoOperation);
      for (const e of readEnsemblesConnus(base, touches)) {
        appendJournal(base, { ...par, champ: `ensemble/${e.code}`, avant: operation.libelle, apres: `${mot} : « ${e.nom} »`, operation: date });
      }
      return { operation: trouver(base, id).decrite, enregistreA: par.quand };
    })
    .immediate();
}

const ANNULER: Mouvement = { changer: undoOperation, marquer: markAnnulee, mot: 'Annulé' };
const REFAIRE: Mouvement = { changer: redoOperation, marquer: markRefaite, mot: 'Refait' };

export const handlers = {
  'operations.lister': (contexte) => ({ operations: decrire(listOperations(contexte.dossier().base)) }),
  'operations.annuler': (contexte, { operation }) =>
    basculer(contexte, operation, ANNULER, ({ annulable, libelle, raison }) => {
      if (!annulable) throw refus('operation-non-annulable', `« ${libelle} » ne s’annule pas. ${raison}`, 'Annuler d’abord la plus récente ; rien n’a été changé.');
    }),
  'operations.refaire': (contexte, { operation }) =>
    basculer(contexte, operation, REFAIRE, ({ refaisable, libelle, annuleeLe }) => {
      if (refaisable) return;
      const raison = annuleeLe === null ? 'Elle n’est pas annulée.' : 'Le dossier a changé depuis, ou une opération annulée plus tard se refait d’abord.';
      throw refus('operation-non-refaisable', `« ${libelle} » ne se refait pas. ${raison}`, 'Voir la liste des opérations ; rien n’a été changé.');
    }),
} satisfies Partial<Handlers>;
