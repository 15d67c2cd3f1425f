import { useEffect, useState } from 'react';
import { findIndicateur, findMillesime } from '../../../shared/millesimes/index.ts';
import { useSession } from '../../app/session.ts';
import { Paragraphe } from '../../ui/index.ts';
import { typographie } from '../../ui/format.ts';
import { enregistrerChamp } from '../organisme/ChampDossier.tsx';
import type { Ligne, Matrice } from './rangees.ts';

/** Le développement que l'article demande à côté des chiffres de l'indicateur ; rien quand il n'en demande pas. */
export function Developpement({ matrice, millesime, ligne, lectureSeule }: { matrice: Matrice; millesime: string; ligne: Ligne; lectureSeule: boolean }) {
  const demande = findIndicateur(findMillesime(millesime), ligne.indicateur)?.accompagnement ?? null;
  const conserve = matrice.developpements[ligne.indicateur] ?? '';
  const [texte, setTexte] = useState(conserve);
  const [edite, setEdite] = useState(false);
  const champ = `developpement/${ligne.indicateur}`;
  const vise = useSession((s) => s.cible?.champ === champ);
  const [ouvert, setOuvert] = useState(false);
  useEffect(() => {
    if (!edite) setTexte(conserve);
  }, [conserve, edite]);
  useEffect(() => {
    if (!vise) return;
    setOuvert(true);
    useSession.setState({ cible: null });
  }, [vise]);
  if (demande === null) return null;
  function quitter() {
    setEdite(false);
    const valeur = texte.trim();
    if (valeur === conserve) return;
    matrice.developpements[ligne.indicateur] = valeur;
    enregistrerChamp(champ, `Développement de ${ligne.indicateur}`, valeur);
  }
  return (
    <details className="developpement" open={ouvert} onToggle={(e) => setOuvert(e.currentTarget.open)} data-champ={champ}>
      <summary>Développement de {ligne.indicateur} ({demande.article}) : {conserve === '' ? 'à écrire' : 'écrit'}</summary>
      <p className="doux petit">{typographie(demande.texte)}</p>
      <Paragraphe rows={5} aria-label={`Développement de ${ligne.indicateur}`} readOnly={lectureSeule} value={texte} onFocus={() => setEdite(true)} onChange={(e) => setTexte(e.target.value)} onBlur={quitter} />
    </details>
  );
}
