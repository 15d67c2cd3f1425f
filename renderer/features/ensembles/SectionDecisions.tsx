import { HISTOIRE_MAX } from '../../../shared/domain/ensembles/fiche.ts';
import { dateHeure, nombre, typographie } from '../../ui/format.ts';
import { AvecFiche, SansDonnee } from './lecture.tsx';

/** Ce que l'organisme a décidé de cet ensemble, d'après le journal. */
export function SectionDecisions({ id }: { id: string }) {
  return (
    <AvecFiche id={id}>
      {({ historique }) =>
        historique.length === 0 ? (
          <SansDonnee phrase="Ensemble tel que proposé : rien n’y a été décidé à la main." />
        ) : (
          <>
            <ol className="fiche-histoire">
              {historique.map((h, i) => (
                <li key={i}>
                  <span className="doux petit">
                    {dateHeure(h.quand)}, {h.qui}
                  </span>
                  <span>
                    {h.champ === 'ensembles/regle' && 'Règle des ensembles : '}
                    {h.avant !== null && <s className="doux">{typographie(h.avant)}</s>} {h.avant !== null && '→ '}
                    {h.apres === null ? <span className="doux">n’est plus dans la liste</span> : typographie(h.apres)}
                  </span>
                </li>
              ))}
            </ol>
            {historique.length === HISTOIRE_MAX && <p className="doux petit">Au plus {nombre(HISTOIRE_MAX)} décisions sont montrées ici : les plus récentes.</p>}
          </>
        )
      }
    </AvecFiche>
  );
}
