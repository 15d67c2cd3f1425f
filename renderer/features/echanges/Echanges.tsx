import { useCallback, useEffect, useMemo, useState } from 'react';
import { ArrowRight, FileDown, Inbox, PackageCheck } from 'lucide-react';
import type { Sortie } from '../../../shared/contract.ts';
import { BoutonsHistorique, SuiteHistorique, useGestesEcran } from '../../app/BarreHistorique.tsx';
import { nomDuChamp } from '../../app/champs.ts';
import { FILTRES } from '../../app/dossiers.ts';
import { ETATS_OBSERVATION, FilObservation, type Observation } from '../../app/FilObservation.tsx';
import { NATURES } from '../../../shared/domain/observations/libelles.ts';
import { estEtape, LIBELLES } from '../../app/etapes.ts';
import { suivre } from '../../app/inspecteur.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { allerAuChamp, allerEtape, useSession } from '../../app/session.ts';
import { Bandeau, Bouton, classes, Echec, Segments, Squelette, Vide } from '../../ui/index.ts';
import { accord, date, dateHeure, nomDeFichier, typographie } from '../../ui/format.ts';
import './echanges.css';

type Depot = Sortie<'depot.lister'>['depots'][number];
type Retour = Sortie<'observations.lister'>['retours'][number];
type Avis = NonNullable<Retour['avis']>;

const AVIS: Record<Avis, string> = { favorable: 'avis favorable', reserve: 'avis réservé', defavorable: 'avis défavorable' };
type Filtre = 'ouvertes' | 'toutes';

/** Ce qui s'annule d'ici : une réponse, ou une valeur acceptée avec la sienne. */
const GESTES = /^observations\./u;

export default function Echanges() {
  const depots = useRequete('depot.lister', {});
  const lu = useRequete('observations.lister', {});
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? true;
  const gestes = useGestesEcran(GESTES, lectureSeule);
  const lire = useOperation('retour.lire');
  const { lancer } = lire;
  const enAttente = useSession((s) => s.retourALire);

  const lireRetour = useCallback((chemin: string) => void lancer({ chemin }), [lancer]);
  useEffect(() => {
    if (!enAttente) return;
    useSession.setState({ retourALire: null });
    lireRetour(enAttente);
  }, [enAttente, lireRetour]);

  async function choisir() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Lire un retour de l’État', filtres: [FILTRES.retour] });
    if (chemin) lireRetour(chemin);
  }

  const observations = lu.donnees?.observations ?? [];
  const aucunDepot = depots.donnees?.depots.length === 0;
  return (
    <div className="echanges">
      <aside className="echanges-fil" aria-label="Dépôts et retours">
        <div className="echanges-tete">
          <h1 className="titre-ecran">Échanges</h1>
          {!lectureSeule && observations.length > 0 && <BoutonsHistorique {...gestes} />}
        </div>
        <Bouton variante="principal" icone={Inbox} occupe={lire.enCours} disabled={aucunDepot} onClick={() => void choisir()}>
          Lire un retour
        </Bouton>
        <Chronologie depots={depots.donnees?.depots ?? []} retours={lu.donnees?.retours ?? []} />
      </aside>
      <section className="echanges-travail" aria-label="Observations">
        <SuiteHistorique {...gestes} />
        {lire.erreur && <Echec erreur={lire.erreur} fermer={lire.effacer} />}
        {lire.resultat && <ResultatRetour r={lire.resultat} fermer={lire.effacer} />}
        {lu.erreur && <Echec erreur={lu.erreur} reessayer={lu.recharger} />}
        {lu.chargement && <Squelette lignes={8} nom="Lecture des observations" />}
        {aucunDepot && (
          <Vide phrase="Les dépôts et les observations de l’État se suivront ici, chacune sur son champ. Il faut d’abord un dépôt.">
            <Bouton icone={ArrowRight} onClick={() => allerEtape('controle')}>
              Aller au dépôt
            </Bouton>
          </Vide>
        )}
        {!aucunDepot && lu.donnees && observations.length === 0 && (
          <Vide phrase="Aucune observation. Le retour de l’État (avis.xlsx rempli, ou paquet) se lit ici, ou se dépose dans la fenêtre." />
        )}
        {observations.length > 0 && <Observations observations={observations} avis={lu.donnees?.avis ?? null} prochaine={(depots.donnees?.depots.at(-1)?.version ?? 0) + 1} />}
        {!aucunDepot && depots.donnees && <Modifications depuis={depots.donnees.depots.at(-1)?.version ?? 1} />}
      </section>
    </div>
  );
}

/** Dépôts et retours dans l'ordre du temps, le plus récent en haut. */
function Chronologie({ depots, retours }: { depots: readonly Depot[]; retours: readonly Retour[] }) {
  // À date égale, un retour suit le dépôt qu'il commente.
  const evenements = [
    ...retours.map((retour) => ({ genre: 'retour' as const, date: retour.date, version: retour.version, retour })),
    ...depots.map((depot) => ({ genre: 'depot' as const, date: depot.date, version: depot.version, depot })),
  ].sort((a, b) => b.date.localeCompare(a.date) || b.version - a.version);
  return (
    <ol className="chronologie">
      {evenements.map((e) =>
        e.genre === 'depot' ? (
          <li key={`depot ${e.depot.version}`}>
            <PackageCheck aria-hidden="true" />
            <div>
              <p>
                <strong>Dépôt v{e.depot.version}</strong>
              </p>
              <p className="doux petit">
                {dateHeure(e.depot.date)}, {e.depot.signe ? `signé par ${e.depot.signataire ?? 'un certificat sans nom'}` : 'non signé'}
              </p>
            </div>
          </li>
        ) : (
          <li key={`retour ${e.retour.fichier} ${e.retour.date}`} className="chronologie-retour">
            <Inbox aria-hidden="true" />
            <div>
              <p>
                <strong>Retour sur la v{e.retour.version}</strong>
                {e.retour.avis && `, ${AVIS[e.retour.avis]}`}
              </p>
              <p className="doux petit">
                {date(e.retour.date)}
                {e.retour.auteur && `, ${e.retour.auteur}`}, {accord(e.retour.observations, 'observation')}
              </p>
              <p className="doux petit coupe" title={e.retour.fichier}>
                {nomDeFichier(e.retour.fichier)}
              </p>
            </div>
          </li>
        ),
      )}
    </ol>
  );
}

function ResultatRetour({ r, fermer }: { r: Sortie<'retour.lire'>; fermer: () => void }) {
  return (
    <Bandeau
      ton={r.refusees.length > 0 ? 'attention' : 'succes'}
      titre={`Retour sur la v${r.version} : ${accord(r.nouvelles, 'observation nouvelle', 'observations nouvelles')}${r.dejaConnues > 0 ? `, ${accord(r.dejaConnues, 'déjà connue', 'déjà connues')}` : ''}${r.refusees.length > 0 ? `, ${accord(r.refusees.length, 'ligne non lue', 'lignes non lues')}` : ''}.`}
      actions={
        <Bouton variante="texte" onClick={fermer}>
          Masquer
        </Bouton>
      }
    >
      {r.refusees.length > 0 && (
        <ul aria-label="Lignes non lues">
          {r.refusees.map((x) => (
            <li key={x.ligne}>
              Ligne {x.ligne} : {typographie(x.raison)}
            </li>
          ))}
        </ul>
      )}
    </Bandeau>
  );
}

function Observations({ observations, avis, prochaine }: { observations: readonly Observation[]; avis: Avis | null; prochaine: number }) {
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? false;
  const [filtre, setFiltre] = useState<Filtre>('ouvertes');
  const [choisie, setChoisie] = useState<string | null>(null);
  const ouvertes = observations.filter((o) => o.etat === 'ouverte').length;
  const groupes = useMemo(() => {
    const vues = filtre === 'toutes' ? observations : observations.filter((o) => o.etat === 'ouverte' || o.id === choisie);
    const parEtape = new Map<string, Observation[]>();
    for (const o of vues) parEtape.set(o.etape, [...(parEtape.get(o.etape) ?? []), o]);
    return [...parEtape];
  }, [observations, filtre, choisie]);
  const traitees = observations.length - ouvertes;
  return (
    <>
      <div className="reste" role="group" aria-label={`Avant la v${prochaine}`}>
        <p>
          {ouvertes === 0 ? (
            <>Toutes les observations ont une suite : la v{prochaine} peut être déposée.</>
          ) : (
            <>
              <strong>{accord(ouvertes, 'observation ouverte', 'observations ouvertes')}</strong> avant la v{prochaine}
            </>
          )}
          {avis && <span className="doux"> · dernier avis : {AVIS[avis].replace('avis ', '')}</span>}
        </p>
        <span className="reste-piste" aria-hidden="true">
          <span style={{ width: `${(100 * traitees) / observations.length}%` }} />
        </span>
        <Segments<Filtre>
          nom="Observations montrées"
          valeur={filtre}
          options={[
            { valeur: 'ouvertes', libelle: 'Ouvertes' },
            { valeur: 'toutes', libelle: `Toutes (${observations.length})` },
          ]}
          surChoix={setFiltre}
        />
        {!lectureSeule && (
          <Bouton variante={ouvertes === 0 ? 'principal' : 'texte'} onClick={() => allerEtape('controle')}>
            {`Préparer la v${prochaine}${ouvertes === 0 ? '' : ` (${accord(ouvertes, 'observation encore ouverte', 'observations encore ouvertes')})`}`}
          </Bouton>
        )}
      </div>
      {groupes.map(([etape, liste]) => (
        <section key={etape} className="observations" aria-label={estEtape(etape) ? LIBELLES[etape] : etape}>
          <h2 className="etiquette">{estEtape(etape) ? LIBELLES[etape] : etape}</h2>
          <ul>
            {liste.map((o) => (
              <li key={o.id} className={classes('observation', choisie === o.id && 'observation-ouverte')} data-sujet={o.champ}>
                <button
                  type="button"
                  className="observation-tete"
                  aria-expanded={choisie === o.id}
                  onClick={() => {
                    setChoisie((c) => (c === o.id ? null : o.id));
                    suivre(o.champ);
                  }}
                >
                  <span className="observation-etat" data-etat={o.etat} aria-hidden="true" />
                  <span className="observation-champ">{nomDuChamp(o.libelleChamp, o.champ)}</span>
                  <span className="doux">
                    {NATURES[o.nature]}, {ETATS_OBSERVATION[o.etat]}
                  </span>
                  {choisie !== o.id && <span className="observation-texte coupe doux">{o.texte || (o.valeurProposee ? `propose ${o.valeurProposee}` : '')}</span>}
                </button>
                {choisie === o.id && <FilObservation observation={o} />}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Modifications({ depuis }: { depuis: number }) {
  const lu = useRequete('modifications.lister', {});
  const liste = lu.donnees?.modifications ?? [];
  return (
    <section className="modifications" aria-label={`Modifications depuis la v${depuis}`}>
      <h2 className="titre-section">
        <FileDown aria-hidden="true" /> Modifications depuis la v{depuis}
      </h2>
      {lu.erreur && <Echec erreur={lu.erreur} reessayer={lu.recharger} />}
      {lu.chargement && <Squelette lignes={3} nom="Comparaison" />}
      {lu.donnees && liste.length === 0 && <p className="doux">Rien n’a changé depuis ce dépôt.</p>}
      {liste.length > 0 && (
        <table className="tableau">
          <thead>
            <tr>
              <th scope="col">Champ</th>
              <th scope="col">Avant</th>
              <th scope="col">Après</th>
              <th scope="col">Quand</th>
            </tr>
          </thead>
          <tbody>
            {liste.slice(0, 500).map((m) => (
              <tr key={m.champ} data-sujet={m.champ}>
                <th scope="row">
                  <button type="button" className="lien" onClick={() => allerAuChamp(m.champ)}>
                    {nomDuChamp(m.libelle, m.champ)}
                  </button>
                </th>
                <td>{m.avant ?? <span className="doux">vide</span>}</td>
                <td>{m.apres ?? <span className="doux">vide</span>}</td>
                <td className="doux">{m.quand ? dateHeure(m.quand) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {liste.length > 500 && <p className="doux">et {liste.length - 500} autres, toutes écrites dans modifications.json au dépôt.</p>}
    </section>
  );
}
