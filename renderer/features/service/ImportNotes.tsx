import { Upload } from 'lucide-react';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { Bandeau, Bouton, Echec, Progression } from '../../ui/index.ts';
import { accord, nombre, nomDeFichier, typographie } from '../../ui/format.ts';
import { create } from 'zustand';
import type { Sortie } from '../../../shared/contract.ts';
import { chargerNotes, useService } from './magasin.ts';

type Resultat = Sortie<'import.lire'>;

/** Le dernier fichier de notes lu : ce qu'il donne, et s'il attend d'être appliqué. */
const useImportNotes = create<{ dossier: string | null; resultat: Resultat | null }>(() => ({ dossier: null, resultat: null }));

/** Importer des notes : le premier fichier est appliqué, un suivant se compare avant de l'être. */
export function BoutonImport() {
  const lire = useOperation('import.lire');
  async function choisir() {
    const chemin = await window.atelier.choisirFichier({ titre: 'Importer des notes du service rendu', filtres: [{ nom: 'Tableau', extensions: ['csv', 'xlsx', 'ods', 'xls'] }] });
    if (!chemin) return;
    const resultat = await lire.lancer({ chemin, type: 'service-rendu' });
    useImportNotes.setState({ dossier: useService.getState().dossier, resultat });
    if (resultat?.applique) await chargerNotes();
  }
  return (
    <>
      <Bouton icone={Upload} occupe={lire.enCours} onClick={() => void choisir()}>Importer des notes</Bouton>
      {lire.enCours && <Progression libelle="Lecture du tableau" fait={0} total={null} />}
      {lire.erreur && <Echec erreur={lire.erreur} fermer={lire.effacer} />}
    </>
  );
}

export function BandeauImportNotes() {
  const { dossier, resultat: r } = useImportNotes();
  const ici = useService((s) => s.dossier);
  const appliquer = useOperation('import.lire');
  const exporter = useOperation('import.lire', false);
  if (r === null || dossier !== ici) return null;
  const fermer = () => useImportNotes.setState({ resultat: null });
  async function mener(fichier: string) {
    const resultat = await appliquer.lancer({ chemin: fichier, type: 'service-rendu', appliquer: true });
    if (!resultat) return;
    useImportNotes.setState({ resultat });
    useService.setState({ locales: new Map() });
    await chargerNotes();
  }
  async function rapport(fichier: string) {
    const anomalies = await window.atelier.choisirDestination({ titre: 'Exporter le rapport', filtres: [FILTRES.csv], defaut: 'service-rendu-anomalies.csv' });
    if (anomalies && (await exporter.lancer({ chemin: fichier, type: 'service-rendu', anomalies }))) window.atelier.montrerFichier(anomalies);
  }
  const attend = !r.applique && r.ajoutes + r.modifies > 0;
  const erreur = appliquer.erreur ?? exporter.erreur;
  return (
    <>
      {erreur && <Echec erreur={erreur} />}
      <Bandeau
        ton={attend || r.rejetees + r.signalees > 0 ? 'attention' : r.applique ? 'succes' : 'info'}
        titre={`${nomDeFichier(r.fichier)} : ${titre(r, attend)}`}
        actions={
          <>
            {attend && <Bouton variante="principal" occupe={appliquer.enCours} onClick={() => void mener(r.fichier)}>Appliquer</Bouton>}
            {r.anomalies.length > 0 && <Bouton occupe={exporter.enCours} onClick={() => void rapport(r.fichier)}>Exporter le rapport</Bouton>}
            <Bouton variante="texte" onClick={fermer}>{attend ? 'Abandonner' : 'Masquer'}</Bouton>
          </>
        }
      >
        {accord(r.lignes, 'ligne')} : {accord(r.acceptees, 'acceptée')}, {accord(r.signalees, 'signalée')}, {accord(r.rejetees, 'rejetée')}.
        {r.colonnesIgnorees.length > 0 && ` Colonnes non lues : ${r.colonnesIgnorees.join(', ')}.`}
        {r.anomalies.length > 0 && (
          <ul className="service-passage">
            {r.anomalies.slice(0, 6).map((a, i) => <li key={i}>{typographie(`Ligne ${nombre(a.ligne)}, ${a.champ}, « ${a.valeur} » : ${a.message}`)}</li>)}
            {r.anomalies.length > 6 && <li>… toutes sont dans le rapport.</li>}
          </ul>
        )}
      </Bandeau>
    </>
  );
}

function titre(r: Resultat, attend: boolean): string {
  if (attend) return `${accord(r.ajoutes, 'ligne ajouterait des notes', 'lignes ajouteraient des notes')}, ${accord(r.modifies, 'en changerait', 'en changeraient')} ; rien n’est encore changé.`;
  if (!r.applique) return 'rien de nouveau, le dossier n’a pas changé.';
  return `${accord(r.ajoutes + r.modifies, 'ligne enregistrée', 'lignes enregistrées')}. Ctrl+Z y revient.`;
}
