import { useCallback, useEffect } from 'react';
import { create } from 'zustand';
import type { Entree, Operation, Sortie } from '../../shared/contract.ts';
import type { Erreur } from '../../shared/erreurs.ts';
import { appeler, enErreur } from './service.ts';

/**
 * Ce que les écrans ont lu du service. Toute écriture périme tout ce qui dépend du dossier : une
 * même grandeur ne peut donc pas rester ancienne sur un écran et neuve sur un autre.
 */
type Case = { valeur: unknown; erreur: Erreur | null; version: number; numero: number };
type Cache = { version: number; cases: Record<string, Case> };

const useCache = create<Cache>(() => ({ version: 1, cases: {} }));
let numero = 0;
let minuterie: ReturnType<typeof setTimeout> | undefined;
const enVol = new Map<string, { version: number; numero: number }>();

export type Requete<T> = {
  donnees: T | undefined;
  erreur: Erreur | null;
  /** Vrai tant que rien n'a été lu : c'est le moment du squelette. */
  chargement: boolean;
  recharger: () => void;
};

/** Lit une opération et la relit après chaque écriture ; l'ancienne valeur reste montrée d'ici là. */
export function useRequete<O extends Operation>(operation: O, entree: Entree<O>, actif = true): Requete<Sortie<O>> {
  const cle = `${operation} ${JSON.stringify(entree)}`;
  const lu = useCache((s) => s.cases[cle]);
  const version = useCache((s) => s.version);
  const recharger = useCallback(() => {
    void charger(cle, true);
  }, [cle]);
  useEffect(() => {
    if (actif) void charger(cle, false);
  }, [cle, version, actif]);
  return {
    donnees: lu?.valeur as Sortie<O> | undefined,
    erreur: lu?.erreur ?? null,
    chargement: actif && (lu === undefined || (lu.valeur === undefined && lu.erreur === null)),
    recharger,
  };
}

async function charger(cle: string, force: boolean): Promise<void> {
  const version = useCache.getState().version;
  const present = useCache.getState().cases[cle];
  if (!force && (enVol.get(cle)?.version === version || present?.version === version)) return;
  const mien = ++numero;
  enVol.set(cle, { version, numero: mien });
  const coupe = cle.indexOf(' ');
  const operation = cle.slice(0, coupe) as Operation;
  const resultat = await appeler(operation, JSON.parse(cle.slice(coupe + 1)) as Entree<Operation>).then(
    (valeur: unknown) => ({ valeur, erreur: null }),
    (cause: unknown) => ({ valeur: undefined, erreur: enErreur(cause) }),
  );
  if (enVol.get(cle)?.numero === mien) enVol.delete(cle);
  useCache.setState((s) => {
    const avant = s.cases[cle];
    // Une réponse partie plus tôt n'écrase pas une réponse plus récente.
    if (avant && avant.numero > mien) return s;
    const valeur = resultat.erreur ? avant?.valeur : resultat.valeur;
    return { cases: { ...s.cases, [cle]: { valeur, erreur: resultat.erreur, version, numero: mien } } };
  });
}

/** Après une écriture : périme tout. Des écritures rapprochées ne font relire qu'une fois. */
export function invalider(): void {
  if (minuterie !== undefined) return;
  minuterie = setTimeout(() => {
    minuterie = undefined;
    useCache.setState((s) => ({ version: s.version + 1 }));
  }, 40);
}

/** À l'ouverture ou à la fermeture d'un dossier : plus rien de lu ne vaut. */
export function oublierTout(): void {
  enVol.clear();
  useCache.setState((s) => ({ version: s.version + 1, cases: {} }));
  numero += 1;
}

/** Change à chaque écriture : pour les écrans qui tiennent eux-mêmes leurs données (matrice, table). */
export function useVersion(): number {
  return useCache((s) => s.version);
}
