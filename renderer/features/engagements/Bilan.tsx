import { Bandeau, Bouton } from '../../ui/index.ts';
import { accord, typographie } from '../../ui/format.ts';
import { revoir, useEngagements, type BilanPose } from './magasin.ts';

const MONTRES = 200;

/** Ce qu'un collage ou un import a donné : combien de cases, et chacune de celles à revoir, nommée : illisible, hors du tableau, ou marquée par un contrôle. */
export function Bilan({ bilan, fermer, aller }: { bilan: BilanPose; fermer: () => void; aller: (champ: string) => void }) {
  const locales = useEngagements((s) => s.locales);
  const index = useEngagements((s) => s.index);
  const { refus, enCours } = revoir(bilan, { locales, index });
  return (
    <div className="bilan">
      <Bandeau
        ton={refus.length > 0 ? 'attention' : enCours ? 'info' : 'succes'}
        titre={`${bilan.titre} : ${accord(bilan.enregistrees, 'case posée', 'cases posées')}${refus.length > 0 ? `, ${refus.length} à revoir` : ''}${enCours ? ', vérification en cours' : ''}`}
        actions={
          <Bouton variante="texte" onClick={fermer}>
            Masquer
          </Bouton>
        }
      >
        {refus.length > 0 && (
          <ul className="bilan-liste defile" aria-label="Cases à revoir">
            {refus.slice(0, MONTRES).map((r, i) => (
              <li key={i}>
                {r.champ ? (
                  <button type="button" className="lien" onClick={() => aller(r.champ ?? '')}>
                    {r.nom}
                  </button>
                ) : (
                  <strong>{r.nom}</strong>
                )}
                {r.valeur && <> « {r.valeur} »</>} : {typographie(r.raison)}
              </li>
            ))}
            {refus.length > MONTRES && <li className="doux">et {refus.length - MONTRES} autres</li>}
          </ul>
        )}
      </Bandeau>
    </div>
  );
}
