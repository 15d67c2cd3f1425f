import { useState } from 'react';
import { useRequete } from '../../app/requetes.ts';
import { Bouton, Echec, Squelette } from '../../ui/index.ts';
import { accord, dateHeure, nombre } from '../../ui/format.ts';
import { trancher, useImport, type Resultat } from './importation.ts';

const PAGE = 100;

/** Les cases corrigées à la main que le fichier contredit : la correction est gardée, sauf décision contraire. */
export function Conflits({ resultat: r, jeton }: { resultat: Resultat; jeton: string }) {
  const [decalage, setDecalage] = useState(0);
  const tranche = useImport((s) => s.tranche);
  const total = r.conflits ?? 0;
  const { donnees, erreur, recharger } = useRequete('import.conflits', { comparaison: jeton, decalage, nombre: PAGE }, total > 0);
  const c = r.corrections;
  const decider = (decision: 'correction' | 'fichier', conflits?: number[]) => void trancher(decision, conflits).then(recharger);
  return (
    <section className="volet conflits" aria-label={`Conflits : ${nombre(total)}`}>
      <div className="conflits-tete">
        <h3 className="volet-titre">
          Conflits <strong>{nombre(total)}</strong>
        </h3>
        {total > 0 && c && (
          <>
            <span className="doux" role="status">
              {accord(c.conservees, 'correction conservée', 'corrections conservées')}, {accord(c.remplacees, 'remplacée')}
            </span>
            <Bouton occupe={tranche} disabled={c.remplacees === 0} onClick={() => decider('correction')}>
              Garder toutes les corrections
            </Bouton>
            <Bouton occupe={tranche} disabled={c.conservees === 0} onClick={() => decider('fichier')}>
              Prendre partout la valeur du fichier
            </Bouton>
          </>
        )}
      </div>
      {c && c.confirmees > 0 && <p className="doux">{accord(c.confirmees, 'correction est confirmée par le fichier, et n’a plus d’objet', 'corrections sont confirmées par le fichier, et n’ont plus d’objet')}.</p>}
      {c && c.sansLogement > 0 && <p className="doux">{accord(c.sansLogement, 'correction porte sur un logement que le fichier n’a plus : elle est gardée', 'corrections portent sur des logements que le fichier n’a plus : elles sont gardées')}.</p>}
      {erreur && <Echec erreur={erreur} reessayer={recharger} />}
      {total > 0 && !donnees && !erreur && <Squelette lignes={3} />}
      {donnees && donnees.lignes.length > 0 && (
        <div className="conflits-liste defile" tabIndex={0} role="region" aria-label="Liste des conflits">
          <table className="conflits-table">
            <thead>
              <tr>
                {['Logement', 'Champ', 'Importé', 'Corrigé à la main', 'Ce fichier dit', 'Décision'].map((t) => (
                  <th key={t} scope="col">
                    {t}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {donnees.lignes.map((l) => (
                <tr key={l.id}>
                  <td>
                    <strong>{l.identifiant}</strong> <span className="doux">{[l.adresse, l.commune].filter(Boolean).join(', ')}</span>
                  </td>
                  <td>{l.champ}</td>
                  <td>{l.importee ?? <span className="doux">vide</span>}</td>
                  <td className={l.decision === 'correction' ? 'conflits-gardee' : undefined} title={`${l.qui}, ${dateHeure(l.quand)}`}>
                    {l.corrigee ?? <span className="doux">vide</span>}
                  </td>
                  <td className={l.decision === 'fichier' ? 'conflits-gardee' : undefined}>
                    {l.fichier ?? <span className="doux">vide</span>} {l.redite && <span className="doux">(comme avant)</span>}
                  </td>
                  <td>
                    <Bouton
                      variante="texte"
                      occupe={tranche}
                      aria-label={`${l.decision === 'correction' ? 'Prendre la valeur du fichier' : 'Garder la correction'} : ${l.champ}, ${l.identifiant}`}
                      onClick={() => decider(l.decision === 'correction' ? 'fichier' : 'correction', [l.id])}
                    >
                      {l.decision === 'correction' ? 'Prendre le fichier' : 'Garder la correction'}
                    </Bouton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {total > PAGE && (
        <p className="conflits-tete">
          <Bouton disabled={decalage === 0} onClick={() => setDecalage(Math.max(0, decalage - PAGE))}>
            Précédents
          </Bouton>
          <span className="doux">
            {nombre(decalage + 1)} à {nombre(Math.min(total, decalage + PAGE))} sur {nombre(total)}
          </span>
          <Bouton disabled={decalage + PAGE >= total} onClick={() => setDecalage(decalage + PAGE)}>
            Suivants
          </Bouton>
        </p>
      )}
    </section>
  );
}
