import { formatTaux } from '../../../shared/domain/carte/classes.ts';
import { Chiffre } from '../../app/Chiffre.tsx';
import { accord, deuxDecimales, nombre } from '../../ui/format.ts';
import { AvecFiche, SansDonnee, type Fiche } from './lecture.tsx';

const SORTES: Record<string, string> = { SH: 'habitable', SU: 'utile', SC: 'corrigée' };
const MESURES = [
  ['loyerM2', 'Loyer €/m²'],
  ['loyerMaxM2', 'Max. €/m²'],
  ['ecartM2', 'Écart €/m²'],
] as const;
const taux = (v: number | null): string => (v === null ? '–' : formatTaux(v));

/** Les loyers de l'ensemble, surface par surface : jamais mêlées. */
export function SectionLoyers({ id }: { id: string }) {
  return <AvecFiche id={id}>{(f) => (
        <>
          <Contenu id={id} loyers={f.loyers} />
          <Accessoires id={id} {...f.accessoires} />
        </>
      )}</AvecFiche>;
}

/** Garages et autres annexes hors surface utile : dits à côté, jamais dans un loyer au m². */
function Accessoires({ id, logements, total }: { id: string } & Fiche['accessoires']) {
  if (logements === 0) return <p className="doux petit">Aucun loyer accessoire déclaré (annexes hors surface utile).</p>;
  return (
    <p className="petit">
      Loyers accessoires : <Chiffre sujet={`loyers/ensemble/${id}/SH/accessoires`} nom="Loyers accessoires">{deuxDecimales(total)} €</Chiffre> par mois sur {accord(logements, 'logement loué', 'logements loués')} ; annexes hors surface utile (D353-16), hors du loyer au m² et de la masse.
    </p>
  );
}

function Contenu({ id, loyers }: { id: string; loyers: Fiche['loyers'] }) {
  const comptes = loyers.filter((l) => l.loues > 0);
  if (comptes.length === 0) return <SansDonnee phrase="Aucun logement loué de cet ensemble n’a à la fois un loyer et une surface." />;
  const chiffre = (sorte: string, mesure: string, nom: string, texte: string) => (
    <Chiffre sujet={`loyers/ensemble/${id}/${sorte}/${mesure}`} nom={nom}>
      {texte}
    </Chiffre>
  );
  return (
    <table className="fiche-table">
      <thead>
        <tr>
          <th scope="col">Surface</th>
          {MESURES.map(([cle, mot]) => (
            <th key={cle} scope="col" className="fiche-droite">
              {mot}
            </th>
          ))}
          <th scope="col" className="fiche-droite">Loués comptés</th>
          <th scope="col" className="fiche-droite">Avec max.</th>
          <th scope="col" className="fiche-droite">m² loués</th>
          <th scope="col" className="fiche-droite">Loyer mensuel €</th>
        </tr>
      </thead>
      <tbody>
        {comptes.map((l) => (
          <tr key={l.sorte}>
            <th scope="row">
              {SORTES[l.sorte]} ({l.sorte})
            </th>
            {MESURES.map(([cle, mot]) => (
              <td key={cle} className="fiche-droite">
                {chiffre(l.sorte, cle, mot, taux(l[cle]))}
              </td>
            ))}
            <td className="fiche-droite">{chiffre(l.sorte, 'loues', 'Logements loués comptés', nombre(l.loues))}</td>
            <td className="fiche-droite">{nombre(l.avecMaximum)}</td>
            <td className="fiche-droite">{chiffre(l.sorte, 'surface', 'Surface louée', deuxDecimales(l.surface))}</td>
            <td className="fiche-droite">{chiffre(l.sorte, 'loyerMensuel', 'Loyer mensuel', deuxDecimales(l.loyerMensuel))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
