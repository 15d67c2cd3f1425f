import { useEffect, useState } from 'react';
import { findIndicateur, findMillesime } from '../../../shared/millesimes/index.ts';
import { parseSaisie } from '../../../shared/domain/nombres/saisie.ts';
import { enregistrer } from '../../app/enregistrement.ts';
import { inspecter } from '../../app/inspecteur.ts';
import { appeler } from '../../app/service.ts';
import { Bouton, Paragraphe } from '../../ui/index.ts';
import { accord, nombre, typographie } from '../../ui/format.ts';
import { poser, texteDe, useEngagements } from './magasin.ts';
import { nommer, type Cellule, type Ligne, type Matrice } from './rangees.ts';
import { avecDenominateur, lireCase } from './valeurs.ts';

/** La ligne courante en clair : libellé de la loi, sommes, dénominateur proposé, commentaire. */
export function Detail(props: {
  matrice: Matrice;
  millesime: string;
  ligne: Ligne;
  cellule: Cellule | null;
  horizon: string | null;
  libelleHorizon: string;
  lectureSeule: boolean;
  amorcer: (texte: string) => void;
}) {
  const { matrice, millesime, ligne, cellule, lectureSeule } = props;
  const indicateur = findIndicateur(findMillesime(millesime), ligne.indicateur);
  return (
    <section className="detail defile" aria-label="Détail de la ligne">
      <div className="detail-loi">
        <h2 className="detail-titre">
          <strong>{ligne.indicateur}</strong> {ligne.nomTerritoire}
          {ligne.ventilation !== 'total' && <span className="doux"> · {typographie(ligne.libelleVentilation)}</span>}
        </h2>
        <p className="doux petit">
          {ligne.article} · en {ligne.unite}
          {indicateur?.denominateur && ` · parmi : ${indicateur.denominateur.libelle}`}
        </p>
        <p className="detail-libelle">{typographie(ligne.libelle)}.</p>
      </div>
      <div className="detail-case">
        {cellule ? (
          <CaseCourante {...props} cellule={cellule} />
        ) : (
          <p className="doux">
            {props.horizon === null
              ? 'Référence : la valeur historique à côté de laquelle la cible se lit.'
              : 'La loi ne demande pas de valeur à cet horizon.'}
          </p>
        )}
        {props.horizon !== null && <Somme matrice={matrice} ligne={ligne} horizon={props.horizon} unite={ligne.unite} />}
      </div>
      {cellule ? <Commentaire key={cellule.champ} cellule={cellule} nom={nommer(ligne, props.horizon)} lectureSeule={lectureSeule} /> : <span />}
    </section>
  );
}

type PropsCase = Parameters<typeof Detail>[0] & { cellule: Cellule };

function CaseCourante({ ligne, cellule, millesime, horizon, libelleHorizon, lectureSeule, amorcer }: PropsCase) {
  const locales = useEngagements((s) => s.locales);
  const index = useEngagements((s) => s.index);
  const texte = texteDe(cellule.champ, { locales, index });
  const lu = lireCase(texte);
  const locale = locales.get(cellule.champ);
  const propose = cellule.denominateurPropose;
  const ventilation = findIndicateur(findMillesime(millesime), ligne.indicateur)?.ventilations.find((v) => v.code === ligne.ventilation);
  const estSomme = (ventilation?.sommeDe.length ?? 0) > 0;
  const suite = propose && !estSomme ? avecDenominateur(texte, propose.valeur) : null;
  const dejaLa = propose !== null && (estSomme ? texte === String(propose.valeur) : suite?.texte === texte || cellule.denominateur === propose.valeur);
  const nom = nommer(ligne, horizon);

  function proposer() {
    if (!propose) return;
    if (estSomme) poser([{ champ: cellule.champ, valeur: String(propose.valeur), nom }]);
    else if (suite?.complet) poser([{ champ: cellule.champ, valeur: suite.texte, nom }]);
    else if (suite) amorcer(suite.texte);
  }

  return (
    <>
      <p>
        <span className="doux">{libelleHorizon} : </span>
        <strong>{texte === '' ? (cellule.obligatoire ? 'à renseigner' : 'facultative, vide') : lu.affiche}</strong>{' '}
        <button type="button" className="lien" onClick={() => inspecter(cellule.champ)}>
          D’où vient ce chiffre
        </button>
      </p>
      {lu.message && <p className="detail-faute">{typographie(lu.message)} Gardée telle que tapée.</p>}
      {locale?.refus && <p className="detail-faute">{typographie(locale.refus)}</p>}
      {!locale && cellule.constats.filter((c) => c !== lu.message).map((c) => (
        <p key={c} className="detail-constat">
          {typographie(c)}
        </p>
      ))}
      {propose && (
        <p className="detail-proposition">
          <span>
            {estSomme ? 'Valeur' : 'Dénominateur'} d’après les données : <strong>{nombre(propose.valeur)}</strong>{' '}
            <span className="doux">
              {typographie(propose.formule)}. {typographie(propose.source)}.
            </span>
          </span>
          {dejaLa ? (
            <span className="doux">déjà saisi</span>
          ) : (
            <Bouton onClick={proposer} disabled={lectureSeule || (!estSomme && suite === null)}>
              Proposer
            </Bouton>
          )}
        </p>
      )}
    </>
  );
}

/** Somme des territoires, tant que tous ont un nombre : un taux seul ne s'additionne pas. */
function Somme({ matrice, ligne, horizon, unite }: { matrice: Matrice; ligne: Ligne; horizon: string; unite: string }) {
  const locales = useEngagements((s) => s.locales);
  const index = useEngagements((s) => s.index);
  const genre = ligne.territoire.split('-')[0] ?? '';
  if (unite.startsWith('€') || genre === 'organisme') return null;
  // Des territoires de même rang ne se recouvrent pas ; d'un rang à l'autre on compterait deux fois.
  const soeurs = matrice.lignes.filter(
    (l) => l.indicateur === ligne.indicateur && l.ventilation === ligne.ventilation && l.territoire.startsWith(`${genre}-`),
  );
  if (soeurs.length < 2) return null;
  let nombres = 0;
  let somme = 0;
  let denominateurs = 0;
  let avecDenominateurs = 0;
  for (const l of soeurs) {
    const c = l.cellules.find((x) => x.horizon === horizon);
    const lu = c ? parseSaisie(texteDe(c.champ, { locales, index })) : null;
    if (!lu?.ok) continue;
    const n = lu.saisie.numerateur ?? (lu.saisie.valeur === null ? null : Number(lu.saisie.valeur));
    if (n === null) continue;
    nombres += 1;
    somme += n;
    if (lu.saisie.denominateur !== null) {
      avecDenominateurs += 1;
      denominateurs += lu.saisie.denominateur;
    }
  }
  const manquent = soeurs.length - nombres;
  return (
    <p>
      <span className="doux">Somme des {accord(soeurs.length, 'territoire')} : </span>
      {manquent === 0 ? (
        <strong>
          {nombre(somme)}
          {avecDenominateurs === soeurs.length && `/${nombre(denominateurs)}`}
        </strong>
      ) : (
        <span>
          {nombres > 0 && <strong>{nombre(somme)} </strong>}
          <span className="doux">
            {nombres === 0
              ? 'aucun n’a encore de nombre à additionner'
              : `pour ${nombres === 1 ? 'un seul' : `${nombre(nombres)} d’entre eux`} ; ${manquent === 1 ? 'un autre n’a' : `${nombre(manquent)} autres n’ont`} pas de nombre à additionner`}
          </span>
        </span>
      )}
    </p>
  );
}

function Commentaire({ cellule, nom, lectureSeule }: { cellule: Cellule; nom: string; lectureSeule: boolean }) {
  const conserve = cellule.commentaire ?? '';
  const [texte, setTexte] = useState(conserve);
  const [edite, setEdite] = useState(false);
  useEffect(() => {
    if (!edite) setTexte(conserve);
  }, [conserve, edite]);
  function quitter() {
    setEdite(false);
    const valeur = texte.trim();
    if (valeur === conserve) return;
    cellule.commentaire = valeur === '' ? null : valeur;
    const champ = `${cellule.champ}#commentaire`;
    enregistrer({
      cle: champ,
      libelle: `Commentaire de ${nom}`,
      ecrire: () => appeler('engagements.definir', { cellules: [{ champ, valeur }] }),
    });
  }
  return (
    <div className="detail-commentaire">
      <label htmlFor="detail-commentaire" className="doux">
        Commentaire
      </label>
      <Paragraphe
        id="detail-commentaire"
        rows={3}
        readOnly={lectureSeule}
        title={`Commentaire de ${nom}`}
        value={texte}
        onFocus={() => setEdite(true)}
        onChange={(e) => setTexte(e.target.value)}
        onBlur={quitter}
      />
    </div>
  );
}
