import { Chiffre } from '../../app/Chiffre.tsx';
import { direInconnues, direMesure, direPartCourte, direRapport, direSomme, lirePart } from '../../../shared/domain/attributions/part.ts';
import { nombre, typographie } from '../../ui/format.ts';
import { Barre } from './Barre.tsx';
import { anneesDePeriode, compteDe, isAnnee, ligneDe, pourcent, requisDe, sujetDe, VERDICTS, type Compte, type Etat, type Ligne } from './mesures.ts';

const CARTES: readonly { mesure: string; libelle: string }[] = [
  { mesure: 'l441-quartile', libelle: '1er quartile ou relogés, hors QPV' },
  { mesure: 'l441-mixite', libelle: 'Autres quartiles, en QPV' },
  { mesure: 'l441-prioritaires', libelle: 'DALO ou prioritaires, non réservés' },
  { mesure: 'prioritaires', libelle: 'Prioritaires' },
  { mesure: 'dalo', libelle: 'DALO' },
];

/** « 2023 à 2025, ensemble » : une carte de plusieurs années le dit. */
function direAnnees(annees: readonly number[]): string {
  const [premiere, derniere] = [annees[0], annees.at(-1)];
  if (premiere === undefined || derniere === undefined) return '';
  if (annees.length === 1) return String(premiere);
  return derniere - premiere === annees.length - 1 ? `${premiere} à ${derniere} ensemble` : `${annees.join(', ')} ensemble`;
}

type Props = { etat: Etat; ligne: Ligne };

/** Les parts qui résument une ligne, chacune avec ses deux nombres, ses années, et le minimum de la loi quand il y en a un. */
export function Chiffres({ etat, ligne }: Props) {
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
        <Refus ligne={ligne} />
        <Annees etat={etat} ligne={ligne} valeur={(l) => nombre(l.attributions)} mesure="attributions" />
      </li>
      {CARTES.map((c) => <Carte key={c.mesure} etat={etat} ligne={ligne} {...c} />)}
    </ul>
  );
}

/** Les refus que PS-1 demande sont hors QPV : le total est à côté. */
function Refus({ ligne }: { ligne: Ligne }) {
  const [hors, tout] = [compteDe(ligne, 'refus-hors-qpv'), compteDe(ligne, 'refus')];
  return (
    <span className="attributions-refus petit">
      <span className="doux">Refus </span>
      <Chiffre sujet={sujetDe(ligne.territoire, ligne.periode, 'refus-hors-qpv')} nom={`Refus hors QPV, PS-1, ${direSomme(hors)}`}>{direSomme(hors)} hors QPV (PS-1)</Chiffre>
      <span className="doux">, </span>
      <Chiffre sujet={sujetDe(ligne.territoire, ligne.periode, 'refus')} nom={`Refus en tout, ${direSomme(tout)}`}>{direSomme(tout)} en tout</Chiffre>
    </span>
  );
}

function Carte({ etat, ligne, mesure, libelle }: Props & { mesure: string; libelle: string }) {
  const compte = compteDe(ligne, mesure);
  const seuil = etat.seuils.find((s) => s.mesure === mesure);
  const requis = seuil === undefined ? null : requisDe(seuil, ligne, compte);
  const juge = (l: Ligne): string => {
    const v = seuil === undefined ? null : requisDe(seuil, l, compteDe(l, mesure)).verdict;
    return v === null || v === 'atteint' ? '' : VERDICTS[v];
  };
  const minimum = requis === null ? '' : `${requis.objectif ? 'objectif' : 'minimum'} ${pourcent(requis.taux)} par an`;
  return (
    <li>
      <span className="etiquette">{typographie(libelle)}</span>
      <Chiffre className="attributions-grand" sujet={sujetDe(ligne.territoire, ligne.periode, mesure)} nom={`${libelle}, ${direMesure(compte)}`}>
        <strong>{direPartCourte(compte)}</strong>
        {lirePart(compte).genre !== 'vide' && <span>{grandRapport(compte)}</span>}
      </Chiffre>
      <Barre compte={compte} minimum={requis?.taux ?? null} verdict={requis?.verdict ?? null} />
      <span className="doux petit">{[direInconnues(compte), minimum].filter((t) => t !== '').join(' · ')}</span>
      {isAnnee(ligne.periode) ? juge(ligne) !== '' && <span className="attributions-verdict petit">{juge(ligne)}</span> : <Annees etat={etat} ligne={ligne} valeur={(l) => direPartCourte(compteDe(l, mesure))} mesure={mesure} juge={juge} />}
    </li>
  );
}

const grandRapport = (c: Compte): string => (lirePart(c).genre === 'inconnue' ? direRapport(c).replace(/^inconnu ?/u, '') : direRapport(c));

/** Ce que la carte réunit, puis chaque année à part : un minimum s'apprécie par an. */
function Annees({ etat, ligne, mesure, valeur, juge }: Props & { mesure: string; valeur: (l: Ligne) => string; juge?: (l: Ligne) => string }) {
  const annees = anneesDePeriode(etat, ligne.periode);
  if (isAnnee(ligne.periode)) return null;
  return (
    <>
      <span className="attributions-ensemble doux petit">{direAnnees(annees)}</span>
      {annees.length > 1 && (
        <ul className="attributions-ans petit">
          {annees.map((a) => {
            const l = ligneDe(etat, ligne.territoire, String(a));
            return (
              <li key={a}>
                <span className="doux">{a}</span>
                {l === undefined ? <span className="doux">–</span> : <Chiffre sujet={sujetDe(l.territoire, l.periode, mesure)} nom={`${a}, ${valeur(l)}`}>{valeur(l)}</Chiffre>}
                {l !== undefined && juge !== undefined && juge(l) !== '' && <span className="attributions-verdict">{juge(l)}</span>}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
