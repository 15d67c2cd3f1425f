import { Download, Tags, Upload } from 'lucide-react';
import { useEffect } from 'react';
import { FILTRES } from '../../app/dossiers.ts';
import { useBas } from '../../app/largeur.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { allerEtape } from '../../app/session.ts';
import { accord, nombre, typographie } from '../../ui/format.ts';
import { Bandeau, Bouton, Coche, Echec, Progression, Segments, Squelette, Vide } from '../../ui/index.ts';
import { enregistrerChamp, ChampDossier } from '../organisme/ChampDossier.tsx';
import { BandeauCorrections } from '../patrimoine/BandeauCorrections.tsx';
import { BandeauDecisions } from '../patrimoine/BandeauDecisions.tsx';
import { accueillirDecisions } from '../patrimoine/decisions.ts';
import '../patrimoine/patrimoine.css';
import '../patrimoine/styles/compteurs.css';
import '../patrimoine/styles/corrections.css';
import '../patrimoine/styles/ensembles.css';
import { Communes } from './Communes.tsx';
import { Compteurs, Filtres } from './Compteurs.tsx';
import { Consultations } from './Consultations.tsx';
import { accueillirVentes, estFiltre, useCibleVentes, useVentes, type Resume, type Vue } from './magasin.ts';
import { TablePlan } from './TablePlan.tsx';
import './ventes.css';

/** Ce qui s'annule d'ici : le plan, ses consultations et ses communes, et les champs qu'on y saisit. */
const GESTES = /^(?:ventes\.|(?:champs|observations\.accepter)\.ventes$)/u;

const VUES: { valeur: Vue; libelle: string }[] = [
  { valeur: 'plan', libelle: 'Logements' },
  { valeur: 'consultations', libelle: 'Consultations' },
  { valeur: 'communes', libelle: 'Communes' },
];

/** Étape Ventes : le plan de mise en vente (L445-1), ses consultations, les communes. */
export default function Ventes() {
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? false;
  const lu = useRequete('ventes.resume', {});
  useEffect(accueillirVentes, []);
  useEffect(accueillirDecisions, []);
  useCibleVentes();
  const importer = useOperation('ventes.importer');
  async function choisir() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Tableau de logements à vendre', filtres: [FILTRES.tableauOuOds] });
    if (chemin) await importer.lancer({ chemin });
  }
  return (
    <section className="ventes" aria-label="Plan de mise en vente">
      <header className="ventes-tete">
        <h1 className="titre-ecran">Plan de mise en vente</h1>
        {lu.donnees && (
          <span className="ventes-outils">
            {!lectureSeule && <Bouton icone={Upload} occupe={importer.enCours} onClick={() => void choisir()}>Importer un tableau</Bouton>}
            {lu.donnees.logements > 0 && <Exporter />}
          </span>
        )}
      </header>
      {importer.enCours && <Progression libelle={importer.progres?.etape ?? 'Lecture du tableau'} fait={importer.progres?.fait ?? 0} total={importer.progres?.total ?? null} action={<Bouton variante="texte" onClick={importer.annuler}>Annuler</Bouton>} />}
      {importer.erreur && <Echec erreur={importer.erreur} fermer={importer.effacer} />}
      {importer.resultat && <Bilan r={importer.resultat} fermer={importer.effacer} />}
      <BandeauDecisions lectureSeule={lectureSeule} natures={GESTES} />
      {!lectureSeule && <BandeauCorrections />}
      {!lu.donnees ? lu.erreur ? <Echec erreur={lu.erreur} reessayer={lu.recharger} /> : <Squelette lignes={10} /> : lu.donnees.logements === 0 ? <PlanVide resume={lu.donnees} lectureSeule={lectureSeule} /> : <Corps resume={lu.donnees} lectureSeule={lectureSeule} />}
    </section>
  );
}

type ResultatImport = NonNullable<ReturnType<typeof useOperation<'ventes.importer'>>['resultat']>;

function Bilan({ r, fermer }: { r: ResultatImport; fermer: () => void }) {
  return (
    <Bandeau
      ton={r.refusees.length > 0 ? 'attention' : 'succes'}
      titre={`${accord(r.ajoutees, 'logement ajouté', 'logements ajoutés')}, ${accord(r.modifiees, 'changé')}, ${accord(r.inchangees, 'inchangé')} sur ${accord(r.lignes, 'ligne')}${r.refusees.length > 0 ? `, ${accord(r.refusees.length, 'refusée')}` : ''}.`}
      actions={<Bouton variante="texte" onClick={fermer}>Masquer</Bouton>}
    >
      {r.refusees.length > 0 && (
        <ul className="ventes-refus defile" tabIndex={0} aria-label="Lignes refusées">
          {r.refusees.map((l) => (
            <li key={l.ligne}>Ligne {l.ligne}{l.identifiant === '' ? '' : `, ${l.identifiant}`} : {typographie(l.raison)}</li>
          ))}
        </ul>
      )}
      {r.colonnesIgnorees.length > 0 && <p>Colonnes ignorées : {r.colonnesIgnorees.join(', ')}.</p>}
    </Bandeau>
  );
}

function PlanVide({ resume, lectureSeule }: { resume: Resume; lectureSeule: boolean }) {
  return (
    <Vide icone={Tags} phrase={typographie(`La liste des logements à vendre pendant la convention se fait ici (${resume.article}) : ils se choisissent dans la table du patrimoine, ou s’importent d’un tableau d’identifiants.`)}>
      <Bouton variante="principal" onClick={() => allerEtape('patrimoine')}>Choisir des logements dans le patrimoine</Bouton>
      {!lectureSeule && (
        <Coche coche={resume.aucune} surChange={(oui) => enregistrerChamp('ventes/aucune', 'Aucun logement n’est mis en vente', oui ? 'oui' : '')}>
          Aucun logement n’est mis en vente pendant la convention
        </Coche>
      )}
    </Vide>
  );
}

function Corps({ resume, lectureSeule }: { resume: Resume; lectureSeule: boolean }) {
  const vue = useVentes((s) => s.vue);
  // Fenêtre basse ou agrandie : les chiffres se replient, pour que la table ait des lignes à l'écran.
  const basse = useBas(BASSE);
  const energie = vue === 'plan' && <Energie resume={resume} lectureSeule={lectureSeule} />;
  const chiffres = (
    <>
      <Compteurs resume={resume} />
      {vue === 'plan' && <Filtres resume={resume} />}
    </>
  );
  return (
    <>
      {!basse && chiffres}
      <div className="ventes-commandes">
        <Segments nom="Vue du plan" valeur={vue} options={VUES} surChoix={(v) => useVentes.setState({ vue: v })} />
        {!basse && energie}
        {basse && (
          <details className="ventes-replis">
            <summary><Abrege resume={resume} /></summary>
            {chiffres}
            {energie}
          </details>
        )}
      </div>
      {vue === 'plan' && <TablePlan resume={resume} lectureSeule={lectureSeule} />}
      {vue === 'consultations' && <Consultations lectureSeule={lectureSeule} />}
      {vue === 'communes' && <Communes resume={resume} lectureSeule={lectureSeule} />}
    </>
  );
}

/** Hauteur sous laquelle la table n'aurait pas de ligne à l'écran (voir ventes.css). */
const BASSE = 561;

/** Les chiffres du plan en une ligne, et ce que la table montre quand un filtre la réduit. */
function Abrege({ resume }: { resume: Resume }) {
  const filtre = useVentes((s) => s.filtre);
  return (
    <>
      {nombre(resume.logements)} au plan, dont {nombre(resume.etats['vendu'] ?? 0)} {(resume.etats['vendu'] ?? 0) > 1 ? 'vendus' : 'vendu'}
      {estFiltre(filtre) && <strong> · filtre en place</strong>}
    </>
  );
}

/** La consommation maximale pour vendre, avec sa source ; elle se change, avec la sienne. */
function Energie({ resume, lectureSeule }: { resume: Resume; lectureSeule: boolean }) {
  const { donnees } = useRequete('champs.lister', {});
  const champ = (nom: string) => donnees?.champs.find((c) => c.champ === nom);
  const [seuil, source] = [champ('ventes/energie/seuil'), champ('ventes/energie/source')];
  return (
    <details className="ventes-energie">
      <summary>Consommation maximale : {resume.energie.seuil.replace('.', ',')} kWhEP/m²/an <span className="champ-article">{resume.energie.article}</span></summary>
      <div className="ventes-energie-corps">
        {seuil && <ChampDossier champ={seuil} lectureSeule={lectureSeule} />}
        {source && <ChampDossier champ={source} lectureSeule={lectureSeule} />}
        <p className="doux petit">{typographie(resume.energie.source)}</p>
        <p className="doux petit">{typographie(resume.energie.bornes)}</p>
      </div>
    </details>
  );
}

function Exporter() {
  const exporter = useOperation('ventes.exporter', false);
  async function ecrire() {
    const destination = await window.atelier.choisirDestination({ titre: 'Où écrire le plan de mise en vente', filtres: [FILTRES.tableauOuOds], defaut: 'plan-de-mise-en-vente.xlsx' });
    if (destination && (await exporter.lancer({ destination }))) window.atelier.montrerFichier(destination);
  }
  return (
    <>
      {exporter.erreur && <Echec erreur={exporter.erreur} fermer={exporter.effacer} />}
      <Bouton icone={Download} occupe={exporter.enCours} onClick={() => void ecrire()}>Exporter</Bouton>
    </>
  );
}
