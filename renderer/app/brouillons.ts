import { useCallback } from 'react';
import { create } from 'zustand';
import { garderPreference, lirePreference, oublierPreference } from './memoire.ts';

const useTextes = create<{ textes: Record<string, string | null> }>(() => ({ textes: {} }));

/**
 * Un texte commencé et pas encore enregistré (réponse, motif) : changer d'écran ou fermer la
 * fenêtre ne le perd pas. `null` : rien en cours.
 */
export function useBrouillon(cle: string): [string | null, (texte: string | null) => void] {
  const vif = useTextes((s) => s.textes[cle]);
  const definir = useCallback((texte: string | null) => definirBrouillon(cle, texte), [cle]);
  return [vif === undefined ? lirePreference(`texte.${cle}`) : vif, definir];
}

/** Le texte commencé sous cette clé, hors d'un écran ; `null` : rien en cours. */
export function lireBrouillon(cle: string): string | null {
  const vif = useTextes.getState().textes[cle];
  return vif === undefined ? lirePreference(`texte.${cle}`) : vif;
}

export function definirBrouillon(cle: string, texte: string | null): void {
  useTextes.setState((s) => ({ textes: { ...s.textes, [cle]: texte } }));
  if (texte) garderPreference(`texte.${cle}`, texte);
  else oublierPreference(`texte.${cle}`);
}
