import { ArrowLeft, Download, History } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { aller, allerAuChamp } from '../../app/session.ts';
import { Bandeau, Bouton, Echec, Recherche, Squelette, Vide } from '../../ui/index.ts';
import { dateHeure, nombre } from '../../ui/format.ts';
import './journal.css';

type Ligne = Sortie<'journal.lire'>['lignes'][number];
const PAS = 200;
/** Des noms stables qui désignent un champ où aller ; les autres racontent un geste. */
const CHAMP = /^(?:engagement|reference|organisme|calendrier|options|developpement)\//u;

/** Tout ce qui a été changé dans le dossier, du plus récent au plus ancien, et la preuve que rien n'en a été retouché. */
export default function Journal() {
  const [cherche, setCherche] = useState('');
  const [page, setPage] = useState(0);
  const differe = useDeferredValue(cherche.trim());
  const lu = useRequete('journal.lire', { decalage: page * PAS, nombre: PAS, ...(differe === '' ? {} : { cherche: differe }) });
  const verifie = useRequete('journal.verifier', {});
  const exporter = useOperation('journal.exporter', false);

  async function ecrire() {
    const destination = await window.atelier.choisirDestination({ titre: 'Écrire le journal', defaut: 'journal.csv', filtres: [{ nom: 'CSV', extensions: ['csv'] }] });
    if (destination) await exporter.lancer({ destination });
  }

  const total = lu.donnees?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / PAS));
  return (
    <div className="page page-seule journal">
      <div className="page-tete">
        <h1 className="titre-ecran">Journal</h1>
        <div className="page-actions">
          <Bouton icone={Download} onClick={() => void ecrire()}>
            Exporter tout le journal…
          </Bouton>
          <Bouton icone={ArrowLeft} onClick={() => aller({ nom: 'etape', etape: 'organisme' })}>
            Retour au dossier
          </Bouton>
        </div>
      </div>
      <Chaine verifie={verifie.donnees} />
      {verifie.erreur && <Echec erreur={verifie.erreur} reessayer={verifie.recharger} />}
      {exporter.erreur && <Echec erreur={exporter.erreur} />}
      {exporter.resultat && <p role="status" className="doux">{`${nombre(exporter.resultat.lignes)} lignes écrites : ${exporter.resultat.chemin}`}</p>}
      <div className="journal-filtre">
        <Recherche
          nom="Chercher un champ, une personne, une valeur"
          value={cherche}
          onChange={(e) => {
            setCherche(e.target.value);
            setPage(0);
          }}
        />
        <span className="doux" role="status">{lu.donnees ? `${nombre(total)} ${total > 1 ? 'changements' : 'changement'}` : ''}</span>
      </div>
      {lu.erreur && <Echec erreur={lu.erreur} reessayer={lu.recharger} />}
      {lu.chargement && <Squelette lignes={10} nom="Lecture du journal" />}
      {lu.donnees && total === 0 && <Vide icone={History} phrase={differe === '' ? 'Chaque changement du dossier s’inscrira ici : quoi, quand, par qui, avant et après.' : 'Aucun changement ne contient ce texte.'} />}
      {lu.donnees && total > 0 && <Table lignes={lu.donnees.lignes} />}
      {pages > 1 && (
        <nav className="journal-pages" aria-label="Pages du journal">
          <Bouton disabled={page === 0} onClick={() => setPage(page - 1)}>Plus récents</Bouton>
          <span className="doux">{`${nombre(page * PAS + 1)} à ${nombre(Math.min(total, (page + 1) * PAS))} sur ${nombre(total)}`}</span>
          <Bouton disabled={page + 1 >= pages} onClick={() => setPage(page + 1)}>Plus anciens</Bouton>
        </nav>
      )}
    </div>
  );
}

function Chaine({ verifie }: { verifie: Sortie<'journal.verifier'> | undefined }) {
  if (verifie === undefined) return null;
  if (verifie.rupture === null) return <p className="doux">{`Chaîne vérifiée : les ${nombre(verifie.lignes)} lignes sont celles qui ont été écrites.`}</p>;
  return (
    <Bandeau ton="attention" titre="Ce journal a été retouché hors de l’application.">
      {`La ligne du ${dateHeure(verifie.rupture.quand)}, « ${verifie.rupture.libelle} », n’est plus celle qui fut écrite. Les précédentes sont intactes ; comparer avec une sauvegarde.`}
    </Bandeau>
  );
}

function Table({ lignes }: { lignes: readonly Ligne[] }) {
  return (
    <div className="journal-table" role="region" aria-label="Changements" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Quand</th>
            <th scope="col">Qui</th>
            <th scope="col">Quoi</th>
            <th scope="col">Avant</th>
            <th scope="col">Après</th>
          </tr>
        </thead>
        <tbody>
          {lignes.map((l, i) => (
            // Deux lignes peuvent être du même instant : le rang les distingue, et la liste ne se réordonne pas.
            <tr key={`${l.quand} ${l.champ} ${i}`}>
              <td className="journal-quand">{dateHeure(l.quand)}</td>
              <td>{l.qui}</td>
              <td title={l.champ}>
                {CHAMP.test(l.champ) ? (
                  <button type="button" className="lien" onClick={() => allerAuChamp(l.champ)}>
                    {l.libelle}
                  </button>
                ) : (
                  l.libelle
                )}
              </td>
              <td className="doux">{l.avant ?? '—'}</td>
              <td>{l.apres ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
