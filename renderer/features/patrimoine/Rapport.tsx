import { Download, Wrench } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { isRejet } from '../../../shared/domain/rpls/anomalies.ts';
import { libelleAnomalie } from '../../../shared/domain/rpls/libelles-anomalies.ts';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useSession } from '../../app/session.ts';
import { Bouton, classes, Echec } from '../../ui/index.ts';
import { accord, nombre, nomDeFichier, typographie } from '../../ui/format.ts';
import { codeVise, corrigerValeurs, useImport, type Resultat } from './importation.ts';

const capitale = (texte: string): string => texte.charAt(0).toUpperCase() + texte.slice(1);


/** Rapport d'un import : combien de lignes par anomalie, les premières, et le fichier complet à exporter. */
export function Rapport({ resultat, comparaison }: { resultat: Resultat; comparaison: string | null }) {
  const [code, setCode] = useState<string | null>(null);
  const exporter = useOperation('import.anomalies', false);
  const tableau = useImport((s) => s.tableau);
  const cible = useSession((s) => s.cible);
  const lignes = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (comparaison !== null || !cible?.champ.startsWith('import/')) return;
    setCode(codeVise(cible.champ, resultat));
    useSession.setState({ cible: null });
    lignes.current?.scrollIntoView({ block: 'nearest' });
    lignes.current?.focus({ preventScroll: true });
  }, [cible, comparaison, resultat]);
  const codes = Object.entries(resultat.comptesAnomalies).sort(([a, n], [b, m]) => Number(isRejet(b)) - Number(isRejet(a)) || m - n);
  const total = codes.reduce((somme, [, n]) => somme + n, 0);
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
        <div ref={lignes} className="rapport-lignes defile" tabIndex={0} role="region" aria-label="Premières anomalies">
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
          {resultat.anomalies.length < total
            ? `Les ${nombre(resultat.anomalies.length)} premières anomalies sur ${nombre(total)} ; le rapport exporté les contient toutes, avec le texte exact des lignes rejetées.`
            : `${accord(total, 'anomalie')} ; le rapport exporté donne aussi le texte exact des lignes rejetées.`}
        </p>
      )}
    </section>
  );
}
