import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { EtatService } from '../../shared/pont.ts';
import { Bandeau, Bouton } from '../ui/index.ts';
import { rouvrirApresInterruption } from './dossiers.ts';
import { reessayer } from './enregistrement.ts';

const useService = create<{ etat: EtatService; revenu: boolean }>(() => ({
  etat: { etat: 'demarrage', erreur: null },
  revenu: false,
}));

/** Dit que le service s'est interrompu, le remet en état quand il revient, et rejoue ce qui attendait. */
export function BandeauService() {
  const { etat, revenu } = useService();
  const interrompu = useRef(false);
  useEffect(
    () =>
      window.atelier.surEtatService((nouveau) => {
        useService.setState({ etat: nouveau });
        if (nouveau.etat === 'redemarrage') interrompu.current = true;
        if (nouveau.etat === 'pret' && interrompu.current) {
          interrompu.current = false;
          void rouvrirApresInterruption().then((ouvert) => {
            useService.setState({ revenu: ouvert });
            if (ouvert) reessayer();
          });
        }
      }),
    [],
  );
  if (etat.etat === 'redemarrage' || etat.etat === 'arrete') {
    return (
      <Bandeau
        ton={etat.etat === 'arrete' ? 'erreur' : 'attention'}
        titre={etat.erreur?.message ?? 'Le service qui tient le dossier s’est interrompu ; il redémarre.'}
      >
        {etat.erreur?.action ?? 'Ce qui est enregistré est en sûreté ; le reste sera écrit à son retour.'}
      </Bandeau>
    );
  }
  if (!revenu) return null;
  return (
    <Bandeau
      ton="info"
      titre="Le service s’était interrompu ; il est revenu et le dossier est rouvert."
      actions={
        <Bouton variante="texte" onClick={() => useService.setState({ revenu: false })}>
          Masquer
        </Bouton>
      }
    >
      Ce qui était enregistré l’est toujours ; ce qui attendait vient d’être réessayé.
    </Bandeau>
  );
}
