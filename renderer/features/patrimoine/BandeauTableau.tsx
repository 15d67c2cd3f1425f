import { Download, Upload } from 'lucide-react';
import { useState } from 'react';
import { findNature } from '../../../shared/domain/tableaux/natures.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { Bandeau, Bouton, Coche, Echec } from '../../ui/index.ts';
import { accord, dateHeure, nombre, nomDeFichier, typographie } from '../../ui/format.ts';
import { EnCours } from './BandeauImport.tsx';
import { appliquerEnquete, fermerEnquete, fermerErreur, useImport, type Resultat } from './importation.ts';
import './styles/bandeau-tableau.css';

/** Ce qu'une nature de tableau a en propre, dans le bandeau de son import. */
export type NatureBandeau = {
  type: 'ops' | 'attributions';
  /** Nom proposé au rapport. */
  rapport: string;
  importer: string;
  /** Ce qu'un fichier comparé changerait, et ce qu'un fichier appliqué a enregistré. */
  compare(r: Resultat): string;
  pareil: string;
  enregistre(r: Resultat): string;
  /** Ce qui sortirait du dossier : « 3 réponses », et ce que le fichier remplace. */
  perdu: [string, string];
  remplace: string;
  doitSortir(n: number): string;
};

/** Le rapport du dernier import de cette nature, écrit à la demande. */
type Rapport = { lancer(entree: { destination: string }): Promise<unknown>; enCours: boolean; erreur: Erreur | null; effacer(): void };
type Props = { nature: NatureBandeau; dernier: Resultat | null | undefined; rapport: Rapport; choisir: () => void; lectureSeule: boolean };

const ecartsDe = (r: Resultat): number => r.ajoutes + r.modifies + r.disparus;

/** Le dernier tableau importé en une ligne, l'avancement du suivant, et ce qui a échoué. `dernier` : `undefined` tant qu'il n'est pas lu. */
export function BandeauTableau({ nature, dernier, rapport, choisir, lectureSeule }: Props) {
  const { phase, erreur, reprise, enquete } = useImport();
  const lue = enquete?.type === nature.type ? enquete : null;
  // Un import annulé depuis ne se dit plus réussi.
  const finie = lue !== null && lue.applique && ecartsDe(lue) > 0 && dernier !== undefined && dernier?.importeLe !== lue.importeLe ? null : lue;
  const occupe = phase.nom !== 'repos';
  return (
    <div className="tableau-import">
      {occupe && phase.nom !== 'correspondance' && <EnCours />}
      {erreur && <Echec erreur={erreur} reessayer={reprise ?? undefined} fermer={fermerErreur} />}
      {finie && <Lue key={finie.importeLe} nature={nature} r={finie} />}
      {!occupe && dernier && !finie && <Dernier nature={nature} r={dernier} rapport={rapport} choisir={choisir} lectureSeule={lectureSeule} />}
    </div>
  );
}

const destinationDe = (nature: NatureBandeau): Promise<string | null> => window.atelier.choisirDestination({ titre: 'Où écrire le rapport', filtres: [FILTRES.csv], defaut: nature.rapport });

function Dernier({ nature, r, rapport, choisir, lectureSeule }: Omit<Props, 'dernier'> & { r: Resultat }) {
  async function exporter() {
    const destination = await destinationDe(nature);
    if (destination && (await rapport.lancer({ destination }))) window.atelier.montrerFichier(destination);
  }
  return (
    <div className="tableau-dernier">
      <p>
        <strong>{nomDeFichier(r.fichier)}</strong> <span className="doux">importé le {dateHeure(r.importeLe)}</span>
      </p>
      <p className="doux">
        {accord(r.acceptees, 'acceptée')}, <span className={r.signalees > 0 ? 'tableau-signalees' : undefined}>{accord(r.signalees, 'signalée')}</span>, <span className={r.rejetees > 0 ? 'tableau-rejetees' : undefined}>{accord(r.rejetees, 'rejetée')}</span>
      </p>
      <span className="tableau-outils">
        {rapport.erreur && <Echec erreur={rapport.erreur} fermer={rapport.effacer} />}
        {r.anomalies.length > 0 && <Bouton icone={Download} occupe={rapport.enCours} onClick={() => void exporter()}>Exporter le rapport</Bouton>}
        {!lectureSeule && <Bouton icone={Upload} onClick={choisir}>{nature.importer}</Bouton>}
      </span>
    </div>
  );
}

/** Ce que la lecture a donné : appliquée, ou comparée et à appliquer. */
function Lue({ nature, r }: { nature: NatureBandeau; r: Resultat }) {
  const ecarts = ecartsDe(r);
  const attend = !r.applique && ecarts > 0;
  const perdues = attend ? r.disparus : 0;
  const [verifie, setVerifie] = useState(false);
  const rapport = useOperation('import.lire', false);
  const { tableau } = useImport();
  async function exporter() {
    const anomalies = await destinationDe(nature);
    const profil = tableau?.chemin === r.fichier ? { profil: tableau.profil } : {};
    if (anomalies && (await rapport.lancer({ chemin: r.fichier, type: nature.type, ...profil, anomalies }))) window.atelier.montrerFichier(anomalies);
  }
  const nom = nomDeFichier(r.fichier);
  const titre = attend ? `${nom} ${nature.compare(r)} Rien n’est encore changé.` : ecarts === 0 ? `${nom} dit la même chose que ${nature.pareil} : rien n’a changé.` : `${nom} : ${nature.enregistre(r)}.`;
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
              {accord(perdues, ...nature.perdu)} sur {nombre(r.inchanges + r.modifies + r.disparus)} {perdues > 1 ? 'ne sont' : 'n’est'} pas dans ce fichier, qui remplace {nature.remplace} : vérifier qu’il est complet avant d’appliquer.
            </p>
            <Coche coche={verifie} surChange={setVerifie}>{`Oui, ${nature.doitSortir(perdues)}.`}</Coche>
          </>
        )}
        <p>
          {accord(r.lignes, 'ligne lue', 'lignes lues')} : {accord(r.acceptees, 'acceptée')}, {accord(r.signalees, 'signalée')}, {accord(r.rejetees, 'rejetée')}.
          {r.colonnesIgnorees.length > 0 && ` Colonnes laissées de côté, dont rien n’est gardé : ${r.colonnesIgnorees.join(', ')}.`}
        </p>
        <Illisibles nature={nature} r={r} />
        {r.anomalies.length > 0 && (
          <ul className="tableau-anomalies">
            {r.anomalies.slice(0, 3).map((a, i) => <li key={i}>{typographie(`Ligne ${nombre(a.ligne)} : ${a.message}`)}</li>)}
            {r.anomalies.length > 3 && <li>… toutes sont dans le rapport.</li>}
          </ul>
        )}
      </Bandeau>
    </>
  );
}

const MONTREES = 12;

/** Les valeurs que leur champ n'a pas comprises, comptées : elles restent inconnues. */
function Illisibles({ nature, r }: { nature: NatureBandeau; r: Resultat }) {
  const liste = r.illisibles ?? [];
  if (liste.length === 0) return null;
  const cibles = findNature(nature.type)?.cibles ?? [];
  const dites = liste.slice(0, MONTREES).map((v) => `${cibles.find((c) => c.nom === v.champ)?.libelle ?? v.champ} « ${v.valeur} » (${accord(v.nombre, 'ligne')})`);
  return <p>{typographie(`Valeurs non comprises, tenues pour inconnues : ${dites.join(', ')}${liste.length > MONTREES ? `, et ${accord(liste.length - MONTREES, 'autre')}` : ''}.`)}</p>;
}
