import type { Sortie } from '../../shared/contract.ts';
import { invalide, refus } from '../../shared/erreurs.ts';
import { markAnnulee, markRefaite, redoOperation, undoOperation } from '../store/annulation.ts';
import type { Base } from '../store/base.ts';
import { readEnsemblesConnus } from '../store/decisions.ts';
import { appendJournal, copyJournal } from '../store/journal.ts';
import { listOperations, readLignesOperation } from '../store/operations.ts';
import type { LignesOperation, OperationLue } from '../store/operations.ts';
import { followCibles } from '../store/engagements.ts';
import { followNotes } from '../store/service-rendu.ts';
import type { Contexte, Handlers } from './contexte.ts';
import { placer } from './operations-ordre.ts';
import type { Place } from './operations-ordre.ts';

type Bloc = Sortie<'operations.annuler'>['operation'];

const RECENTE = 'Annuler d’abord la plus récente ; rien n’a été changé.';
const LEVEE = 'Pour une autre valeur, l’écrire dans le champ ; rien n’a été changé.';
const LISTE = 'Voir la liste des opérations ; rien n’a été changé.';
type Decrite = Bloc & { action: string; figee: boolean };

/** Pourquoi une opération ne s'annule pas, et que faire ; raison vide : elle s'annule. */
function expliquer({ annuleeLe, entiere, levee }: OperationLue, place: Place): [raison: string, action: string] {
  if (annuleeLe !== null) return ['Déjà annulée.', LISTE];
  if (levee) return ['L’État a levé l’observation depuis : la réponse reste.', LEVEE];
  if (place === 'figee') return ['L’État a levé depuis une observation à laquelle une opération plus récente répond.', LEVEE];
  if (place === 'suit') return ['Une opération plus récente s’annule d’abord.', RECENTE];
  return entiere ? ['', ''] : ['Faite par une version de l’application qui ne gardait pas tout l’état d’avant.', LISTE];
}

/**
 * Une opération ne s'annule que si rien de plus récent ne s'appuie sur elle, et si tout son état d'avant est gardé. Une
 * réponse ne se reprend ni ne se refait une fois l'observation levée : le Retour de l'État, lui, ne s'annule pas.
 */
function decrire(base: Base, operations: readonly OperationLue[]): Decrite[] {
  const connues = new Map<number, LignesOperation>();
  const lire = ({ id }: OperationLue): LignesOperation => {
    const lues = connues.get(id) ?? readLignesOperation(base, id);
    connues.set(id, lues);
    return lues;
  };
  const annuler = placer(operations.filter((o) => o.annuleeLe === null), lire);
  // De la plus ancienne à la plus récente, ce qui se refait : la dernière annulée d'abord.
  const refaire = placer(operations.filter((o) => o.refaisable).toReversed(), lire);
  return operations.map((lue) => {
    const { entiere: _, refaisable: __, observation: ___, levee: ____, reste: _____, ...o } = lue;
    const [raison, action] = expliquer(lue, annuler.get(o.id) ?? 'libre');
    const place = refaire.get(o.id);
    return { ...o, annulable: raison === '', raison, action, refaisable: place === 'libre', figee: place === 'figee' };
  });
}

const montrer = ({ action: _, figee: __, ...bloc }: Decrite): Bloc => bloc;

function trouver(base: Base, id: number): { operation: OperationLue; decrite: Decrite } {
  const operations = listOperations(base);
  const operation = operations.find((o) => o.id === id);
  const decrite = decrire(base, operations).find((o) => o.id === id);
  if (operation === undefined || decrite === undefined) throw invalide('operation-inconnue', `Le dossier n’a pas d’opération ${id}.`, 'Choisir une opération de la liste ; rien n’a été changé.');
  return { operation, decrite };
}

type Mouvement = { changer: typeof undoOperation; marquer: typeof markAnnulee; mot: string };

/** En une transaction : toute l'opération bascule, avec sa trace au journal, ou rien. */
function basculer(contexte: Contexte, id: number, { changer, marquer, mot }: Mouvement, verifier: (b: Decrite) => void): Sortie<'operations.annuler'> {
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
      return { operation: montrer(trouver(base, id).decrite), enregistreA: par.quand };
    })
    .immediate();
}

const ANNULER: Mouvement = { changer: undoOperation, marquer: markAnnulee, mot: 'Annulé' };
const REFAIRE: Mouvement = { changer: redoOperation, marquer: markRefaite, mot: 'Refait' };

export const handlers = {
  'operations.lister': (contexte) => {
    const { base } = contexte.dossier();
    return { operations: decrire(base, listOperations(base)).map(montrer) };
  },
  'operations.annuler': (contexte, { operation }) =>
    basculer(contexte, operation, ANNULER, ({ annulable, libelle, raison, action }) => {
      if (!annulable) throw refus('operation-non-annulable', `« ${libelle} » ne s’annule pas. ${raison}`, action);
    }),
  'operations.refaire': (contexte, { operation }) =>
    basculer(contexte, operation, REFAIRE, ({ refaisable, libelle, annuleeLe, figee }) => {
      if (refaisable) return;
      const raison =
        annuleeLe === null ? 'Elle n’est pas annulée.'
        : figee ? 'L’État a levé depuis une observation à laquelle elle, ou une opération annulée plus tard, répond.'
        : 'Le dossier a changé depuis, ou une opération annulée plus tard se refait d’abord.';
      throw refus('operation-non-refaisable', `« ${libelle} » ne se refait pas. ${raison}`, figee ? LEVEE : LISTE);
    }),
} satisfies Partial<Handlers>;
