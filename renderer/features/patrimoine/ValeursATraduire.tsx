import { Choix } from '../../ui/index.ts';
import { accord } from '../../ui/format.ts';
import type { ATraduire } from './correspondance.ts';

const AUCUN = '-';

/** Les valeurs du fichier que leur champ ne connaît pas, et ce qu'elles veulent dire. */
export function ValeursATraduire({ traductions, surChoix }: { traductions: readonly ATraduire[]; surChoix: (t: ATraduire, code: string) => void }) {
  return (
    <section aria-label="Valeurs à traduire">
      <h3 className="titre-section">Valeurs que le champ ne connaît pas</h3>
      <p className="doux">Ce qui n’est pas traduit reste inconnu, et le rapport le dit ligne par ligne.</p>
      <table className="correspondance-table">
        <thead>
          <tr>
            <th scope="col">Champ</th>
            <th scope="col">Valeur du fichier</th>
            <th scope="col">Veut dire</th>
          </tr>
        </thead>
        <tbody>
          {traductions.map((t) => (
            <tr key={`${t.champ} ${t.valeur}`}>
              <td>{t.libelle}</td>
              <th scope="row">
                {t.valeur} {t.nombre !== undefined && <span className="doux petit">{accord(t.nombre, 'ligne')}</span>}
              </th>
              <td>
                <Choix
                  nom={`${t.libelle} : ${t.valeur} veut dire`}
                  compact
                  valeur={t.code === '' ? AUCUN : t.code}
                  options={[{ valeur: AUCUN, libelle: 'Inconnu' }, ...Object.entries(t.codes).map(([valeur, l]) => ({ valeur, libelle: l === valeur ? l : `${valeur} ${l}` }))]}
                  surChoix={(code) => surChoix(t, code === AUCUN ? '' : code)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
