import { Redo2, Undo2 } from 'lucide-react';
import { HORS_SAISIE, useAnnulation, useHistorique, type OperationBloc } from '../../app/historique.ts';
import { Bandeau, Bouton, Echec } from '../../ui/index.ts';
import { heure, typographie } from '../../ui/format.ts';
import { annulerOperation, fermerDecision, refaireOperation, useDecisions } from './decisions.ts';

const MENEES = {
  annuler: (o: OperationBloc) => void annulerOperation(o),
  refaire: (o: OperationBloc) => void refaireOperation(o),
};

/** Ce qui vient d'être décidé, ce qui a été refusé, et de quoi revenir en arrière (Ctrl+Z) ou y retourner (Ctrl+Maj+Z). */
export function BandeauDecisions({ lectureSeule, natures = HORS_SAISIE }: { lectureSeule: boolean; natures?: RegExp }) {
  const { fait, erreur, aConfirmer, enCours } = useDecisions();
  const historique = useHistorique(natures);
  useAnnulation(historique, lectureSeule ? null : MENEES);
  const annulable = lectureSeule ? null : historique.annuler;
  const refaisable = lectureSeule ? null : historique.refaire;
  // La décision qui vient d'être prise porte elle-même de quoi l'annuler.
  const dite = fait !== null && annulable !== null && fait.operation === annulable.id;
  return (
    <div className="decisions">
      {!aConfirmer && ((annulable && !dite) || refaisable) && (
        <p className="decisions-annuler">
          {annulable && !dite && (
            <>
              <Annuler operation={annulable} />
              <span className="doux coupe" title={typographie(annulable.libelle)}>
                {typographie(annulable.libelle)}, à {heure(annulable.quand)}
              </span>
            </>
          )}
          {refaisable && (
            <>
              <Bouton variante="texte" icone={Redo2} occupe={enCours} aria-keyshortcuts="Control+Shift+Z" aria-label={`Refaire : ${typographie(refaisable.libelle)} (Ctrl+Maj+Z)`} onClick={() => void refaireOperation(refaisable)}>
                Refaire (Ctrl+Maj+Z)
              </Bouton>
              <span className="doux coupe" title={typographie(refaisable.libelle)}>
                {typographie(refaisable.libelle)}
              </span>
            </>
          )}
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
          Tout ce qu’il a changé (logements, ensembles, corrections, réponses à l’enquête, rapport) revient exactement à ce qui était avant lui. L’import se refait tant que rien d’autre n’est changé.
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
