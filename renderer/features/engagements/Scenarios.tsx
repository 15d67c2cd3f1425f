import { PencilLine } from 'lucide-react';
import { useRef, useState } from 'react';
import { appeler } from '../../app/service.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { toutEnregistrer } from '../../app/enregistrement.ts';
import { Bouton, Choix, Echec, Saisie } from '../../ui/index.ts';
import { accord, typographie } from '../../ui/format.ts';
import { commeUnPas, montrerScenario, rendreCompte, useEngagements } from './magasin.ts';
import { NomScenario } from './NomScenario.tsx';
import { lireCase } from './valeurs.ts';
import { Volet } from './Volet.tsx';

const MONTREES = 300;

/** Des jeux de cibles nommés : partis du dossier, remplis dans la même grille, comparés, et l'un adopté. */
export function Scenarios({ lectureSeule, aller }: { lectureSeule: boolean; aller: (champ: string) => void }) {
  const actif = useEngagements((s) => s.scenario);
  const { donnees, erreur, recharger } = useRequete('engagements.scenarios', {});
  const scenarios = donnees?.scenarios ?? [];
  const [nom, setNom] = useState('');
  const [avec, setAvec] = useState('dossier');
  const creer = useOperation('engagements.creerScenario');
  const supprimer = useOperation('engagements.supprimerScenario');
  const adopter = useOperation('engagements.adopter');
  const renommer = useOperation('engagements.renommerScenario');
  const defaire = useOperation('operations.annuler');
  const [renomme, setRenomme] = useState(false);
  const boutonNom = useRef<HTMLButtonElement>(null);
  const echec = creer.erreur ?? supprimer.erreur ?? adopter.erreur ?? renommer.erreur ?? defaire.erreur;
  const choisi = scenarios.find((s) => s.id === actif?.id) ?? null;
  const de = avec === 'dossier' ? null : Number(avec);
  const comparaison = useRequete('engagements.comparer', { de, a: choisi?.id ?? null }, choisi !== null);

  async function nouveau() {
    await toutEnregistrer();
    const s = await creer.lancer({ nom, ...(choisi === null ? {} : { depuis: choisi.id }) });
    if (!s) return;
    setNom('');
    await montrerScenario({ id: s.id, nom: s.nom });
  }
  /** Le bouton qui a ouvert la saisie reprend le clavier. */
  function finirNom() {
    setRenomme(false);
    requestAnimationFrame(() => boutonNom.current?.focus());
  }
  async function donnerNom(neuf: string) {
    if (!choisi) return;
    const r = await renommer.lancer({ scenario: choisi.id, nom: neuf });
    if (!r) return;
    useEngagements.setState({ scenario: { id: r.id, nom: r.nom } });
    finirNom();
  }
  const fait = renommer.resultat;
  const annulable = fait !== null && fait.operation !== null && fait.id === choisi?.id;
  async function rendreNom() {
    if (fait === null || fait.operation === null) return;
    const rendu = await defaire.lancer({ operation: fait.operation });
    if (!rendu) return;
    renommer.effacer();
    const { scenarios: relus } = await appeler('engagements.scenarios', {});
    const s = relus.find((x) => x.id === fait.id);
    if (s) useEngagements.setState({ scenario: { id: s.id, nom: s.nom } });
    boutonNom.current?.focus();
  }
  async function retirer() {
    if (!choisi) return;
    await montrerScenario(null);
    await supprimer.lancer({ scenario: choisi.id });
  }
  async function adopterChoisi() {
    if (!choisi) return;
    await montrerScenario(null);
    const r = await commeUnPas(() => adopter.lancer({ scenario: choisi.id }));
    if (r) rendreCompte({ titre: `Scénario « ${choisi.nom} » adopté`, enregistrees: r.ecrites + r.videes, refus: [] });
  }
  const jeux = [{ valeur: 'dossier', libelle: 'Dossier' }, ...scenarios.map((s) => ({ valeur: String(s.id), libelle: s.nom }))];
  return (
    <Volet
      titre="Scénarios de cibles"
      surAnnulation={annulable ? () => void rendreNom() : undefined}
      actions={choisi && (
        <>
          <Bouton variante="texte" disabled={lectureSeule} onClick={() => void retirer()}>Supprimer</Bouton>
          <Bouton disabled={lectureSeule || choisi.differences === 0} occupe={adopter.enCours} onClick={() => void adopterChoisi()}>Adopter ce scénario</Bouton>
        </>
      )}
    >
      {erreur && <Echec erreur={erreur} reessayer={recharger} />}
      {echec && <Echec erreur={echec} fermer={() => [creer, supprimer, adopter, renommer, defaire].forEach((o) => o.effacer())} />}
      <div className="repartition-choix">
        <label className="doux" htmlFor="scenario-montre">La grille montre</label>
        <span className="choix-court"><Choix id="scenario-montre" nom="La grille montre" valeur={actif === null ? 'dossier' : String(actif.id)} options={jeux} surChoix={(v) => {
          const s = scenarios.find((x) => String(x.id) === v);
          void montrerScenario(s ? { id: s.id, nom: s.nom } : null);
        }} /></span>
        {choisi && !renomme && <Bouton ref={boutonNom} variante="texte" icone={PencilLine} disabled={lectureSeule} onClick={() => { renommer.effacer(); setRenomme(true); }}>Renommer</Bouton>}
        {choisi && renomme && <NomScenario nom={choisi.nom} valider={(n) => void donnerNom(n)} fermer={finirNom} />}
        {annulable && !renomme && (
          <span role="status" className="doux">
            Renommé. <button type="button" className="lien" onClick={() => void rendreNom()}>Rendre l’ancien nom</button>
          </span>
        )}
        <Saisie aria-label="Nom du nouveau scénario" placeholder="Nom du nouveau scénario" className="saisie-scenario" value={nom} readOnly={lectureSeule} onChange={(e) => setNom(e.target.value)} onKeyDown={(e) => e.key === 'Enter' && nom.trim() !== '' && void nouveau()} />
        <Bouton disabled={lectureSeule || nom.trim() === ''} occupe={creer.enCours} onClick={() => void nouveau()}>{choisi ? `Copier « ${choisi.nom} »` : 'Copier les cibles du dossier'}</Bouton>
      </div>
      {choisi === null ? (
        <p className="doux">
          {scenarios.length === 0
            ? 'Un scénario est une copie des cibles, remplie à part dans la même grille. Le dépôt ne porte que les cibles du dossier.'
            : 'Choisir un scénario pour le remplir et voir ce qui le distingue du dossier.'}
        </p>
      ) : (
        <div className="volet-corps defile">
          <div className="repartition-choix">
            <label className="doux" htmlFor="scenario-avec">« {choisi.nom} » comparé à</label>
            <span className="choix-court"><Choix id="scenario-avec" nom="Comparé à" valeur={avec} options={jeux.filter((j) => j.valeur !== String(choisi.id))} surChoix={setAvec} /></span>
            {comparaison.donnees && <span className="doux">{accord(comparaison.donnees.differences.length, 'différence')}, {accord(comparaison.donnees.identiques, 'case identique', 'cases identiques')}</span>}
          </div>
          {comparaison.erreur && <Echec erreur={comparaison.erreur} reessayer={comparaison.recharger} />}
          {comparaison.donnees && comparaison.donnees.differences.length > 0 && (
            <table className="volet-table">
              <thead><tr><th scope="col">Case</th><th scope="col" className="nombre">{comparaison.donnees.de}</th><th scope="col" className="nombre">{comparaison.donnees.a}</th></tr></thead>
              <tbody>
                {comparaison.donnees.differences.slice(0, MONTREES).map((d) => (
                  <tr key={d.champ}>
                    <th scope="row"><button type="button" className="lien" onClick={() => aller(d.champ)}>{typographie(d.libelle)}</button></th>
                    <td className="nombre doux">{d.avant === null ? 'vide' : lireCase(d.avant).affiche}</td>
                    <td className="nombre"><strong>{d.apres === null ? 'vide' : lireCase(d.apres).affiche}</strong></td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {comparaison.donnees && comparaison.donnees.differences.length > MONTREES && <p className="doux">et {comparaison.donnees.differences.length - MONTREES} autres, que « cus scenarios » écrit toutes.</p>}
        </div>
      )}
    </Volet>
  );
}
