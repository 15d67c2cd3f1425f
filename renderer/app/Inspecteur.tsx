import { ArrowRight, X } from 'lucide-react';
import { useEffect } from 'react';
import type { Sortie } from '../../shared/contract.ts';
import { BoutonIcone, Bouton, Echec, Pastille, Poignee, Squelette } from '../ui/index.ts';
import { accord, dateHeure, nombre, typographie } from '../ui/format.ts';
import { etapeDuChamp, LIBELLES } from './etapes.ts';
import { LARGEUR_DEFAUT, ouvrirInspecteur, reglerLargeur, suivre, useInspecteur } from './inspecteur.ts';
import { FilObservation } from './FilObservation.tsx';
import { useOperation } from './operation.ts';
import { useRequete } from './requetes.ts';
import { allerAuChamp, montrerLogements, ouvrirFiche, useSession } from './session.ts';
import './inspecteur.css';

type Explication = Sortie<'explication.lire'>;

/** « D'où vient ce chiffre » : formule, article, lignes, historique, observations, et de quoi agir. */
export function Inspecteur({ etape }: { etape: string }) {
  const { sujet, largeur } = useInspecteur();
  useEffect(() => {
    // Un clic sur n'importe quel élément qui porte un sujet, inspecteur ouvert, le fait parler.
    function surClic(e: MouseEvent) {
      const porteur = e.target instanceof Element ? e.target.closest<HTMLElement>('[data-sujet]') : null;
      const voulu = porteur?.dataset['sujet'];
      if (voulu) suivre(voulu);
    }
    document.addEventListener('click', surClic);
    return () => document.removeEventListener('click', surClic);
  }, []);
  return (
    <div className="inspecteur-cadre">
      <Poignee
        nom="Largeur de l’inspecteur"
        cote="droite"
        largeur={largeur}
        min={240}
        max={560}
        defaut={LARGEUR_DEFAUT}
        surChange={reglerLargeur}
      />
      <aside className="inspecteur defile" style={{ width: largeur }} aria-label="D’où vient ce chiffre" data-region="inspecteur">
        <header className="inspecteur-tete">
          <h2 className="etiquette">D’où vient ce chiffre</h2>
          <BoutonIcone nom="Fermer l’inspecteur" raccourci="Échap" icone={X} onClick={() => ouvrirInspecteur(false)} />
        </header>
        {sujet ? (
          <Contenu key={`${etape} ${sujet}`} sujet={sujet} />
        ) : (
          <p className="doux">Choisir un chiffre, un champ ou une case : sa formule, son article et ses lignes seront dits ici.</p>
        )}
      </aside>
    </div>
  );
}

function Contenu({ sujet }: { sujet: string }) {
  const { donnees, erreur, recharger } = useRequete('explication.lire', { sujet });
  if (!donnees) return erreur ? <Echec erreur={erreur} reessayer={recharger} /> : <Squelette lignes={7} />;
  return <Explique e={donnees} />;
}

function Explique({ e }: { e: Explication }) {
  const ici = useSession((s) => (s.ecran.nom === 'etape' ? s.ecran.etape : null));
  const estChamp = /^(engagement|reference|organisme|calendrier|options)\//.test(e.sujet);
  const etape = etapeDuChamp(e.sujet);
  const ensemble = /^(?:ensemble|loyers\/ensemble)\/([^/]+)/.exec(e.sujet)?.[1];
  const fiche = useSession((s) => s.fiche);
  return (
    <div className="inspecteur-corps" data-testid="explication">
      <div>
        <h3 className="titre-section">{typographie(e.titre)}</h3>
        <p className="inspecteur-valeur">{e.valeur || <span className="doux">vide</span>}</p>
        {ensemble !== undefined && (fiche !== ensemble || ici !== 'patrimoine') && (
          <Bouton variante="texte" icone={ArrowRight} onClick={() => ouvrirFiche(ensemble)}>
            Fiche de l’ensemble
          </Bouton>
        )}
        {estChamp && ici !== etape && (
          <Bouton variante="texte" icone={ArrowRight} onClick={() => allerAuChamp(e.sujet)}>
            {`Aller au champ dans ${LIBELLES[etape]}`}
          </Bouton>
        )}
      </div>
      {e.correction && <Correction correction={e.correction} />}
      {e.formule && (
        <section>
          <h4 className="etiquette">Formule</h4>
          <p className="inspecteur-formule">{typographie(e.formule)}</p>
        </section>
      )}
      {e.articles.length > 0 && (
        <section>
          <h4 className="etiquette">{e.articles.length > 1 ? 'Articles' : 'Article'}</h4>
          <ul>
            {e.articles.map((a) => (
              <li key={a}>{typographie(a)}</li>
            ))}
          </ul>
        </section>
      )}
      {e.incertitude && (
        <section>
          <h4 className="etiquette">Ce qui n’est pas certain</h4>
          <p>{typographie(e.incertitude)}</p>
        </section>
      )}
      {e.precedent && (
        <section>
          <h4 className="etiquette">Convention précédente</h4>
          <p className="doux">{typographie(e.precedent.convention)}</p>
          <dl className="inspecteur-precedent">
            {e.precedent.valeurs.map((v) => (
              <div key={v.libelle}>
                <dt>{typographie(v.libelle)}</dt>
                <dd>{v.valeur}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {e.sources.length > 0 && (
        <section>
          <h4 className="etiquette">Lignes</h4>
          <ul className="inspecteur-sources">
            {e.sources.map((s) => (
              <li key={s.libelle}>
                {s.filtres.length > 0 || s.nombre !== null ? (
                  <button type="button" className="inspecteur-source" onClick={() => (s.champ === undefined ? montrerLogements(s.filtres) : allerAuChamp(s.champ))}>
                    <span>{typographie(s.libelle)}</span>
                    {s.nombre !== null && <strong>{nombre(s.nombre)}</strong>}
                    <ArrowRight aria-hidden="true" />
                  </button>
                ) : (
                  typographie(s.libelle)
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h4 className="etiquette">
          Observations {e.observations.length > 0 && <Pastille ton="ardoise">{e.observations.length}</Pastille>}
        </h4>
        {e.observations.length === 0 ? (
          <p className="doux">Aucune observation de l’État sur ce champ.</p>
        ) : (
          e.observations.map((o) => <FilObservation key={o.id} observation={o} />)
        )}
      </section>
      <section>
        <h4 className="etiquette">Historique</h4>
        {e.historique.length === 0 ? (
          <p className="doux">Jamais modifié à la main.</p>
        ) : (
          <ol className="inspecteur-histoire">
            {e.historique.map((h, i) => (
              <li key={i}>
                <span className="doux petit">
                  {dateHeure(h.quand)}, {h.qui}
                </span>
                <span>
                  {h.avant ? <s className="doux">{h.avant}</s> : <span className="doux">vide</span>} → {h.apres ?? <span className="doux">vide</span>}
                </span>
              </li>
            ))}
          </ol>
        )}
        {e.historique.length > 20 && <p className="doux">{accord(e.historique.length, 'modification')}</p>}
      </section>
    </div>
  );
}

/** Une case corrigée à la main : ce que l'import disait, qui l'a changée, et de quoi y revenir. */
function Correction({ correction: c }: { correction: NonNullable<Explication['correction']> }) {
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? true;
  const revenir = useOperation('corrections.revenir');
  return (
    <section className="inspecteur-correction">
      <h4 className="etiquette">Corrigé à la main</h4>
      <dl>
        <dt>Importé</dt>
        <dd>{c.importee ?? <span className="doux">vide</span>}</dd>
        <dt>Corrigé</dt>
        <dd>{c.corrigee ?? <span className="doux">vide</span>}</dd>
        <dt>Par</dt>
        <dd>
          {c.qui}, {dateHeure(c.quand)}
        </dd>
        {c.motif && (
          <>
            <dt>Motif</dt>
            <dd>{c.motif}</dd>
          </>
        )}
      </dl>
      {revenir.erreur && <Echec erreur={revenir.erreur} fermer={revenir.effacer} />}
      {!lectureSeule && (
        <Bouton occupe={revenir.enCours} onClick={() => void revenir.lancer({ cases: [{ identifiant: c.identifiant, colonne: c.colonne }] })}>
          Revenir à la valeur importée
        </Bouton>
      )}
    </section>
  );
}
