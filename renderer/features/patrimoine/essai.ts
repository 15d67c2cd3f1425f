import { useEffect, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { appelerSuivi, enErreur } from '../../app/service.ts';
import type { Profil } from './importation.ts';

export type Essai = Sortie<'import.essayer'>;
export type EtatEssai = { essai: Essai | null; erreur: Erreur | null; enCours: boolean };

/** Le temps de choisir deux fois de suite : un essai ne part pas à chaque geste. */
const REPOS_MS = 250;
const RIEN: EtatEssai = { essai: null, erreur: null, enCours: false };

/** Essaie le profil dès qu'il ne change plus ; `null` : il manque de quoi lire. Un profil changé arrête l'essai d'avant. */
export function useEssai(chemin: string, profil: Profil | null): EtatEssai {
  const [etat, setEtat] = useState<EtatEssai>(RIEN);
  const cle = profil === null ? null : JSON.stringify(profil);
  useEffect(() => {
    if (cle === null) return setEtat(RIEN);
    // Relu du texte : un profil récrit à l'identique n'est pas un autre essai.
    const essaye = JSON.parse(cle) as Profil;
    let vif = true;
    let annuler = (): void => undefined;
    setEtat((avant) => ({ ...avant, enCours: true }));
    const minuteur = setTimeout(() => {
      const appel = appelerSuivi('import.essayer', { chemin, profil: essaye }, () => undefined);
      annuler = appel.annuler;
      appel.reponse.then(
        (essai) => vif && setEtat({ essai, erreur: null, enCours: false }),
        (cause: unknown) => vif && setEtat({ essai: null, erreur: enErreur(cause), enCours: false }),
      );
    }, REPOS_MS);
    return () => {
      vif = false;
      clearTimeout(minuteur);
      annuler();
    };
  }, [chemin, cle]);
  return etat;
}
