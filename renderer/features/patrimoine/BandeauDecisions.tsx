import { Undo2 } from 'lucide-react';
import { useEffect } from 'react';
import { useRequete } from '../../app/requetes.ts';
import { Bandeau, Bouton, Echec } from '../../ui/index.ts';
import { heure, typographie } from '../../ui/format.ts';
import { annulerOperation, fermerDecision, useDecisions, type OperationBloc } from './decisions.ts';

const ECRIT = 'input, textarea, select, [contenteditable]';

/** La dernière opération qui s'annule, ou `null`. */
export function useAnnulable(): OperationBloc | null {
  return useRequete('operations.lister', {}).donnees?.operations.find((o) => o.annulable) ?? null;
}

/** Ce qui vient d'être décidé, ce qui a été refusé, et de quoi revenir en arrière (Ctrl+Z). */
export function BandeauDecisions({ lectureSeule }: { lectureSeule: boolean }) {
  const { fait, erreur, aConfirmer, enCours } = useDecisions();
  const derniere = useAnnulable();
  const annulable = lectureSeule ? null : derniere;
  useEffect(() => {
    function surTouche(e: KeyboardEvent) {
      if (!(e.ctrlKey || e.metaKey) || e.shiftKey || e.altKey || e.key.toLowerCase() !== 'z' || annulable === null) return;
      // Dans un champ, Ctrl+Z défait la frappe.
      if (e.target instanceof Element && e.target.closest(ECRIT)) return;
      e.preventDefault();
      void annulerOperation(annulable);
    }
    window.addEventListener('keydown', surTouche);
    return () => window.removeEventListener('keydown', surTouche);
  }, [annulable]);
  // La décision qui vient d'être prise porte elle-même de quoi l'annuler.
  const dite = fait !== null && annulable !== null && fait.operation === annulable.id;
  return (
    <div className="decisions">
      {annulable && !aConfirmer && !dite && (
        <p className="decisions-annuler">
          <Annuler operation={annulable} />
          <span className="doux coupe" title={typographie(annulable.libelle)}>
            {typographie(annulable.libelle)}, à {heure(annulable.quand)}
          </span>
        </p>
      )}
      {aConfirmer && (
        <Bandeau
          ton="attention"
          titre={`Annuler l’import ? ${typographie(aConfirmer.libelle)}, à ${heure(aConfirmer.quand)}`}
          actions={
            <>
              <Bouton variante="danger" occupe={enCours} onClick={() => void annulerOperation(aConfirmer, true)}>
                Annuler l’import
              </Bouton>
              <Bouton autoFocus onClick={fermerDecision}>
                Le garder
              </Bouton>
            </>
          }
        >
          Logements, ensembles et rapport reviennent exactement à ce qu’ils étaient avant lui. Pour y revenir, il faudra importer de nouveau le fichier.
        </Bandeau>
      )}
      {erreur && <Echec erreur={erreur} fermer={fermerDecision} />}
      {fait && (
        <Bandeau
          ton={fait.remarques.length > 0 ? 'attention' : 'succes'}
          titre={typographie(fait.titre)}
          actions={
            <>
              {annulable && dite && <Annuler operation={annulable} />}
              <Bouton variante="texte" onClick={fermerDecision}>
                Masquer
              </Bouton>
            </>
          }
        >
          {fait.remarques.length > 0 && fait.remarques.map((r) => <p key={r}>{typographie(r)}</p>)}
        </Bandeau>
      )}
    </div>
  );
}

function Annuler({ operation }: { operation: OperationBloc }) {
  const enCours = useDecisions((s) => s.enCours);
  return (
    <Bouton variante="texte" icone={Undo2} occupe={enCours} aria-keyshortcuts="Control+Z" aria-label={`Annuler : ${typographie(operation.libelle)} (Ctrl+Z)`} onClick={() => void annulerOperation(operation)}>
      Annuler (Ctrl+Z)
    </Bouton>
  );
}
