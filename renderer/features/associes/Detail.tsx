import { Plus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { appeler } from '../../app/service.ts';
import { Bouton, BoutonIcone, Champ, Coche, Echec, Saisie } from '../../ui/index.ts';
import { date, nombre, typographie } from '../../ui/format.ts';
import { ListeEchanges } from './Echanges.tsx';
import { useGeste } from './geste.ts';
import { NoterEchange } from './NoterEchange.tsx';
import { TexteGarde } from './TexteGarde.tsx';
import type { Personne, Vue } from './types.ts';

/** Une personne publique : pourquoi elle est là, ce que l'organisme en décide, ses échanges. */
export function Detail({ p, vue, office, lectureSeule, fermer }: { p: Personne; vue: Vue; office: boolean; lectureSeule: boolean; fermer: () => void }) {
  const [note, setNote] = useState(false);
  const volet = useRef<HTMLElement>(null);
  const titre = useRef<HTMLHeadingElement>(null);
  // Où la place manque, le volet est au-dessus de la liste : le clavier y va avec le regard.
  useEffect(() => {
    if (volet.current !== null && getComputedStyle(volet.current).position === 'static') titre.current?.focus();
  }, []);
  const { erreur, effacer, faire } = useGeste();
  const etat = p.groupe === 'etat';
  const autre = vue.personnes.find((x) => x.code !== p.code && (x.rattachement || x.qualite?.code === 'rattachement'));
  const ecrire = (quoi: 'contact' | 'orientations') => (valeur: string) => appeler('associes.definir', { code: p.code, [quoi]: valeur });
  return (
    <aside ref={volet} className="associes-detail defile" aria-label={p.nom}>
      <div className="associes-detail-tete">
        <h2 ref={titre} className="titre-section" tabIndex={-1}>{p.nom}</h2>
        <BoutonIcone nom="Fermer le détail" icone={X} onClick={fermer} />
      </div>
      <p className="doux">
        {etat ? '' : `${p.libelleNature}. `}
        {!p.certain && <strong className="associes-doute">À confirmer. </strong>}
        {typographie(p.pourquoi)} <span className="champ-article">{p.article}</span>
      </p>
      {p.qualite && (
        <p>
          <strong>{typographie(p.qualite.libelle)}</strong>
          {!p.qualite.certain && <span className="associes-doute"> (reconnue au nom saisi dans Organisme : à confirmer)</span>} : {typographie(p.qualite.texte)} <span className="champ-article">{p.qualite.article}</span>
        </p>
      )}
      {!etat && <Delais p={p} />}
      {erreur && <Echec erreur={erreur} fermer={effacer} />}
      {!etat && !lectureSeule && <Decision key={`${p.code} ${p.motif} ${p.retenue}`} p={p} faire={faire} />}
      {!etat && office && (
        <Coche coche={p.rattachement} inactif={lectureSeule} surChange={(oui) => void faire('associes.definir', { code: p.code, rattachement: oui })}>
          L’office lui est rattaché
          {autre && !p.rattachement && <span className="doux petit"> (prendrait la place de {autre.nom})</span>}
        </Coche>
      )}
      {p.aohPossible && <Aoh key={`${p.code} ${String(p.parcSocial)} ${p.parcSource}`} p={p} texte={vue.texteAoh} faire={faire} lectureSeule={lectureSeule} />}
      <h3 className="etiquette">Échanges</h3>
      <ListeEchanges echanges={vue.echanges.filter((e) => e.personne === p.code)} noms={null} lectureSeule={lectureSeule} />
      {!lectureSeule && !note && (
        <Bouton icone={Plus} onClick={() => setNote(true)}>
          Noter un échange
        </Bouton>
      )}
      {note && <NoterEchange personnes={[p]} objets={vue.objets} fermer={() => setNote(false)} />}
      {!etat && (
        <>
          <TexteGarde key={`${p.code}/c`} cle={`association/${p.code}/contact`} libelle="Personne à joindre" valeur={p.contact} lignes={2} inactif={lectureSeule} ecrire={ecrire('contact')} />
          <TexteGarde
            key={`${p.code}/o`}
            cle={`association/${p.code}/orientations`}
            libelle="Orientations et programme d’actions pour ce territoire"
            aide="Repris dans son pack, et dans aucun autre."
            article="R445-2-5"
            valeur={p.orientations}
            lignes={4}
            inactif={lectureSeule}
            ecrire={ecrire('orientations')}
          />
        </>
      )}
    </aside>
  );
}

function Delais({ p }: { p: Personne }) {
  const lignes = [
    ['Demande d’être signataire jusqu’au', p.limiteDemande, 'R445-2-4'],
    ['Renonciation possible jusqu’au', p.limiteRenonciation, 'D445-1-1'],
    ['Réunion à partir du', p.reunionDes, 'R445-2-5'],
  ].filter((l) => l[1] !== null);
  if (lignes.length === 0) return null;
  return (
    <dl className="associes-delais">
      {lignes.map(([libelle, iso, article]) => (
        <div key={libelle}>
          <dt className="doux">{libelle}</dt>
          <dd>
            {date(iso ?? null)} <span className="champ-article">{article}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Faire = ReturnType<typeof useGeste>['faire'];

/** Retenir ou écarter, avec un motif quand cela va contre ce que les données disent. */
function Decision({ p, faire }: { p: Personne; faire: Faire }) {
  const [motif, setMotif] = useState(p.motif);
  return (
    <div className="associes-decision">
      <Champ libelle="Motif" aide={p.certain && !p.decidee ? 'Nécessaire pour aller contre ce que les données disent.' : undefined}>
        {({ id, decrit }) => <Saisie id={id} aria-describedby={decrit} value={motif} onChange={(e) => setMotif(e.target.value)} />}
      </Champ>
      <div className="associes-boutons">
        {(!p.retenue || !p.decidee) && (!p.certain || !p.retenue) && <Bouton onClick={() => void faire('associes.definir', { code: p.code, retenue: true, motif })}>Retenir</Bouton>}
        {(p.retenue || !p.decidee) && p.groupe !== 'ecartee' && <Bouton onClick={() => void faire('associes.definir', { code: p.code, retenue: false, motif })}>Écarter</Bouton>}
        {p.decidee && (
          <Bouton variante="texte" onClick={() => void faire('associes.definir', { code: p.code, retenue: null })}>
            Revenir à la proposition
          </Bouton>
        )}
      </div>
    </div>
  );
}

/** Autorité organisatrice de l'habitat : l'organisme le dit, avec le parc social du ressort et sa source. */
function Aoh({ p, texte, faire, lectureSeule }: { p: Personne; texte: string; faire: Faire; lectureSeule: boolean }) {
  const [parc, setParc] = useState(p.parcSocial === null ? '' : nombre(p.parcSocial));
  const [source, setSource] = useState(p.parcSource);
  return (
    <div className="associes-aoh">
      <Coche coche={p.aoh} inactif={lectureSeule} surChange={(oui) => void faire('associes.definir', { code: p.code, aoh: oui })}>
        Autorité organisatrice de l’habitat
      </Coche>
      <p className="doux petit">
        {typographie(texte)} <span className="champ-article">L445-1</span> Reconnue par arrêté <span className="champ-article">L301-5-1-3</span> : l’application ne le propose jamais.
      </p>
      {p.aoh && (
        <>
          <div className="associes-aoh-champs">
            <Champ libelle="Parc social de son ressort">
              {({ id }) => <Saisie id={id} inputMode="numeric" value={parc} readOnly={lectureSeule} onChange={(e) => setParc(e.target.value)} />}
            </Champ>
            <Champ libelle="Source">
              {({ id }) => <Saisie id={id} value={source} placeholder="RPLS, année…" readOnly={lectureSeule} onChange={(e) => setSource(e.target.value)} />}
            </Champ>
          </div>
          {!lectureSeule && (
            <Bouton onClick={() => void faire('associes.definir', { code: p.code, parcSocial: parc, parcSource: source })}>Enregistrer le parc social</Bouton>
          )}
          {p.part && (
            <p className="associes-calcul">
              {nombre(p.part.logements)} × {nombre(p.part.seuil.denominateur)} = {nombre(p.part.logements * p.part.seuil.denominateur)} {p.part.atteinte ? '≥' : '<'} {nombre(p.part.parcSocial)} × {p.part.seuil.numerateur} ={' '}
              {nombre(p.part.parcSocial * p.part.seuil.numerateur)} : <strong>{p.part.atteinte ? 'signataire' : 'associée'}</strong>
              {p.part.atteinte && p.renonciationLe !== null && `, mais a renoncé le ${date(p.renonciationLe)}`}
            </p>
          )}
        </>
      )}
    </div>
  );
}
