import { useCallback, useRef, useState } from 'react';
import type { Entree, Operation, Progres, Sortie } from '../../shared/contract.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import { invalider } from './requetes.ts';
import { appelerSuivi, enErreur } from './service.ts';

export type EtatOperation<O extends Operation> = {
  enCours: boolean;
  progres: Progres | null;
  erreur: Erreur | null;
  resultat: Sortie<O> | null;
  /** Lance l'opération ; rend sa sortie, ou `null` si elle a échoué (l'erreur est dans `erreur`). */
  lancer: (entree: Entree<O>) => Promise<Sortie<O> | null>;
  annuler: () => void;
  effacer: () => void;
};

const ecoutes = new Set<(operation: Operation) => void>();

/** Prévient de chaque écriture réussie qui n'est pas passée par la file des saisies. */
export function surEcriture(ecoute: (operation: Operation) => void): void {
  ecoutes.add(ecoute);
}

/** Dit qu'une opération vient d'écrire dans le dossier. */
export function annoncer(operation: Operation): void {
  for (const ecoute of ecoutes) ecoute(operation);
}

/**
 * Une opération demandée par la personne (importer, déposer, exporter…) : son avancement, son
 * erreur montrée en place. `ecriture` : ce qui a été lu du dossier est périmé après elle.
 */
export function useOperation<O extends Operation>(operation: O, ecriture = true): EtatOperation<O> {
  const [etat, setEtat] = useState<{
    enCours: boolean;
    progres: Progres | null;
    erreur: Erreur | null;
    resultat: Sortie<O> | null;
  }>({ enCours: false, progres: null, erreur: null, resultat: null });
  const arret = useRef<(() => void) | null>(null);

  const lancer = useCallback(
    async (entree: Entree<O>) => {
      setEtat({ enCours: true, progres: null, erreur: null, resultat: null });
      const appel = appelerSuivi(operation, entree, (progres) => setEtat((e) => ({ ...e, progres })));
      arret.current = appel.annuler;
      try {
        const resultat = await appel.reponse;
        setEtat({ enCours: false, progres: null, erreur: null, resultat });
        if (ecriture) annoncer(operation);
        return resultat;
      } catch (cause) {
        setEtat({ enCours: false, progres: null, erreur: enErreur(cause), resultat: null });
        return null;
      } finally {
        arret.current = null;
        if (ecriture) invalider();
      }
    },
    [operation, ecriture],
  );
  const annuler = useCallback(() => arret.current?.(), []);
  const effacer = useCallback(() => setEtat({ enCours: false, progres: null, erreur: null, resultat: null }), []);
  return { ...etat, lancer, annuler, effacer };
}
