import { Chiffre } from '../../app/Chiffre.tsx';
import { nombre, typographie } from '../../ui/format.ts';
import { compteDe, inconnus, part, pourcent, rapport, requisDe, sujetDe, type Etat, type Ligne } from './mesures.ts';

const CARTES: readonly { mesure: string; libelle: string }[] = [
  { mesure: 'l441-quartile', libelle: '1er quartile ou relogés, hors QPV' },
  { mesure: 'l441-mixite', libelle: 'Autres quartiles, en QPV' },
  { mesure: 'l441-prioritaires', libelle: 'DALO ou prioritaires, non réservés' },
  { mesure: 'prioritaires', libelle: 'Prioritaires' },
  { mesure: 'dalo', libelle: 'DALO' },
];

/** Les parts qui résument une ligne, chacune avec ses deux nombres, et le minimum de la loi quand il y en a un. */
export function Chiffres({ etat, ligne }: { etat: Etat; ligne: Ligne }) {
  return (
    <ul className="attributions-chiffres" aria-label={`Parts, ${ligne.nom}`}>
      <li>
        <span className="etiquette">Attributions</span>
        <Chiffre className="attributions-grand" sujet={sujetDe(ligne.territoire, ligne.periode, 'attributions')} nom={`Attributions, ${nombre(ligne.attributions)}`}>
          <strong>{nombre(ligne.attributions)}</strong>
        </Chiffre>
        <span className="doux petit">
          {nombre(ligne.horsQpv)} hors QPV, <span className="attributions-qpv">{nombre(ligne.qpv)} en QPV</span>
          {ligne.qpvInconnu > 0 && `, ${nombre(ligne.qpvInconnu)} inconnu`}
        </span>
      </li>
      {CARTES.map((c) => {
        const compte = compteDe(ligne, c.mesure);
        const seuil = etat.seuils.find((s) => s.mesure === c.mesure);
        const requis = seuil === undefined ? null : requisDe(seuil, ligne.territoire, compte);
        const minimum = requis?.taux ?? null;
        const taux = compte.base === 0 ? 0 : (100 * compte.nombre) / compte.base;
        return (
          <li key={c.mesure}>
            <span className="etiquette">{typographie(c.libelle)}</span>
            <Chiffre className="attributions-grand" sujet={sujetDe(ligne.territoire, ligne.periode, c.mesure)} nom={`${c.libelle}, ${rapport(compte)} (${part(compte)})`}>
              <strong>{part(compte)}</strong>
              <span>{rapport(compte)}</span>
            </Chiffre>
            <span className="attributions-barre" aria-hidden="true">
              <span className={requis?.atteint === false ? 'attributions-sous' : undefined} style={{ width: `${taux}%` }} />
              {minimum !== null && <i style={{ left: `${minimum}%` }} />}
            </span>
            <span className="doux petit">{[minimum === null ? '' : `${requis?.objectif === true ? 'objectif' : 'minimum'} ${pourcent(minimum)}`, inconnus(compte)].filter((t) => t !== '').join(', ')}</span>
          </li>
        );
      })}
    </ul>
  );
}
