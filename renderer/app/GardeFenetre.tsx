import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useEffect, useState } from 'react';
import { Bouton } from '../ui/index.ts';
import { abandonnerEchecs, reessayer, resteAEcrire, toutEnregistrer, useEnregistrement } from './enregistrement.ts';

/**
 * Fermer attend que tout soit écrit. S'il reste des échecs, quitter les perdrait : c'est la seule
 * question posée par une boîte.
 */
export function GardeFenetre() {
  const [demande, setDemande] = useState(false);
  const echecs = useEnregistrement((s) => s.echecs);

  useEffect(() => {
    function surFermeture(e: BeforeUnloadEvent) {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      if (!resteAEcrire()) return;
      e.preventDefault();
      void fermerApresEcriture();
    }
    async function fermerApresEcriture() {
      await toutEnregistrer();
      if (resteAEcrire()) setDemande(true);
      else window.close();
    }
    window.addEventListener('beforeunload', surFermeture);
    return () => window.removeEventListener('beforeunload', surFermeture);
  }, []);

  return (
    <AlertDialog.Root open={demande && echecs.length > 0} onOpenChange={setDemande}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="voile" />
        <AlertDialog.Popup className="boite">
          <AlertDialog.Title className="titre-section">Fermer sans enregistrer ces saisies</AlertDialog.Title>
          <AlertDialog.Description>
            Elles n’ont pas pu être écrites dans le dossier et seraient perdues :
          </AlertDialog.Description>
          <ul className="boite-liste">
            {echecs.slice(0, 8).map((e) => (
              <li key={e.tache.cle}>
                <strong>{e.tache.libelle}</strong> — {e.erreur.message}
              </li>
            ))}
          </ul>
          <div className="boite-actions">
            <Bouton
              variante="principal"
              onClick={() => {
                setDemande(false);
                reessayer();
              }}
            >
              Rester et réessayer
            </Bouton>
            <Bouton
              variante="danger"
              onClick={() => {
                abandonnerEchecs();
                window.close();
              }}
            >
              Fermer et perdre ces saisies
            </Bouton>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
