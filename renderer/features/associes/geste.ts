import { useState } from 'react';
import type { Entree, Operation, Sortie } from '../../../shared/contract.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { useEnregistrement } from '../../app/enregistrement.ts';
import { annoncer } from '../../app/operation.ts';
import { invalider } from '../../app/requetes.ts';
import { appeler, enErreur } from '../../app/service.ts';

type Ecriture = { [O in Operation]: Sortie<O> extends { enregistreA: string } ? O : never }[Operation];

/** Écrit d'un geste ; l'erreur reste montrée en place jusqu'au geste suivant. Rend vrai si c'est écrit. */
export function useGeste(): { erreur: Erreur | null; effacer: () => void; faire: <O extends Ecriture>(operation: O, entree: Entree<O>) => Promise<boolean> } {
  const [erreur, setErreur] = useState<Erreur | null>(null);
  async function faire<O extends Ecriture>(operation: O, entree: Entree<O>): Promise<boolean> {
    setErreur(null);
    try {
      const { enregistreA } = (await appeler(operation, entree)) as { enregistreA: string };
      useEnregistrement.setState({ enregistreA });
      annoncer(operation);
      return true;
    } catch (cause) {
      setErreur(enErreur(cause));
      return false;
    } finally {
      invalider();
    }
  }
  return { erreur, effacer: () => setErreur(null), faire };
}
