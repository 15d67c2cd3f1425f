import { useRequete } from '../../app/requetes.ts';
import { Echec, Squelette } from '../../ui/index.ts';
import { Desaccords } from './Desaccords.tsx';
import { Positions } from './Positions.tsx';
import { Sources } from './Sources.tsx';
import './qpv.css';

/** Vue QPV du patrimoine : ce qui est chargé, où sont les logements, ce qui ne s'accorde pas. */
export function Qpv({ lectureSeule }: { lectureSeule: boolean }) {
  const { donnees, erreur, recharger } = useRequete('qpv.etat', {});
  if (!donnees) return erreur ? <Echec erreur={erreur} reessayer={recharger} /> : <Squelette lignes={12} />;
  return (
    <div className="qpv">
      <div className="qpv-cote">
        <Sources etat={donnees} lectureSeule={lectureSeule} />
        <Positions etat={donnees} />
      </div>
      <Desaccords etat={donnees} lectureSeule={lectureSeule} />
    </div>
  );
}
