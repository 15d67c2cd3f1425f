import { classes } from '../../ui/index.ts';
import type { Analyse } from './importation.ts';

const MONTREES = 6;
const COLONNES_MAX = 60;

/** Les premières lignes du fichier, telles quelles ; la ligne des titres s'y choisit. */
export function ApercuTableau(props: { analyse: Analyse; entete: number; notes: number; surEntete: (ligne: number) => void }) {
  const { analyse, entete, notes } = props;
  const montrees = analyse.lignes.slice(0, Math.max(MONTREES, entete + notes + 3));
  const largeur = Math.min(COLONNES_MAX, Math.max(0, ...montrees.map((l) => l.length)));
  return (
    <section aria-label="Premières lignes du fichier">
      <h3 className="titre-section">Premières lignes du fichier</h3>
      <div className="apercu-tableau defile" tabIndex={0} role="region" aria-label="Premières lignes, à faire défiler">
        <table>
          <tbody>
            {montrees.map((cellules, i) => {
              const ligne = i + 1;
              const role = ligne === entete ? 'titres' : ligne < entete ? 'avant' : ligne <= entete + notes ? 'note' : null;
              return (
                <tr key={ligne} className={classes(role === 'titres' && 'apercu-titres', (role === 'avant' || role === 'note') && 'apercu-passee')}>
                  <th scope="row">
                    <button type="button" className="apercu-choix" aria-pressed={ligne === entete} aria-label={`Prendre la ligne ${ligne} pour les titres`} onClick={() => props.surEntete(ligne)}>
                      {ligne}
                      {role !== null && <span className="apercu-role">{role === 'titres' ? 'titres' : 'passée'}</span>}
                    </button>
                  </th>
                  {Array.from({ length: largeur }, (_, c) => (
                    <td key={c}>
                      <span className="apercu-case coupe" title={cellules[c]}>
                        {cellules[c]}
                      </span>
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
