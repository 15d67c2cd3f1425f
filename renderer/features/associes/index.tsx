import { Landmark, Plus, Send } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { BoutonsHistorique, SuiteHistorique, useGestesEcran } from '../../app/BarreHistorique.tsx';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { allerEtape, useSession } from '../../app/session.ts';
import { Bandeau, Bouton, Echec, Onglets, Squelette, Vide } from '../../ui/index.ts';
import { date, typographie } from '../../ui/format.ts';
import { enregistrerChamp } from '../organisme/ChampDossier.tsx';
import { useCibleChamp } from '../organisme/cibleChamp.ts';
import { Ajouter } from './Ajouter.tsx';
import { Concertation } from './Concertation.tsx';
import { Detail } from './Detail.tsx';
import { ListeEchanges } from './Echanges.tsx';
import { NoterEchange } from './NoterEchange.tsx';
import { BoutonPacks, SuitePacks } from './Packs.tsx';
import { direPersonnes, TablePersonnes } from './TablePersonnes.tsx';
import type { Vue } from './types.ts';
import './associes.css';

/** Ce qui s'annule d'ici : l'association, la concertation, et les champs qu'on y écrit. */
const GESTES = /^(?:associes\.|concertation\.|(?:champs|observations\.accepter)\.associes$)/u;

type Onglet = 'personnes' | 'echanges' | 'concertation';

/** Association et concertation : à qui transmettre, qui signe, ce qui a été dit ; les locataires. */
export default function Associes() {
  const lu = useRequete('associes.lire', {});
  const info = useRequete('dossier.info', {}).donnees;
  const [onglet, setOnglet] = useState<Onglet>('personnes');
  const cible = useSession((s) => s.cible);
  const vue = lu.donnees;
  useEffect(() => {
    if (cible?.champ.startsWith('concertation')) setOnglet('concertation');
    else if (cible?.champ.startsWith('association')) setOnglet('personnes');
  }, [cible]);
  useCibleChamp(vue !== undefined);
  const lectureSeule = info?.lectureSeule ?? true;
  const gestes = useGestesEcran(GESTES, lectureSeule);
  const office = info?.organisme.nature === 'OPH';
  const publiques = vue?.personnes.filter((p) => p.groupe !== 'etat').length ?? 0;
  return (
    <div className="page associes">
      <div className="page-tete">
        <h1 className="titre-ecran">Association et concertation</h1>
        {!lectureSeule && <BoutonsHistorique {...gestes} />}
      </div>
      <SuiteHistorique {...gestes} />
      {lu.erreur && <Echec erreur={lu.erreur} reessayer={lu.recharger} />}
      {lu.chargement && <Squelette lignes={10} nom="Lecture des personnes publiques" />}
      {vue && (
        <Onglets
          nom="Association et concertation"
          actif={onglet}
          surChoix={setOnglet}
          onglets={[
            { valeur: 'personnes', libelle: 'Personnes publiques', compte: publiques, contenu: <Personnes vue={vue} office={office} lectureSeule={lectureSeule} /> },
            {
              valeur: 'echanges', libelle: 'Échanges', compte: vue.echanges.length,
              contenu: <ListeEchanges echanges={vue.echanges} noms={new Map(vue.personnes.map((p) => [p.code, p.nom]))} lectureSeule={lectureSeule} />,
            },
            { valeur: 'concertation', libelle: 'Concertation locative', compte: vue.concertation.reunions.length, contenu: <Concertation vue={vue} lectureSeule={lectureSeule} /> },
          ]}
        />
      )}
    </div>
  );
}

function Personnes({ vue, office, lectureSeule }: { vue: Vue; office: boolean; lectureSeule: boolean }) {
  const [choisie, setChoisie] = useState<string | null>(null);
  const [cochees, setCochees] = useState<ReadonlySet<string>>(new Set());
  const [volet, setVolet] = useState<'noter' | 'ajouter' | null>(null);
  const packs = useOperation('associes.packs', false);
  const parCode = useMemo(() => new Map(vue.personnes.map((p) => [p.code, p])), [vue]);
  const cible = useSession((s) => s.cible);
  useEffect(() => {
    const code = cible === null ? null : (/^association\/([^/]+)/u.exec(cible.champ)?.[1] ?? null);
    if (code !== null) setChoisie(code);
  }, [cible]);
  const selection = [...cochees].flatMap((c) => parCode.get(c) ?? []);
  const detail = choisie === null ? undefined : parCode.get(choisie);
  /** Fermé, le volet rend le clavier à la ligne d'où il vient. */
  const fermerDetail = () => {
    const code = choisie;
    setChoisie(null);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-champ="association/${CSS.escape(code ?? '')}"]`)?.focus());
  };
  const vide = !vue.personnes.some((p) => p.groupe !== 'etat');
  const cocher = (codes: readonly string[], oui: boolean) =>
    setCochees((avant) => {
      const apres = new Set(avant);
      for (const c of codes) if (oui) apres.add(c); else apres.delete(c);
      return apres;
    });
  return (
    <>
      <div className="associes-barre">
        {!lectureSeule && (
          <Bouton icone={Send} variante="principal" disabled={selection.length === 0} onClick={() => setVolet('noter')}>
            {selection.length === 0 ? 'Noter un échange' : `Noter un échange, ${direPersonnes(selection.length)}`}
          </Bouton>
        )}
        {!lectureSeule && <Bouton icone={Plus} onClick={() => setVolet('ajouter')}>Ajouter une personne</Bouton>}
        {!vide && <BoutonPacks packs={packs} codes={selection.filter((p) => p.groupe === 'signataire' || p.groupe === 'associee').map((p) => p.code)} />}
        {selection.length === 0 && !vide && !lectureSeule && <span className="doux petit">Cocher des personnes pour noter le même échange avec toutes.</span>}
      </div>
      <SuitePacks packs={packs} />
      {vue.ecarts.map((e) => (
        <Bandeau
          key={e.champ}
          ton="info"
          titre={typographie(`${e.libelle} : dernière date enregistrée, ${date(e.enregistree)}`)}
          actions={lectureSeule ? undefined : <Bouton onClick={() => enregistrerChamp(e.champ, e.libelle, e.enregistree)}>Reporter au calendrier</Bouton>}
        >
          {e.calendrier === null ? 'Le calendrier n’a pas de date.' : `Le calendrier dit ${date(e.calendrier)}.`}
        </Bandeau>
      ))}
      {volet === 'noter' && selection.length > 0 && <NoterEchange personnes={selection} objets={vue.objets} fermer={() => setVolet(null)} />}
      {volet === 'ajouter' && <Ajouter fermer={() => setVolet(null)} />}
      {vide ? (
        <Vide icone={Landmark} phrase="Les personnes publiques à associer se déduisent d’où est le parc : départements, intercommunalités, métropole de Lyon, Paris.">
          <Bouton variante="principal" onClick={() => allerEtape('patrimoine')}>Importer le parc</Bouton>
        </Vide>
      ) : (
        <div className={detail ? 'associes-corps associes-ouvert' : 'associes-corps'}>
          <TablePersonnes personnes={vue.personnes} calendrier={vue.calendrier} choisie={choisie} choisir={setChoisie} cochees={cochees} cocher={cocher} />
          {detail && <Detail key={detail.code} p={detail} vue={vue} office={office} lectureSeule={lectureSeule} fermer={fermerDetail} />}
        </div>
      )}
    </>
  );
}
