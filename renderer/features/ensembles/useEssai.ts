import { useCallback, useEffect, useRef, useState } from 'react';
import type { Progres, Sortie } from '../../../shared/contract.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { useVersion } from '../../app/requetes.ts';
import { appelerSuivi, enErreur } from '../../app/service.ts';
import type { Niveaux } from './reglage.ts';

type Essai = Sortie<'ensembles.essayerRegle'>;
/** Plus bref, l'avancement ne ferait que clignoter. */
const MONTRER_APRES = 800;

/** Ce que la règle donnerait, relu à chaque réglage et à chaque écriture ; l'essai d'avant est abandonné. */
export function useEssai(regle: Niveaux) {
  const [etat, setEtat] = useState<{ cle: string; essai: Essai | null; progres: Progres | null; erreur: Erreur | null }>({ cle: '', essai: null, progres: null, erreur: null });
  const [demande, setDemande] = useState(0);
  const version = useVersion();
  const arret = useRef<(() => void) | null>(null);
  const cle = JSON.stringify(regle);
  useEffect(() => {
    let fini = false;
    let long = false;
    const minuterie = setTimeout(() => (long = true), MONTRER_APRES);
    const appel = appelerSuivi('ensembles.essayerRegle', { regle: JSON.parse(cle) as Niveaux }, (progres) => {
      if (!fini && long) setEtat((e) => ({ ...e, progres }));
    });
    arret.current = appel.annuler;
    appel.reponse.then(
      (essai) => !fini && setEtat({ cle, essai, progres: null, erreur: null }),
      (cause: unknown) => !fini && setEtat((e) => ({ ...e, progres: null, erreur: enErreur(cause) })),
    );
    return () => {
      fini = true;
      clearTimeout(minuterie);
      appel.annuler();
    };
  }, [cle, version, demande]);
  const annuler = useCallback(() => arret.current?.(), []);
  const recommencer = useCallback(() => setDemande((d) => d + 1), []);
  // Les chiffres d'une autre règle ne passent jamais pour ceux de celle-ci.
  return { ...etat, aJour: etat.cle === cle, annuler, recommencer };
}
