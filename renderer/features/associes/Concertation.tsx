import { Plus, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { parseDate } from '../../../shared/domain/calendrier/dates.ts';
import { appeler } from '../../app/service.ts';
import { Bouton, BoutonIcone, Champ, Choix, Coche, Echec, Paragraphe, Saisie } from '../../ui/index.ts';
import { date, typographie } from '../../ui/format.ts';
import { useGeste } from './geste.ts';
import { TexteGarde } from './TexteGarde.tsx';
import type { Vue } from './types.ts';

const BILAN = 'concertation/bilan';

/** Concertation avec les locataires (R445-2-7) : qui, quand, sur quoi, et le bilan. */
export function Concertation({ vue, lectureSeule }: { vue: Vue; lectureSeule: boolean }) {
  const { acteurs, reunions, bilan } = vue.concertation;
  const [ajout, setAjout] = useState<'acteur' | 'seance' | null>(null);
  const { erreur, effacer, faire } = useGeste();
  const objets = new Map(vue.objetsConcertation.map((o) => [o.code, o.libelle]));
  return (
    <div className="concertation" data-champ="concertation">
      <p className="doux">
        {typographie(vue.texteConcertation)} <span className="champ-article">{vue.articleConcertation}</span>
      </p>
      {erreur && <Echec erreur={erreur} fermer={effacer} />}
      <section aria-label="Participants">
        <h2 className="titre-section">Associations et administrateurs</h2>
        {acteurs.length === 0 && <p className="doux">Aucun participant enregistré.</p>}
        <ul className="concertation-liste">
          {acteurs.map((a) => (
            <li key={a.id}>
              <div>
                <p>{a.nom} {a.affiliation && <span className="doux">{a.affiliation}</span>}</p>
                <p className="doux petit">{typographie(a.libelleQualite)}{a.note && ` · ${a.note}`}</p>
              </div>
              {!lectureSeule && <BoutonIcone nom={`Retirer ${a.nom}`} icone={Trash2} onClick={() => void faire('concertation.acteur', { id: a.id, retirer: true })} />}
            </li>
          ))}
        </ul>
        {ajout === 'acteur' ? (
          <Acteur qualites={vue.acteurs} fermer={() => setAjout(null)} />
        ) : (
          !lectureSeule && <Bouton icone={Plus} onClick={() => setAjout('acteur')}>Ajouter un participant</Bouton>
        )}
      </section>
      <section aria-label="Séances">
        <h2 className="titre-section">Séances</h2>
        {reunions.length === 0 && <p className="doux">Aucune séance enregistrée.</p>}
        <ul className="concertation-liste">
          {reunions.map((r) => (
            <li key={r.id}>
              <div>
                <p><strong>{date(r.date)}</strong> {r.objets.map((o) => objets.get(o) ?? o).join(', ')}</p>
                {r.participants && <p className="doux petit">{r.participants}</p>}
                {r.texte && <p className="associes-echange-texte">{r.texte}</p>}
              </div>
              {!lectureSeule && <BoutonIcone nom={`Retirer la séance du ${date(r.date)}`} icone={Trash2} onClick={() => void faire('concertation.reunion', { id: r.id, retirer: true })} />}
            </li>
          ))}
        </ul>
        {ajout === 'seance' ? (
          <Seance objets={vue.objetsConcertation} fermer={() => setAjout(null)} />
        ) : (
          !lectureSeule && <Bouton icone={Plus} onClick={() => setAjout('seance')}>Ajouter une séance</Bouton>
        )}
      </section>
      <TexteGarde
        cle={BILAN}
        libelle="Bilan de la concertation"
        aide="Bilan des actions menées dans le cadre du plan de concertation locative ; annexé à la convention."
        article="R445-2"
        lignes={6}
        valeur={bilan}
        inactif={lectureSeule}
        ecrire={(valeur) => appeler('champs.definir', { champ: BILAN, valeur })}
      />
    </div>
  );
}

function Acteur({ qualites, fermer }: { qualites: Vue['acteurs']; fermer: () => void }) {
  const [nom, setNom] = useState('');
  const [qualite, setQualite] = useState(qualites[0]?.code ?? null);
  const [affiliation, setAffiliation] = useState('');
  const { erreur, effacer, faire } = useGeste();
  async function ajouter(e: FormEvent) {
    e.preventDefault();
    if (qualite !== null && (await faire('concertation.acteur', { nom, qualite, affiliation }))) fermer();
  }
  return (
    <form className="associes-formulaire" onSubmit={(e) => void ajouter(e)} aria-label="Ajouter un participant">
      <Champ libelle="Nom">{({ id }) => <Saisie id={id} value={nom} onChange={(e) => setNom(e.target.value)} />}</Champ>
      <Champ libelle="Qualité">{({ id }) => <Choix id={id} nom="Qualité" valeur={qualite} options={qualites.map((q) => ({ valeur: q.code, libelle: q.libelle }))} surChoix={setQualite} />}</Champ>
      <Champ libelle="Affiliation">{({ id }) => <Saisie id={id} value={affiliation} onChange={(e) => setAffiliation(e.target.value)} />}</Champ>
      {erreur && <Echec erreur={erreur} fermer={effacer} />}
      <div className="associes-boutons">
        <Bouton variante="principal" type="submit">Ajouter</Bouton>
        <Bouton onClick={fermer}>Renoncer</Bouton>
      </div>
    </form>
  );
}

function Seance({ objets, fermer }: { objets: Vue['objetsConcertation']; fermer: () => void }) {
  const [jour, setJour] = useState('');
  const [choisis, setChoisis] = useState<readonly string[]>([]);
  const [participants, setParticipants] = useState('');
  const [texte, setTexte] = useState('');
  const [faute, setFaute] = useState<string | null>(null);
  const { erreur, effacer, faire } = useGeste();
  async function ajouter(e: FormEvent) {
    e.preventDefault();
    if (parseDate(jour) === null) return setFaute('Donner une date, par exemple 31/03/2026.');
    setFaute(null);
    if (await faire('concertation.reunion', { date: jour, objets: [...choisis], participants, texte })) fermer();
  }
  return (
    <form className="associes-formulaire" onSubmit={(e) => void ajouter(e)} aria-label="Ajouter une séance">
      <Champ libelle="Date" faute={faute}>{({ id, decrit }) => <Saisie id={id} aria-describedby={decrit} value={jour} placeholder="jj/mm/aaaa" fautif={faute !== null} onChange={(e) => setJour(e.target.value)} />}</Champ>
      <fieldset className="concertation-objets">
        <legend className="champ-libelle">Objet</legend>
        {objets.map((o) => (
          <Coche key={o.code} coche={choisis.includes(o.code)} surChange={(oui) => setChoisis(oui ? [...choisis, o.code] : choisis.filter((c) => c !== o.code))}>
            {typographie(o.libelle)}
          </Coche>
        ))}
      </fieldset>
      <Champ libelle="Présents">{({ id }) => <Saisie id={id} value={participants} onChange={(e) => setParticipants(e.target.value)} />}</Champ>
      <Champ libelle="Compte rendu" large>{({ id }) => <Paragraphe id={id} value={texte} onChange={(e) => setTexte(e.target.value)} />}</Champ>
      {erreur && <Echec erreur={erreur} fermer={effacer} />}
      <div className="associes-boutons">
        <Bouton variante="principal" type="submit">Ajouter</Bouton>
        <Bouton onClick={fermer}>Renoncer</Bouton>
      </div>
    </form>
  );
}
