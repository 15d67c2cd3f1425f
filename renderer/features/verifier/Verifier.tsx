import { ShieldCheck } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { aller } from '../../app/session.ts';
import { Bouton, Echec, Squelette, Vide } from '../../ui/index.ts';
import { nomDeFichier } from '../../ui/format.ts';
import { Lecture } from './Lecture.tsx';
import { Verdict } from './Verdict.tsx';
import './verifier.css';

export type Lu = Sortie<'paquet.lire'>;

/** Vérifier un paquet : un verdict en mots, puis sa lecture et les remarques de l'instructeur. */
export default function Verifier({ chemin }: { chemin: string | null }) {
  const verifier = useOperation('paquet.verifier', false);
  const lire = useOperation('paquet.lire', false);
  const { lancer: lancerVerifier } = verifier;
  const { lancer: lancerLire, effacer } = lire;

  const examiner = useCallback(async () => {
    if (!chemin) return;
    effacer();
    const verdict = await lancerVerifier({ chemin });
    // Tout conteneur se vérifie ; seuls les paquets d'une convention, intègres, se lisent.
    if (verdict && (verdict.verdict === 'signe' || verdict.verdict === 'non-signe')) await lancerLire({ chemin });
  }, [chemin, effacer, lancerLire, lancerVerifier]);
  useEffect(() => void examiner(), [examiner]);

  async function choisir() {
    const choisi = await window.atelier.choisirFichier({ titre: 'Choisir un paquet à vérifier', filtres: [FILTRES.paquet] });
    if (choisi) aller({ nom: 'verifier', chemin: choisi });
  }

  const lu = lire.resultat;
  return (
    <div className="page page-seule verifier">
      <div className="page-tete">
        <h1 className="titre-ecran">Vérifier un paquet</h1>
        {chemin && (
          <div className="page-actions">
            <Bouton onClick={() => void choisir()}>Choisir un autre paquet…</Bouton>
          </div>
        )}
      </div>
      {!chemin && (
        <Vide
          icone={ShieldCheck}
          phrase="Déposer ici un paquet .asice ou .zip : son intégrité, son signataire et ses fichiers seront dits, sans rien en extraire. Le paquet d’une convention se lit et s’annote ensuite."
        >
          <Bouton variante="principal" onClick={() => void choisir()}>
            Choisir un paquet…
          </Bouton>
        </Vide>
      )}
      {chemin && <p className="doux verifier-chemin">{nomDeFichier(chemin)}</p>}
      {verifier.enCours && <Squelette lignes={5} nom="Vérification" />}
      {verifier.erreur && <Echec erreur={verifier.erreur} reessayer={() => void examiner()} />}
      {verifier.resultat && <Verdict verdict={verifier.resultat} />}
      {lire.erreur && <Echec erreur={lire.erreur} />}
      {lire.enCours && <Squelette lignes={6} nom="Lecture du paquet" />}
      {chemin && lu && lu.champs.length > 0 && <Lecture key={chemin} chemin={chemin} lu={lu} />}
    </div>
  );
}
