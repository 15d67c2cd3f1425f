import { FileText, Upload } from 'lucide-react';
import { Bandeau, Bouton, Echec, Progression } from '../../ui/index.ts';
import { accord, dateHeure, nombre, nomDeFichier } from '../../ui/format.ts';
import { QuestionOrigine } from './QuestionOrigine.tsx';
import { annuler, choisirEtCommencer, fermerErreur, fermerFini, montrerRapport, useImport, type Resultat } from './importation.ts';

/** Le dernier import en une ligne, l'avancement du suivant, et ce qui a échoué, en place. */
export function BandeauImport({ dernier, lectureSeule }: { dernier: Resultat | null; lectureSeule: boolean }) {
  const { phase, erreur, reprise, fini, rapport } = useImport();
  const occupe = phase.nom !== 'repos';
  return (
    <div className="import-bandeau">
      {phase.nom === 'lecture' || phase.nom === 'examen' || phase.nom === 'application' ? (
        <EnCours />
      ) : (
        dernier && (
          <div className="import-ligne">
            <p className="import-resume">
              <strong className="coupe">{nomDeFichier(dernier.fichier)}</strong>{' '}
              <span className="doux">
                {dernier.origine && <>{dernier.origine.nom}, </>}
                {dernier.annee !== null && <>déclaration {dernier.annee}, </>}importé le {dateHeure(dernier.importeLe)}
              </span>
            </p>
            <ul className="import-comptes" aria-label="Lignes du dernier import">
              <li>{accord(dernier.acceptees, 'acceptée')}</li>
              <li className={dernier.signalees > 0 ? 'import-signalees' : undefined}>{accord(dernier.signalees, 'signalée')}</li>
              <li className={dernier.rejetees > 0 ? 'import-rejetees' : undefined}>{accord(dernier.rejetees, 'rejetée')}</li>
            </ul>
            {!occupe && (
              <span className="import-actions">
                <Bouton icone={FileText} aria-expanded={rapport} onClick={() => montrerRapport(!rapport)}>
                  {rapport ? 'Masquer le rapport' : 'Voir le rapport'}
                </Bouton>
                {!lectureSeule && (
                  <Bouton icone={Upload} onClick={() => void choisirEtCommencer('Importer une mise à jour')}>
                    Importer une mise à jour
                  </Bouton>
                )}
              </span>
            )}
          </div>
        )
      )}
      {phase.nom === 'origine' && <QuestionOrigine chemin={phase.entree.chemin} />}
      {erreur && <Echec erreur={erreur} reessayer={reprise ?? undefined} fermer={fermerErreur} />}
      {fini && <Fini resultat={fini.resultat} jeu={fini.jeu} />}
    </div>
  );
}

/** L'avancement d'une lecture, ou de ce qui la précède et la suit. */
export function EnCours() {
  const { phase } = useImport();
  if (phase.nom === 'examen') return <Progression libelle={`Examen de ${nomDeFichier(phase.chemin)}`} fait={0} total={null} />;
  if (phase.nom === 'application') return <Progression libelle="Enregistrement de la mise à jour dans le dossier" fait={0} total={null} />;
  if (phase.nom !== 'lecture') return null;
  const { progres } = phase;
  const part = progres?.total ? Math.floor((100 * progres.fait) / progres.total) : null;
  return (
    <Progression
      libelle={`${progres?.etape ?? 'Lecture'} : ${nomDeFichier(phase.chemin)}`}
      fait={part ?? progres?.fait ?? 0}
      total={part === null ? null : 100}
      action={
        <Bouton variante="texte" occupe={phase.arret} onClick={annuler}>
          {phase.arret ? 'Annulation…' : 'Annuler'}
        </Bouton>
      }
    />
  );
}

function Fini({ resultat: r, jeu }: { resultat: Resultat; jeu: 'applique' | 'inchange' | 'abandonne' }) {
  const fermer = (
    <Bouton variante="texte" onClick={fermerFini}>
      Masquer
    </Bouton>
  );
  if (jeu === 'abandonne') return <Bandeau ton="info" titre="Mise à jour abandonnée : le dossier n’a pas changé." actions={fermer} />;
  if (jeu === 'inchange') return <Bandeau ton="info" titre="Ce fichier est le même que le dernier importé : rien n’a changé." actions={fermer} />;
  return (
    <Bandeau ton="succes" titre={`${r.origine ? `${r.origine.nom} : ` : ''}${nombre(r.acceptees)} lignes acceptées, ${accord(r.ensembles, 'ensemble immobilier', 'ensembles immobiliers')}.`} actions={fermer}>
      {accord(r.ajoutes, 'ajouté')}, {accord(r.modifies, 'modifié')}, {accord(r.disparus, 'disparu')}, {accord(r.inchanges, 'inchangé')}.
      {r.rejetees > 0 && ` ${accord(r.rejetees, 'ligne rejetée', 'lignes rejetées')} : le rapport les garde toutes, à corriger et à réimporter.`}
    </Bandeau>
  );
}
