import { Download, Upload, Users } from 'lucide-react';
import { useEffect } from 'react';
import { LEGENDE_MASQUE } from '../../../shared/domain/occupation/legende.ts';
import { EXCLUS } from '../../../shared/domain/occupation/rpls.ts';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { allerEtape, useSession } from '../../app/session.ts';
import { accord, nombre, nomDeFichier } from '../../ui/format.ts';
import { Bandeau, Bouton, Choix, Coche, Echec, Menu, Segments, Squelette, Vide } from '../../ui/index.ts';
import { BandeauDecisions } from '../patrimoine/BandeauDecisions.tsx';
import { Correspondance } from '../patrimoine/Correspondance.tsx';
import { accueillirDecisions } from '../patrimoine/decisions.ts';
import { accueillirImport, useImport } from '../patrimoine/importation.ts';
import '../patrimoine/patrimoine.css';
import '../patrimoine/styles/import.css';
import '../patrimoine/styles/rapport.css';
import '../patrimoine/styles/comparaison.css';
import '../patrimoine/styles/correspondance.css';
import { Barres, Chiffres } from './Figures.tsx';
import { BandeauEnquete, choisirEnquete } from './Import.tsx';
import { MAILLES, SITUATIONS, useReglages, type Etat } from './mesures.ts';
import { Reglages } from './Reglages.tsx';
import { Table } from './Table.tsx';
import './occupation.css';

/** Ce qui s'annule d'ici : les opérations, et les champs qu'on y saisit. */
const GESTES = /^(?!(?:champs|observations\.accepter)\.(?!occupation$)|observations\.repondre$)/u;

/** Étape Occupation sociale : l'enquête auprès des locataires, la vacance et la rotation, en QPV et hors QPV. */
export default function Occupation() {
  const dossier = useSession((s) => s.dossier);
  const lectureSeule = useRequete('dossier.info', {}).donnees?.lectureSeule ?? false;
  const { par, masquer } = useReglages();
  const lu = useRequete('occupation.lire', { par, masquer });
  const { phase } = useImport();
  useEffect(accueillirImport, []);
  useEffect(accueillirDecisions, []);
  useEffect(() => useReglages.setState({ choisi: null, masquer: false }), [dossier]);
  useCibleOccupation();
  if (phase.nom === 'correspondance') {
    return (
      <section className="patrimoine occupation-correspondance" aria-label="Occupation sociale">
        <Correspondance key={phase.chemin} chemin={phase.chemin} analyse={phase.analyse} aTraduire={phase.aTraduire} />
      </section>
    );
  }
  return (
    <section className="occupation" aria-label="Occupation sociale">
      {!lu.donnees ? lu.erreur ? <Echec erreur={lu.erreur} reessayer={lu.recharger} /> : <Squelette lignes={12} /> : lu.donnees.organisme === null ? <SansParc /> : <Corps etat={lu.donnees} lectureSeule={lectureSeule} />}
    </section>
  );
}

/** Un chiffre demandé d'ailleurs (observation, inspecteur) montre sa maille et sa ligne. */
function useCibleOccupation() {
  const cible = useSession((s) => s.cible);
  useEffect(() => {
    const [racine, maille, code] = cible?.champ.split('/') ?? [];
    const par = MAILLES.find((m) => m.valeur === maille)?.valeur;
    if (racine !== 'occupation' || par === undefined || code === undefined) return;
    useReglages.setState({ par, choisi: { par, code } });
    useSession.setState({ cible: null });
  }, [cible]);
}

function SansParc() {
  return (
    <Vide icone={Users} phrase="L’occupation sociale porte sur les logements du parc : elle se lit ici une fois le patrimoine importé.">
      <Bouton variante="principal" onClick={() => allerEtape('patrimoine')}>Aller au patrimoine</Bouton>
    </Vide>
  );
}

function Corps({ etat, lectureSeule }: { etat: Etat; lectureSeule: boolean }) {
  const { par, situation, variable, masquer, choisi } = useReglages();
  const choisie = choisi?.par === etat.par ? etat.lignes.find((l) => l.code === choisi.code) : undefined;
  const ligne = choisie ?? etat.organisme;
  const maille = choisie === undefined ? 'organisme' : etat.par;
  if (ligne === null) return null;
  return (
    <>
      <header className="occupation-tete">
        <h1 className="titre-ecran">Occupation sociale</h1>
        <Coche coche={masquer} surChange={(oui) => useReglages.setState({ masquer: oui })}>Montrer comme l’export pour d’autres que l’État</Coche>
        <Exporter />
      </header>
      <BandeauDecisions lectureSeule={lectureSeule} natures={GESTES} />
      <BandeauEnquete lectureSeule={lectureSeule} />
      {etat.masque && (
        <Bandeau ton="info" titre={`${accord(etat.masques, 'effectif masqué', 'effectifs masqués')} dans ce tableau.`}>
          {LEGENDE_MASQUE}
        </Bandeau>
      )}
      {etat.enquete === null && <SansEnquete lectureSeule={lectureSeule} />}
      {etat.enquete !== null && etat.horsParc > 0 && <p className="doux petit">{accord(etat.horsParc, 'réponse gardée', 'réponses gardées')} de logements ou d’ensembles qui ne sont plus au parc : non {etat.horsParc > 1 ? 'comptées' : 'comptée'}.</p>}
      <Chiffres etat={etat} ligne={ligne} par={maille} />
      <div className="occupation-commandes">
        <Segments nom="Maille" valeur={par} options={MAILLES} surChoix={(v) => useReglages.setState({ par: v, choisi: null })} />
        <Segments nom="Situation" valeur={situation} options={SITUATIONS} surChoix={(v) => useReglages.setState({ situation: v })} />
        {etat.enquete !== null && (
          <Choix nom="Ce que montrent le tableau et la figure" compact valeur={variable} options={etat.variables.map((v) => ({ valeur: v.code, libelle: v.libelle }))} surChoix={(v) => useReglages.setState({ variable: v })} />
        )}
        {choisie && <Bouton variante="texte" onClick={() => useReglages.setState({ choisi: null })}>Revenir à l’organisme</Bouton>}
      </div>
      <div className="occupation-corps">
        <div className="occupation-table">
          <Table etat={etat} />
        </div>
        <div className="occupation-cote defile" tabIndex={0} role="region" aria-label="Figure et réglages">
          <Barres etat={etat} ligne={ligne} par={maille} variable={variable} />
          <Reglages etat={etat} lectureSeule={lectureSeule} />
          <Exclus etat={etat} />
        </div>
      </div>
    </>
  );
}

function SansEnquete({ lectureSeule }: { lectureSeule: boolean }) {
  return (
    <div className="occupation-vide">
      <p>L’enquête auprès des locataires dira ici ressources, composition des ménages, âges, aides et emménagements, en QPV et hors QPV. Vacance et rotation viennent du RPLS.</p>
      {!lectureSeule && <Bouton variante="principal" icone={Upload} onClick={() => void choisirEnquete()}>Importer l’enquête</Bouton>}
    </div>
  );
}

function Exclus({ etat }: { etat: Etat }) {
  const dire = (comptes: Record<string, number>) => Object.entries(comptes).map(([r, n]) => `${EXCLUS[r] ?? r}, ${nombre(n)}`).join(' ; ') || 'aucun';
  return (
    <div className="occupation-exclus doux petit">
      <p>Hors de la vacance : {dire(etat.exclus.vacance)}.</p>
      {Object.keys(etat.exclus.duree).length > 0 && <p>Durée de vacance inconnue : {dire(etat.exclus.duree)}.</p>}
      <p>Hors de la rotation : {dire(etat.exclus.rotation)}.</p>
    </div>
  );
}

function Exporter() {
  const exporter = useOperation('occupation.exporter', false);
  async function ecrire(destinataire: 'etat' | 'autres') {
    const destination = await window.atelier.choisirDestination({ titre: 'Où écrire l’occupation sociale', filtres: [{ nom: 'Classeur ou CSV', extensions: ['xlsx', 'ods', 'csv'] }, FILTRES.csv], defaut: destinataire === 'etat' ? 'occupation-sociale-Etat.xlsx' : 'occupation-sociale.xlsx' });
    if (destination) await exporter.lancer({ destination, destinataire });
  }
  return (
    <span className="occupation-outils">
      {exporter.erreur && <Echec erreur={exporter.erreur} fermer={exporter.effacer} />}
      {exporter.resultat && (
        <span role="status" className="doux">
          {nomDeFichier(exporter.resultat.chemin)} écrit{exporter.resultat.masques > 0 ? `, ${accord(exporter.resultat.masques, 'effectif masqué', 'effectifs masqués')}` : ''}.
        </span>
      )}
      <Menu
        declencheur={<Bouton icone={Download} occupe={exporter.enCours}>Exporter</Bouton>}
        lignes={[
          { libelle: 'Pour d’autres que l’État (petits effectifs masqués)', action: () => void ecrire('autres') },
          { libelle: 'Pour l’État (rien de masqué)', action: () => void ecrire('etat') },
        ]}
      />
    </span>
  );
}
