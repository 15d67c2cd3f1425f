import type { Entree, Operation, Progres, Sortie } from '../../shared/contract.ts';
import { ErreurCus, type Erreur } from '../../shared/erreurs.ts';

/**
 * Le service vu de l'écran : une opération du contrat, sa sortie typée, ou une `ErreurCus`.
 * Rien d'autre dans `renderer/` ne touche `window.atelier.appeler`.
 */
export async function appeler<O extends Operation>(operation: O, entree: Entree<O>, id?: string): Promise<Sortie<O>> {
  const reponse = await window.atelier.appeler(operation, entree, id).catch((cause: unknown) => {
    throw new ErreurCus(injoignable(cause));
  });
  if (!reponse.ok) throw new ErreurCus(reponse.error);
  // Le service a validé cette valeur contre le même contrat avant de la rendre.
  return reponse.value as Sortie<O>;
}

let compteur = 0;

/** Lance une opération longue dont on suit l'avancement et qu'on peut arrêter. */
export function appelerSuivi<O extends Operation>(
  operation: O,
  entree: Entree<O>,
  surProgres: (progres: Progres) => void,
): { reponse: Promise<Sortie<O>>; annuler: () => void } {
  const id = `ecran-${++compteur}`;
  const desabonner = window.atelier.surProgres((p) => p.id === id && surProgres(p));
  return {
    reponse: appeler(operation, entree, id).finally(desabonner),
    annuler: () => window.atelier.annuler(id),
  };
}

/** Toute cause ramenée à une erreur dite en deux temps. */
export function enErreur(cause: unknown): Erreur {
  return cause instanceof ErreurCus ? cause.erreur : injoignable(cause);
}

function injoignable(cause: unknown): Erreur {
  return {
    code: 'service-injoignable',
    message: 'Le service qui tient le dossier n’a pas répondu.',
    action: 'Ce qui est enregistré est en sûreté ; réessayer dans un instant.',
    sortie: 2,
    details: cause instanceof Error ? cause.message : undefined,
  };
}
