import { FilObservation } from '../../app/FilObservation.tsx';
import { allerEtape } from '../../app/session.ts';
import { Bouton } from '../../ui/index.ts';
import { AvecFiche, SansDonnee } from './lecture.tsx';

/** Les observations de l'État sur cet ensemble, avec leur fil. */
export function SectionObservations({ id }: { id: string }) {
  return (
    <AvecFiche id={id}>
      {({ observations }) =>
        observations.length === 0 ? (
          <SansDonnee phrase="Aucune observation de l’État sur cet ensemble.">
            <Bouton variante="texte" onClick={() => allerEtape('echanges')}>
              Voir les échanges
            </Bouton>
          </SansDonnee>
        ) : (
          observations.map((o) => <FilObservation key={o.id} observation={o} />)
        )
      }
    </AvecFiche>
  );
}
