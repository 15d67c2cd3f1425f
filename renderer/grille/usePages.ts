import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { enErreur } from '../app/service.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import { Pages, type Tranche } from './pages.ts';

export type ListePaginee<L, T> = {
  total: number;
  tranche: T | null;
  ligneA: (index: number) => L | null;
  surVisible: (premier: number, dernier: number) => void;
  /** Vrai tant que la liste demandée n'est pas arrivée : l'ancienne reste montrée. */
  occupe: boolean;
  erreur: Erreur | null;
  recharger: () => void;
};

/** Une longue liste, page par page. `cle` dit ce qui la définit : elle change, on relit. */
export function usePages<L, T extends Tranche<L>>(cle: string, lire: (decalage: number, nombre: number) => Promise<T>): ListePaginee<L, T> {
  const [, refaire] = useReducer((n: number) => n + 1, 0);
  const [essai, setEssai] = useState(0);
  const [erreur, setErreur] = useState<Erreur | null>(null);
  const lecteur = useRef(lire);
  lecteur.current = lire;
  const vus = useRef({ premier: 0, dernier: 40 });
  const montree = useRef<Pages<L, T> | null>(null);

  const pages = useMemo(
    () => {
      const creees: Pages<L, T> = new Pages<L, T>({
        lire: (decalage, nombre) => lecteur.current(decalage, nombre),
        change: () => {
          montree.current = creees;
          setErreur(null);
          refaire();
        },
        echec: (cause) => setErreur(enErreur(cause)),
      });
      return creees;
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- la clé est ce qui définit la liste
    [cle, essai],
  );
  useEffect(() => {
    pages.reprendre();
    pages.vouloir(vus.current.premier, vus.current.dernier);
    return () => pages.arreter();
  }, [pages]);

  const surVisible = useCallback(
    (premier: number, dernier: number) => {
      vus.current = { premier, dernier };
      pages.vouloir(premier, dernier);
    },
    [pages],
  );
  const actuelle = montree.current ?? pages;
  const tranche = actuelle.derniere;
  return {
    total: tranche?.total ?? 0,
    tranche,
    ligneA: (index) => actuelle.ligneA(index),
    surVisible,
    occupe: montree.current !== pages,
    erreur,
    recharger: () => setEssai((n) => n + 1),
  };
}
