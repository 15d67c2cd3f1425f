import { create } from 'zustand';
import type { Entree, Sortie } from '../../../shared/contract.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { useEnregistrement } from '../../app/enregistrement.ts';
import { invalider } from '../../app/requetes.ts';
import type { OperationBloc } from '../../app/historique.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { useSession } from '../../app/session.ts';

type Geste = 'ensembles.renommer' | 'ensembles.fusionner' | 'ensembles.scinder' | 'ensembles.deplacer';

type Etat = {
  dossier: string | null;
  enCours: boolean;
  /** Ce qui vient d'être fait ou annulé, et ce qu'il faut en savoir. */
  fait: { titre: string; remarques: readonly string[]; operation: number | null } | null;
  erreur: Erreur | null;
  /** L'import dont l'annulation attend une confirmation. */
  aConfirmer: OperationBloc | null;
};

const NEUF = { enCours: false, fait: null, erreur: null, aConfirmer: null } satisfies Partial<Etat>;

/** Les décisions sur les ensembles ; communes aux vues Ensembles et Logements. */
export const useDecisions = create<Etat>(() => ({ ...NEUF, dossier: null }));

/** Une décision appartient à un dossier : un autre repart de zéro. */
export function accueillirDecisions(): void {
  const { dossier } = useSession.getState();
  if (useDecisions.getState().dossier !== dossier) useDecisions.setState({ ...NEUF, dossier });
}

/** Mène une décision ; rend ce qu'elle a donné, ou `null` si elle est refusée (l'erreur est montrée). */
export async function decider<O extends Geste>(operation: O, entree: Entree<O>): Promise<Sortie<Geste> | null> {
  return mener(async () => {
    const r: Sortie<Geste> = await appeler(operation, entree);
    return { resultat: r, enregistreA: r.enregistreA, fait: { titre: `${r.libelle}.`, remarques: r.remarques, operation: r.operation } };
  });
}

/** Change la règle de la proposition et refait les ensembles proposés. */
export async function appliquerRegle(regle: Entree<'ensembles.appliquerRegle'>['regle']): Promise<Sortie<'ensembles.appliquerRegle'> | null> {
  return mener(async () => {
    const r = await appeler('ensembles.appliquerRegle', { regle });
    const aPart = r.essai.nomsGardesAPart.map((e) => `« ${e.nom} » est gardé à part, parce que nommé.`);
    return { resultat: r, enregistreA: r.enregistreA, fait: { titre: `${r.libelle}.`, remarques: aPart, operation: r.operation } };
  });
}

/** Annule une opération ; un import, qui touche tout le parc, se confirme d'abord. */
export async function annulerOperation(operation: OperationBloc, confirme = false): Promise<void> {
  if (operation.nature === 'import' && !confirme) {
    useDecisions.setState({ aConfirmer: operation, fait: null, erreur: null });
    return;
  }
  await mener(async () => {
    const r = await appeler('operations.annuler', { operation: operation.id });
    return { resultat: r, enregistreA: r.enregistreA, fait: { titre: `Annulé : ${operation.libelle}.`, remarques: [], operation: null } };
  });
}

/** Refait ce qui vient d'être annulé. */
export async function refaireOperation(operation: OperationBloc): Promise<void> {
  await mener(async () => {
    const r = await appeler('operations.refaire', { operation: operation.id });
    return { resultat: r, enregistreA: r.enregistreA, fait: { titre: `Refait : ${operation.libelle}.`, remarques: [], operation: r.operation.id } };
  });
}

async function mener<R>(faire: () => Promise<{ resultat: R; enregistreA: string; fait: NonNullable<Etat['fait']> }>): Promise<R | null> {
  if (useDecisions.getState().enCours) return null;
  useDecisions.setState({ ...NEUF, enCours: true });
  try {
    const { resultat, enregistreA, fait } = await faire();
    useDecisions.setState({ enCours: false, fait });
    useEnregistrement.setState({ enregistreA });
    return resultat;
  } catch (cause) {
    useDecisions.setState({ enCours: false, erreur: enErreur(cause) });
    return null;
  } finally {
    invalider();
  }
}

export const fermerDecision = (): void => useDecisions.setState({ fait: null, erreur: null, aConfirmer: null });
