import { Download, Upload } from 'lucide-react';
import { useState } from 'react';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bandeau, Bouton, Coche, Echec } from '../../ui/index.ts';
import { accord, dateHeure, nombre, nomDeFichier, typographie } from '../../ui/format.ts';
import { EnCours } from '../patrimoine/BandeauImport.tsx';
import { appliquerEnquete, commencer, fermerEnquete, fermerErreur, useImport, type Resultat } from '../patrimoine/importation.ts';

export async function choisirAttributions(): Promise<void> {
  const chemin = await window.atelier.choisirFichier({ titre: 'Importer des attributions', filtres: [FILTRES.logements] });
  if (chemin) await commencer(chemin, null, 'attributions');
}

const ecartsDe = (r: Resultat): number => r.ajoutes + r.modifies + r.disparus;

/** Le dernier tableau importé en une ligne, l'avancement du suivant, et ce qui a échoué. */
export function BandeauAttributions({ lectureSeule }: { lectureSeule: boolean }) {
  const { phase, erreur, reprise, enquete } = useImport();
  const lu = useRequete('attributions.dernier', {}).donnees;
  const dernier = lu?.import ?? null;
  const lue = enquete?.type === 'attributions' ? enquete : null;
  // Un import annulé depuis ne se dit plus réussi.
  const finie = lue !== null && lue.applique && ecartsDe(lue) > 0 && lu !== undefined && dernier?.importeLe !== lue.importeLe ? null : lue;
  const occupe = phase.nom !== 'repos';
  return (
    <div className="attributions-import">
      {occupe && phase.nom !== 'correspondance' && <EnCours />}
      {erreur && <Echec erreur={erreur} reessayer={reprise ?? undefined} fermer={fermerErreur} />}
      {finie && <Lue key={finie.importeLe} r={finie} />}
      {!occupe && dernier && !finie && <Dernier r={dernier} lectureSeule={lectureSeule} />}
    </div>
  );
}

function Dernier({ r, lectureSeule }: { r: Resultat; lectureSeule: boolean }) {
  const rapport = useOperation('attributions.anomalies', false);
  async function exporter() {
    const destination = await window.atelier.choisirDestination({ titre: 'Où écrire le rapport', filtres: [FILTRES.csv], defaut: 'attributions - anomalies.csv' });
    if (destination && (await rapport.lancer({ destination }))) window.atelier.montrerFichier(destination);
  }
  return (
    <div className="attributions-dernier">
      <p>
        <strong>{nomDeFichier(r.fichier)}</strong> <span className="doux">importé le {dateHeure(r.importeLe)}</span>
      </p>
      <p className="doux">
        {accord(r.acceptees, 'acceptée')}, <span className={r.signalees > 0 ? 'attributions-signalees' : undefined}>{accord(r.signalees, 'signalée')}</span>, <span className={r.rejetees > 0 ? 'attributions-rejetees' : undefined}>{accord(r.rejetees, 'rejetée')}</span>
      </p>
      <span className="attributions-outils">
        {rapport.erreur && <Echec erreur={rapport.erreur} fermer={rapport.effacer} />}
        {r.anomalies.length > 0 && <Bouton icone={Download} occupe={rapport.enCours} onClick={() => void exporter()}>Exporter le rapport</Bouton>}
        {!lectureSeule && <Bouton icone={Upload} onClick={() => void choisirAttributions()}>Importer des attributions</Bouton>}
      </span>
    </div>
  );
}

/** Ce que la lecture a donné : appliquée, ou comparée et à appliquer. */
function Lue({ r }: { r: Resultat }) {
  const ecarts = ecartsDe(r);
  const attend = !r.applique && ecarts > 0;
  const perdues = attend ? r.disparus : 0;
  const [verifie, setVerifie] = useState(false);
  const rapport = useOperation('import.lire', false);
  const { tableau } = useImport();
  async function exporter() {
    const anomalies = await window.atelier.choisirDestination({ titre: 'Où écrire le rapport', filtres: [FILTRES.csv], defaut: 'attributions - anomalies.csv' });
    const profil = tableau?.chemin === r.fichier ? { profil: tableau.profil } : {};
    if (anomalies && (await rapport.lancer({ chemin: r.fichier, type: 'attributions', ...profil, anomalies }))) window.atelier.montrerFichier(anomalies);
  }
  const nom = nomDeFichier(r.fichier);
  const titre = attend
    ? `${nom} changerait les attributions de ses années : ${accord(r.ajoutes, 'ajoutée')}, ${accord(r.modifies, 'modifiée')}, ${accord(r.inchanges, 'inchangée')}, ${accord(r.disparus, 'disparue')}. Rien n’est encore changé.`
    : ecarts === 0
      ? `${nom} dit la même chose que le dossier : rien n’a changé.`
      : `${nom} : ${accord(r.acceptees, 'attribution enregistrée', 'attributions enregistrées')}.`;
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
              {accord(perdues, 'attribution')} sur {nombre(r.inchanges + r.modifies + r.disparus)} {perdues > 1 ? 'ne sont' : 'n’est'} pas dans ce fichier, qui remplace entièrement les années qu’il couvre : vérifier qu’il est complet avant d’appliquer.
            </p>
            <Coche coche={verifie} surChange={setVerifie}>{`Oui, ${accord(perdues, 'attribution doit', 'attributions doivent')} sortir du dossier.`}</Coche>
          </>
        )}
        <p>
          {accord(r.lignes, 'ligne lue', 'lignes lues')} : {accord(r.acceptees, 'acceptée')}, {accord(r.signalees, 'signalée')}, {accord(r.rejetees, 'rejetée')}.
          {r.colonnesIgnorees.length > 0 && ` Colonnes laissées de côté, dont rien n’est gardé : ${r.colonnesIgnorees.join(', ')}.`}
        </p>
        {r.anomalies.length > 0 && (
          <ul className="attributions-anomalies">
            {r.anomalies.slice(0, 3).map((a, i) => <li key={i}>{typographie(`Ligne ${nombre(a.ligne)} : ${a.message}`)}</li>)}
            {r.anomalies.length > 3 && <li>… toutes sont dans le rapport.</li>}
          </ul>
        )}
      </Bandeau>
    </>
  );
}
