import { useRequete } from '../../app/requetes.ts';
import { allerEtape } from '../../app/session.ts';
import { Bouton, Echec, Squelette } from '../../ui/index.ts';
import { Barres, Chiffres } from '../occupation/Figures.tsx';
import '../occupation/occupation.css';
import { SansDonnee } from './lecture.tsx';

/** L'occupation sociale de l'ensemble : réponses, ressources, ménages, vacance et rotation (R445-3). */
export function SectionOccupation({ id }: { id: string }) {
  const { donnees, erreur, recharger } = useRequete('occupation.lire', { par: 'ensemble', code: id });
  if (!donnees) return erreur ? <Echec erreur={erreur} reessayer={recharger} /> : <Squelette lignes={4} />;
  const [ligne] = donnees.lignes;
  if (ligne === undefined) return <SansDonnee phrase="Aucun logement de cet ensemble n’est au parc." />;
  return (
    <>
      <Chiffres etat={donnees} ligne={ligne} par="ensemble" />
      {donnees.enquete === null ? (
        <SansDonnee phrase="Aucune enquête d’occupation n’a été importée.">
          <Bouton variante="texte" onClick={() => allerEtape('occupation')}>Aller à l’occupation sociale</Bouton>
        </SansDonnee>
      ) : (
        <div className="occupation-paire">
          <Barres etat={donnees} ligne={ligne} par="ensemble" variable="ressources" />
          <Barres etat={donnees} ligne={ligne} par="ensemble" variable="menages" />
        </div>
      )}
    </>
  );
}
