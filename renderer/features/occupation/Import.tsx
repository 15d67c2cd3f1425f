import { Download, Upload } from 'lucide-react';
import { useState } from 'react';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bandeau, Bouton, Coche, Echec } from '../../ui/index.ts';
import { accord, dateHeure, nombre, nomDeFichier, typographie } from '../../ui/format.ts';
import { EnCours } from '../patrimoine/BandeauImport.tsx';
import { appliquerEnquete, commencer, fermerEnquete, fermerErreur, useImport, type Resultat } from '../patrimoine/importation.ts';

export async function choisirEnquete(): Promise<void> {
  const chemin = await window.atelier.choisirFichier({ titre: 'Importer l’enquête d’occupation', filtres: [FILTRES.logements] });
  if (chemin) await commencer(chemin, null, 'ops');
}

/** La dernière enquête importée en une ligne, l'avancement de la suivante, et ce qui a échoué. */
export function BandeauEnquete({ lectureSeule }: { lectureSeule: boolean }) {
  const { phase, erreur, reprise, enquete: lue } = useImport();
  const gardee = lue?.type === 'ops' ? lue : null;
  const lu = useRequete('occupation.dernier', {}).donnees;
  const dernier = lu?.import ?? null;
  // Un import annulé depuis ne se dit plus réussi.
  const enquete = gardee !== null && gardee.applique && ecartsDe(gardee) > 0 && lu !== undefined && dernier?.importeLe !== gardee.importeLe ? null : gardee;
  const occupe = phase.nom !== 'repos';
  return (
    <div className="occupation-import">
      {occupe && phase.nom !== 'correspondance' && <EnCours />}
      {erreur && <Echec erreur={erreur} reessayer={reprise ?? undefined} fermer={fermerErreur} />}
      {enquete && <Lue key={enquete.importeLe} r={enquete} />}
      {!occupe && dernier && !enquete && <Derniere r={dernier} lectureSeule={lectureSeule} />}
    </div>
  );
}

function Derniere({ r, lectureSeule }: { r: Resultat; lectureSeule: boolean }) {
  const rapport = useOperation('occupation.anomalies', false);
  async function exporter() {
    const destination = await window.atelier.choisirDestination({ titre: 'Où écrire le rapport', filtres: [FILTRES.csv], defaut: 'occupation - anomalies.csv' });
    if (destination && (await rapport.lancer({ destination }))) window.atelier.montrerFichier(destination);
  }
  return (
    <div className="occupation-derniere">
      <p>
        <strong>{nomDeFichier(r.fichier)}</strong> <span className="doux">importé le {dateHeure(r.importeLe)}</span>
      </p>
      <p className="doux">
        {accord(r.acceptees, 'acceptée')}, <span className={r.signalees > 0 ? 'occupation-signalees' : undefined}>{accord(r.signalees, 'signalée')}</span>, <span className={r.rejetees > 0 ? 'occupation-rejetees' : undefined}>{accord(r.rejetees, 'rejetée')}</span>
      </p>
      <span className="occupation-outils">
        {rapport.erreur && <Echec erreur={rapport.erreur} fermer={rapport.effacer} />}
        {r.rejetees + r.signalees > 0 && <Bouton icone={Download} occupe={rapport.enCours} onClick={() => void exporter()}>Exporter le rapport</Bouton>}
        {!lectureSeule && <Bouton icone={Upload} onClick={() => void choisirEnquete()}>Importer une enquête</Bouton>}
      </span>
    </div>
  );
}

const ecartsDe = (r: Resultat): number => r.ajoutes + r.modifies + r.disparus;

/** Ce que la lecture a donné : appliquée, ou comparée et à appliquer. */
function Lue({ r }: { r: Resultat }) {
  const ecarts = ecartsDe(r);
  const attend = !r.applique && ecarts > 0;
  const perdues = attend ? r.disparus : 0;
  const [verifie, setVerifie] = useState(false);
  const rapport = useOperation('import.lire', false);
  const { tableau } = useImport();
  async function exporter() {
    const anomalies = await window.atelier.choisirDestination({ titre: 'Où écrire le rapport', filtres: [FILTRES.csv], defaut: 'occupation - anomalies.csv' });
    const profil = tableau?.chemin === r.fichier ? { profil: tableau.profil } : {};
    if (anomalies && (await rapport.lancer({ chemin: r.fichier, type: 'ops', ...profil, anomalies }))) window.atelier.montrerFichier(anomalies);
  }
  const titre = attend
    ? `${nomDeFichier(r.fichier)} changerait l’enquête : ${accord(r.inchanges, 'réponse gardée', 'réponses gardées')}, ${accord(r.modifies, 'modifiée')}, ${accord(r.ajoutes, 'ajoutée')}, ${accord(r.disparus, 'disparue')}. Rien n’est encore changé.`
    : ecarts === 0
      ? `${nomDeFichier(r.fichier)} dit la même chose que l’enquête du dossier : rien n’a changé.`
      : `${nomDeFichier(r.fichier)} : ${accord(r.acceptees, 'ligne enregistrée', 'lignes enregistrées')}.`;
  return (
    <>
      {rapport.erreur && <Echec erreur={rapport.erreur} fermer={rapport.effacer} />}
      <Bandeau
        ton={attend || r.rejetees > 0 ? 'attention' : 'succes'}
        titre={titre}
        actions={
          <>
            {attend && <Bouton variante={perdues > 0 ? 'danger' : 'principal'} disabled={perdues > 0 && !verifie} onClick={() => void appliquerEnquete()}>Appliquer</Bouton>}
            {r.anomalies.length > 0 && <Bouton occupe={rapport.enCours} onClick={() => void exporter()}>Exporter le rapport</Bouton>}
            <Bouton variante="texte" onClick={fermerEnquete}>{attend ? 'Abandonner' : 'Masquer'}</Bouton>
          </>
        }
      >
        {perdues > 0 && (
          <>
            <p>
              {accord(perdues, 'réponse')} sur {nombre(r.inchanges + r.modifies + r.disparus)} {perdues > 1 ? 'ne sont' : 'n’est'} pas dans ce fichier, qui remplace l’enquête entière : vérifier qu’il est complet avant d’appliquer.
            </p>
            <Coche coche={verifie} surChange={setVerifie}>{`Oui, ${accord(perdues, 'réponse doit', 'réponses doivent')} sortir de l’enquête.`}</Coche>
          </>
        )}
        <p>
          {accord(r.lignes, 'ligne lue', 'lignes lues')} : {accord(r.acceptees, 'acceptée')}, {accord(r.signalees, 'signalée')}, {accord(r.rejetees, 'rejetée')}.
          {r.colonnesIgnorees.length > 0 && ` Colonnes laissées de côté, dont rien n’est gardé : ${r.colonnesIgnorees.join(', ')}.`}
        </p>
        {r.anomalies.length > 0 && (
          <ul className="occupation-anomalies">
            {r.anomalies.slice(0, 3).map((a, i) => <li key={i}>{typographie(`Ligne ${nombre(a.ligne)} : ${a.message}`)}</li>)}
            {r.anomalies.length > 3 && <li>… toutes sont dans le rapport.</li>}
          </ul>
        )}
      </Bandeau>
    </>
  );
}
