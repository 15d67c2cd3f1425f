import type { Sortie } from '../../shared/contract.ts';
import { invalide, refus } from '../../shared/erreurs.ts';
import { markAnnulee, restoreAvant } from '../store/annulation.ts';
import { readEnsemblesConnus } from '../store/decisions.ts';
import { appendJournal } from '../store/journal.ts';
import { listOperations } from '../store/operations.ts';
import type { OperationLue } from '../store/operations.ts';
import { followNotes } from '../store/service-rendu.ts';
import type { Contexte, Handlers } from './contexte.ts';

type Bloc = Sortie<'operations.annuler'>['operation'];

/** Une opération ne s'annule que si rien de plus récent ne s'appuie sur elle, et si tout son état d'avant est gardé. */
function decrire(operations: readonly OperationLue[]): Bloc[] {
  const derniere = operations.find((o) => o.annuleeLe === null)?.id;
  return operations.map(({ entiere, ...o }) => {
    const raison =
      o.annuleeLe !== null ? 'Déjà annulée.'
      : o.id !== derniere ? 'Une opération plus récente s’annule d’abord.'
      : entiere ? ''
      : 'Faite par une version de l’application qui ne gardait pas tout l’état d’avant.';
    return { ...o, annulable: raison === '', raison };
  });
}

function annuler(contexte: Contexte, id: number): Sortie<'operations.annuler'> {
  const { base } = contexte.dossierEcriture();
  const par = { quand: contexte.maintenant().toISOString(), qui: contexte.utilisateur };
  return base
    .transaction(() => {
      const operation = listOperations(base).find((o) => o.id === id);
      const decrite = decrire(listOperations(base)).find((o) => o.id === id);
      if (operation === undefined || decrite === undefined) throw invalide('operation-inconnue', `Le dossier n’a pas d’opération ${id}.`, 'Choisir une opération de la liste ; rien n’a été changé.');
      if (!decrite.annulable) throw refus('operation-non-annulable', `« ${operation.libelle} » ne s’annule pas. ${decrite.raison}`, 'Annuler d’abord la plus récente ; rien n’a été changé.');
      const finirNotes = followNotes(base, operation.id);
      const touches = restoreAvant(base, operation);
      const date = markAnnulee(base, operation, par);
      finirNotes(date, par);
      for (const e of readEnsemblesConnus(base, touches)) {
        appendJournal(base, { ...par, champ: `ensemble/${e.code}`, avant: operation.libelle, apres: `Annulé : « ${e.nom} »`, operation: date });
      }
      return { operation: { ...decrite, annuleeLe: par.quand, annulable: false, raison: 'Déjà annulée.' }, enregistreA: par.quand };
    })
    .immediate();
}

export const handlers = {
  'operations.lister': (contexte) => ({ operations: decrire(listOperations(contexte.dossier().base)) }),
  'operations.annuler': (contexte, { operation }) => annuler(contexte, operation),
} satisfies Partial<Handlers>;
