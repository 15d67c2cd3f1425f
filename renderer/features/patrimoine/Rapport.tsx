import { Download, Wrench } from 'lucide-react';
import { useState } from 'react';
import { isRejet } from '../../../shared/domain/rpls/anomalies.ts';
import { libelleAnomalie } from '../../../shared/domain/rpls/libelles-anomalies.ts';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { Bouton, classes, Echec } from '../../ui/index.ts';
import { accord, nombre, nomDeFichier, typographie } from '../../ui/format.ts';
import { corrigerValeurs, useImport, type Resultat } from './importation.ts';

const capitale = (texte: string): string => texte.charAt(0).toUpperCase() + texte.slice(1);


/** Rapport d'un import : combien de lignes par anomalie, les premières, et le fichier complet à exporter. */
export function Rapport({ resultat, comparaison }: { resultat: Resultat; comparaison: string | null }) {
  const [code, setCode] = useState<string | null>(null);
  const exporter = useOperation('import.anomalies', false);
  const tableau = useImport((s) => s.tableau);
  const codes = Object.entries(resultat.comptesAnomalies).sort(([a, n], [b, m]) => Number(isRejet(b)) - Number(isRejet(a)) || m - n);
  const vues = resultat.anomalies.filter((a) => code === null || a.code === code);

  async function choisirEtExporter() {
    const destination = await window.atelier.choisirDestination({
      titre: 'Où écrire le rapport',
      filtres: [FILTRES.csv],
      defaut: `${nomDeFichier(resultat.fichier).replace(/\.[^.]+$/, '')} - anomalies.csv`,
    });
    if (destination) await exporter.lancer(comparaison === null ? { destination } : { destination, comparaison });
  }

  if (codes.length === 0) return <p className="rapport doux">Aucune anomalie : toutes les lignes ont été lues telles quelles.</p>;
  return (
    <section className="rapport" aria-label="Rapport d’import">
      <header className="rapport-tete">
        <h2 className="titre-section">Rapport d’import</h2>
        <p className="doux">
          {nombre(resultat.lignes)} lignes lues : {accord(resultat.acceptees, 'acceptée')}, dont {accord(resultat.signalees, 'signalée')} ;{' '}
          {accord(resultat.rejetees, 'rejetée')}.
          {resultat.applique && ` ${accord(resultat.ajoutes, 'logement ajouté', 'logements ajoutés')}, ${accord(resultat.modifies, 'modifié')}, ${accord(resultat.disparus, 'disparu')}.`}
        </p>
        <span className="page-actions">
          {tableau && resultat.comptesAnomalies['code-inconnu'] && (
            <Bouton icone={Wrench} onClick={() => void corrigerValeurs(resultat)}>
              Corriger les correspondances
            </Bouton>
          )}
          <Bouton icone={Download} occupe={exporter.enCours} onClick={() => void choisirEtExporter()}>
            Exporter le rapport
          </Bouton>
        </span>
      </header>
      {exporter.erreur && <Echec erreur={exporter.erreur} fermer={exporter.effacer} />}
      {exporter.resultat && (
        <p className="rapport-ecrit" role="status">
          {`${accord(exporter.resultat.lignes, 'ligne écrite', 'lignes écrites')} dans ${nomDeFichier(exporter.resultat.chemin)}.`}
          <button type="button" className="lien" onClick={() => window.atelier.montrerFichier(exporter.resultat?.chemin ?? '')}>
            Montrer le fichier
          </button>
        </p>
      )}
      <div className="rapport-corps">
        <ul className="rapport-codes defile" aria-label="Anomalies par sorte">
          <li>
            <button type="button" className="rapport-code" aria-pressed={code === null} onClick={() => setCode(null)}>
              <span>Toutes</span>
            </button>
          </li>
          {codes.map(([c, n]) => (
            <li key={c}>
              <button type="button" className="rapport-code" aria-pressed={code === c} onClick={() => setCode(c === code ? null : c)}>
                <span className={classes('rapport-marque', isRejet(c) ? 'rapport-rejet' : 'rapport-remarque')}>{isRejet(c) ? 'rejet' : 'remarque'}</span>
                <span>{capitale(libelleAnomalie(c))}</span>
                <strong>{nombre(n)}</strong>
              </button>
            </li>
          ))}
        </ul>
        <div className="rapport-lignes defile" tabIndex={0} role="region" aria-label="Premières anomalies">
          <table>
            <thead>
              <tr>
                <th scope="col" className="nombre">
                  Ligne
                </th>
                <th scope="col">Champ</th>
                <th scope="col">Ce qui ne va pas</th>
              </tr>
            </thead>
            <tbody>
              {vues.map((a, i) => (
                <tr key={i}>
                  <td className="nombre">{nombre(a.ligne)}</td>
                  <td>{a.champ || '–'}</td>
                  <td>{typographie(a.message)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {vues.length === 0 && <p className="doux">Aucune parmi les premières lignes : le rapport exporté les contient toutes.</p>}
        </div>
      </div>
      {resultat.anomalies.length > 0 && (
        <p className="doux petit">
          Les {nombre(resultat.anomalies.length)} premières anomalies du fichier ; le rapport exporté les contient toutes, avec le texte exact des lignes rejetées.
        </p>
      )}
    </section>
  );
}
