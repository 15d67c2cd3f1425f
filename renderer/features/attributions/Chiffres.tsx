import { Chiffre } from '../../app/Chiffre.tsx';
import { direInconnues, direMesure, direPartCourte, direRapport, direSomme, lirePart } from '../../../shared/domain/attributions/part.ts';
import { classes } from '../../ui/index.ts';
import { nombre, typographie } from '../../ui/format.ts';
import { Barre } from './Barre.tsx';
import { anneesDePeriode, compteDe, direVerdict, ligneDe, pourcent, requisDe, sujetDe, type Compte, type Etat, type Ligne } from './mesures.ts';

const CARTES: readonly { mesure: string; libelle: string }[] = [
  { mesure: 'l441-quartile', libelle: '1er quartile ou relogés (L441-1)' },
  { mesure: 'l441-mixite', libelle: 'Autres quartiles, en QPV' },
  { mesure: 'l441-prioritaires', libelle: 'DALO ou priorité, non réservés' },
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
        <Titre etat={etat} ligne={ligne}>Attributions</Titre>
        <Chiffre className="attributions-grand" sujet={sujetDe(ligne.territoire, ligne.periode, 'attributions')} nom={`Attributions, ${nombre(ligne.attributions)}`}>
          <strong>{nombre(ligne.attributions)}</strong>
        </Chiffre>
        <span className="doux petit attributions-suite">
          {nombre(ligne.horsQpv)} hors QPV, <span className="attributions-qpv">{nombre(ligne.qpv)} en QPV</span>
          {ligne.qpvInconnu > 0 && `, ${nombre(ligne.qpvInconnu)} inconnu`}
          <span className="attributions-refus">
            refus hors QPV <span className="attributions-lie">(PS-1)</span> : <Refus ligne={ligne} mesure="refus-hors-qpv" /> ; en tout : <Refus ligne={ligne} mesure="refus" />
          </span>
        </span>
        <Annees etat={etat} ligne={ligne} valeur={(l) => nombre(l.attributions)} mesure="attributions" />
      </li>
      {CARTES.map((c) => <Carte key={c.mesure} etat={etat} ligne={ligne} {...c} />)}
    </ul>
  );
}

/** Une carte de plusieurs années le dit sous son nom. */
function Titre({ etat, ligne, children }: Props & { children: string }) {
  const annees = anneesDePeriode(etat, ligne.periode);
  return (
    <span className="attributions-titre">
      <span className="etiquette">{children}</span>
      {annees.length > 1 && <span className="attributions-ensemble doux petit">{direAnnees(annees)}</span>}
    </span>
  );
}

/** Les refus que PS-1 demande sont hors QPV : le total est à côté. */
function Refus({ ligne, mesure }: { ligne: Ligne; mesure: 'refus' | 'refus-hors-qpv' }) {
  const dit = direSomme(compteDe(ligne, mesure));
  return <Chiffre sujet={sujetDe(ligne.territoire, ligne.periode, mesure)} nom={`Refus ${mesure === 'refus' ? 'en tout' : 'hors QPV, PS-1'}, ${dit}`}>{dit}</Chiffre>;
}

function Carte({ etat, ligne, mesure, libelle }: Props & { mesure: string; libelle: string }) {
  const compte = compteDe(ligne, mesure);
  const seuil = etat.seuils.find((s) => s.mesure === mesure);
  const requis = seuil === undefined ? null : requisDe(seuil, ligne, compte);
  const juge = (l: Ligne): string => {
    const lu = seuil === undefined ? null : requisDe(seuil, l, compteDe(l, mesure));
    return lu === null || lu.verdict === 'atteint' ? '' : direVerdict(lu);
  };
  const minimum = requis === null ? '' : `${requis.objectif ? 'objectif' : 'minimum'} ${pourcent(requis.taux)} par an`;
  return (
    <li>
      <Titre etat={etat} ligne={ligne}>{typographie(libelle)}</Titre>
      <Chiffre className="attributions-grand" sujet={sujetDe(ligne.territoire, ligne.periode, mesure)} nom={`${libelle}, ${direMesure(compte)}`}>
        <strong>{direPartCourte(compte)}</strong>
        {lirePart(compte).genre !== 'vide' && <span>{grandRapport(compte)}</span>}
      </Chiffre>
      <span className="doux petit attributions-suite">
        <Barre compte={compte} minimum={requis?.taux ?? null} verdict={requis?.verdict ?? null} />
        {[minimum, direInconnues(compte), juge(ligne)].filter((t) => t !== '').map((t) => <span key={t} className={classes('attributions-note', t === juge(ligne) && 'attributions-verdict')}>{t}</span>)}
      </span>
      <Annees etat={etat} ligne={ligne} valeur={(l) => direPartCourte(compteDe(l, mesure))} mesure={mesure} juge={juge} />
    </li>
  );
}

const grandRapport = (c: Compte): string => (lirePart(c).genre === 'inconnue' ? direRapport(c).replace(/^inconnu ?/u, '') : direRapport(c));

/** Chaque année à part : un minimum s'apprécie par an. */
function Annees({ etat, ligne, mesure, valeur, juge }: Props & { mesure: string; valeur: (l: Ligne) => string; juge?: (l: Ligne) => string }) {
  const annees = anneesDePeriode(etat, ligne.periode);
  if (annees.length < 2) return null;
  return (
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
  );
}
