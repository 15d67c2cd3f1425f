import { Check, CloudOff, History, Hourglass, LoaderCircle, Lock } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Bouton, BoutonIcone, InfoBulle } from '../ui/index.ts';
import { dernierInstant, momentEnregistre } from './moments.ts';
import { reessayer, useEnregistrement } from './enregistrement.ts';
import { useRequete } from './requetes.ts';
import { aller } from './session.ts';

/** Au-delà, ce n'est plus une écriture mais une attente (import en cours, disque lent). */
const ATTENTE_MS = 900;

/** L'état d'enregistrement de ce dossier, toujours à la même place, toujours en mots. */
export function EtatEnregistrement() {
  const { enCours, depuis, attente, echecs, enregistreA } = useEnregistrement();
  // Dépôt, import, retour lu : ce qui n'est pas passé par la file change aussi le dossier.
  const info = useRequete('dossier.info', {}).donnees;
  const quand = dernierInstant(enregistreA, info?.enregistreA ?? null);
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!enCours) return undefined;
    const minuterie = setTimeout(() => setLong(true), ATTENTE_MS);
    return () => clearTimeout(minuterie);
  }, [enCours, depuis]);

  if (echecs.length > 0) {
    const detail = echecs.map((e) => `${e.tache.libelle} : ${e.erreur.message}`).join('\n');
    return (
      <InfoBulle texte={<span className="lignes">{detail}</span>}>
        <Bouton variante="danger" icone={CloudOff} onClick={reessayer} className="enregistrement">
          {`Non enregistré${echecs.length > 1 ? ` (${echecs.length})` : ''} : réessayer`}
        </Bouton>
      </InfoBulle>
    );
  }
  if (info?.lectureSeule && !enCours) {
    return (
      <span className="enregistrement" role="status" aria-label="État d’enregistrement" data-etat="lecture-seule">
        <Lock aria-hidden="true" />
        Lecture seule
      </span>
    );
  }
  const mot = enCours
    ? long || attente.length > 20
      ? `En attente${attente.length > 0 ? ` (${attente.length + 1})` : ''}`
      : 'Enregistrement…'
    : momentEnregistre(quand, new Date());
  const Icone = enCours ? (long ? Hourglass : LoaderCircle) : Check;
  return (
    <>
      <span className="enregistrement" role="status" aria-label="État d’enregistrement" data-etat={enCours ? 'en-cours' : 'repos'}>
        <Icone aria-hidden="true" />
        {mot}
      </span>
      <BoutonIcone nom="Journal des changements" icone={History} onClick={() => aller({ nom: 'journal' })} />
    </>
  );
}
