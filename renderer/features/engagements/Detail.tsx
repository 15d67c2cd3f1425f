import { useEffect, useState } from 'react';
import { findIndicateur, findMillesime, findSeuil } from '../../../shared/millesimes/index.ts';
import { formatTauxCalcule } from '../../../shared/domain/nombres/format.ts';
import { enregistrer } from '../../app/enregistrement.ts';
import { inspecter } from '../../app/inspecteur.ts';
import { useRequete } from '../../app/requetes.ts';
import { appeler } from '../../app/service.ts';
import { allerAuChamp } from '../../app/session.ts';
import { Bouton, Paragraphe } from '../../ui/index.ts';
import { nombre, typographie } from '../../ui/format.ts';
import { Developpement } from './Developpement.tsx';
import { Trajectoire } from './Trajectoire.tsx';
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
  const scenario = useEngagements((s) => s.scenario);
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
        <Developpement key={ligne.indicateur} matrice={matrice} millesime={millesime} ligne={ligne} lectureSeule={lectureSeule} />
      </div>
      <div className="detail-case">
        {cellule ? (
          <CaseCourante {...props} cellule={cellule} />
        ) : (
          <>
          <p className="doux">
            {props.horizon === null
              ? 'Référence : la valeur historique à côté de laquelle la cible se lit.'
              : 'La loi ne demande pas de valeur à cet horizon.'}
          </p>
          {props.horizon === null && ligne.constatsReference.map((c) => <p key={c} className="detail-constat">{typographie(c)}</p>)}
          </>
        )}
        <Proposee champ={cellule?.champ ?? ligne.champReference} nom={nommer(ligne, props.horizon)} lectureSeule={lectureSeule} />
        <ANommer ligne={ligne} />
        {props.horizon !== null && <Consolidee ligne={ligne} horizon={props.horizon} />}
      </div>
      <div className="detail-suite">
        <Trajectoire matrice={matrice} ligne={ligne} plancher={findSeuil(findMillesime(millesime), ligne.indicateur, ligne.ventilation) ?? null} />
        {cellule && scenario === null && <Commentaire key={cellule.champ} cellule={cellule} nom={nommer(ligne, props.horizon)} lectureSeule={lectureSeule} />}
      </div>
    </section>
  );
}

type PropsCase = Parameters<typeof Detail>[0] & { cellule: Cellule };

function CaseCourante({ ligne, cellule, millesime, horizon, libelleHorizon, lectureSeule, amorcer }: PropsCase) {
  const locales = useEngagements((s) => s.locales);
  const index = useEngagements((s) => s.index);
  const texte = texteDe(cellule.champ, { locales, index });
  const lu = lireCase(texte, ligne.unite);
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

/** Ce que les données proposent pour la case, quand ce n'est pas ce qu'elle porte : un clic la reprend. */
function Proposee({ champ, nom, lectureSeule }: { champ: string; nom: string; lectureSeule: boolean }) {
  const p = useEngagements((s) => s.propositions.get(champ));
  const tue = useEngagements((s) => s.sansProposition.get(champ));
  const locale = useEngagements((s) => s.locales.has(champ));
  if (p === undefined && tue !== undefined) return <p className="detail-proposition"><span className="doux">Référence non proposée. {typographie(tue.raison)}</span></p>;
  // Le dénominateur connu a déjà son bouton, plus haut.
  if (p === undefined || locale || (champ.startsWith('engagement/') && p.actuelle !== null)) return null;
  return (
    <p className="detail-proposition">
      <span title={[p.prudence, p.reserve].filter(Boolean).join('\n') || undefined}>
        D’après les données : <strong>{lireCase(p.proposee).affiche}</strong>{' '}
        <span className="doux">
          {p.prudence && <>À vérifier : {typographie(p.prudence)} </>}{typographie(p.formule)}. {typographie(p.source)}.{p.reserve && ` Réserve : ${typographie(p.reserve)}`}
        </span>
      </span>
      <Bouton disabled={lectureSeule} onClick={() => poser([{ champ, valeur: p.proposee, nom }])}>Reprendre</Bouton>
    </p>
  );
}

/** Une référence que la déclaration peut dire, quand l'organisme a nommé le champ où la lire : c'est dit, et à un clic. */
function ANommer({ ligne }: { ligne: Ligne }) {
  const { aNommer } = ligne;
  if (aNommer === null) return null;
  return (
    <p className="detail-proposition">
      <span className="doux">
        Référence non proposée : le champ de la déclaration qui la dit n’est pas nommé.
      </span>
      <Bouton onClick={() => allerAuChamp(aNommer)}>Nommer ce champ</Bouton>
    </p>
  );
}

const POSE_MS = 250;

/** Vrai quand la même ligne est montrée depuis un moment. */
function usePosee(cle: string): boolean {
  const [posee, setPosee] = useState('');
  useEffect(() => {
    const minuterie = setTimeout(() => setPosee(cle), POSE_MS);
    return () => clearTimeout(minuterie);
  }, [cle]);
  return posee === cle;
}

/** Ce que les territoires font ensemble, dit par le calcul même que portent le terminal et le dépôt. */
function Consolidee({ ligne, horizon }: { ligne: Ligne; horizon: string }) {
  const scenario = useEngagements((s) => s.scenario);
  // Parcourir la grille ne demande rien : le calcul attend que l'on s'arrête sur une ligne.
  const posee = usePosee(`${ligne.indicateur}/${ligne.ventilation}`);
  const { donnees } = useRequete('engagements.consolidation', { ...(scenario === null ? {} : { scenario: scenario.id }), indicateur: ligne.indicateur, ventilation: ligne.ventilation }, posee);
  const c = donnees?.lignes.find((l) => l.horizon === horizon);
  if (c === undefined || c.territoires < 2) return null;
  const rapport = c.nombre === null ? '' : c.denominateur === null ? nombre(c.nombre) : `${nombre(c.nombre)}/${nombre(c.denominateur)}`;
  const taux = c.pourcentage === null ? '' : formatTauxCalcule(c.pourcentage);
  return (
    <p>
      <span className="doux">Organisme : </span>
      {c.methode !== 'incomplete' && <strong>{[rapport, taux].filter(Boolean).join(' = ')} </strong>}
      <span className="doux petit">{typographie(c.explication)}</span>
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
        rows={2}
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
