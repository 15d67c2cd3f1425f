import { libelleAnomalie } from '../../../shared/domain/rpls/libelles-anomalies.ts';
import { Bandeau, classes, Squelette } from '../../ui/index.ts';
import { accord, nombre, typographie } from '../../ui/format.ts';
import type { EtatEssai } from './essai.ts';

const capitale = (texte: string): string => texte.charAt(0).toUpperCase() + texte.slice(1);

/** Ce que la lecture donnerait avec les correspondances choisies : comptes, anomalies et leurs premières lignes. */
export function EssaiImport({ etat, manque }: { etat: EtatEssai; manque: readonly string[] }) {
  const { essai, erreur, enCours } = etat;
  return (
    <section className="essai" aria-label="Essai de lecture" aria-busy={enCours}>
      <h3 className="titre-section">
        Essai de lecture {enCours && <span className="doux petit essai-etat">en cours…</span>}
      </h3>
      {manque.length > 0 ? (
        <p className="doux">Choisir d’abord la colonne qui donne : {manque.join(', ')}.</p>
      ) : erreur ? (
        <Bandeau ton="attention" titre={erreur.message}>
          {erreur.action}
        </Bandeau>
      ) : !essai ? (
        <Squelette lignes={4} />
      ) : (
        <>
          <p className="hors-vue" role="status">
            {`${accord(essai.acceptees, 'ligne acceptée', 'lignes acceptées')}, ${accord(essai.signalees, 'signalée')}, ${accord(essai.rejetees, 'rejetée')}`}
          </p>
          <dl className="essai-comptes">
            <div>
              <dt>acceptées</dt>
              <dd>{nombre(essai.acceptees)}</dd>
            </div>
            <div className={classes(essai.signalees > 0 && 'essai-remarque')}>
              <dt>dont signalées</dt>
              <dd>{nombre(essai.signalees)}</dd>
            </div>
            <div className={classes(essai.rejetees > 0 && 'essai-rejet')}>
              <dt>rejetées</dt>
              <dd>{nombre(essai.rejetees)}</dd>
            </div>
          </dl>
          <p className="doux petit">
            {essai.complet ? `Tout le fichier : ${accord(essai.lignes, 'ligne')}.` : `Les ${nombre(essai.lignes)} premières lignes seulement ; le reste sera lu à l’import.`} Le dossier n’est pas changé.
          </p>
          {essai.anomalies.length === 0 && <p className="doux">Aucune anomalie : chaque ligne se lit telle quelle.</p>}
          <ul className="essai-anomalies">
            {essai.anomalies.map((a) => (
              <li key={a.code}>
                <details>
                  <summary>
                    <span className={classes('rapport-marque', a.rejet ? 'rapport-rejet' : 'rapport-remarque')}>{a.rejet ? 'rejet' : 'remarque'}</span>
                    <span>{capitale(libelleAnomalie(a.code))}</span>
                    <strong>{nombre(a.nombre)}</strong>
                  </summary>
                  <ul className="essai-lignes">
                    {a.premieres.map((p, i) => (
                      <li key={i}>
                        <span className="doux">Ligne {nombre(p.ligne)}</span> {typographie(p.message)}
                      </li>
                    ))}
                    {a.nombre > a.premieres.length && <li className="doux">… et {nombre(a.nombre - a.premieres.length)} de plus.</li>}
                  </ul>
                </details>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
