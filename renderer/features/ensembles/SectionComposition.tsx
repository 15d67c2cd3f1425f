import { useCallback, useState } from 'react';
import { useRequete } from '../../app/requetes.ts';
import { Bouton, Echec, Squelette } from '../../ui/index.ts';
import { accord, nombre } from '../../ui/format.ts';
import { Deplacement } from '../patrimoine/Deplacement.tsx';
import { UnGroupe } from '../patrimoine/Scission.tsx';
import { AvecFiche } from './lecture.tsx';

const sansRetour = () => undefined;

/** Les logements de l'ensemble, par adresse, bâtiment et entrée ; à cocher ou à glisser vers un autre ensemble. */
export function SectionComposition({ id }: { id: string }) {
  const [ouverte, setOuverte] = useState(false);
  return (
    <AvecFiche id={id}>
      {({ ensemble, sortis }) => (
        <>
          <p className="fiche-vide">
            <span className="doux">
              {accord(ensemble.logements, 'logement')} du parc{sortis > 0 && `, ${nombre(sortis)} sortis du patrimoine`}.
            </span>
            <Bouton variante="texte" aria-expanded={ouverte} onClick={() => setOuverte(!ouverte)}>
              {ouverte ? 'Cacher la composition' : 'Montrer la composition'}
            </Bouton>
          </p>
          {ouverte && <Composition id={id} />}
        </>
      )}
    </AvecFiche>
  );
}

function Composition({ id }: { id: string }) {
  const { donnees, erreur, recharger } = useRequete('ensembles.composition', { id });
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? true;
  const [choisis, setChoisis] = useState<ReadonlySet<string>>(new Set());
  const lacher = useCallback(() => setChoisis(new Set()), []);
  const basculer = (identifiants: readonly string[], coche: boolean) =>
    setChoisis((c) => new Set(coche ? [...c, ...identifiants] : [...c].filter((i) => !identifiants.includes(i))));
  if (!donnees) return erreur ? <Echec erreur={erreur} reessayer={recharger} /> : <Squelette lignes={4} />;
  return (
    <>
      {!lectureSeule && choisis.size > 0 && <Deplacement retenus={choisis} lacher={lacher} rendreFocus={sansRetour} />}
      {!lectureSeule && choisis.size === 0 && <p className="doux petit">Cocher des logements pour les déplacer, ou les glisser vers un autre ensemble.</p>}
      <ul aria-label="Logements de l’ensemble">
        {donnees.groupes.map((g) => (
          <UnGroupe key={[g.adresse, g.batiment, g.entree].join('|')} groupe={g} choisis={choisis} basculer={basculer} glisser={lectureSeule ? null : { lacher, communes: [id.slice(0, 5)] }} />
        ))}
      </ul>
    </>
  );
}
