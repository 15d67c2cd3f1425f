import { Eye, FileSpreadsheet, FileText, FileJson, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { useBrouillon } from '../../app/brouillons.ts';
import { resteAEcrire, toutEnregistrer } from '../../app/enregistrement.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { useSession } from '../../app/session.ts';
import { Bandeau, Bouton, BoutonIcone, Champ, Echec, Paragraphe, Progression, Squelette } from '../../ui/index.ts';
import { accord, nomDeFichier, typographie } from '../../ui/format.ts';
import { enregistrerMotifs, type Constat } from './motifs.ts';
import { Sceau } from './Sceau.tsx';
import { Signature, type ChoixSignature } from './Signature.tsx';

type Fait = Sortie<'depot.deposer'>;

const ICONES: Record<string, LucideIcon> = { pdf: FileText, txt: FileText, xlsx: FileSpreadsheet, ods: FileSpreadsheet, json: FileJson };

/** Le paquet tel qu'il serait déposé : ses fichiers, sa signature, le dépôt. */
export function Paquet({ bloquants, aJustifier }: { bloquants: number; aJustifier: readonly Constat[] }) {
  const apercu = useRequete('depot.apercu', {});
  const info = useRequete('dossier.info', {}).donnees;
  const [fait, setFait] = useState<Fait | null>(null);
  const a = apercu.donnees;
  if (fait && info) return <Sceau fait={fait} info={info} suivant={() => setFait(null)} />;
  return (
    <>
      <h2 className="titre-section">{!a ? 'Le paquet' : info?.lectureSeule ? `Copie figée de la v${a.version}` : `Le paquet v${a.version}`}</h2>
      {apercu.erreur && <Echec erreur={apercu.erreur} reessayer={apercu.recharger} />}
      {apercu.chargement && <Squelette lignes={5} nom="Préparation de l’aperçu" />}
      {a && (
        <>
          {info?.lectureSeule ? (
            <p className="doux">Le dossier tel qu’il a été déposé : il se lit et ne se modifie pas. La version suivante se prépare dans le dossier de travail.</p>
          ) : (
            <p className="doux petit paquet-nom">{a.nomPaquet}</p>
          )}
          <Fichiers fichiers={a.fichiers} />
          {info && !info.lectureSeule && <Deposer version={a.version} bloquants={bloquants} aJustifier={aJustifier} surFait={setFait} />}
        </>
      )}
    </>
  );
}

function Fichiers({ fichiers }: { fichiers: Sortie<'depot.apercu'>['fichiers'] }) {
  const previsualiser = useOperation('depot.previsualiser', false);
  async function voir(nom: string) {
    const destination = await window.atelier.choisirDestination({ titre: `Où écrire l’aperçu de ${nom}`, defaut: `aperçu ${nom}` });
    if (!destination) return;
    const r = await previsualiser.lancer({ fichier: nom, destination });
    if (r) window.atelier.montrerFichier(r.chemin);
  }
  return (
    <>
      <ul className="paquet-fichiers" aria-label="Fichiers du paquet">
        {fichiers.map((f) => {
          const Icone = ICONES[f.nom.split('.').pop() ?? ''] ?? FileText;
          return (
            <li key={f.nom}>
              <Icone aria-hidden="true" />
              <span className="paquet-fichier">
                <strong>{f.nom}</strong>
                <span className="doux petit">{typographie(f.role)}</span>
              </span>
              <BoutonIcone nom={`Aperçu de ${f.nom}`} icone={Eye} disabled={previsualiser.enCours} onClick={() => void voir(f.nom)} />
            </li>
          );
        })}
      </ul>
      {previsualiser.erreur && <Echec erreur={previsualiser.erreur} fermer={previsualiser.effacer} />}
      {previsualiser.resultat && (
        <Bandeau
          ton="succes"
          titre={`${nomDeFichier(previsualiser.resultat.chemin)} est écrit, tel qu’il serait déposé.`}
          actions={
            <Bouton variante="texte" onClick={previsualiser.effacer}>
              Masquer
            </Bouton>
          }
        />
      )}
    </>
  );
}

function Deposer({
  version,
  bloquants,
  aJustifier,
  surFait,
}: {
  version: number;
  bloquants: number;
  aJustifier: readonly Constat[];
  surFait: (fait: Fait) => void;
}) {
  const dossier = useSession((s) => s.dossier);
  const deposer = useOperation('depot.deposer');
  const [signature, setSignature] = useState<ChoixSignature>({ mode: 'p12', p12: null, motDePasse: '', lu: null });
  const [brouillon, setMotif] = useBrouillon(`malgre ${dossier ?? ''}`);
  const motif = brouillon ?? '';
  const [reproche, setReproche] = useState<string | null>(null);
  const sans = signature.mode === 'sans';

  async function lancer() {
    if (!sans && !signature.lu) return setReproche('Choisir un certificat et donner son mot de passe, ou déposer sans signature.');
    if (bloquants > 0 && !motif.trim()) return setReproche('Écrire le motif du dépôt malgré les constats bloquants.');
    setReproche(null);
    const repertoire = await window.atelier.choisirRepertoire({ titre: 'Où écrire le paquet' });
    if (!repertoire) return;
    // Ce qui vient d'être tapé doit être dans le dossier avant d'en figer l'état.
    enregistrerMotifs(dossier, aJustifier);
    await toutEnregistrer();
    if (resteAEcrire()) return setReproche('Des saisies ne sont pas enregistrées : les réessayer, en haut à droite, avant de déposer.');
    const fait = await deposer.lancer({
      repertoire,
      sansSignature: sans,
      ...(sans || !signature.p12 ? {} : { p12: signature.p12, motDePasse: signature.motDePasse }),
      ...(bloquants > 0 ? { malgre: motif.trim() } : {}),
    });
    if (!fait) return;
    setMotif(null);
    setSignature({ mode: 'p12', p12: null, motDePasse: '', lu: null });
    surFait(fait);
  }

  return (
    <div className="deposer">
      <Signature choix={signature} surChoix={setSignature} />
      {bloquants > 0 && (
        <Champ
          libelle={`Motif du dépôt malgré ${accord(bloquants, 'constat bloquant', 'constats bloquants')}`}
          aide="Obligatoire pour passer outre. Il est écrit dans le paquet, à la vue de l’instructeur."
        >
          {({ id, decrit }) => <Paragraphe id={id} aria-describedby={decrit} rows={2} value={motif} onChange={(e) => setMotif(e.target.value)} />}
        </Champ>
      )}
      {reproche && <Bandeau ton="attention" titre={reproche} />}
      {deposer.erreur && <Echec erreur={deposer.erreur} fermer={deposer.effacer} />}
      {deposer.enCours ? (
        <Progression
          libelle={deposer.progres?.etape ?? 'Préparation du dépôt'}
          fait={deposer.progres?.fait ?? 0}
          total={deposer.progres?.total ?? null}
          action={<Bouton onClick={deposer.annuler}>Annuler</Bouton>}
        />
      ) : (
        <Bouton variante="principal" className="deposer-bouton" onClick={() => void lancer()}>
          {sans ? `Déposer la v${version} sans signature` : `Signer et déposer la v${version}`}
        </Bouton>
      )}
    </div>
  );
}
