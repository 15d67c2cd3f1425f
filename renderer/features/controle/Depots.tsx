import { Archive, FolderOpen } from 'lucide-react';
import type { Sortie } from '../../../shared/contract.ts';
import { FILTRES, ouvrirDossier } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bandeau, Bouton, Echec } from '../../ui/index.ts';
import { dateHeure, nomDeFichier, parQuatre } from '../../ui/format.ts';

type Depot = Sortie<'depot.lister'>['depots'][number];

/** Les dépôts faits ; chacun se rouvre tel qu'il était. */
export function Depots() {
  const lu = useRequete('depot.lister', {});
  const extraire = useOperation('depot.extraire', false);
  const depots = (lu.donnees?.depots ?? []).toReversed();
  async function choisir(d: Depot) {
    const destination = await window.atelier.choisirDestination({
      titre: `Où écrire la copie figée de la v${d.version}`,
      filtres: [FILTRES.dossier],
      defaut: `${nomDeFichier(d.paquet).replace(/\.[^.]+$/, '')}.cus`,
    });
    if (destination) await extraire.lancer({ version: d.version, destination });
  }
  if (lu.erreur) return <Echec erreur={lu.erreur} reessayer={lu.recharger} />;
  if (depots.length === 0) return null;
  return (
    <section className="depots" aria-label="Dépôts faits">
      <h2 className="titre-section">Dépôts faits</h2>
      <ul>
        {depots.map((d) => (
          <li key={d.version} className="depot">
            <strong>v{d.version}</strong>
            <div className="depot-corps">
              <p>
                {dateHeure(d.date)}, {d.signe ? `signé par ${d.signataire ?? 'un certificat sans nom'}` : 'non signé'}
              </p>
              <p className="doux petit depot-empreinte" title={parQuatre(d.empreinte)}>
                {parQuatre(d.empreinte.slice(0, 16))}… · {nomDeFichier(d.paquet)}
              </p>
              <div className="depot-actions">
                <Bouton variante="texte" icone={FolderOpen} aria-label={`Montrer le paquet de la v${d.version}`} onClick={() => window.atelier.montrerFichier(d.paquet)}>
                  Montrer le paquet
                </Bouton>
                <Bouton variante="texte" icone={Archive} aria-label={`Extraire la copie figée de la v${d.version}`} disabled={extraire.enCours} onClick={() => void choisir(d)}>
                  Extraire la copie figée
                </Bouton>
              </div>
              {d.malgre && <p className="petit depot-malgre">Malgré des constats bloquants : {d.malgre}</p>}
            </div>
          </li>
        ))}
      </ul>
      {extraire.erreur && <Echec erreur={extraire.erreur} fermer={extraire.effacer} />}
      {extraire.resultat && (
        <Bandeau
          ton="succes"
          titre={`${nomDeFichier(extraire.resultat.chemin)} est écrit, en lecture seule.`}
          actions={
            <>
              <Bouton variante="principal" onClick={() => void ouvrirDossier(extraire.resultat?.chemin ?? '')}>
                Ouvrir
              </Bouton>
              <Bouton onClick={() => window.atelier.montrerFichier(extraire.resultat?.chemin ?? '')}>Montrer le fichier</Bouton>
              <Bouton variante="texte" onClick={extraire.effacer}>
                Masquer
              </Bouton>
            </>
          }
        />
      )}
    </section>
  );
}
